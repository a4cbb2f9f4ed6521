"""Fetching a file from a web site: quickly found out whether it can be had, and taken up again where it was cut."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.models.catalogue import ZipSource
from assistant.models.errors import SourceError
from assistant.models.progress import Progress
from assistant.net.http import ExchangeError, open_download

if TYPE_CHECKING:
    import requests

STALL_S = 20.0
"""A connection that brings nothing for this long is taken for dead, in seconds."""

_WORTH_BYTES = 1 << 20
_ATTEMPTS = 3


_CUT = "cut the connection again and again"


class _CutError(Exception):
    """The connection ended before the file did."""


def download(source: ZipSource, part: Path, *, progress: Progress, reach_s: float) -> bool:
    """Fetch `source` into the file `part`, going on from what is already there if the site allows it.

    A cut connection is taken up again as long as that is worth it: three attempts in a row with less than 1 MiB each
    are the end, and `part` stays for the next time.

    Parameters
    ----------
    reach_s : float
        Seconds for everything up to the first bytes: name look-up, proxy, connection, redirects and answer together.

    Returns
    -------
    bool
        Whether any of it was there before. If the whole then turns out wrong, a fresh start may help.

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
            _attempt(source, part, before, progress, reach_s)
        except _CutError as error:
            idle = 0 if _size(part) - before >= _WORTH_BYTES else idle + 1
            if idle == _ATTEMPTS:
                raise SourceError(str(error)) from error
        else:
            return resumed


def _attempt(source: ZipSource, part: Path, offset: int, progress: Progress, reach_s: float) -> None:
    # The bytes as they are, so that they can be counted; and only those that aren't here yet.
    headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={offset}-"} if offset else {})
    try:
        response, chunks = open_download(source.url, headers=headers, limit_s=reach_s, stall_s=STALL_S)
        with response:
            _receive(response, chunks, source, part, offset, progress)
    except ExchangeError as error:
        raise _CutError(_CUT) if error.cut else SourceError(str(error)) from error


def _receive(
    response: requests.Response,
    chunks: Iterator[bytes],
    source: ZipSource,
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
    """Where the bytes of an answer belong, and how long the whole file is, if that is said."""
    length = response.headers.get("Content-Length", "")
    if response.status_code == 200:
        return 0, int(length) if length.isdecimal() else None
    if response.status_code == 206:
        said = re.fullmatch(r"bytes (\d+)-\d+/(\d+)", response.headers.get("Content-Range", ""))
        if said and int(said[1]) == offset:
            return offset, int(said[2])
    elif response.status_code != 416:
        raise SourceError(f"answered {response.status_code} {response.reason}")
    # What is here doesn't go with what is there: begin again.
    part.unlink(missing_ok=True)
    raise _CutError("doesn't give the part of the file that was asked for")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
