"""When a turn is over: endpointing that is patient with people who hesitate.

Vosk's own endpoints aren't used: they cut after half a second of silence, in the middle of a hesitant sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from assistant.english.endings import REACH, is_surely_over


class TurnCompletion(Enum):
    """How completely an answer answers its question, as judged by the dialogue."""

    UNKNOWN = "unknown"
    """Any words count as an answer."""
    ANSWERED = "answered"
    """It is to the point, such as a choice that was named."""
    INCOMPLETE = "lacking"
    """It isn't what was asked for yet: the person is probably still getting there."""


def any_words(text: str) -> TurnCompletion:
    """How complete an answer is to a question that any words answer."""
    return TurnCompletion.UNKNOWN


@dataclass(frozen=True, slots=True)
class EndpointTimeouts:
    """How long to wait, in seconds.

    Attributes
    ----------
    usual_s
        Silence that ends a turn.
    answered_s
        Silence that ends a turn in which the question has been answered.
    lacking_s
        Silence that ends a turn in which it hasn't.
    unfinished_s
        Silence after a filler, a conjunction or an unfinished phrase.
    beginning_s
        Time to begin speaking.
    long_s
        From here on a turn is a long one. It isn't cut short for that, but what was said so far is kept at a breath.
    longest_s
        No person talks for this long without a pause that ends the turn, but a television does: from here on the turn
        ends where a sentence does, and the speaker takes breath.
    unanswered_s
        The longest turn in which the question isn't answered yet.
    overtime_s
        How much longer it may take to get there; then it is cut off wherever it is.
    """

    usual_s: float = 0.7
    answered_s: float = 0.4
    lacking_s: float = 1.5
    unfinished_s: float = 2.0
    beginning_s: float = 8.0
    long_s: float = 180.0
    longest_s: float = 1800.0
    overtime_s: float = 60.0
    unanswered_s: float = float("inf")

    def stretched(self, times: float) -> EndpointTimeouts:
        """The same for a person whose silences are this many times longer than usual.

        An answer that is to the point needs no more time, and neither does a beginning.
        """
        return replace(
            self,
            usual_s=times * self.usual_s,
            lacking_s=times * self.lacking_s,
            unfinished_s=times * self.unfinished_s,
        )


ENDLESS = EndpointTimeouts(
    usual_s=float("inf"),
    answered_s=float("inf"),
    lacking_s=float("inf"),
    unfinished_s=float("inf"),
    beginning_s=float("inf"),
    long_s=float("inf"),
    longest_s=float("inf"),
)
"""For recordings that are one answer from their first to their last sample."""


BREATH_S = 0.3
"""A silence in which a speaker takes breath between two sentences. Ours."""


def is_unfinished(text: str, fillers: frozenset[str]) -> bool:
    """Whether the speaker is likely to go on: the text ends on a filler, a conjunction, or in mid-phrase."""
    words = text.split()
    return bool(words) and (words[-1] in fillers or not is_surely_over(words[-REACH:]))


def silence_needed_s(
    text: str, completeness: TurnCompletion, *, fillers: frozenset[str], patience: EndpointTimeouts
) -> float:
    """The silence in seconds after which a turn is over.

    Parameters
    ----------
    text
        What has been understood so far.
    completeness
        How completely it answers the question.
    fillers
        The language's filler words.
    patience
        The limits that apply.
    """
    if is_unfinished(text, fillers) and completeness is not TurnCompletion.ANSWERED:
        return patience.unfinished_s
    return {
        TurnCompletion.ANSWERED: patience.answered_s,
        TurnCompletion.INCOMPLETE: patience.lacking_s,
        TurnCompletion.UNKNOWN: patience.usual_s,
    }[completeness]
