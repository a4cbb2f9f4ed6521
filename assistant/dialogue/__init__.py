"""The interview: its script, what is understood of answers, and what is said and asked next."""
