"""A person's films, from a Letterboxd export: its CSV files, or the zip with all of them.

An export holds, among others, ``watched.csv``, ``watchlist.csv``, ``ratings.csv``, ``diary.csv`` and ``reviews.csv``.
Each begins with the columns Date, Name, Year and Letterboxd URI; more may follow (Rating, Rewatch, Tags, Watched Date,
Review). Source: Letterboxd's description of its exports, and exports.
"""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from _csv import Reader

_NAME, _YEAR = "name", "year"
_SEEN_FILES = frozenset(("watched.csv", "ratings.csv", "diary.csv", "reviews.csv"))
_WISHED_FILE = "watchlist.csv"
_FILES = (*sorted(_SEEN_FILES), _WISHED_FILE)

_MOST_BYTES = 64 * 1024 * 1024
"""The most text in an export; the largest known accounts, with 100,000 films, stay well below."""

_ZIP_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
"""The first bytes of a zip with files in it, and of an empty one."""

_DELIMITERS = ",;\t|"
_SAMPLE = 1_000
_MOST_MEMBERS = 10_000
_LONGEST_TITLE = 500
_ZIP_TROUBLE = (
    zipfile.BadZipFile, zipfile.LargeZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError,
    ValueError,
)  # fmt: skip
_YEARS = range(1870, 2200)


class FilmsFileError(AssistantError):
    """A file from which no films can be read."""

    code = "films_file"


@dataclass(frozen=True, slots=True)
class OwnFilm:
    """One of the person's own films.

    Attributes
    ----------
    title : str
    year : int or None
    seen : bool
        Whether they have watched it; otherwise they want to.
    """

    title: str
    year: int | None
    seen: bool


def films_in(path: Path) -> list[OwnFilm]:
    """The films of an export, each once.

    Parameters
    ----------
    path : Path
        A CSV file or the zip.

    Raises
    ------
    FilmsFileError
        It isn't there, can't be read, or holds no films.
    """
    try:
        if path.is_dir():
            raise FilmsFileError(f"“{path}” is a folder. Name the zip that Letterboxd made, or a CSV file from it.")
        content = _read(path)
        is_zip = content.startswith(_ZIP_BEGINNINGS)
        films = _merge(_in_zip(content, path) if is_zip else _in_csv(content, path.name, str(path)))
    except OSError as error:
        raise FilmsFileError(f"“{path}” can't be read: {error.strerror or error}.") from error
    if not films:
        raise FilmsFileError(f"There are no films in “{path}”.")
    return films


def _read(path: Path) -> bytes:
    # Read once, because it may be a pipe.
    with path.open("rb") as file:
        content = file.read(_MOST_BYTES + 1)
    if len(content) > _MOST_BYTES:
        raise FilmsFileError(f"“{path}” is larger than any export of films ({_MOST_BYTES // 2**20} MiB at most).")
    return content


def _in_zip(content: bytes, path: Path) -> Iterator[OwnFilm]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if len(members) > _MOST_MEMBERS:
                raise FilmsFileError(f"“{path}” holds {len(members)} files, so it isn't a Letterboxd export.")
            # Deleted entries and lists are in folders; some programs wrap everything in one more.
            wanted = [member for member in members if PurePosixPath(member.filename).name.lower() in _FILES]
            shallowest = min((_depth(member) for member in wanted), default=0)
            wanted = [member for member in wanted if _depth(member) == shallowest]
            if not wanted:
                raise FilmsFileError(f"“{path}” isn't a Letterboxd export: it holds none of {', '.join(_FILES)}.")
            left = _MOST_BYTES
            for member in wanted:
                # A zip may lie about its sizes, so unpack no more than fits.
                with archive.open(member) as file:
                    unpacked = file.read(left + 1)
                left -= len(unpacked)
                if left < 0:
                    raise FilmsFileError(
                        f"“{path}” unpacks to more than any export of films ({_MOST_BYTES // 2**20} MiB at most)."
                    )
                name = PurePosixPath(member.filename).name
                yield from _in_csv(unpacked, name, f"{member.filename} in {path}")
    except _ZIP_TROUBLE as error:
        raise FilmsFileError(
            f"“{path}” is a damaged or locked zip: {error}. Export it from Letterboxd again."
        ) from error


def _depth(member: zipfile.ZipInfo) -> int:
    return len(PurePosixPath(member.filename).parts)


