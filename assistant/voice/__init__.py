"""The assistant's spoken voice."""
