"""How one person speaks, answer after answer. Where people aren't sensed, there is no assessor."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.assessment.norms import PAUSE_S
from assistant.assessment.prosody import ProsodyMeter
from assistant.assessment.speaker_model import Assessment, Feeling, SpeakerModel
from assistant.english import lexicon
from assistant.turns.answer import Answer, Pause
from assistant.turns.audio import AnswerAudio
from assistant.turns.document import with_reply


class SpeechAssessor:
    """Measures and estimates of a session's answers: `begin`, `feed` the sound as it grows, `judge`."""

    def __init__(self) -> None:
        self._speaker = SpeakerModel()
        self._prosody = ProsodyMeter()
        self._pace = Pace()
        self._impressions: dict[int, Assessment] = {}

    def load(self) -> None:
        """Load what measures pitch and words, so that it doesn't happen in the middle of the first answer."""
        self._prosody.load()
        lexicon.load()

    def begin(self) -> None:
        """A new answer starts."""
        self._prosody.begin()

    def feed(self, sound: AnswerAudio) -> None:
        """Measure what has been added to the sound of the answer."""
        self._prosody.feed(sound)

    def judge(self, turn: int, answer: Answer, sound: AnswerAudio) -> Assessment:
        """How the answer with the number `turn` sounded; the next ones are held against it."""
        impression = self._speaker.hear(answer, self._prosody.finish(sound))
        self._pace.learn(answer.pauses)
        self._impressions[turn] = impression
        return impression

    @property
    def patience(self) -> float:
        """How many times as long as usual to wait for somebody who pauses as long as this person does."""
        return self._pace.stretch

    def take_their_word(
        self, turn: int, document: Mapping[str, Any], feeling: Feeling, agreed: bool | None, reply: str
    ) -> dict[str, Any]:
        """Learn from what the person says of an impression: they know better.

        Parameters
        ----------
        turn : int
            The answer that it was about.
        document : mapping
            That answer's analysis.
        feeling : "discomfort" or "hesitation"
            What they were asked about.
        agreed : bool or None
            Their yes or no; None for neither.
        reply : str
            Their words.

        Returns
        -------
        dict
            The analysis with what they said, and without the score that they said no to.
        """
        impression = self._impressions[turn]
        if agreed is True:
            self._speaker.agreed(impression)
        elif agreed is False:
            self._speaker.disagreed()
            impression = impression.withdrawn(feeling)
        return with_reply(document, impression, feeling, agreed, reply)


_PRIOR_PAUSES = 6
"""The norm counts as much as this many pauses, the number in a hesitant answer. Ours."""

_MOST = 2.0
"""A conversation that waits longer than twice as usual has stopped being one. Ours."""


class Pace:
    """Learns from the pauses that a speaker went on after.

    Lengths of pauses are log-normal, so their mean is taken of the logarithms, with the norm as a prior (see
    `assistant.assessment.baseline`, which the estimates are made with; but what somebody agrees was a hesitant answer
    leaves that, and patience is wanted most after just such an answer).
    """

    def __init__(self) -> None:
        self._logs: list[float] = []

    def learn(self, pauses: Sequence[Pause]) -> None:
        """Take an answer's pauses in."""
        self._logs += [math.log(pause.duration_s) for pause in pauses]

    @property
    def stretch(self) -> float:
        """How many times longer than usual this speaker's silences are, from 1 to 2; never less than others have."""
        norm = math.log(PAUSE_S.median)
        mean = (_PRIOR_PAUSES * norm + sum(self._logs)) / (_PRIOR_PAUSES + len(self._logs))
        return min(max(math.exp(mean - norm), 1.0), _MOST)
