"""Whether a sentence says what was said."""
