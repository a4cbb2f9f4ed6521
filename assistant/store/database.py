"""The SQLite file: its schema, opening it safely, and writing to it in transactions."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from assistant.errors import DamagedError, StoreError, describe_os_error

BUSY_S = 10
"""How long to wait for another process, in seconds, before saying that the store is in use."""

Value = str | int | float | None
"""What a column can hold."""

APPLICATION_ID = 0x5672_4176
"""Written into the file's header ("VrAv"), so that another program's database isn't mistaken for ours."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # `place` keeps the order of arrival; ids contain local time, which can go back an hour in autumn.
        """CREATE TABLE sessions (
            place INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            status TEXT NOT NULL CHECK (status IN ('open', 'sent', 'unsent', 'abandoned')),
            person TEXT,
            interview TEXT,
            started_at TEXT NOT NULL,
            profile TEXT,
            film_title TEXT,
            film_year INTEGER,
            film_imdb_id TEXT,
            rating REAL,
            forgotten INTEGER NOT NULL DEFAULT 0
        )""",
        """CREATE TABLE turns (
            session TEXT NOT NULL REFERENCES sessions (id) ON DELETE CASCADE,
            number INTEGER NOT NULL,
            speaker TEXT NOT NULL CHECK (speaker IN ('assistant', 'person')),
            text TEXT NOT NULL,
            question TEXT,
            analysis TEXT,
            agreed TEXT,
            audio TEXT,
            PRIMARY KEY (session, number)
        ) WITHOUT ROWID""",
        """CREATE TABLE reviews (
            session TEXT PRIMARY KEY REFERENCES sessions (id) ON DELETE CASCADE,
            review TEXT NOT NULL,
            watched TEXT NOT NULL,
            written_at TEXT NOT NULL
        ) WITHOUT ROWID""",
        """CREATE TABLE outbox (
            place INTEGER PRIMARY KEY,
            review TEXT NOT NULL REFERENCES reviews (session) ON DELETE CASCADE,
            outlet TEXT NOT NULL,
            settings TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'delivered', 'failed')),
            attempts INTEGER NOT NULL DEFAULT 0,
            last_error TEXT,
            intent TEXT,
            result TEXT,
            delivered_at TEXT,
            UNIQUE (review, outlet)
        )""",
    ),
    (
        # Seconds since 1970; NULL if the next attempt may be made at once.
        "ALTER TABLE outbox ADD COLUMN due_at REAL",
    ),
)
"""The statements from each version to the next; the first tuple makes version 1 out of an empty file."""

VERSION = len(MIGRATIONS)
"""The version that this program writes (`PRAGMA user_version`)."""


@contextmanager
def store_errors(path: Path) -> Iterator[None]:
    """Turn an error inside the block into a sentence about the store at `path`.

    Raises
    ------
    StoreError
        Instead of an error from SQLite or the operating system.
    """
    try:
        yield
    except sqlite3.Error as error:
        # If one page is damaged, the rest of the file may still be readable.
        kind = DamagedError if "malformed" in str(error) else StoreError
        raise kind(_describe_sqlite_error(error, path)) from error
    except UnicodeError as error:
        # The store never contains such characters, so this was a query for something that can't be there.
        raise StoreError(f"The store {path} has nothing under a name with damaged characters.") from error
    except Timeout as error:
        raise StoreError(_describe_sqlite_error(sqlite3.OperationalError("locked"), path)) from error
    except OSError as error:
        place = error.filename or path
        raise StoreError(
            f"The store can't use {place}: {describe_os_error(error)}. Fix that, or name another folder with --data."
        ) from error


