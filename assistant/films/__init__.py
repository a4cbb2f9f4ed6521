"""Films and their titles.

These names are imported when they are first asked for: whoever needs a film's title doesn't load the catalogue.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy import import_on_demand

if TYPE_CHECKING:
    from assistant.films.catalogue import FilmCatalogue, Match
    from assistant.films.decision import Found, Unknown, Which, decide
    from assistant.films.film import Film, FilmEntry
    from assistant.films.film_table import EntryTable, FilmTable
    from assistant.films.letterboxd import FilmsFileError, films_in
    from assistant.films.library import FilmLibrary, ImportResult
    from assistant.films.mentions import films_named

_MODULES = {
    "EntryTable": "film_table",
    "Film": "film",
    "FilmCatalogue": "catalogue",
    "FilmEntry": "film",
    "FilmLibrary": "library",
    "FilmTable": "film_table",
    "FilmsFileError": "letterboxd",
    "Found": "decision",
    "ImportResult": "library",
    "Match": "catalogue",
    "Unknown": "decision",
    "Which": "decision",
    "decide": "decision",
    "films_in": "letterboxd",
    "films_named": "mentions",
}

__all__ = [
    "EntryTable",
    "Film",
    "FilmCatalogue",
    "FilmEntry",
    "FilmLibrary",
    "FilmTable",
    "FilmsFileError",
    "Found",
    "ImportResult",
    "Match",
    "Unknown",
    "Which",
    "decide",
    "films_in",
    "films_named",
]

__getattr__ = import_on_demand(__name__, _MODULES)
