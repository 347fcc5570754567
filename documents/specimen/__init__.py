"""Source text → blocks → printed lines → placed lines → PDF, for the project's own specimen."""
