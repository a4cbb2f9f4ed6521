"""Reviews as a CSV file that Letterboxd can import."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.delivery.outlet import Delivery, Intent, UndeliverableError
from assistant.disk import sync_folder, write_through
from assistant.errors import DeliveryError

HEADER = ("imdbID", "Title", "Year", "Rating", "WatchedDate", "Rewatch", "Tags", "Review")
"""The columns, by the names that Letterboxd's importer knows (https://letterboxd.com/about/importing-data/)."""

MAX_BYTES = 1_000_000
"""The largest file that Letterboxd accepts."""

_MAX_ROW_BYTES = 100_000
"""Some two hours of speech. Python's CSV reader stops at 131,072 characters a field."""
_BUSY_S = 10
_NAME = re.compile(r"letterboxd(?:-([1-9]\d{0,5}))?\.csv")

_BEFORE_OPENING = "([{“‘"
_DASHES = "—–-/"
_ELIDED = re.compile(
    r"(?:\d0s|em|tis|twas|til|till|cause|cos|cuz|bout|round|neath|n|nough|ere|im|er|ol|ello)\b", re.IGNORECASE
)
"""Words that lost their beginning: the mark before them is an apostrophe."""

_FORMULA = frozenset("=+-@\t\r")
"""What a cell that is a formula begins with."""


class LetterboxdCsv:
    """Appends to ``<folder>/letterboxd.csv``, and once that is full to ``letterboxd-2.csv`` and so on.

    Each time, a longer file replaces the whole file, so that it never ends in half a row; at 1 MB that takes no time
    worth mentioning. The person's own changes to the file stay.

    Parameters
    ----------
    folder : Path
        Made if missing.
    """

    name = "letterboxd_csv"

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Append a review's row once; see `Outlet.deliver`.

        The intent is the number of rows just like this one. If there are more after a crash, the row was written. That
        holds even if the person edits, sorts or shortens the files in between.
        """
        row = as_row(item)
        line = _line(row)
        if len(line) > _MAX_ROW_BYTES:
            raise UndeliverableError("The review is too long for Letterboxd's import; the Markdown file has it.")
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._folder / ".letterboxd.lock", timeout=_BUSY_S):
                return {"path": str(self._append_once(row, line, intent, record_intent))}
        except Timeout as error:
            raise DeliveryError(
                f"{self._folder / 'letterboxd.csv'} is in use by another program. The review will be added later."
            ) from error

    def _append_once(
        self, row: list[str], line: bytes, intent: Intent | None, record_intent: Callable[[Intent], None]
    ) -> Path:
        numbers = self._numbers()
        files = [self._file(number) for number in numbers]
        alike = [file for file in files for known in _rows(file.read_bytes()) if known == row]
        if intent is not None and len(alike) > intent["alike"]:
            return alike[-1]
        path, content = self._with_room(numbers[-1] if numbers else 0, row, line)
        record_intent({"path": str(path), "alike": len(alike)})
        _replace(path, content)
        return path

    def _numbers(self) -> list[int]:
        """The numbers of the existing files, in order."""
        found = (_NAME.fullmatch(file.name) for file in self._folder.iterdir() if file.is_file())
        return sorted(int(name[1] or 1) for name in found if name)

    def _file(self, number: int) -> Path:
        return self._folder / ("letterboxd.csv" if number == 1 else f"letterboxd-{number}.csv")

    def _with_room(self, last: int, row: list[str], line: bytes) -> tuple[Path, bytes]:
        """The last file and its content with the row, or a new file if that wouldn't work."""
        if last:
            before = self._file(last).read_bytes()
            after = (before if before.endswith(b"\n") else before + b"\r\n") + line
            # Read back: a file with other columns, or one that ends inside a quoted field, would spoil the row.
            rows = _rows(after)
            if len(after) <= MAX_BYTES and rows[:1] == [list(HEADER)] and rows[-1] == row:
                return self._file(last), after
        new = next(number for number in count(last + 1) if not self._file(number).exists())
        return self._file(new), _line(list(HEADER)) + line


def as_row(item: Delivery) -> list[str]:
    """The row of a review; what isn't known is left empty.

    Raises
    ------
    UndeliverableError
        If there is no film, as Letterboxd imports nothing without one.
    """
    review = item.review
    film = review.film
    if film is None:
        raise UndeliverableError("Letterboxd imports no review without a film; the Markdown file has it.")
    return [
        film.imdb_id or "",
        _harmless(film.title),
        "" if film.year is None else str(film.year),
        "" if review.rating is None else f"{review.rating:g}",
        item.watched.isoformat(),
        "",
        "",
        _harmless("<br>".join(curly(review.text.strip()).splitlines())),
    ]


def _harmless(cell: str) -> str:
    """The same, behind a space, which Letterboxd drops, if a spreadsheet would take it for a formula, as "+1"."""
    return f" {cell}" if cell[:1] in _FORMULA else cell


def _line(row: list[str]) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerow(row)
    return text.getvalue().encode()


def _rows(content: bytes) -> list[list[str]]:
    """The rows of a file, none if it isn't CSV. Spreadsheets write a byte order mark and quote differently."""
    text = io.StringIO(content.decode("utf-8-sig", errors="replace"), newline="")
    try:
        return [row for row in csv.reader(text) if row]
    except csv.Error:
        return []


def _replace(path: Path, content: bytes) -> None:
    target = path.resolve()  # a link that the person made stays one
    part = target.parent / f".{target.name}.part"
    write_through(part, content)
    if target.exists():
        shutil.copymode(target, part)
    part.replace(target)
    sync_folder(target.parent)


def curly(text: str) -> str:
    """Replace straight quotes and apostrophes with typographic ones.

    >>> curly('"Fine", she said')
    '“Fine”, she said'
    """
    written: list[str] = []
    inside = {'"': False, "'": False}
    for place, char in enumerate(text):
        if char not in inside:
            written.append(char)
            continue
        before = written[-1] if written else " "
        opens = _opens(before, text[place + 1 : place + 2] or " ", inside[char])
        if char == '"':
            inside[char] = opens
            written.append("“" if opens else "”")
            continue
        if opens and _ELIDED.match(text, place + 1):
            opens = False
        elif opens or not (before.isalnum() and text[place + 1 : place + 2].isalnum()):
            inside[char] = opens
        written.append("‘" if opens else "’")
    return "".join(written)


def _opens(before: str, after: str, inside: bool) -> bool:
    if before.isspace() or before in _BEFORE_OPENING:
        return not (after.isspace() and inside)
    return before in _DASHES and not after.isspace() and not inside
