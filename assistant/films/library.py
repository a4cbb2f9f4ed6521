"""The person's own films: imported once and then known."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from assistant.errors import StoreError, describe_os_error
from assistant.films.entry import FilmEntry
from assistant.films.film import Film
from assistant.films.letterboxd import OwnFilm

FILE_NAME = "films.sqlite3"
_SEEN_RENOWN = 60
_WISHED_RENOWN = 40
_WAIT_S = 10.0

_SCHEMA = """
    CREATE TABLE IF NOT EXISTS film (
        title TEXT NOT NULL,
        year INTEGER NOT NULL,
        seen INTEGER NOT NULL,
        PRIMARY KEY (title, year)
    ) WITHOUT ROWID
"""
_NO_YEAR = 0
"""A missing year in the table, where no NULL equals another."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: how many films were new, are now known to be seen, and were there already."""

    new: int
    newly_seen: int
    known: int


class FilmLibrary:
    """The films of a person, in a small SQLite file of mode 0600.

    Parameters
    ----------
    folder : Path, optional
        Where it is; by default the platform's folder for user data.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = folder or platformdirs.user_data_path("voice-review-assistant", appauthor=False)

    @property
    def path(self) -> Path:
        """The file; it may not exist yet."""
        return self._folder / FILE_NAME

    def add(self, films: Iterable[OwnFilm]) -> ImportResult:
        """Add films: all of them or, if that fails, none. Adding one twice changes nothing.

        Raises
        ------
        StoreError
            They can't be written.
        """
        counts = {"new": 0, "newly_seen": 0, "known": 0}
        self._prepare()
        with self._opened() as connection, connection:
            connection.execute(_SCHEMA)
            for film in films:
                key = (film.title, film.year or _NO_YEAR)
                kept = connection.execute("SELECT seen FROM film WHERE title = ? AND year = ?", key).fetchone()
                if kept is None:
                    connection.execute("INSERT INTO film VALUES (?, ?, ?)", (*key, film.seen))
                    counts["new"] += 1
                elif film.seen and not kept[0]:
                    connection.execute("UPDATE film SET seen = 1 WHERE title = ? AND year = ?", key)
                    counts["newly_seen"] += 1
                else:
                    counts["known"] += 1
        return ImportResult(**counts)

    def films(self) -> list[OwnFilm]:
        """All films, sorted by title; none if nothing was imported.

        Raises
        ------
        StoreError
            They can't be read.
        """
        try:
            if not self.path.stat().st_size:
                return []
        except FileNotFoundError:
            return []
        except OSError as error:
            told = (error.strerror or str(error)).lower()
            raise StoreError(
                f"Your films in {self.path} can't be read: {told}. Choose another folder with --data."
            ) from error
        with self._opened() as connection:
            rows = connection.execute("SELECT title, year, seen FROM film ORDER BY title, year").fetchall()
        return [OwnFilm(title, year or None, bool(seen)) for title, year, seen in rows]

    def entries(self) -> list[FilmEntry]:
        """All films as a catalogue takes them."""
        return [
            FilmEntry(Film(film.title, film.year), renown=_SEEN_RENOWN if film.seen else _WISHED_RENOWN, own=True)
            for film in self.films()
        ]

    def _prepare(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            # We create it with the right mode, because SQLite would make it readable for everyone.
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
        except OSError as error:
            raise StoreError(
                f"Your films can't be kept in {self._folder}: {describe_os_error(error)}. "
                "Choose another folder with --data."
            ) from error

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        try:
            with closing(sqlite3.connect(self.path, timeout=_WAIT_S)) as connection:
                yield connection
        except sqlite3.Error as error:
            raise StoreError(
                f"Your films in {self.path} can't be used: {error}. Move the file away, then import them again."
            ) from error
