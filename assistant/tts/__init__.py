"""The spoken voice."""
