"""A place beside the models to make one in, so that it appears whole or not at all."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.models.unpack import sync_folder

_PREFIX = ".install-"
_DAY_S = 86_400.0


def clear_leftovers(directory: Path, *, alone: bool) -> None:
    """Remove what killed installations left in `directory`.

    Parameters
    ----------
    alone : bool
        Whether nobody else can be at work there; otherwise what is younger than a day is left alone.
    """
    for leftover in directory.glob(f"{_PREFIX}*"):
        if alone or time.time() - leftover.stat().st_mtime >= _DAY_S:
            shutil.rmtree(leftover, ignore_errors=True)


@contextmanager
def staging_folder(directory: Path) -> Iterator[Path]:
    """A fresh folder in `directory`, gone afterwards."""
    staging = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=directory))
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def model_in(staging: Path) -> Path:
    """Where in a staging folder the model is made."""
    return staging / "model"


def put_in_place(staging: Path, target: Path) -> None:
    """Make the model in `staging` the one at `target`, in place of what may be there."""
    # A folder can't replace one that isn't empty in a single step, so a damaged model makes way first.
    if target.exists() or target.is_symlink():
        target.rename(staging / "replaced")
    model_in(staging).rename(target)
    sync_folder(target.parent)
