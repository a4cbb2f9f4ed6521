"""What the listener tells as it hears."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.hearing.answer import Answer


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """The person began to speak, `at_s` seconds into the answer."""

    at_s: float


@dataclass(frozen=True, slots=True)
class Caption:
    """What has been understood so far; the last words may still change."""

    text: str


@dataclass(frozen=True, slots=True)
class TurnEnded:
    """The turn is over."""

    answer: Answer


Event = SpeechStarted | Caption | TurnEnded
