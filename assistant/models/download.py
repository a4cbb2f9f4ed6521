"""Downloads a model's files from a site or from wheels of the package index, and checks them.

An unreachable file is found out quickly, and a download that was cut off is resumed, which pooch can't do.
"""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import IO, TYPE_CHECKING

from assistant.disk import sync, sync_folder
from assistant.models.catalogue import ModelFile, RemoteFile, WheelSource, ZipSource, total_bytes
from assistant.models.integrity import CHUNK_BYTES
from assistant.models.progress import Progress
from assistant.net import ExchangeError, open_download

if TYPE_CHECKING:
    import requests

STALL_S = 20.0
"""A connection that delivers nothing for this long, in seconds, is considered dead."""

PIP_STALL_S = 180.0
"""How long pip may make no progress, in seconds; within this, it has its own time limits and retries."""

_PIP_GLANCE_S = 0.2
_WORTH_BYTES = 1 << 20
_ATTEMPTS = 3


class SourceError(Exception):
    """A source had nothing usable; the text says why, as the end of a sentence. The next source may do better."""


class _CutError(Exception):
    """The connection ended before the file did."""


def download(source: ZipSource | RemoteFile, part: Path, *, progress: Progress, reach_s: float) -> bool:
    """Fetch `source` into the file `part`, resuming from what is already there if the site allows it.

    A cut connection is resumed as long as that is worth it: after three attempts in a row with less than 1 MiB each, we
    give up, and `part` stays for the next time.

    Parameters
    ----------
    reach_s : float
        Seconds until the first bytes, for name look-up, proxy, connection, redirects and answer together.

    Returns
    -------
    bool
        Whether part of the file was there before. If the whole then turns out wrong, a fresh start may help.

    Raises
    ------
    SourceError
        The site can't be reached or doesn't have the file.
    OSError
        `part` can't be written.
    """
    resumed = _size(part) > 0
    idle = 0
    while True:
        before = _size(part)
        if before == source.size_bytes:
            return resumed
        try:
            _download_once(source, part, before, progress, reach_s)
        except _CutError as error:
            idle = 0 if _size(part) - before >= _WORTH_BYTES else idle + 1
            if idle == _ATTEMPTS:
                raise SourceError(str(error)) from error
        else:
            return resumed


def _download_once(source: ZipSource | RemoteFile, part: Path, offset: int, progress: Progress, reach_s: float) -> None:
    # Without compression, so that the bytes can be counted; and only those that aren't here yet.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={offset}-"} if offset else {})
    try:
        response, chunks = open_download(source.url, headers=headers, limit_s=reach_s, stall_s=STALL_S)
        with response:
            _receive(response, chunks, source, part, offset, progress)
    except ExchangeError as error:
        raise _CutError("cut the connection again and again") if error.cut else SourceError(str(error)) from error


def _receive(
    response: requests.Response,
    chunks: Iterator[bytes],
    source: ZipSource | RemoteFile,
    part: Path,
    offset: int,
    progress: Progress,
) -> None:
    most = 2 * source.size_bytes
    start, total = _span(response, part, offset)
    if total is not None and total > most:
        raise SourceError(f"offers {total:,} bytes where {source.size_bytes:,} are expected")
    progress.stage(f"Downloading from {source.short}", total or source.size_bytes)
    progress.advance(start)
    have = start
    with part.open("r+b" if start else "wb") as file:
        file.seek(start)
        for chunk in chunks:
            file.write(chunk)
            have += len(chunk)
            progress.advance(len(chunk))
            if have > most:
                raise SourceError(f"sends more than the {source.size_bytes:,} bytes expected")
    if total is not None and have < total:
        raise _CutError(f"cut the connection after {have:,} of {total:,} bytes")


