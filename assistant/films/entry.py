"""A film in the catalogue, with what distinguishes it from others."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.films.film import Film


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
