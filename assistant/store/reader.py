"""All queries to the store."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.errors import DamagedError, StoreError
from assistant.store.database import Database
from assistant.store.encoding import entry_of, session_of, stored_review_of, turn_of
from assistant.store.records import OutboxEntry, StoredReview, StoredSession, Turn

_REVIEWS = "SELECT reviews.*, sessions.status FROM reviews JOIN sessions ON sessions.id = reviews.session"
_SHOWN = 5


class StoreReader:
    """Reads from the store without changing anything.

    Parameters
    ----------
    database : Database
    folder : Path
        Where the store's files lie.
    """

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = folder

    @property
    def folder(self) -> Path:
        """Where the store's files lie."""
        return self._folder

    def resolve(self, prefix: str) -> str:
        """The id of the session, and so of the review, that begins with `prefix`.

        Raises
        ------
        StoreError
            If none or several begin like that; it lists the newest.
        """
        if self._database.rows("SELECT 1 FROM sessions WHERE id = ?", prefix):
            return prefix
        ids = self.session_ids()
        matching = [known for known in ids if known.startswith(prefix)] if prefix else []
        if len(matching) == 1:
            return matching[0]
        if matching:
            raise StoreError(f"{prefix!r} fits {len(matching)} sessions: {_newest(matching)}. Give more of the id.")
        if not ids:
            raise StoreError(f"There is no session {prefix!r}, nor any other yet.")
        raise StoreError(f"There is no session {prefix!r}. The newest are: {_newest(ids)}.")

    def session(self, prefix: str) -> StoredSession:
        """A session by its id or the beginning of its id.

        Raises
        ------
        StoreError
            As for `resolve`, and if the session is damaged.
        """
        session = self.resolve(prefix)
        rows = self._database.rows("SELECT * FROM sessions WHERE id = ?", session)
        if not rows:
            # An index and its table don't agree, or it was deleted a moment ago.
            raise DamagedError(f"The session {session} can't be found where the store {self._folder} lists it.")
        return session_of(rows[0])

    def session_ids(self) -> list[str]:
        """The ids of all sessions, including damaged ones, newest first."""
        return [row["id"] for row in self._database.rows("SELECT id FROM sessions ORDER BY place DESC")]

    def sessions(self) -> list[StoredSession]:
        """All sessions, newest first."""
        return [session_of(row) for row in self._database.rows("SELECT * FROM sessions ORDER BY place DESC")]

    def turns(self, session: str) -> list[Turn]:
        """What was said in a session, in order."""
        rows = self._database.rows("SELECT * FROM turns WHERE session = ? ORDER BY number", session)
        return [turn_of(row, self._folder) for row in rows]

    def review(self, prefix: str) -> StoredReview:
        """A session's review, by the session's id or its beginning.

        Raises
        ------
        StoreError
            As for `resolve`, if the session has none, and if it is damaged.
        """
        session = self.resolve(prefix)
        rows = self._database.rows(f"{_REVIEWS} WHERE session = ?", session)
        if not rows:
            written = self.review_ids()
            others = f"The newest with one are: {_newest(written)}." if written else "None has one yet."
            raise StoreError(f"The session {session} ended without a review. {others}")
        return stored_review_of(rows[0])

    def review_ids(self) -> list[str]:
        """The ids of all reviews, including damaged ones, newest first."""
        rows = self._database.rows(
            "SELECT session FROM reviews JOIN sessions ON sessions.id = reviews.session ORDER BY place DESC"
        )
        return [row["session"] for row in rows]

    def has_review(self, session: str) -> bool:
        """Whether a session has a review."""
        return bool(self._database.rows("SELECT 1 FROM reviews WHERE session = ?", session))

    def entries(self, review_id: str) -> list[OutboxEntry]:
        """A review's deliveries; empty if it wasn't sent."""
        rows = self._database.rows("SELECT * FROM outbox WHERE review = ? ORDER BY place", review_id)
        return [entry_of(row) for row in rows]


def _newest(ids: Sequence[str]) -> str:
    return ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
