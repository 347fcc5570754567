"""Articles → passages in Qdrant; a question → its regime → ranked passages."""