def _describe_sqlite_error(error: sqlite3.Error, path: Path) -> str:
    said = str(error)
    if "full" in said:
        return f"The disk with {path} is full. Make room, or name a folder on another disk with --data."
    if "locked" in said:
        return f"The store {path} has been in use by another program for {BUSY_S} s. End that one, then try again."
    if "not a database" in said or "malformed" in said:
        return (
            f"{path} is not a store of this program, or is damaged ({said}). "
            "Move it away to begin a new one, or name another folder with --data."
        )
    if "readonly" in said or "unable to open" in said:
        return (
            f"The store {path} can't be written: it or its folder is read-only. "
            "Change its permissions, or name another folder with --data."
        )
    return f"The store {path} can't be used: {said}. Name another folder with --data, or check the disk."


class Database:
    """One SQLite file, for one thread.

    Parameters
    ----------
    path : Path
        The file; its folder is made (mode 0700) if missing.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection: sqlite3.Connection | None = None

    @property
    def _open_connection(self) -> sqlite3.Connection:
        if self._connection is None:
            raise StoreError(f"The store {self.path} isn't open.")
        return self._connection

    def open(self) -> None:
        """Open the file, make it if missing, and bring it to the current version.

        Raises
        ------
        StoreError
            If it can't be written, isn't ours, or comes from a newer version of this program.
        """
        with store_errors(self.path):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Switching to WAL doesn't wait for a second process that does the same; this lock does.
            with FileLock(self.path.parent / "opening.lock", timeout=BUSY_S, mode=0o600):
                self._make_private()
                self._connection = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None)
                try:
                    self._prepare(self._connection)
                except BaseException:
                    self.close()
                    raise

    def _make_private(self) -> None:
        # SQLite would silently open a file that it can't write, and complain at the first write.
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        os.close(handle)
        # SQLite gives the side files the mode of the main file when it makes them; older ones may be there.
        for suffix in ("", "-wal", "-shm"):
            file = self.path.with_name(self.path.name + suffix)
            if file.exists() and file.stat().st_mode & 0o077:
                file.chmod(0o600)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        # One damaged text must not keep all rows from being read.
        connection.text_factory = lambda text: text.decode("utf-8", "surrogateescape")
        version = self._check(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA secure_delete = ON")
        if version == VERSION:
            return
        with self.transaction():
            for step in MIGRATIONS[version:]:
                for statement in step:
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {VERSION}")

    def _check(self, connection: sqlite3.Connection) -> int:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        if version > VERSION:
            raise StoreError(
                f"The store {self.path} was written by a newer version of this program (schema {version}, "
                f"this one knows {VERSION}). Update it, or name another folder with --data."
            )
        application = int(connection.execute("PRAGMA application_id").fetchone()[0])
        filled = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
        if filled and application != APPLICATION_ID:
            raise StoreError(
                f"{self.path} is a database of another program. "
                "Move it away to begin a new store, or name another folder with --data."
            )
        return version

    def close(self) -> None:
        """Close the file. May be called twice."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction without any other writer: on disk when the block ends, undone if it fails.

        Raises
        ------
        StoreError
            If it can't be written.
        """
        connection = self._open_connection
        with store_errors(self.path):
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            finally:
                # After some errors, such as a full disk, SQLite has already undone it.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def rows(self, query: str, *values: Value) -> list[sqlite3.Row]:
        """Return all rows that a query finds.

        Raises
        ------
        StoreError
            If it can't be read.
        """
        with store_errors(self.path), closing(self._open_connection.execute(query, values)) as cursor:
            return cursor.fetchall()

    def scrub(self) -> None:
        """Leave no trace of deleted data, in the file or in the log beside it.

        ``secure_delete`` overwrites data only where it lay last. But SQLite moves data between pages as they fill, and
        copies stay behind in the free parts of pages (5 of 60 random stores kept some); so the file is written again.

        Raises
        ------
        StoreError
            If the disk is full or another program is reading; the next scrub makes up for it.
        """
        connection = self._open_connection
        try:
            with store_errors(self.path):
                connection.execute("VACUUM")
                if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                    raise sqlite3.OperationalError("locked")
        except StoreError as error:
            raise StoreError(
                f"It is deleted, but traces stay in {self.path.parent} until the next time something is. {error}"
            ) from error
