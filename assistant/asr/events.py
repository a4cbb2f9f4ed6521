"""The listener's events."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.turns.answer import Answer


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The person began to speak, `at_s` seconds into the answer."""

    at_s: float


@dataclass(frozen=True, slots=True)
class Caption:
    """What has been understood so far; the last words may still change."""

    text: str


@dataclass(frozen=True, slots=True)
class FillerNoticed:
    """Something sounds like a filler that began `at_s` seconds into the answer; it was noticed at `noticed_s`.

    The answer's own fillers are more reliable: they are judged once all of it was heard.
    """

    at_s: float
    noticed_s: float


@dataclass(frozen=True, slots=True)
class PauseNoticed:
    """The person goes on after a silence, in seconds into the answer."""

    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class MaybeEnded:
    """What the answer comes to if nothing follows the silence that has begun.

    Only its words are known by then, and their times are rough.
    """

    answer: Answer


@dataclass(frozen=True, slots=True)
class LongAnswer:
    """The person has been speaking for long, and takes breath. What was said so far is known roughly, as above."""

    so_far: Answer


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The turn is over."""

    answer: Answer


Event = SpeechStarted | Caption | FillerNoticed | PauseNoticed | MaybeEnded | LongAnswer | TurnEnded
