"""A voice assistant that hears how people speak, and helps them say what a film did to them."""

__version__ = "0.1.0"
