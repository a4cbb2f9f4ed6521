"""How one person speaks, answer after answer. Without sensing, there is no assessor."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.assessment.norms import PAUSE_S
from assistant.assessment.prosody import ProsodyMeter
from assistant.assessment.speaker_model import SpeakerModel
from assistant.english import lexicon
from assistant.turns.answer import Answer, Pause
from assistant.turns.assessment import Assessment, EstimateName
from assistant.turns.audio import AnswerAudio


class SpeechAssessor:
    """Measures a session's answers and makes estimates: `begin`, `feed` the sound as it grows, `assess`."""

    def __init__(self) -> None:
        self._speaker = SpeakerModel()
        self._prosody = ProsodyMeter()
        self._pace = Pace()
        self._before_last = self._speaker, self._pace

    def load(self) -> None:
        """Load everything that measures pitch and words now, rather than in the middle of the first answer."""
        self._prosody.load()
        lexicon.load()

    def begin(self) -> None:
        """Start a new answer."""
        self._prosody.begin()

    def feed(self, sound: AnswerAudio) -> None:
        """Measure what has been added to the sound of the answer."""
        self._prosody.feed(sound)

    def assess(self, answer: Answer, sound: AnswerAudio, *, again: bool = False) -> Assessment:
        """Assess how an answer sounded; later ones are compared with it.

        Parameters
        ----------
        answer : Answer
        sound : AnswerAudio
        again : bool
            Whether this is the last answer again, with more of it: what was learned from its beginning is forgotten.
        """
        if again:
            self._speaker, self._pace = self._before_last
        self._before_last = self._speaker.copy(), self._pace.copy()
        self._pace.learn(answer.pauses)
        return self._speaker.assess(answer, self._prosody.finish(sound))

    @property
    def patience(self) -> float:
        """How many times as long as usual to wait, given how long this person's pauses are."""
        return self._pace.stretch

    def confirm(self, assessment: Assessment, about: EstimateName, *, agreed: bool | None) -> Assessment:
        """Learn from what the person says about an assessment: they know better.

        Parameters
        ----------
        assessment : Assessment
        about : "discomfort" or "hesitation"
            What they were asked about.
        agreed : bool or None
            Their yes or no; None for neither.

        Returns
        -------
        Assessment
            The same, without the score that they said no to.
        """
        if agreed is True:
            self._speaker.agreed(assessment)
        elif agreed is False:
            self._speaker.disagreed()
            return assessment.withdrawn(about)
        return assessment


_PRIOR_PAUSES = 6
"""The norm counts as much as this many pauses, as many as a hesitant answer has. Ours."""

_MOST = 2.0
"""Waiting more than twice as long as usual ends a conversation. Ours."""


class Pace:
    """Learns from the pauses after which a speaker went on.

    Lengths of pauses are log-normal, so this takes the mean of their logarithms, with the norm as a prior. It doesn't
    use `assistant.assessment.baseline`, like the estimates: an answer that the person agrees was hesitant is removed
    there, and after just such an answer patience is needed most.
    """

    def __init__(self) -> None:
        self._logs: list[float] = []

    def copy(self) -> Pace:
        """The same, learning on its own from here on."""
        copy = Pace()
        copy._logs = list(self._logs)
        return copy

    def learn(self, pauses: Sequence[Pause]) -> None:
        """Add an answer's pauses."""
        self._logs += [math.log(pause.duration_s) for pause in pauses]

    @property
    def stretch(self) -> float:
        """How many times longer than usual this speaker's silences are, from 1 to 2; never shorter than usual."""
        norm = math.log(PAUSE_S.median)
        mean = (_PRIOR_PAUSES * norm + sum(self._logs)) / (_PRIOR_PAUSES + len(self._logs))
        return min(max(math.exp(mean - norm), 1.0), _MOST)
