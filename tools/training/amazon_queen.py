"""The speech of the adventure game Flight of the Amazon Queen, and its text.

Everything is in one file, ``queen.1c``: a table of names, then the named files. Speech is MP3, one file for each line
on the screen. Its text is in dialogues (.DOG), which name the file of each line, in cut scenes (.CUT) and in a list of
remarks (QUEEN2.JAS), where lines and files have the same order. The formats are those that ScummVM's engine reads.
"""

from __future__ import annotations

import re
import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from tools.corpus.packages import Package

GAME = Package(
    "flight-of-the-amazon-queen", "1.0.0-9", "debian", "its own: free to share and to change, not to be sold by itself"
)
_FILE = "usr/share/scummvm/flight-of-the-amazon-queen/queen.1c"

_COUNT_AT, _TABLE_AT, _ENTRY = 13, 15, 21
_NAME = 12
_HEADER = 20
_REMARKS, _FIRST_REMARK = "QUEEN2.JAS", 41
_LEVEL_BYTES = 96

_BETWEEN_LINES = re.compile(r"\*(?:[A-Z]{2}\d*|\d+)?")
_LETTERS = re.compile(rb"[A-Za-z]{2}")
_FIRST_PRINTABLE, _LAST_PRINTABLE = 32, 126
_FILE_NAME = re.compile(r"\.(SAM|CUT|PCX|ACT|BBK)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A spoken line: its text, and the place of its MP3 in the file."""

    name: str
    text: str
    at: int
    size: int


def file_in(work: Path) -> Path:
    """The game's file."""
    return GAME.unpacked(work) / _FILE


def lines(path: Path) -> list[Line]:
    """All lines whose text is known, by name."""
    game = path.read_bytes()
    table = _table(game)
    speech = sorted(name for name in table if name.endswith(".SB"))
    texts = {**_dialogues(game, table), **_remarks(game, table, speech), **_cut_scenes(game, table, speech)}
    return [
        Line(name.removesuffix(".SB").lower(), texts[name], *table[name])
        for name in speech
        # A few aren't MP3.
        if name in texts and game[table[name][0]] == 0xFF
    ]


def _table(game: bytes) -> dict[str, tuple[int, int]]:
    """Place and size of everything in the file, by name."""
    (count,) = struct.unpack_from(">H", game, _COUNT_AT)
    entries = (game[at : at + _ENTRY] for at in range(_TABLE_AT, _TABLE_AT + count * _ENTRY, _ENTRY))
    return {
        entry[:_NAME].rstrip(b"\0").decode("latin-1").upper(): struct.unpack_from(">II", entry, _NAME + 1)
        for entry in entries
    }


def _inside(game: bytes, table: dict[str, tuple[int, int]], name: str) -> bytes:
    at, size = table[name]
    return game[at : at + size]


def _screens(text: str) -> list[str]:
    """The lines that a text shows one after the other; between them are commands to the figures, marked by a star."""
    return [shown.strip() for shown in _BETWEEN_LINES.split(text) if shown.strip()]


def _dialogues(game: bytes, table: dict[str, tuple[int, int]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in table:
        if not name.endswith(".DOG"):
            continue
        data = _inside(game, table, name)[_HEADER:]
        level, _, talk, hero_lines, other_lines = struct.unpack_from(">5h", data)
        (other_at,) = struct.unpack_from(">h", data, 22)
        said = [
            *(("J", *each) for each in _numbered(data, 32 + abs(level) * _LEVEL_BYTES, hero_lines)),
            *(("P", *each) for each in _numbered(data, other_at, other_lines)),
        ]
        for who, number, text in said:
            for screen, shown in enumerate(_screens(text), 1):
                found[f"{talk:02d}{number:4X}{who}{screen:X}.SB".replace(" ", "0")] = shown
    return found


def _numbered(data: bytes, at: int, count: int) -> Iterator[tuple[int, str]]:
    """Numbered texts, each preceded by its length and padded to four bytes; `count` may be more than there are."""
    for _ in range(count):
        if at + 5 > len(data):
            return
        number, length = struct.unpack_from(">HB", data, at + 2)
        at += 5
        yield number, data[at : at + length].decode("latin-1")
        at = (at + length + 3) & ~3


def _remarks(game: bytes, table: dict[str, tuple[int, int]], speech: list[str]) -> dict[str, str]:
    texts = _inside(game, table, _REMARKS).decode("latin-1").replace("\r", "").split("\n")
    spoken: dict[int, list[str]] = defaultdict(list)
    for name in speech:
        if name.startswith("JOE"):
            spoken[int(name[3:7])].append(name)
    found: dict[str, str] = {}
    for number, names in spoken.items():
        place = number - _FIRST_REMARK
        screens = _screens(texts[place]) if 0 <= place < len(texts) else []
        if len(screens) == len(names):
            found.update(zip(names, screens, strict=True))
    return found


def _cut_scenes(game: bytes, table: dict[str, tuple[int, int]], speech: list[str]) -> dict[str, str]:
    """The lines of scenes with a file for every line that is shown."""
    found: dict[str, str] = {}
    for name in table:
        if not name.endswith(".CUT"):
            continue
        own = re.compile(re.escape(f"{name[:-4]}_____"[:5]) + r"\d\d[0-9A-F]\.SB")
        spoken: dict[str, list[str]] = defaultdict(list)
        for each in speech:
            if own.fullmatch(each):
                spoken[each[5:7]].append(each)
        names = [spoken[number] for number in sorted(spoken)]
        shown = [screens for screens in map(_screens, _texts(_inside(game, table, name)[_HEADER:])) if screens]
        shown = [screens for screens in shown if not any(map(_FILE_NAME.search, screens))][: len(names)]
        if [len(each) for each in shown] == [len(each) for each in names]:
            found.update(zip(chain(*names), chain(*shown), strict=True))
    return found


def _texts(data: bytes) -> Iterator[str]:
    """Anything that looks like a text preceded by its length."""
    at = 0
    while at < len(data) - 1:
        length = data[at]
        text = data[at + 1 : at + 1 + length]
        printable = all(_FIRST_PRINTABLE <= letter <= _LAST_PRINTABLE for letter in text)
        if len(text) == length and printable and _LETTERS.search(text):
            yield text.decode("ascii")
            at += 1 + length
        else:
            at += 1
