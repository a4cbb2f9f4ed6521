"""An answer, as the conversation is handed it."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.hearing.answer import Answer
from assistant.hesitation.speaker import Impression


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, with the number of its turn in the session.

    `impression` is None where nobody listens for that. `as_command` is what a recogniser understood that expects
    commands, where it was told what to expect and there is such a recogniser; `as_title` the same, sure or not.
    """

    turn: int
    answer: Answer
    impression: Impression | None = None
    as_command: str | None = None
    as_title: str | None = None
