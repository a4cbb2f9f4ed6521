"""The shape of the store, version by version."""

from __future__ import annotations

APPLICATION_ID = 0x5672_4176
"""Written into the file's header ("VrAv"), so that another program's database isn't taken for ours."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        # `place` gives the order in which things came; ids carry local time, which can go back an hour in autumn.
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
        # Seconds since 1970; NULL where nothing keeps the next attempt from being made at once.
        "ALTER TABLE outbox ADD COLUMN due_at REAL",
    ),
)
"""What leads from each version to the next; the first tuple makes version 1 out of an empty file."""

VERSION = len(MIGRATIONS)
"""The version that this program writes (`PRAGMA user_version`)."""
