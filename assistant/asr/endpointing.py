"""When a turn is over: endpointing that is patient with people who hesitate.

Vosk's own endpoints aren't used: they cut after half a second of silence, in the middle of a hesitant sentence. Here
the end of a turn has a probability, by what was said, how the voice ended, how long it has been silent, and how long
this person's pauses are. The turn is over once that is high enough. `docs/turns.md` has how it was fitted, and how
well it does.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final, Literal

from assistant.asr.last_sound import LastSound
from assistant.asr.voice_activity import SpeechSegment
from assistant.english.endings import REACH, Ending, ends_on_verb, has_verb, is_surely_over, may_end_at_once

Patience = Literal["brisk", "usual", "patient"]
"""How often a speaker may be cut off so that replies come sooner."""


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
    """How long to wait.

    Attributes
    ----------
    at_length : bool
        Whether an answer of several sentences is expected.
    patience : "brisk", "usual" or "patient"
    pace : float
        How many times longer than usual this person's pauses have been so far.
    shortest_s : float
        The least silence that ends a turn.
    beginning_s : float
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

    at_length: bool = False
    patience: Patience = "usual"
    pace: float = 1.0
    shortest_s: float = 0.2
    beginning_s: float = 8.0
    long_s: float = 180.0
    longest_s: float = 1800.0
    overtime_s: float = 60.0
    unanswered_s: float = float("inf")


ENDLESS = EndpointTimeouts(
    shortest_s=float("inf"),
    beginning_s=float("inf"),
    long_s=float("inf"),
    longest_s=float("inf"),
)
"""For recordings that are one answer from their first to their last sample."""


BREATH_S = 0.3
"""A silence in which a speaker takes breath between two sentences. Ours."""


def is_unfinished(text: str, fillers: Collection[str]) -> bool:
    """Whether the speaker is likely to go on: the text ends on a filler, a conjunction, or in mid-phrase."""
    words = text.split()
    return bool(words) and (words[-1] in fillers or not is_surely_over(words[-REACH:]))


_MOST_HELD_S: Final = 0.4
_USUAL: Final = LastSound(pitch_semitones=-1.0, fall_semitones=0.5, level_db=-5.0, held_s=0.1)
"""What counts if the sound isn't listened to."""

