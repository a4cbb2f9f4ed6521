"""Between what the store keeps and what the program works with."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.films.film import Film
from assistant.review.review import Passage, Review, Sentence
from assistant.store.records import Destination, Entry, Session, StoredReview, Turn


def clean(text: str | None) -> str | None:
    """Text that can be written as UTF-8; a name from a shell may hold bytes that can't."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


def to_json(value: Mapping[str, Any] | bool | None) -> str | None:
    """A value as JSON text; None stays None."""
    return None if value is None else clean(json.dumps(value, ensure_ascii=False, allow_nan=False))


def from_json(text: str | None) -> Any:  # noqa: ANN401 - whatever was put in
    """The value that `to_json` wrote."""
    return None if text is None else json.loads(text)


def review_json(review: Review) -> dict[str, Any]:
    """A review as a JSON object; `text` and `sentences` are as in the output of ``assistant replay``."""
    film = review.film
    return {
        "film": film and {"title": film.title, "year": film.year, "imdb_id": film.imdb_id},
        "rating": review.rating,
        "voice": review.voice,
        "text": review.text,
        "sentences": [
            {
                "text": sentence.text,
                "opens_paragraph": sentence.opens_paragraph,
                "from": [
                    {"turn": passage.turn, "start_s": passage.start_s, "end_s": passage.end_s}
                    for passage in sentence.sources
                ],
            }
            for sentence in review.sentences
        ],
    }


def review_of(value: Mapping[str, Any]) -> Review:
    """The review that `review_json` described."""
    film = value["film"]
    return Review(
        film=film and Film(**film),
        rating=value["rating"],
        voice=value["voice"],
        sentences=tuple(
            Sentence(
                sentence["text"],
                tuple(Passage(p["turn"], p["start_s"], p["end_s"]) for p in sentence["from"]),
                # Reviews of earlier versions have no paragraphs.
                sentence.get("opens_paragraph", False),
            )
            for sentence in value["sentences"]
        ),
    )


def session_of(row: sqlite3.Row) -> Session:
    """A row of `sessions`."""
    title = row["film_title"]
    return Session(
        id=row["id"],
        status=row["status"],
        person=row["person"],
        interview=row["interview"],
        started_at=datetime.fromisoformat(row["started_at"]),
        profile=from_json(row["profile"]),
        film=None if title is None else Film(title, row["film_year"], row["film_imdb_id"]),
        rating=row["rating"],
    )


def turn_of(row: sqlite3.Row, folder: Path) -> Turn:
    """A row of `turns`; kept audio lies under `folder`."""
    return Turn(
        number=row["number"],
        speaker=row["speaker"],
        text=row["text"],
        question=row["question"],
        analysis=from_json(row["analysis"]),
        agreed=from_json(row["agreed"]),
        audio=None if row["audio"] is None else folder / row["audio"],
    )


def stored_review_of(row: sqlite3.Row) -> StoredReview:
    """A row of `reviews` with its session's `status`."""
    return StoredReview(
        id=row["session"],
        status=row["status"],
        review=review_of(from_json(row["review"])),
        watched=date.fromisoformat(row["watched"]),
        written_at=datetime.fromisoformat(row["written_at"]),
    )


def entry_of(row: sqlite3.Row) -> Entry:
    """A row of `outbox`."""
    delivered_at = row["delivered_at"]
    due_at = row["due_at"]
    return Entry(
        review_id=row["review"],
        destination=Destination(row["outlet"], from_json(row["settings"])),
        state=row["state"],
        attempts=row["attempts"],
        last_error=row["last_error"],
        intent=from_json(row["intent"]),
        result=from_json(row["result"]),
        delivered_at=None if delivered_at is None else datetime.fromisoformat(delivered_at),
        due_at=None if due_at is None else datetime.fromtimestamp(due_at).astimezone(),
    )
