"""Helpers for tools that run as commands."""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Sequence


class ToolError(Exception):
    """A problem that a person can fix, in a sentence."""


def parser_for(module: str, explanation: str | None) -> argparse.ArgumentParser:
    """A parser for a module that is run as a command; its help begins with the unchanged docstring."""
    return argparse.ArgumentParser(
        prog=f"python -m {module}", description=explanation, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def require(packages: Sequence[str], remedy: str = "pip install -c requirements.lock -e '.[tools]'") -> None:
    """Make sure that packages are installed that the program itself doesn't need.

    Parameters
    ----------
    packages : sequence of str
        Names to import them by.
    remedy : str
        The command that installs them.

    Raises
    ------
    ToolError
        One isn't.
    """
    missing = [name for name in packages if importlib.util.find_spec(name) is None]
    if missing:
        raise ToolError(f"{' and '.join(missing)} can't be found. Install what is missing: .venv/bin/{remedy}")
