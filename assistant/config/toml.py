"""TOML that people write by hand."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


def read_toml(path: Path) -> dict[str, Any]:
    """What is in a file.

    Raises
    ------
    OSError
        Where it can't be read.
    ValueError
        Where it isn't TOML: why, as part of a sentence.
    """
    try:
        # Notepad begins a file with a byte order mark.
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError("it isn't UTF-8 text") from error
    return parse_toml(text)


def parse_toml(text: str) -> dict[str, Any]:
    """What TOML text says.

    Raises
    ------
    ValueError
        Where it isn't TOML: why, as part of a sentence.
    """
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
