"""The films that come with the program: see SOURCE.md beside this file."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from assistant.films.entry import FilmEntry
from assistant.films.film import Film
from assistant.films.title_variants import unpack

FOLDER = Path(__file__).parent
FILMS_FILE = "films.json.xz"
PEOPLE_FILE = "people.json.xz"


class VendoredTable:
    """The extracts that come with the program. Directors and players are read on first use.

    Parameters
    ----------
    folder : Path, optional
        Where its two files are.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        self._folder = folder
        columns = _read(folder / FILMS_FILE)
        self.titles: Sequence[str] = columns["title"]
        self.years: Sequence[int] = columns["year"]
        self.renown: Sequence[int] = columns["renown"]
        self.sounds: Mapping[str, str] = columns["sounds"]
        self._imdb: Sequence[str] = columns["imdb"]
        self._said: Sequence[str] = columns["said"]

    def forms(self) -> Iterator[tuple[int, str, bool]]:
        """Every way that a film is called."""
        for number, (title, said) in enumerate(zip(self.titles, self._said, strict=True)):
            for words, is_part in unpack(title, said):
                yield number, words, is_part

    def entry(self, number: int) -> FilmEntry:
        """A film."""
        imdb = self._imdb[number]
        return FilmEntry(
            Film(self.titles[number], self.years[number], f"tt{imdb}" if imdb else None),
            _names(self._people["directors"][number]),
            _names(self._people["players"][number]),
            self.renown[number],
        )

    def people(self) -> Iterator[tuple[str, int]]:
        """The makers and cast of each film, with its renown."""
        for column in ("directors", "players"):
            for listed, renown in zip(self._people[column], self.renown, strict=True):
                for name in _names(listed):
                    yield name, renown

    @cached_property
    def _people(self) -> dict[str, list[str]]:
        return _read(self._folder / PEOPLE_FILE)


@lru_cache(maxsize=1)
def vendored() -> VendoredTable:
    """The films that come with the program, read once (about 60 ms)."""
    return VendoredTable()


def _read(file: Path) -> dict[str, Any]:
    columns: dict[str, Any] = json.loads(lzma.decompress(file.read_bytes()))
    return columns


def _names(listed: str) -> tuple[str, ...]:
    return tuple(listed.split(", ")) if listed else ()