def _span(response: requests.Response, part: Path, offset: int) -> tuple[int, int | None]:
    """The offset of an answer's bytes, and the length of the whole file, if the answer says so."""
    length = response.headers.get("Content-Length", "")
    if response.status_code == 200:
        return 0, int(length) if length.isdecimal() else None
    if response.status_code == 206:
        said = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("Content-Range", ""))
        if said and int(said[1]) == offset:
            return offset, int(said[2])
    elif response.status_code != 416:
        raise SourceError(f"answered {response.status_code} {response.reason}")
    # Our part doesn't fit the site's file: start over.
    part.unlink(missing_ok=True)
    raise _CutError("doesn't give the part of the file that was asked for")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def download_wheel(source: WheelSource, folder: Path, *, progress: Progress, stall_s: float = PIP_STALL_S) -> Path:
    """Have pip download `source` into the existing `folder`.

    pip is run as a program, so that the person's own index, proxy and certificates (``pip.conf``, ``PIP_…``) apply.

    Returns
    -------
    Path
        The wheel.

    Raises
    ------
    SourceError
        There is no pip, or it can't get the wheel.
    """
    scratch = folder / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar=off", "--dest", str(folder)]
    # pip writes into its temporary folder and copies from there: with that folder here, we can watch the file grow,
    # and it is removed with the rest.
    surroundings = os.environ | {"TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
    progress.stage(f"Downloading {source.short}", source.size_bytes)
    with (folder / "pip.log").open("w+b") as log:
        process = subprocess.Popen(
            [*command, source.requirement],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=surroundings,
        )
        try:
            _watch_pip(process, folder, progress, stall_s)
        finally:
            process.kill()
            process.wait()
        log.seek(0)
        told = log.read().decode("utf-8", "replace")
    wheels = list(folder.glob("*.whl"))
    if process.returncode or not wheels:
        raise SourceError(_describe_failure(told))
    return wheels[0]


def _watch_pip(process: subprocess.Popen[bytes], folder: Path, progress: Progress, stall_s: float) -> None:
    """Wait for pip to end, advancing `progress` by the growth of its largest wheel."""
    seen = 0
    moved_at = time.monotonic()
    while True:
        try:
            process.wait(timeout=_PIP_GLANCE_S)
        except subprocess.TimeoutExpired:
            ended = False
        else:
            ended = True
        size = max((_size_if_there(wheel) for wheel in folder.rglob("*.whl")), default=0)
        if size > seen:
            progress.advance(size - seen)
            seen, moved_at = size, time.monotonic()
        if ended:
            return
        if time.monotonic() - moved_at > stall_s:
            raise SourceError(f"brought nothing for {stall_s:g} s")


def _size_if_there(path: Path) -> int:
    # pip may just have removed the file.
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _describe_failure(told: str) -> str:
    """Why pip failed, from its output."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    if any("No module named pip" in line for line in lines):
        return (
            f"can't be reached: this Python ({sys.executable}) has no pip. "
            "Install it (Debian: apt-get install python3-pip; elsewhere: python -m ensurepip)"
        )
    if any("connection broken by" in line for line in lines):
        return "can't be reached by pip"
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return f"gave pip nothing: {(errors or lines or ['it ended without a word'])[-1]}"


def unpack(
    archives: Sequence[Path],
    members: Mapping[str, Sequence[str]],
    files: Sequence[ModelFile],
    destination: Path,
    progress: Progress,
) -> None:
    """Write a model's files from archives to the new folder `destination` and make sure that they are on disk.

    Only files in the catalogue are unpacked, under the catalogue's path and up to the catalogue's size; so neither the
    names nor the sizes in a forged archive can do harm.

    Parameters
    ----------
    archives : sequence of Path
        Zip files or wheels.
    members : mapping of str to sequence of str
        For each file, the archives' members that give it when joined.
    files : sequence of ModelFile

    Raises
    ------
    SourceError
        A file is missing from the archives, damaged, or not the one in the catalogue.
    OSError
        It can't be written.
    """
    progress.stage("Unpacking and checking", total_bytes(files))
    destination.mkdir()
    try:
        with ExitStack() as stack:
            opened = [stack.enter_context(zipfile.ZipFile(archive)) for archive in archives]
            for file in files:
                with ExitStack() as parts:
                    packed = [parts.enter_context(_member(opened, name)) for name in members[file.path]]
                    _write(packed, file, destination, progress)
    except zipfile.BadZipFile as error:
        raise SourceError("sent something that is not a sound zip file") from error
    _sync_folders(files, destination)


def move_in(parts: Mapping[str, Path], files: Sequence[ModelFile], destination: Path, progress: Progress) -> None:
    """Check files that were downloaded one by one, and move them to the new folder `destination`.

    Raises
    ------
    SourceError
        A file isn't the one in the catalogue; its download is removed.
    OSError
        It can't be written.
    """
    progress.stage("Checking", total_bytes(files))
    for file in files:
        part = parts[file.path]
        digest = hashlib.sha256()
        with part.open("r+b") as stream:
            while chunk := stream.read(CHUNK_BYTES):
                digest.update(chunk)
                progress.advance(len(chunk))
            sync(stream)
        try:
            _check(file, _size(part), digest.hexdigest())
        except SourceError:
            part.unlink()
            raise
    destination.mkdir()
    for file in files:
        (destination / file.path).parent.mkdir(parents=True, exist_ok=True)
        parts[file.path].rename(destination / file.path)
    _sync_folders(files, destination)


def _sync_folders(files: Sequence[ModelFile], destination: Path) -> None:
    for place in sorted({(destination / file.path).parent for file in files} | {destination}, reverse=True):
        sync_folder(place)


def _member(opened: Sequence[zipfile.ZipFile], name: str) -> IO[bytes]:
    archive = next((archive for archive in opened if name in archive.NameToInfo), None)
    if archive is None:
        raise SourceError(f"sent an archive without {name}")
    try:
        return archive.open(name)
    except (zipfile.BadZipFile, RuntimeError) as error:  # encrypted, or packed in a way unknown here
        raise SourceError(f"sent an archive in which {name} can't be read") from error


def _write(parts: Sequence[IO[bytes]], file: ModelFile, destination: Path, progress: Progress) -> None:
    path = destination / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256()
    size = 0
    with path.open("xb") as written:
        for packed in parts:
            while chunk := _read(packed, file, file.size_bytes + 1 - size):
                written.write(chunk)
                digest.update(chunk)
                size += len(chunk)
                progress.advance(len(chunk))
        sync(written)
    _check(file, size, digest.hexdigest())


def _check(file: ModelFile, size: int, digest: str) -> None:
    if size != file.size_bytes or digest != file.sha256:
        raise SourceError(f"sent another {file.path} than the one wanted (SHA-256 {digest}, should be {file.sha256})")


def _read(packed: IO[bytes], file: ModelFile, most: int) -> bytes:
    try:
        return packed.read(min(CHUNK_BYTES, most))
    except (zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise SourceError(f"sent a damaged {file.path}") from error
