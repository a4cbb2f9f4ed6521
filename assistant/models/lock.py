"""One installation at a time in a folder."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

LOCK_NAME = ".installing"


@contextmanager
def installation_lock(directory: Path, tell: Callable[[str], None]) -> Iterator[bool]:
    """Keep other installations out of `directory`, waiting for one that is at work there.

    The kernel lets go of the lock when its process ends, however it ends, so a killed installation blocks nobody.

    Parameters
    ----------
    directory : Path
        It must be there.
    tell : callable
        Is given a sentence if there is something to wait for.

    Yields
    ------
    bool
        Whether others are really kept out: False where the system or the file system has no such locks.
    """
    if fcntl is None:
        yield False
        return
    # Neither truncated on opening nor deleted at the end: either would take the file from under a waiting process.
    handle = os.open(directory / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        yield _locked(handle, directory, tell)
    finally:
        os.close(handle)


def _locked(handle: int, directory: Path, tell: Callable[[str], None]) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(handle, 32, 0).decode("ascii", "replace").strip() or "unknown"
        tell(
            f"Another installation (process {holder}) is at work in {directory}; "
            f"this one (process {os.getpid()}) waits for it to end."
        )
        fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError:  # a file system without locks
        return False
    os.ftruncate(handle, 0)
    os.pwrite(handle, str(os.getpid()).encode("ascii"), 0)
    return True
