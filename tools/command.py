"""Helpers for tools that run as commands, and that run other programs."""

from __future__ import annotations

import argparse
import importlib.util
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from assistant.errors import AssistantError

_PACKAGES = {"node": "nodejs"}
"""Debian's packages that aren't called like their program."""


class ToolError(AssistantError):
    """A tool can't do what it is asked to."""

    code = "tool"


def run_command(main: Callable[[], int | None]) -> NoReturn:
    """Run a tool and exit with the code that it returns, or with an error's sentence and code."""
    try:
        sys.exit(main())
    except AssistantError as error:
        print(error.sentence, file=sys.stderr)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.filename is None:
            raise
        print(f"“{error.filename}” can't be used: {error.strerror}. Name another one.", file=sys.stderr)
        sys.exit(AssistantError.exit_code)


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


def run_program(command: Sequence[str], *, what: str, folder: Path | None = None, given: str = "") -> str:
    """Run a program to its end and return what it printed.

    Parameters
    ----------
    command : sequence of str
    what : str
        What it is for, as the beginning of a sentence.
    folder : Path, optional
        The folder to run it in.
    given : str
        Its standard input.

    Raises
    ------
    ToolError
        If it isn't installed or fails.
    """
    program = command[0]
    try:
        done = subprocess.run(command, cwd=folder, input=given, capture_output=True, text=True, check=True)
    except FileNotFoundError as error:
        raise ToolError(
            f"{what} needs “{program}”, which isn't installed. "
            f"On Debian or Ubuntu: apt-get install {_PACKAGES.get(program, program)}"
        ) from error
    except subprocess.CalledProcessError as error:
        last = (error.stderr.strip() or error.stdout.strip() or "it said nothing").splitlines()[-1]
        raise ToolError(f"{what} failed: {last}") from error
    return done.stdout
