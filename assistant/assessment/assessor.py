"""How one person speaks, answer after answer."""

from __future__ import annotations

from assistant.asr.endpointing import EndpointTimeouts
from assistant.assessment.pace import Pace
from assistant.assessment.prosody import ProsodyMeter
from assistant.assessment.speaker_model import SpeakerModel
from assistant.english import lexicon
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment, Feeling
from assistant.turns.audio import AnswerAudio


class SpeechAssessor:
    """Measures and estimates of a session's answers: `begin`, `feed` the sound as it grows, `assess`."""

    def __init__(self) -> None:
        self._speaker = SpeakerModel()
        self._prosody = ProsodyMeter()
        self._pace = Pace()

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

    def assess(self, answer: Answer, sound: AnswerAudio) -> Assessment:
        """How an answer sounded; the next ones are held against it."""
        self._pace.learn(answer.pauses)
        return self._speaker.assess(answer, self._prosody.finish(sound))

    def timeouts(self, usual: EndpointTimeouts) -> EndpointTimeouts:
        """How long to wait for somebody who pauses as long as this person does."""
        return usual.stretched(self._pace.stretch)

    def confirm(self, assessment: Assessment, feeling: Feeling, *, agreed: bool | None) -> Assessment:
        """Learn from what the person says of an assessment: they know better.

        Parameters
        ----------
        assessment : Assessment
        feeling : "discomfort" or "hesitation"
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
            return assessment.withdrawn(feeling)
        return assessment
