"""Keeps conversations, reviews and deliveries on disk."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from typing_extensions import Self

from assistant.errors import StoreError
from assistant.films.film import Film
from assistant.review import Review
from assistant.store.database import Database, Value, store_errors
from assistant.store.encoding import review_json, to_json, to_utf8
from assistant.store.queue import Queue, enqueue, remove_if_done
from assistant.store.reader import StoreReader
from assistant.store.records import Destination, Json, Status, Turn
from assistant.store.session_files import KeptSound, SessionLocks

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

FILE_NAME = "assistant.sqlite3"


def default_data_folder() -> Path:
    """The store's default folder, inside the platform's folder for user data."""
    return platformdirs.user_data_path("voice-review-assistant", appauthor=False)


def _local_time() -> datetime:
    return datetime.now().astimezone()


def session_id(at: datetime, random_hex: str) -> str:
    """A session's id, such as ``2026-11-22T10-15-00-3f2a``.

    Parameters
    ----------
    at : datetime
        When it began, in local time.
    random_hex : str
        Distinguishes sessions that began in the same second.
    """
    return f"{at:%Y-%m-%dT%H-%M-%S}-{random_hex}"


class Store(StoreReader):
    """The store: one SQLite file, mode 0600, and its other files in the same folder.

    When a method that changes something returns, the change is on disk. Several processes may use the same store; an
    instance of this class belongs to one thread.

    Parameters
    ----------
    folder : Path, optional
        The folder of its files; `default_data_folder` otherwise.
    clock : callable, optional
        Returns the current local time.
    """

    def __init__(self, folder: Path | None = None, clock: Callable[[], datetime] = _local_time) -> None:
        where = folder or default_data_folder()
        super().__init__(Database(where / FILE_NAME), where)
        self._clock = clock
        self._locks = SessionLocks(where / "running")
        self._sound = KeptSound(where / "audio")
        self.queue = Queue(self._database, clock)

    @property
    def path(self) -> Path:
        """The SQLite file."""
        return self._database.path

    def open(self) -> None:
        """Open the store, and end sessions that a crash left open, as unsent if they have a review, else as abandoned.

        Raises
        ------
        StoreError
            If it can't be read or written, isn't ours, or comes from a newer version of this program.
        """
        self._database.open()
        with ExitStack() as undo, store_errors(self.path):
            undo.callback(self.close)
            self._end_crashed_sessions()
            undo.pop_all()

    def _end_crashed_sessions(self) -> None:
        for row in self._database.rows("SELECT id FROM sessions WHERE status = 'open'"):
            session = row["id"]
            if not self._locks.enter(session):
                continue
            with self._database.transaction() as connection:
                connection.execute(
                    """UPDATE sessions SET status = CASE
                        WHEN EXISTS (SELECT 1 FROM reviews WHERE session = sessions.id) THEN 'unsent'
                        ELSE 'abandoned' END
                    WHERE id = ? AND status = 'open'""",
                    (session,),
                )
            self._locks.leave(session)

    def close(self) -> None:
        """Close the store. May be called twice. Sessions still open now count as left by a crash."""
        self._locks.leave_all()
        self._database.close()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def open_session(self, person: str | None = None, interview: str | None = None) -> str:
        """Begin a session.

        Parameters
        ----------
        person : str, optional
            The person's name.
        interview : str, optional
            Name of the interview script.

        Returns
        -------
        str
            The session's id. Its status is "open" until `end_session` or `send`.
        """
        at = self._clock()
        with store_errors(self.path):
            session = session_id(at, secrets.token_hex(2))
            while self._database.rows("SELECT 1 FROM sessions WHERE id = ?", session) or (
                not self._locks.enter(session)
            ):
                session = session_id(at, secrets.token_hex(2))
        with self._database.transaction() as connection:
            connection.execute(
                "INSERT INTO sessions (id, status, person, interview, started_at) VALUES (?, 'open', ?, ?, ?)",
                (session, to_utf8(person), to_utf8(interview), at.isoformat(timespec="seconds")),
            )
        return session

    def add_turn(self, session: str, turn: Turn) -> None:
        """Keep something that was said. Its `audio` is ignored: see `keep_audio`."""
        with self._database.transaction() as connection:
            self._demand(connection, session)
            connection.execute(
                "INSERT INTO turns (session, number, speaker, text, question, analysis, agreed)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    session,
                    turn.number,
                    turn.speaker,
                    to_utf8(turn.text),
                    turn.question,
                    to_json(turn.analysis),
                    to_json(turn.agreed),
                ),
            )

    def replace_turn(self, session: str, turn: Turn) -> None:
        """Keep a turn in place of the one with its number, all at once; whether the person agreed stays."""
        with self._database.transaction() as connection:
            self._demand(connection, session)
            connection.execute(
                "UPDATE turns SET text = ?, question = ?, analysis = ? WHERE session = ? AND number = ?",
                (to_utf8(turn.text), turn.question, to_json(turn.analysis), session, turn.number),
            )

    def set_agreed(self, session: str, turn: int, agreed: bool | None, analysis: Json | None = None) -> None:
        """Keep whether the person agreed with the estimate made in a turn.

        Parameters
        ----------
        session : str
        turn : int
        agreed : bool or None
        analysis : mapping, optional
            The turn's new analysis; otherwise it keeps the one it has.
        """
        with self._database.transaction() as connection:
            self._demand(connection, session)
            connection.execute(
                "UPDATE turns SET agreed = ?, analysis = coalesce(?, analysis) WHERE session = ? AND number = ?",
                (to_json(agreed), to_json(analysis), session, turn),
            )

    def rewrite(self, session: str, turns: Sequence[Turn]) -> None:
        """Replace the turns of the same numbers, leaving no trace of their earlier text and analysis.

        Raises
        ------
        StoreError
            As for `delete`.
        """
        with self._database.transaction() as connection:
            self._demand(connection, session)
            connection.executemany(
                "UPDATE turns SET text = ?, analysis = ?, agreed = ? WHERE session = ? AND number = ?",
                [
                    (to_utf8(turn.text), to_json(turn.analysis), to_json(turn.agreed), session, turn.number)
                    for turn in turns
                ],
            )
        self._database.scrub()

    def keep_audio(self, session: str, turn: int, samples: npt.NDArray[np.int16], rate_hz: int) -> Path:
        """Keep a turn's recording as ``audio/<session>/<turn>.flac`` beside the store, mode 0600.

        Parameters
        ----------
        session : str
        turn : int
            A turn that was added.
        samples : ndarray of int16, shape (n,)
            Mono.
        rate_hz : int

        Returns
        -------
        Path
            The file.
        """
        with store_errors(self.path):
            path = self._sound.keep(session, turn, samples, rate_hz)
        with self._database.transaction() as connection:
            self._demand(connection, session)
            connection.execute(
                "UPDATE turns SET audio = ? WHERE session = ? AND number = ?",
                (path.relative_to(self.folder).as_posix(), session, turn),
            )
        return path

    def set_profile(self, session: str, profile: Json) -> None:
        """Keep what the person said about themselves."""
        self._set(session, "profile = ?", to_json(profile))

    def set_film(self, session: str, film: Film | None) -> None:
        """Keep the film that the session is about."""
        known = (None, None, None) if film is None else (to_utf8(film.title), film.year, film.imdb_id)
        self._set(session, "film_title = ?, film_year = ?, film_imdb_id = ?", *known)

    def set_rating(self, session: str, rating: float | None) -> None:
        """Keep the stars, 0.5 to 5."""
        self._set(session, "rating = ?", rating)

    def end_session(self, session: str, status: Status) -> None:
        """Set how a session ended, unless that is already known, as when its review was sent."""
        self._set(session, "status = CASE status WHEN 'open' THEN ? ELSE status END", status)
        self._locks.leave(session)

    def save_review(self, session: str, review: Review, watched: date) -> None:
        """Keep a session's review, replacing an earlier one.

        Raises
        ------
        StoreError
            If the earlier one has been sent.
        """
        with self._database.transaction() as connection:
            self._demand(connection, session)
            if connection.execute("SELECT 1 FROM sessions WHERE id = ? AND status = 'sent'", (session,)).fetchone():
                raise StoreError(f"The review {session} was sent; it can't be changed any more.")
            connection.execute(
                "INSERT OR REPLACE INTO reviews (session, review, watched, written_at) VALUES (?, ?, ?, ?)",
                (
                    session,
                    to_json(review_json(review)),
                    watched.isoformat(),
                    self._clock().isoformat(timespec="seconds"),
                ),
            )

    def send(self, review_id: str, destinations: Sequence[Destination]) -> None:
        """Mark a session as sent and put its review into the outbox, both or neither.

        Sending again doesn't repeat what was delivered; the rest is tried again, at the new destinations.

        Raises
        ------
        StoreError
            If the session has no review.
        """
        with self._database.transaction() as connection:
            self._demand(connection, review_id)
            if not connection.execute("SELECT 1 FROM reviews WHERE session = ?", (review_id,)).fetchone():
                raise StoreError(f"The session {review_id} has no review that could be sent.")
            connection.execute("UPDATE sessions SET status = 'sent' WHERE id = ?", (review_id,))
            enqueue(connection, review_id, destinations)
        self._locks.leave(review_id)

    def delete(self, session: str) -> None:
        """Remove a session with everything said and written in it, its recordings, and its undelivered reviews.

        Files that were delivered belong to the person and stay.
        """
        with store_errors(self.path):
            self._sound.remove(session)
        with self._database.transaction() as connection:
            self._demand(connection, session)
            connection.execute("DELETE FROM sessions WHERE id = ?", (session,))
        self._locks.leave(session)
        self._database.scrub()

    def forget(self, session: str) -> None:
        """Remove a person and what they said, as `delete` does, but deliver what they sent.

        A review that waits in the outbox stays, without the person's name, until its last delivery has ended.
        """
        with store_errors(self.path):
            self._sound.remove(session)
        with self._database.transaction() as connection:
            self._demand(connection, session)
            _anonymise(connection, session)
            remove_if_done(connection, session)
        self._locks.leave(session)
        self._database.scrub()

    def _set(self, session: str, assignments: str, *values: Value) -> None:
        with self._database.transaction() as connection:
            self._demand(connection, session)
            connection.execute(
                f"UPDATE sessions SET {assignments} WHERE id = ?",  # noqa: S608 - our own words
                (*values, session),
            )

    @staticmethod
    def _demand(connection: sqlite3.Connection, session: str) -> None:
        if not connection.execute("SELECT 1 FROM sessions WHERE id = ?", (session,)).fetchone():
            raise StoreError(f"The session {session} is not in the store; it may have been deleted meanwhile.")


def _anonymise(connection: sqlite3.Connection, session: str) -> None:
    """Remove a session's person and everything said in it, inside the caller's transaction; its review stays."""
    connection.execute("DELETE FROM turns WHERE session = ?", (session,))
    connection.execute(
        """UPDATE sessions SET forgotten = 1, person = NULL, profile = NULL, film_title = NULL,
            film_year = NULL, film_imdb_id = NULL, rating = NULL
        WHERE id = ?""",
        (session,),
    )
