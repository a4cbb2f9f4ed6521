"""Filled pauses: finding them in the sound, and telling them apart from words."""
