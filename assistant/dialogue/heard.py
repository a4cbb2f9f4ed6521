"""An answer as the conversation gets it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.assessment.speaker_model import Assessment
from assistant.turns.answer import Answer


@dataclass(frozen=True, slots=True)
class UserTurn:
    """An answer, with the number of its turn in the session.

    `impression` is None if sensing is off. `as_expected` is the answer in an expected wording, if a recogniser found
    that likely enough; `as_title` is what the recogniser that knows titles made of it, likely or not.
    """

    turn: int
    answer: Answer
    impression: Assessment | None = None
    as_expected: str | None = None
    as_title: str | None = None
