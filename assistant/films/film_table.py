"""Films laid out for a catalogue, each by its number: those that come with the program (see SOURCE.md), and others."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Protocol

from assistant.films.film import Film, FilmEntry
from assistant.films.titles import title_variants, unpack


class FilmTable(Protocol):
    """A sequence of films, numbered from 0."""

    @property
    def titles(self) -> Sequence[str]:
        """The titles."""

    @property
    def years(self) -> Sequence[int]:
        """The years; 0 where unknown."""

    @property
    def renown(self) -> Sequence[int]:
        """How well-known each is, 0 to 99."""

    @property
    def sounds(self) -> Mapping[str, str]:
        """How words sound, for those precomputed."""

    def forms(self) -> Iterator[tuple[int, str, bool]]:
        """Everything a film is called: its number, the words, whether they are only a part of the title."""

    def entry(self, number: int) -> FilmEntry:
        """A film."""

    def people(self) -> Iterator[tuple[str, int]]:
        """The makers and cast of each film, with its renown."""


class EntryTable:
    """A table made from existing entries.

    Parameters
    ----------
    entries : sequence of FilmEntry
    """

    def __init__(self, entries: Sequence[FilmEntry]) -> None:
        self._entries = tuple(entries)
        self.titles = [entry.film.title for entry in self._entries]
        self.years = [entry.film.year or 0 for entry in self._entries]
        self.renown = [entry.renown for entry in self._entries]
        self.sounds: Mapping[str, str] = {}

    def forms(self) -> Iterator[tuple[int, str, bool]]:
        """Every way that a film is called."""
        for number, title in enumerate(self.titles):
            forms = title_variants(title)
            for words in forms.whole:
                yield number, words, False
            for words in forms.parts:
                yield number, words, True

    def entry(self, number: int) -> FilmEntry:
        """A film."""
        return self._entries[number]

    def people(self) -> Iterator[tuple[str, int]]:
        """The makers and cast of each film, with its renown."""
        return ((name, entry.renown) for entry in self._entries for name in (*entry.directors, *entry.players))


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
