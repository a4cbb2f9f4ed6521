"""What went wrong with a file or a database, as sentences."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import Timeout

from assistant.errors import DamagedError, StoreError, why

BUSY_S = 10
"""How long to wait for another process, in seconds, before saying that the store is in use."""


def _of_sqlite(error: sqlite3.Error, path: Path) -> str:
    said = str(error)
    if "full" in said:
        return f"The disk with {path} is full. Make room, or name a folder on another disk with --data."
    if "locked" in said:
        return f"The store {path} has been in use by another program for {BUSY_S} s. End that one, then try again."
    if "not a database" in said or "malformed" in said:
        return (
            f"{path} is not a store of this program, or is damaged ({said}). "
            "Move it away to begin a new one, or name another folder with --data."
        )
    if "readonly" in said or "unable to open" in said:
        return (
            f"The store {path} can't be written: it or its folder is read-only. "
            "Change its permissions, or name another folder with --data."
        )
    return f"The store {path} can't be used: {said}. Name another folder with --data, or look after the disk."


@contextmanager
def in_sentences(path: Path) -> Iterator[None]:
    """Turn what goes wrong inside into a sentence about the store at `path`.

    Raises
    ------
    StoreError
        In place of an error of SQLite's or of the operating system's.
    """
    try:
        yield
    except sqlite3.Error as error:
        # Of a damaged page the rest of the file knows nothing.
        kind = DamagedError if "malformed" in str(error) else StoreError
        raise kind(_of_sqlite(error, path)) from error
    except UnicodeError as error:
        # Nothing that is kept has characters that can't be written: it was asked for something that can't be there.
        raise StoreError(f"The store {path} has nothing of a name with damaged characters.") from error
    except Timeout as error:
        raise StoreError(_of_sqlite(sqlite3.OperationalError("locked"), path)) from error
    except OSError as error:
        place = error.filename or path
        raise StoreError(
            f"The store can't use {place}: {why(error)}. Mend that, or name another folder with --data."
        ) from error
