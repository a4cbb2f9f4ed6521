"""Writing a page to where somebody wants it, without harm to what is there."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from assistant.errors import ReportError, describe_os_error

_BEGINNING = b"<!doctype html"


def check_place(path: Path) -> None:
    """Find out whether a page can be written, before the long work that it is made of.

    Raises
    ------
    ReportError
        Where it can't, or where something is there already that is no page, such as the recording itself.
    """
    try:
        if path.exists():
            _check_is_page(path)
        part = _part(path)
        part.touch(mode=0o600, exist_ok=False)
        part.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def write_page(path: Path, source: str) -> None:
    """Write a page, readable by its owner alone, in place of an earlier one; it is there whole or not at all.

    Raises
    ------
    ReportError
        Where it can't be written.
    """
    part = _part(path)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(source)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _check_is_page(path: Path) -> None:
    if path.is_dir():
        raise ReportError(f"{path} is a folder; --report needs the name of a file, such as {path / 'report.html'}.")
    if path.is_file():
        with path.open("rb") as file:
            start = file.read(len(_BEGINNING))
        if not start or start.lower() == _BEGINNING:
            return
    raise ReportError(f"{path} is there already and is no page. Nothing was written over; name another file.")


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def _unwritable(path: Path, error: OSError) -> ReportError:
    return ReportError(
        f"The page {path} can't be written: {describe_os_error(error)}. Name another file with --report."
    )
