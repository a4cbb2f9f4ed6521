"""A film, and what distinguishes it from others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Film:
    """A film; what isn't known is None, never made up."""

    title: str
    year: int | None = None
    imdb_id: str | None = None

    @property
    def described(self) -> str:
        """Title and, if known, year: "Her (2013)"."""
        return self.title if self.year is None else f"{self.title} ({self.year})"


@dataclass(frozen=True, slots=True)
class FilmEntry:
    """A film, and what else is known about it.

    Attributes
    ----------
    film : Film
    directors, players : tuple of str
        Empty if unknown.
    renown : int
        How well-known it is, 0 to 99.
    own : bool
        Whether it is among the person's own films.
    """

    film: Film
    directors: tuple[str, ...] = ()
    players: tuple[str, ...] = ()
    renown: int = 0
    own: bool = False
