"""The person's own films, imported once and then known, and newer ones that were fetched on request."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from assistant.errors import StoreError, describe_os_error
from assistant.films.film import Film, FilmEntry
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
_NEWER_SCHEMA = """
    CREATE TABLE IF NOT EXISTS newer (
        title TEXT NOT NULL,
        year INTEGER NOT NULL,
        imdb TEXT,
        directors TEXT NOT NULL,
        players TEXT NOT NULL,
        renown INTEGER NOT NULL,
        PRIMARY KEY (title, year)
    ) WITHOUT ROWID
"""
_BETWEEN = "\n"
_NO_YEAR = 0
"""Stands for a missing year in the table, because no NULL equals another."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: how many films were new, are now known to be seen, and were there already."""

    new: int
    newly_seen: int
    known: int


class FilmLibrary:
    """The films of a person, and newer ones than the program comes with, in a small SQLite file of mode 0600.

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

    def update(self, films: Sequence[FilmEntry], since: int) -> int:
        """Replace the newer films from year `since` on: all of them or, if that fails, none.

        Returns
        -------
        int
            How many there are now that weren't there before.

        Raises
        ------
        StoreError
            They can't be written.
        """
        self._prepare()
        rows = [
            (
                entry.film.title,
                entry.film.year or _NO_YEAR,
                entry.film.imdb_id,
                _BETWEEN.join(entry.directors),
                _BETWEEN.join(entry.players),
                entry.renown,
            )
            for entry in films
        ]
        with self._opened() as connection, connection:
            connection.execute(_NEWER_SCHEMA)
            known = set(connection.execute("SELECT title, year FROM newer"))
            connection.execute("DELETE FROM newer WHERE year >= ?", (since,))
            connection.executemany("INSERT OR REPLACE INTO newer VALUES (?, ?, ?, ?, ?, ?)", rows)
        return len({row[:2] for row in rows} - known)

    def films(self) -> list[OwnFilm]:
        """All films, sorted by title; none if nothing was imported.

        Raises
        ------
        StoreError
            They can't be read.
        """
        rows = self._rows("SELECT title, year, seen FROM film ORDER BY title, year")
        return [OwnFilm(title, year or None, bool(seen)) for title, year, seen in rows]

    def newer(self) -> list[FilmEntry]:
        """The newer films that were fetched, sorted by title; none if there was no update.

        Raises
        ------
        StoreError
            They can't be read.
        """
        rows = self._rows("SELECT title, year, imdb, directors, players, renown FROM newer ORDER BY title, year")
        return [
            FilmEntry(
                Film(title, year or None, imdb),
                tuple(filter(None, directors.split(_BETWEEN))),
                tuple(filter(None, players.split(_BETWEEN))),
                renown,
            )
            for title, year, imdb, directors, players, renown in rows
        ]

    def entries(self) -> list[FilmEntry]:
        """All films as a catalogue takes them."""
        own = [
            FilmEntry(Film(film.title, film.year), renown=_SEEN_RENOWN if film.seen else _WISHED_RENOWN, own=True)
            for film in self.films()
        ]
        return own + self.newer()

    def _rows(self, query: str) -> list[Any]:
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
            try:
                return connection.execute(query).fetchall()
            except sqlite3.OperationalError as error:
                if "no such table" in str(error):
                    return []
                raise

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
            if "locked" in str(error):
                raise StoreError(
                    f"Your films in {self.path} have been in use by another program for {_WAIT_S:g} s. "
                    "End that one, then try again."
                ) from error
            if "full" in str(error):
                raise StoreError(
                    f"The disk with {self.path} is full. Make room, or choose another folder with --data."
                ) from error
            raise StoreError(
                f"Your films in {self.path} can't be used: {error}. Move the file away, then import them again."
            ) from error
