"""The folder of the models: where it is, locking it, and putting a complete model into it."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import platformdirs
from filelock import FileLock, Timeout

from assistant.disk import expand_user, sync_folder

VARIABLE = "ASSISTANT_MODELS"
"""Environment variable that names another folder for models."""

LOCK_NAME = ".installing"
_STAGING_PREFIX = ".install-"
_DAY_S = 86_400.0

_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL}
"""Errors from file systems that have no locks."""


def models_dir() -> Path:
    """The folder that models are installed and looked for in; it need not exist yet.

    It is what ``ASSISTANT_MODELS`` says; else the ``models/`` of the checkout, if the program runs from one; else a
    folder in the person's application data.
    """
    named = os.environ.get(VARIABLE)
    if named:
        return expand_user(named).absolute()
    checkout = Path(__file__).resolve().parents[2]
    if (checkout / "pyproject.toml").is_file():
        return checkout / "models"
    return Path(platformdirs.user_data_dir("voice-review-assistant", appauthor=False)) / "models"


@contextmanager
def installation_lock(directory: Path, tell: Callable[[str], None]) -> Iterator[bool]:
    """Keep other installations out of `directory`, waiting for one that is running there.

    The kernel releases the lock no matter how its process ends, so a killed installation doesn't block others.

    Parameters
    ----------
    directory : Path
        It must exist.
    tell : callable
        Gets a sentence if there is something to wait for.

    Yields
    ------
    bool
        Whether others are really kept out: False if the file system has no locks.
    """
    # The lock says who holds it. A fallback to a soft lock would outlive a killed installation.
    lock = FileLock(
        directory / LOCK_NAME, on_acquired=_sign, fallback_to_soft=False, preserve_lock_file=True, thread_local=False
    )
    try:
        yield _acquire(lock, directory, tell)
    finally:
        lock.release()


def _acquire(lock: FileLock, directory: Path, tell: Callable[[str], None]) -> bool:
    try:
        try:
            lock.acquire(timeout=0)
        except Timeout:
            tell(
                f"Another installation (process {_holder(directory)}) is at work in {directory}; "
                f"this one (process {os.getpid()}) waits for it to end."
            )
            lock.acquire()
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return False
        raise
    return True


def _sign(handle: int) -> None:
    os.ftruncate(handle, 0)
    os.lseek(handle, 0, os.SEEK_SET)
    os.write(handle, str(os.getpid()).encode("ascii"))


def _holder(directory: Path) -> str:
    try:
        return (directory / LOCK_NAME).read_text(encoding="ascii", errors="replace").strip() or "unknown"
    except OSError:
        return "unknown"


def clear_leftovers(directory: Path, *, alone: bool) -> None:
    """Remove what killed installations left in `directory`.

    Parameters
    ----------
    alone : bool
        Whether no other installation can be running there; otherwise leftovers younger than a day stay.
    """
    for leftover in directory.glob(f"{_STAGING_PREFIX}*"):
        if alone or time.time() - leftover.stat().st_mtime >= _DAY_S:
            shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def staging_folder(directory: Path) -> Iterator[Path]:
    """A new folder in `directory` to make a model in, removed afterwards."""
    staging = Path(tempfile.mkdtemp(prefix=_STAGING_PREFIX, dir=directory))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def model_in(staging: Path) -> Path:
    """The folder in a staging folder in which the model is made."""
    return staging / "model"


def replace_model(staging: Path, target: Path) -> None:
    """Move the model in `staging` to `target`, replacing anything there."""
    # A folder can't replace a non-empty one in a single step, so move a damaged model away first.
    if target.exists() or target.is_symlink():
        target.rename(staging / "replaced")
    model_in(staging).rename(target)
    sync_folder(target.parent)
