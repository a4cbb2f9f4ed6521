"""Writing files so that they are whole or not there."""

from __future__ import annotations

import os
from pathlib import Path

from assistant.errors import DeliveryError, why


def describe_write_error(error: OSError, folder: str | Path) -> DeliveryError:
    """An error of the operating system's as a sentence; `folder` is named where the error names no file."""
    return DeliveryError(
        f"{error.filename or folder} can't be written: {why(error)}. "
        "The review is kept; try again, or name another folder with --out."
    )


def write_through(path: Path, content: bytes) -> None:
    """Write a file and wait until it's on the disk."""
    with path.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until a folder's list of names is on the disk."""
    if os.name == "nt":  # Windows opens no folders
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_in_place(part: Path, path: Path) -> None:
    """Give a finished file its name, in the same folder, unless that is taken.

    Raises
    ------
    FileExistsError
        Where the name is taken; `part` is left.
    """
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # No hard links here (FAT, some network shares): a moment in which another could take the name has to do.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        part.replace(path)
    else:
        part.unlink()
    sync_folder(path.parent)
