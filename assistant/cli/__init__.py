"""The command line: ``assistant …``."""

from assistant.cli.main import main

__all__ = ["main"]
