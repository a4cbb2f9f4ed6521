"""The records that the store takes and returns."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal

from assistant.films.film import Film
from assistant.review import Review

Status = Literal["open", "sent", "unsent", "abandoned"]
"""A session's state: in progress; its review was sent; its review wasn't sent; it ended without one."""

Speaker = Literal["assistant", "person"]

State = Literal["waiting", "delivered", "failed"]
"""A delivery's state. A failed one can't succeed as it is; a waiting one is tried again."""

Json = Mapping[str, Any]
"""A JSON object."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing said.

    Attributes
    ----------
    number : int
        Place in the session; the passages of a review refer to it.
    speaker : "assistant" or "person"
    text : str
        Verbatim.
    question : str or None
        Name of the question asked or answered.
    analysis : mapping or None
        What was measured in an answer, in the format of ``assistant analyse``.
    agreed : bool or None
        The person's yes or no when asked whether the discomfort estimated in this answer was there.
    audio : Path or None
        The answer's recording, if the person wanted it kept.
    """

    number: int
    speaker: Speaker
    text: str
    question: str | None = None
    analysis: Json | None = None
    agreed: bool | None = None
    audio: Path | None = None


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One conversation. `started_at` is local time with its offset; `profile` is what they said about themselves."""

    id: str
    status: Status
    person: str | None
    interview: str | None
    started_at: datetime
    profile: Json | None
    film: Film | None
    rating: float | None


@dataclass(frozen=True, slots=True)
class StoredReview:
    """A session's review. Its id is the session's, as a session has at most one review."""

    id: str
    status: Status
    review: Review
    watched: date


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a review is to go: an outlet's name and its settings, such as ``{"folder": "/home/ada/Reviews"}``.

    The settings are kept in the store, so no secret belongs in them.
    """

    outlet: str
    settings: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class OutboxEntry:
    """A row of the outbox.

    Attributes
    ----------
    review_id : str
    destination : Destination
    state : "waiting", "delivered" or "failed"
    attempts : int
        How often delivery was begun since the review was sent.
    last_error : str or None
        A sentence.
    intent : mapping or None
        What the outlet noted before it began to write; after a crash, it shows whether the outlet had finished.
    result : mapping or None
        ``{"path": …}``: the file that was delivered, or the other place it went to.
    delivered_at : datetime or None
    due_at : datetime or None
        The earliest time for the next attempt; None if it may be made at once.
    damage : str or None
        If the row can't be read in full, a sentence that says so; settings, intent and result are then unknown.
    """

    review_id: str
    destination: Destination
    state: State
    attempts: int
    last_error: str | None = None
    intent: Json | None = None
    result: Json | None = None
    delivered_at: datetime | None = None
    due_at: datetime | None = None
    damage: str | None = None

    @property
    def why(self) -> str:
        """Why it isn't delivered, as a sentence."""
        return self.last_error or "It hasn't been tried yet."
