"""The outbox's table: what is to be delivered, and the state of each delivery."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from assistant.store.database import Database, Value
from assistant.store.encoding import entry_of, to_json, to_utf8
from assistant.store.records import Destination, Json, OutboxEntry

FURTHEST = timedelta(days=1)
"""The longest time that a delivery is put off."""


def enqueue(connection: sqlite3.Connection, review_id: str, destinations: Sequence[Destination]) -> None:
    """Add a review's deliveries, inside the caller's transaction.

    An outlet gets a review once: delivered ones stay delivered. The rest are tried again, at the new destination.
    """
    for destination in destinations:
        connection.execute(
            # An intent for another place says nothing about the new one.
            """INSERT INTO outbox (review, outlet, settings) VALUES (?, ?, ?)
            ON CONFLICT (review, outlet) DO UPDATE SET
                state = 'waiting',
                attempts = 0,
                due_at = NULL,
                intent = CASE settings WHEN excluded.settings THEN intent END,
                settings = excluded.settings
            WHERE state <> 'delivered'""",
            (review_id, destination.outlet, to_json(dict(destination.settings))),
        )


def remove_if_done(connection: sqlite3.Connection, session: str) -> bool:
    """Remove a forgotten session unless one of its deliveries is still waiting, inside the caller's transaction.

    Returns
    -------
    bool
        Whether it was removed.
    """
    removed = connection.execute(
        """DELETE FROM sessions WHERE id = ? AND forgotten
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE review = sessions.id AND state = 'waiting')""",
        (session,),
    )
    return removed.rowcount > 0


class Queue:
    """The deliveries; every step is committed at once.

    Parameters
    ----------
    database : Database
    clock : callable
        Returns the current time.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def outlets(self) -> list[str]:
        """Names of the outlets with waiting deliveries, those with the oldest first."""
        rows = self._database.rows(
            "SELECT outlet FROM outbox WHERE state = 'waiting' GROUP BY outlet ORDER BY min(place)"
        )
        return [row["outlet"] for row in rows]

    def waiting(self, outlet: str) -> list[OutboxEntry]:
        """An outlet's waiting deliveries, least tried first, so that a hopeless one doesn't block the others."""
        rows = self._database.rows(
            "SELECT * FROM outbox WHERE state = 'waiting' AND outlet = ? ORDER BY attempts, place", outlet
        )
        return [entry_of(row) for row in rows]

    def is_due(self, entry: OutboxEntry) -> bool:
        """Whether it's time for the next attempt.

        It also is if the due time is further ahead than any we set: then the clock was wrong when it was set, as on
        machines that don't know the time until they are on the network.
        """
        now = self._clock()
        return entry.due_at is None or not now < entry.due_at <= now + FURTHEST

    def begin(self, entry: OutboxEntry) -> None:
        """Count an attempt."""
        self._set(entry, "attempts = attempts + 1")

    def record_intent(self, entry: OutboxEntry, intent: Json) -> None:
        """Note what the outlet is about to write; the note is on disk when this returns."""
        self._set(entry, "intent = ?", to_json(intent))

    def postpone(self, entry: OutboxEntry, sentence: str, delay_s: float, *, afresh: bool = False) -> None:
        """Keep a delivery for later, with the reason why it failed.

        Parameters
        ----------
        entry : OutboxEntry
        sentence : str
        delay_s : float
            Seconds until the next attempt, capped at `FURTHEST`.
        afresh : bool
            Whether to drop the outlet's intent, so that the next attempt is like the first.
        """
        due_at = self._clock() + min(timedelta(seconds=delay_s), FURTHEST)
        dropped = ", intent = NULL" if afresh else ""
        self._set(entry, f"last_error = ?, due_at = ?{dropped}", to_utf8(sentence), due_at.timestamp())

    def give_up(self, entry: OutboxEntry, sentence: str, *, afresh: bool = False) -> None:
        """End a delivery that can't succeed as it is, with the reason; `afresh` as for `postpone`."""
        dropped = ", intent = NULL" if afresh else ""
        self._set(entry, f"state = 'failed', last_error = ?{dropped}", to_utf8(sentence))
        self._forget_if_done(entry)

    def delivered(self, entry: OutboxEntry, result: Json) -> None:
        """End a delivery that succeeded."""
        self._set(
            entry,
            "state = 'delivered', intent = NULL, last_error = NULL, result = ?, delivered_at = ?",
            to_json(result),
            self._clock().isoformat(timespec="seconds"),
        )
        self._forget_if_done(entry)

    def _set(self, entry: OutboxEntry, assignments: str, *values: Value) -> None:
        with self._database.transaction() as connection:
            connection.execute(
                f"UPDATE outbox SET {assignments} WHERE review = ? AND outlet = ?",  # noqa: S608 - our own words
                (*values, entry.review_id, entry.destination.outlet),
            )

    def _forget_if_done(self, entry: OutboxEntry) -> None:
        with self._database.transaction() as connection:
            gone = remove_if_done(connection, entry.review_id)
        if gone:
            self._database.scrub()