def _in_csv(content: bytes, name: str, place: str) -> Iterator[OwnFilm]:
    text = _decode(content)
    if text is None:
        raise FilmsFileError(f"“{place}” isn't a text file.")
    # Reviews can be any length, and the reader's limit applies to the whole process.
    csv.field_size_limit(_MOST_BYTES)
    seen = name.lower() != _WISHED_FILE
    rows = _Rows(text)
    try:
        if rows.columns is None:
            raise FilmsFileError(
                f"“{place}” has no columns “Name” and “Year” in its first line, as Letterboxd's exports of films have: "
                f"{', '.join(_FILES)}."
            )
        at_name, at_year = rows.columns.index(_NAME), rows.columns.index(_YEAR)
        for row in rows:
            if not any(row):
                continue
            if len(row) <= max(at_name, at_year):
                raise FilmsFileError(f"Line {rows.line} of “{place}” has too few columns.")
            title = " ".join(row[at_name].split())[:_LONGEST_TITLE]
            if title:
                yield OwnFilm(title, _year(row[at_year], rows.line, place), seen)
    except csv.Error as error:
        raise FilmsFileError(f"Line {rows.line} of “{place}” can't be read as CSV: {error}.") from error


def _decode(content: bytes) -> str | None:
    """The text of a file in UTF-8, as Letterboxd writes it, or in what a spreadsheet made of it; None if it is none."""
    evens, odds = content[:_SAMPLE:2], content[1:_SAMPLE:2]
    encodings: tuple[str, ...] = ("utf-8-sig", "cp1252", "mac-roman")
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ("utf-16",)
    elif odds.count(0) > len(odds) / 2 > evens.count(0):
        encodings = ("utf-16-le",)
    elif evens.count(0) > len(evens) / 2 > odds.count(0):
        encodings = ("utf-16-be",)
    for encoding in encodings:
        with contextlib.suppress(UnicodeDecodeError):
            text = content.decode(encoding)
            return None if "\0" in text else text
    return None


class _Rows:
    """The rows below the header of a CSV file, as Letterboxd writes it or a spreadsheet saves it.

    In countries that write “4,5”, spreadsheets separate columns by semicolons; others use tabs. Some say so in a line
    “sep=;” before the header. If a spreadsheet that expects semicolons opens Letterboxd's own file, it sees one column,
    and saves the file with quotes around each row.

    Attributes
    ----------
    columns : list of str or None
        The header in lower case; None if it doesn't have what is needed.
    """

    def __init__(self, text: str) -> None:
        self._parted_twice = False
        self.columns: list[str] | None = None
        for delimiter in _DELIMITERS:
            self._delimiter = delimiter
            self._rows = self._read(io.StringIO(text, newline=""))
            try:
                header = self._header()
            except csv.Error:
                continue
            if header and _DELIMITERS[0] in header[0] and not any(header[1:]):
                self._parted_twice = True
                header = next(self._read(header[:1]), [])
            columns = [column.strip().lower() for column in header]
            if _NAME in columns and _YEAR in columns:
                self.columns = columns
                return
            self._parted_twice = False

    @property
    def line(self) -> int:
        """The line of the file that the last row ends in."""
        return self._rows.line_num

    def __iter__(self) -> Iterator[list[str]]:
        for row in self._rows:
            yield next(self._read(row[:1]), []) if self._parted_twice else row

    def _read(self, lines: Iterable[str]) -> Reader:
        delimiter = _DELIMITERS[0] if self._parted_twice else self._delimiter
        return csv.reader(lines, delimiter=delimiter, strict=True)

    def _header(self) -> list[str]:
        """The first row that isn't empty and doesn't name the separator."""
        for row in self._rows:
            if any(row) and not "".join(row).lower().startswith("sep="):
                return row
        return []


def _year(text: str, line: int, place: str) -> int | None:
    """The year; None if Letterboxd has none."""
    # A spreadsheet that takes it for a number may write it as one.
    text = re.sub(r"[.,]0+$", "", text.strip())
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) == 4 and int(text) in _YEARS):
        raise FilmsFileError(f"Line {line} of “{place}” has “{text[:20]}” as its year.")
    return int(text)


def _merge(films: Iterable[OwnFilm]) -> list[OwnFilm]:
    """Each film once; seen if any list says so."""
    merged: dict[tuple[str, int | None], OwnFilm] = {}
    for film in films:
        key = (film.title, film.year)
        if key not in merged or film.seen:
            merged[key] = film
    return list(merged.values())
