"""What the conversation wants done. The session loop does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from assistant.asr.endpointing import TurnCompletion
from assistant.asr.listener import any_words
from assistant.review import Review
from assistant.turns.assessment import Feeling

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
    of_manner : bool
        Whether it speaks of how something was said.
    """

    text: str
    question: str | None
    at_length: bool = False
    completeness: Callable[[str], TurnCompletion] = field(default=any_words, compare=False)
    of_manner: bool = False


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep with turn `turn` what the person said when asked about the `feeling` that was sensed in it.

    `agreed` is their yes or no, None for neither; `reply` their words.
    """

    turn: int
    feeling: Feeling
    agreed: bool | None
    reply: str


@dataclass(frozen=True, slots=True)
class StopSensing:
    """From here on hear only what is said, and delete whatever was kept of how it was."""


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


Action = Say | Ask | Remember | StopSensing | Compose | Revise | Deliver | End
