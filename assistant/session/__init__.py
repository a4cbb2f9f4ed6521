"""The one loop that drives a conversation, and what is plugged into it."""
