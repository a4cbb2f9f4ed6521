"""The interview: its script, what its answers mean, and what to say and ask next."""
