"""Converts between the store's rows and the program's objects."""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any, TypeVar

from assistant.errors import DamagedError
from assistant.films.film import Film
from assistant.review import Passage, Review, Sentence
from assistant.store.records import Destination, OutboxEntry, StoredReview, StoredSession, Turn

T = TypeVar("T")

_DAMAGE = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError, OSError)
"""Errors from reading something that this program didn't write."""


@contextmanager
def damage_errors(row: sqlite3.Row, session: str) -> Iterator[None]:
    """Turn an error inside the block about one of a session's rows into a sentence.

    Raises
    ------
    DamagedError
        If the row isn't what this program wrote.
    """
    try:
        for value in tuple(row):
            if isinstance(value, str):
                # Bytes that aren't UTF-8 come as surrogates; see `Database`.
                value.encode()
        yield
    except _DAMAGE as error:
        raise damage_error(session) from error


def damage_error(session: str) -> DamagedError:
    """The error for a session whose rows can't be read."""
    return DamagedError(
        f"What the store keeps of {session} is damaged and can't be read. Put back a copy of the store from before, "
        f"or remove it with “assistant reviews delete {session}”."
    )


def _kind(kind: type[T], value: object) -> T:
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} wanted, not {type(value).__name__}")
    return value


def _number(value: object) -> float:
    return value if isinstance(value, int) else _kind(float, value)


def _object(value: object) -> dict[str, Any] | None:
    return None if value is None else _kind(dict, value)


def _film(title: object, year: object, imdb_id: object) -> Film:
    return Film(
        _kind(str, title),
        None if year is None else _kind(int, year),
        None if imdb_id is None else _kind(str, imdb_id),
    )


def to_utf8(text: str | None) -> str | None:
    """Make text writable as UTF-8; a name from a shell may contain bytes that aren't."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")


def to_json(value: Mapping[str, Any] | bool | None) -> str | None:
    """A value as JSON text; None stays None."""
    return None if value is None else to_utf8(json.dumps(value, ensure_ascii=False, allow_nan=False))


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
                "from": [_passage_json(passage) for passage in sentence.sources],
            }
            for sentence in review.sentences
        ],
    }


def review_of(value: Mapping[str, Any]) -> Review:
    """The review that `review_json` described."""
    film, rating = value["film"], value["rating"]
    return Review(
        film=film and _film(film["title"], film["year"], film["imdb_id"]),
        rating=None if rating is None else _number(rating),
        voice=value["voice"],
        sentences=tuple(
            Sentence(
                _kind(str, sentence["text"]),
                tuple(map(_passage, sentence["from"])),
                # Reviews from earlier versions have no paragraphs.
                sentence.get("opens_paragraph", False),
            )
            for sentence in value["sentences"]
        ),
    )


def _passage_json(passage: Passage) -> dict[str, Any]:
    timed = passage.is_timed
    return {
        "turn": passage.turn,
        "start_s": passage.start_s if timed else None,
        "end_s": passage.end_s if timed else None,
    }


def _passage(value: Mapping[str, Any]) -> Passage:
    turn = _kind(int, value["turn"])
    if value["start_s"] is None and value["end_s"] is None:
        # Of what was typed, the whole answer.
        return Passage(turn, -math.inf, 0.0)
    return Passage(turn, _number(value["start_s"]), _number(value["end_s"]))


def session_of(row: sqlite3.Row) -> StoredSession:
    """A row of `sessions`.

    Raises
    ------
    DamagedError
    """
    with damage_errors(row, row["id"]):
        title, rating = row["film_title"], row["rating"]
        return StoredSession(
            id=row["id"],
            status=row["status"],
            person=row["person"],
            interview=row["interview"],
            started_at=datetime.fromisoformat(row["started_at"]),
            profile=_object(from_json(row["profile"])),
            film=None if title is None else _film(title, row["film_year"], row["film_imdb_id"]),
            rating=None if rating is None else _number(rating),
        )


def turn_of(row: sqlite3.Row, folder: Path) -> Turn:
    """A row of `turns`; kept audio lies under `folder`.

    Raises
    ------
    DamagedError
    """
    with damage_errors(row, row["session"]):
        return Turn(
            number=_kind(int, row["number"]),
            speaker=row["speaker"],
            text=_kind(str, row["text"]),
            question=None if row["question"] is None else _kind(str, row["question"]),
            analysis=_object(from_json(row["analysis"])),
            agreed=from_json(row["agreed"]),
            audio=None if row["audio"] is None else folder / row["audio"],
        )


def stored_review_of(row: sqlite3.Row) -> StoredReview:
    """A row of `reviews` with its session's `status`.

    Raises
    ------
    DamagedError
    """
    with damage_errors(row, row["session"]):
        return StoredReview(
            id=row["session"],
            status=row["status"],
            review=review_of(from_json(row["review"])),
            watched=date.fromisoformat(row["watched"]),
        )


def entry_of(row: sqlite3.Row) -> OutboxEntry:
    """A row of `outbox`; a damaged one says so, so that it can be put off like any other that fails."""
    known = OutboxEntry(
        review_id=row["review"],
        destination=Destination(row["outlet"], {}),
        state=row["state"],
        attempts=row["attempts"] if isinstance(row["attempts"], int) else 0,
    )
    try:
        with damage_errors(row, row["review"]):
            delivered_at, due_at = row["delivered_at"], row["due_at"]
            result = _object(from_json(row["result"]))
            return replace(
                known,
                destination=Destination(row["outlet"], _kind(dict, from_json(row["settings"]))),
                last_error=row["last_error"],
                intent=_object(from_json(row["intent"])),
                result=result and {**result, "path": _kind(str, result["path"])},
                delivered_at=None if delivered_at is None else datetime.fromisoformat(delivered_at),
                due_at=None if due_at is None else datetime.fromtimestamp(due_at).astimezone(),
            )
    except DamagedError as error:
        return replace(known, last_error=error.sentence, damage=error.sentence)
