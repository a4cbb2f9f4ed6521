"""Simulated callers: personas who hold whole conversations, each with what must come of it."""
