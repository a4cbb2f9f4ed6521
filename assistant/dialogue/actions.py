"""What the conversation wants done. The session loop does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from assistant.asr.endpointing import TurnCompletion, any_words
from assistant.review import Review
from assistant.turns.assessment import EstimateName

Status = Literal["sent", "unsent", "abandoned"]
"""How a session ended: with a review that was sent, with one that wasn't, or with none."""


@dataclass(frozen=True, slots=True)
class Say:
    """Say this aloud.

    Attributes
    ----------
    text : str
    dictates : bool
        Whether it's a sentence of the review.
    opens_paragraph : bool
        Whether it begins a paragraph of it.
    """

    text: str
    dictates: bool = field(default=False, compare=False)
    opens_paragraph: bool = field(default=False, compare=False)


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
        Given what was understood so far, says how completely it answers the question.
    about_delivery : bool
        Whether the question is about how something was said.
    """

    text: str
    question: str | None
    at_length: bool = False
    completeness: Callable[[str], TurnCompletion] = field(default=any_words, compare=False)
    about_delivery: bool = False


@dataclass(frozen=True, slots=True)
class Reopen:
    """Let the person go on with their last answer, and hear the whole again as if nothing had been said since.

    Where there is none, do what is in `otherwise`.
    """

    otherwise: tuple[Action, ...] = ()


@dataclass(frozen=True, slots=True)
class Remember:
    """Keep what the person said when asked `about` the discomfort or hesitation sensed in turn `turn`.

    `agreed` is their yes or no, None for neither; `reply` their words.
    """

    turn: int
    about: EstimateName
    agreed: bool | None
    reply: str


@dataclass(frozen=True, slots=True)
class StopSensing:
    """From here on, listen only to what is said, and delete anything kept about how it was said."""


@dataclass(frozen=True, slots=True)
class AdjustVoice:
    """Speak differently until the end of the session: `tempo` times as fast, and `gain_db` louder, than now."""

    tempo: float = 1.0
    gain_db: float = 0.0


@dataclass(frozen=True, slots=True)
class Compose:
    """Make the review, and hand it to `Conversation.composed`."""


@dataclass(frozen=True, slots=True)
class Revise:
    """Replace the stored review with this one: the person has corrected it."""

    review: Review


@dataclass(frozen=True, slots=True)
class Deliver:
    """Send the review, and tell `Conversation.delivered` whether it arrived everywhere."""


@dataclass(frozen=True, slots=True)
class End:
    """The session is over."""

    status: Status


Action = Say | Ask | Reopen | Remember | StopSensing | AdjustVoice | Compose | Revise | Deliver | End
