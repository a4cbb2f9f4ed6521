"""Films laid out for a catalogue: each by its number, created only on request."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Protocol

from assistant.films.entry import FilmEntry
from assistant.films.title_variants import title_variants


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
