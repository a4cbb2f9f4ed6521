"""Paths as people write them, and files that survive a power cut."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO


def expand_user(path: str | Path) -> Path:
    """The path with “~” or “~ada” at its beginning replaced by a home folder, or left as it is if there is none.

    If there is no user of that name, `Path.expanduser` raises an error.
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111


def sync(file: IO[bytes]) -> None:
    """Wait until everything written to an open file is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def write_through(path: Path, content: bytes) -> None:
    """Write a file and wait until it's on the disk."""
    with path.open("wb") as file:
        file.write(content)
        sync(file)


def sync_folder(folder: Path) -> None:
    """Wait until a folder's list of names is on the disk, if the system can do that."""
    if os.name == "nt":  # Windows can't open folders
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
