"""Spoken corrections of a review."""
