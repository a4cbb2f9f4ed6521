"""Filled pauses: found in the sound, told from words."""
