"""What all tools that run as commands share."""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Sequence


class ToolError(Exception):
    """Something a person can mend, said in a sentence."""


def parser_for(module: str, explanation: str | None) -> argparse.ArgumentParser:
    """A parser for a module that is run as a command, whose help begins with its docstring as it stands."""
    return argparse.ArgumentParser(
        prog=f"python -m {module}", description=explanation, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def require(packages: Sequence[str], remedy: str = "pip install -c requirements.lock -e '.[tools]'") -> None:
    """Make sure that packages are installed that the program itself does without.

    Parameters
    ----------
    packages : sequence of str
        Names by which they are imported.
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