_PRIOR_PAUSES: Final = 6
_PAUSE_S: Final = 0.53
"""The median pause (docs/sensing.md)."""
_SHORTEST_PAUSE_S: Final = 0.25
_MOST_PACE: Final = 2.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of a turn when the speaker has fallen silent.

    Attributes
    ----------
    completeness : TurnCompletion
    at_length : bool
        Whether an answer of several sentences is expected.
    words : tuple of str
        What has been understood so far, fillers included.
    ending : Ending or None
        How well it may end on its last word; None after a filler, or if no word was understood.
    pace : float
        How many times longer than usual this person's pauses have been so far.
    sound : LastSound or None
        How the voice ended; None if that isn't to be listened to.
    """

    completeness: TurnCompletion
    at_length: bool
    words: tuple[str, ...]
    ending: Ending | None
    pace: float
    sound: LastSound | None

    @property
    def is_answered(self) -> bool:
        """Whether the question is answered, and not with "romantic, but"."""
        goes_on = self.ending is Ending.HANGING or (self.ending is None and len(self.words) > 0)
        return self.completeness is TurnCompletion.ANSWERED and not goes_on

    def features(self) -> dict[str, float]:
        """What the regression weighs, by name."""
        understood, long = bool(self.words), self.at_length
        plain = self.completeness is TurnCompletion.UNKNOWN and not long
        length = math.log2(1 + len(self.words))
        clause = has_verb(self.words)
        found = {
            "lacking": self.completeness is TurnCompletion.INCOMPLETE,
            "at length": long,
            "hanging": self.ending is Ending.HANGING,
            "open": self.ending is Ending.OPEN,
            "short": self.ending is Ending.SHORT,
            "filler": self.ending is None and understood,
            "no words": not understood,
            "no verb": understood and not clause and not long,
            "no verb at length": understood and not clause and long,
            "verb last": self.ending is not None and ends_on_verb(self.words),
            "words": length if plain else 0.0,
            "words at length": length if long else 0.0,
        }
        if self.sound is not None:
            found["pitch"] = self.sound.pitch_semitones - _USUAL.pitch_semitones
            found["fall"] = self.sound.fall_semitones - _USUAL.fall_semitones
            found["level"] = self.sound.level_db - _USUAL.level_db
            found["held"] = min(self.sound.held_s, _MOST_HELD_S) - _USUAL.held_s
        return {name: float(value) for name, value in found.items()}


def turn_evidence(
    text: str,
    completeness: TurnCompletion,
    patience: EndpointTimeouts,
    speech: Sequence[SpeechSegment],
    *,
    fillers: Collection[str] = (),
    sound: LastSound | None = None,
) -> Evidence:
    """Put together what is known of a turn in a silence.

    Parameters
    ----------
    text
        What has been understood so far.
    completeness
        How completely it answers the question.
    patience
    speech
        When there was voice so far; nothing if that isn't to be listened to.
    fillers
        The language's filler words.
    sound
        How the voice ended.
    """
    words = text.split()
    ending = None if not words or words[-1] in fillers else may_end_at_once(words[-REACH:])
    return Evidence(
        completeness=completeness,
        at_length=patience.at_length,
        words=tuple(words),
        ending=ending,
        pace=_pace(speech, patience.pace),
        sound=sound,
    )


def _pace(speech: Sequence[SpeechSegment], so_far: float) -> float:
    """Their pace so far, with the pauses of this answer."""
    logs = [math.log(after.start_s - before.end_s) for before, after in pairwise(speech)]
    long = [each - math.log(_PAUSE_S) for each in logs if each >= math.log(_SHORTEST_PAUSE_S)]
    pace = math.exp((_PRIOR_PAUSES * math.log(so_far) + sum(long)) / (_PRIOR_PAUSES + len(long)))
    return min(max(pace, 1.0), _MOST_PACE)


@dataclass(frozen=True, slots=True)
class EndOfTurn:
    """How probable it is that a silence ends a turn.

    A logistic regression on the logarithm of the silence: each kind of evidence makes the silence that tells as much
    longer or shorter by a factor.

    Attributes
    ----------
    weights : mapping of str to float
        Of `Evidence.features`, by their names: natural logarithms of those factors.
    intercept : float
        Natural logarithm of the silence in seconds after which going on and being done are equally costly to mistake.
    slope : float
        Log-odds for each natural logarithm of silence.
    thresholds : mapping of str to float
        The log-odds from which a turn is over, by patience.
    """

    weights: Mapping[str, float]
    intercept: float
    slope: float
    thresholds: Mapping[str, float]

    def log_odds(self, evidence: Evidence, silence_s: float) -> float:
        """The log-odds that a speaker is done who has been silent for so long."""
        return self.slope * (math.log(silence_s / evidence.pace) - self._weighed(evidence))

    def silence_needed_s(self, evidence: Evidence, patience: EndpointTimeouts) -> float:
        """The silence in seconds from which the turn is probable enough to be over.

        It's asked for again whenever there is more evidence, such as another word in the caption.
        """
        if evidence.is_answered:
            return max(_ANSWERED_S[patience.patience], patience.shortest_s)
        more = self.thresholds[patience.patience] / self.slope
        needed_s = evidence.pace * math.exp(self._weighed(evidence) + more)
        if evidence.completeness is TurnCompletion.INCOMPLETE:
            needed_s = max(needed_s, _LACKING_S[patience.patience])
        if evidence.ending is Ending.HANGING:
            needed_s = max(needed_s, _HANGING_S[patience.patience])
        return max(min(needed_s, MOST_S[patience.patience]), patience.shortest_s)

    def _weighed(self, evidence: Evidence) -> float:
        return self.intercept + sum(self.weights[name] * value for name, value in evidence.features().items())


MOST_S: Final[dict[Patience, float]] = {"brisk": 2.0, "usual": 2.6, "patient": 3.2}
"""The most that anybody is waited for: whoever is silent for longer wants to be asked on. Ours."""

_LACKING_S: Final[dict[Patience, float]] = {"brisk": 1.2, "usual": 1.5, "patient": 2.0}
"""The least after what is no answer yet: titles are spelled with a second between two letters. Ours."""

_HANGING_S: Final[dict[Patience, float]] = {"brisk": 1.5, "usual": 2.0, "patient": 2.5}
"""The least after a conjunction, an article or a preposition. Ours."""

_ANSWERED_S: Final[dict[Patience, float]] = {"brisk": 0.3, "usual": 0.4, "patient": 0.6}
"""The silence after an answer to the point: little is lost by taking a choice too early. Ours."""


@cache
def end_of_turn() -> EndOfTurn:
    """Load the regression as it was fitted by ``tools.training.fit_turns``."""
    return EndOfTurn(**json.loads((files("assistant.asr") / "end_of_turn.json").read_text("utf-8")))
