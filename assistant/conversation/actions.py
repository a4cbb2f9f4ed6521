"""What the conversation wants done. The session loop does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from assistant.hearing.listener import any_words
from assistant.hearing.turn import Completeness
from assistant.review.review import Review

Status = Literal["sent", "unsent", "abandoned"]
"""How a session ended: the review was sent; there is one that wasn't; there is none."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say this aloud."""

    text: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask this aloud, then hear the answer and hand it to `Conversation.hear`.

    Attributes
    ----------
    question : str or None
        Name of the question; None for one about the conversation itself ("Do you want to stop?").
    at_length : bool
        Whether an answer of several sentences is expected, in which people pause to think.
    completeness : callable
        Tells of what was understood so far how far it answers the question.
    """

    text: str
    question: str | None
    at_length: bool = False
    completeness: Callable[[str], Completeness] = field(default=any_words, compare=False)


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep with turn `turn` whether the person agreed with what was sensed; None for neither yes nor no."""

    turn: int
    agreed: bool | None


@dataclass(frozen=True, slots=True)
class Compose:
    """Make the review, and hand it to `Conversation.composed`."""


@dataclass(frozen=True, slots=True)
class Revise:
    """Keep this review in place of the one before: the person has corrected it."""

    review: Review


@dataclass(frozen=True, slots=True)
class Deliver:
    """Send the review, and tell `Conversation.delivered` whether it arrived everywhere."""


@dataclass(frozen=True, slots=True)
class End:
    """The session is over."""

    status: Status


Action = Say | Ask | Remember | Compose | Revise | Deliver | End
