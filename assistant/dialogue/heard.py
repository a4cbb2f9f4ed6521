"""An answer, as the conversation is handed it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment


@dataclass(frozen=True, slots=True)
class UserTurn:
    """An answer, with the number of its turn in the session.

    `impression` is None where nobody listens for that. `as_expected` is the answer in a wording that was expected,
    where a recogniser found it likely enough; `as_title` the answer as one heard it that knows titles, likely or not.
    """

    turn: int
    answer: Answer
    impression: Assessment | None = None
    as_expected: str | None = None
    as_title: str | None = None
