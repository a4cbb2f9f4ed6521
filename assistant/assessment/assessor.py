"""How one person speaks, answer after answer: what is there while it is listened for, and gone when it isn't."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.asr.endpointing import EndpointTimeouts
from assistant.assessment.pace import Pace
from assistant.assessment.prosody import ProsodyMeter
from assistant.assessment.speaker_model import SpeakerModel
from assistant.disfluency import disfluencies
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment, Feeling
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
        disfluencies.load()

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

    def patience(self, usual: EndpointTimeouts) -> EndpointTimeouts:
        """How long to wait for somebody who pauses as long as this person does."""
        return usual.stretched(self._pace.stretch)

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
