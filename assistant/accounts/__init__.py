"""Who uses the assistant: people and roles, sessions, API keys, and what they did."""
