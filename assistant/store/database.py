"""The SQLite file: opening it safely, and writing to it so that nothing is half done."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from filelock import FileLock

from assistant.errors import StoreError
from assistant.store.schema import APPLICATION_ID, MIGRATIONS, VERSION
from assistant.store.sentences import BUSY_S, in_sentences

Value = str | int | float | None
"""What a column can hold."""


class Database:
    """One SQLite file, for one thread.

    Parameters
    ----------
    path : Path
        The file; its folder is made (mode 0700) where there is none.
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
        """Open the file, make it where there is none, and bring it to the present version.

        Raises
        ------
        StoreError
            Where it can't be written, isn't ours, or comes from a newer version of this program.
        """
        with in_sentences(self.path):
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            # Going over to WAL doesn't wait for a second process that does the same; this lock does.
            with FileLock(self.path.parent / "opening.lock", timeout=BUSY_S, mode=0o600):
                self._make_private()
                self._connection = sqlite3.connect(self.path, timeout=BUSY_S, isolation_level=None)
                try:
                    self._prepare(self._connection)
                except BaseException:
                    self.close()
                    raise

    def _make_private(self) -> None:
        # SQLite would open a file that it can't write without a word, and complain at the first answer.
        handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        os.close(handle)
        # The side files take over the mode of the first when SQLite makes them; older ones may be there.
        for suffix in ("", "-wal", "-shm"):
            file = self.path.with_name(self.path.name + suffix)
            if file.exists() and file.stat().st_mode & 0o077:
                file.chmod(0o600)

    def _prepare(self, connection: sqlite3.Connection) -> None:
        connection.row_factory = sqlite3.Row
        # One text that is damaged must not keep all rows from being read.
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
        """A transaction that nobody else writes beside: on disk when the block ends, undone if it fails.

        Raises
        ------
        StoreError
            Where it can't be written.
        """
        connection = self._open_connection
        with in_sentences(self.path):
            try:
                connection.execute("BEGIN IMMEDIATE")
                yield connection
                connection.execute("COMMIT")
            finally:
                # SQLite has undone it by itself after some errors, such as a full disk.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    def rows(self, query: str, *values: Value) -> list[sqlite3.Row]:
        """Everything that a query finds.

        Raises
        ------
        StoreError
            Where it can't be read.
        """
        with in_sentences(self.path), closing(self._open_connection.execute(query, values)) as cursor:
            return cursor.fetchall()

    def scrub(self) -> None:
        """Leave no trace of what was deleted, in the file or in the log beside it.

        ``secure_delete`` overwrites it where it lay last. But SQLite moves things between pages as they fill, and
        copies stay behind in what is free of a page (5 of 60 random stores kept some); so the file is written anew.

        Raises
        ------
        StoreError
            Where the disk is full or another program is reading; the next scrub makes up for it.
        """
        connection = self._open_connection
        try:
            with in_sentences(self.path):
                connection.execute("VACUUM")
                if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
                    raise sqlite3.OperationalError("locked")
        except StoreError as error:
            raise StoreError(
                f"It is deleted, but traces stay in {self.path.parent} until the next time something is. {error}"
            ) from error
