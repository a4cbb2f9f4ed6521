"""Spoken editing: the review while it is dictated, the commands, and the places that they mean."""
