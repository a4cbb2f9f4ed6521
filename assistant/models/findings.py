"""Whether a model's files are those of the catalogue: a quick look at their sizes, or a full one at their contents."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from assistant.models.catalogue import CatalogueEntry, ModelFile
from assistant.models.progress import Progress, Silence

CHUNK_BYTES = 1 << 18
"""How much of a file is read at a time."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something wrong with a model: the file's path inside the model's folder, and what is wrong ("is missing")."""

    path: str
    problem: str

    def __str__(self) -> str:
        return f"{self.path} {self.problem}"


def size_findings(entry: CatalogueEntry, folder: Path) -> list[Finding]:
    """Files of `entry` that are missing from `folder` or have another size; takes a millisecond."""
    return [finding for file in entry.files if (finding := _size_finding(file, folder))]


def hash_findings(entry: CatalogueEntry, folder: Path, progress: Progress | None = None) -> list[Finding]:
    """Files of `entry` that are missing from `folder` or differ in a single bit.

    Reads everything, so it takes as long as the disk needs; `progress` is moved on by the bytes read.
    """
    progress = progress or Silence()
    return [
        finding
        for file in entry.files
        if (finding := _size_finding(file, folder) or _hash_finding(file, folder, progress))
    ]


def _size_finding(file: ModelFile, folder: Path) -> Finding | None:
    try:
        # Opened rather than asked about, since a model that this user may not read is of no use.
        with (folder / file.path).open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
    except (FileNotFoundError, NotADirectoryError):
        return Finding(file.path, "is missing")
    except OSError as error:
        return Finding(file.path, f"can't be read: {error.strerror}")
    if size != file.size_bytes:
        return Finding(file.path, f"has {size:,} bytes and should have {file.size_bytes:,}")
    return None


def _hash_finding(file: ModelFile, folder: Path, progress: Progress) -> Finding | None:
    digest = hashlib.sha256()
    try:
        with (folder / file.path).open("rb") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                digest.update(chunk)
                progress.advance(len(chunk))
    except OSError as error:
        return Finding(file.path, f"can't be read: {error.strerror}")
    if digest.hexdigest() != file.sha256:
        return Finding(file.path, f"has SHA-256 {digest.hexdigest()} and should have {file.sha256}")
    return None
