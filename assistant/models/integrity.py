"""Whether a model's files are those of the catalogue: a quick look at their sizes, or a full one at their contents."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.models.catalogue import ModelFile
from assistant.models.progress import Progress, Silence

CHUNK_BYTES = 1 << 18
"""How much of a file is read at a time."""


@dataclass(frozen=True, slots=True)
class IntegrityIssue:
    """Something wrong with a model: the file's path inside the model's folder, and what is wrong ("is missing")."""

    path: str
    problem: str

    def __str__(self) -> str:
        # "." is the folder itself, which has just been named.
        return f"{'it' if self.path == '.' else self.path} {self.problem}"


def size_findings(files: Sequence[ModelFile], folder: Path) -> list[IntegrityIssue]:
    """Those of `files` that are missing from `folder` or have another size; takes a millisecond."""
    return [finding for file in files if (finding := _size_finding(file, folder))]


def hash_findings(files: Sequence[ModelFile], folder: Path, progress: Progress | None = None) -> list[IntegrityIssue]:
    """Those of `files` that are missing from `folder` or differ in a single bit.

    Reads everything, so it takes as long as the disk needs; `progress` is moved on by the bytes read.
    """
    progress = progress or Silence()
    return [
        finding for file in files if (finding := _size_finding(file, folder) or _hash_finding(file, folder, progress))
    ]


def fingerprints(folder: Path, progress: Progress) -> tuple[ModelFile, ...]:
    """Every file in `folder` and below as it is, sorted by path; `progress` is moved on by the bytes read.

    Raises
    ------
    OSError
        One can't be read.
    """
    below = (Path(place) / name for place, _, names in os.walk(folder, followlinks=True) for name in names)
    return tuple(_fingerprint(path, folder, progress) for path in sorted(below))


def _fingerprint(path: Path, folder: Path, progress: Progress) -> ModelFile:
    digest = _digest(path, progress)
    return ModelFile(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def _digest(path: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
            progress.advance(len(chunk))
    return digest.hexdigest()


def _size_finding(file: ModelFile, folder: Path) -> IntegrityIssue | None:
    try:
        # Opened rather than asked about, since a model that this user may not read is of no use.
        with (folder / file.path).open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
    except (FileNotFoundError, NotADirectoryError):
        return IntegrityIssue(file.path, "is missing")
    except OSError as error:
        return IntegrityIssue(file.path, f"can't be read: {error.strerror}")
    if size != file.size_bytes:
        return IntegrityIssue(file.path, f"has {size:,} bytes and should have {file.size_bytes:,}")
    return None


def _hash_finding(file: ModelFile, folder: Path, progress: Progress) -> IntegrityIssue | None:
    try:
        digest = _digest(folder / file.path, progress)
    except OSError as error:
        return IntegrityIssue(file.path, f"can't be read: {error.strerror}")
    if digest != file.sha256:
        return IntegrityIssue(file.path, f"has SHA-256 {digest} and should have {file.sha256}")
    return None
