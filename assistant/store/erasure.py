"""Forgetting a person whose review is still on its way."""

from __future__ import annotations

import sqlite3


def anonymise(connection: sqlite3.Connection, session: str) -> None:
    """Remove a session's person and all that was said in it, inside the caller's transaction; its review stays."""
    connection.execute("DELETE FROM turns WHERE session = ?", (session,))
    connection.execute(
        """UPDATE sessions SET forgotten = 1, person = NULL, profile = NULL, film_title = NULL,
            film_year = NULL, film_imdb_id = NULL, rating = NULL
        WHERE id = ?""",
        (session,),
    )


def remove_if_done(connection: sqlite3.Connection, session: str) -> bool:
    """Remove a forgotten session if none of its deliveries is waiting any more, inside the caller's transaction.

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
