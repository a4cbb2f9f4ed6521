"""A person's answers, as they are heard in a session."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from assistant.asr.biasing import BiasingContext
from assistant.asr.endpointing import EndpointTimeouts
from assistant.asr.events import Caption, FillerNoticed, PauseNoticed, TurnEnded
from assistant.assessment.assessor import SpeechAssessor
from assistant.assessment.speaker_model import Assessment
from assistant.audio.frame import AudioSource, Frame
from assistant.deferred_signals import interrupts_held_back, whatever_happens
from assistant.dialogue.actions import Ask, Remember
from assistant.dialogue.heard import UserTurn
from assistant.review import SourceAnswer
from assistant.session.components import SessionComponents
from assistant.session.transcript import Transcript
from assistant.turns.answer import Answer
from assistant.turns.audio import AnswerAudio
from assistant.turns.document import analysis_document

BRIEFLY = EndpointTimeouts()
AT_LENGTH = EndpointTimeouts(usual_s=1.2)
"""For answers of several sentences: people who are looking for words are silent for a second between two of them."""


class TurnRecorder:
    """Hears answers, and has each on disk before anything else happens.

    Parameters
    ----------
    parts : SessionComponents
    transcript : Transcript
        Where they are kept.
    sensing : bool
        Whether it is listened for how the person speaks; if not, nothing of that is computed.
    """

    def __init__(self, parts: SessionComponents, transcript: Transcript, *, sensing: bool) -> None:
        self._parts = parts
        self._transcript = transcript
        self._manner = SpeechAssessor() if sensing else None
        self._to_hear_again: dict[int, AnswerAudio] = {}

    def load(self) -> None:
        """Load what measures, so that it doesn't happen in the middle of the first answer."""
        if self._manner is not None:
            self._manner.load()

    def hear(self, ask: Ask, expected: BiasingContext | None) -> UserTurn:
        """Listen until the turn is over; whatever breaks that off, what was heard until then is kept.

        Parameters
        ----------
        ask : Ask
            What was asked.
        expected : BiasingContext or None
            What a recogniser that expects something may expect.
        """
        parts = self._parts
        begun = parts.barge_in.taken() if parts.barge_in is not None else ()
        if not begun:
            parts.source.attend(ask.question)
        if parts.commands is not None:
            parts.commands.expect(expected)
        patience = AT_LENGTH if ask.at_length else BRIEFLY
        if self._manner is not None:
            self._manner.begin()
            patience = patience.stretched(self._manner.patience)
        parts.listener.begin(patience, ask.completeness, manner=self._manner is not None)
        parts.watcher.listening()
        frames = _frames(begun, parts.source)
        answer: Answer | None = None
        turn = self._transcript.next

        def keep_half() -> None:
            if answer is None:
                # Gone in mid-answer: what was heard up to here counts.
                self._keep(_answer_in(parts.listener.finish()), ask)

        with whatever_happens(keep_half):
            while answer is None:
                frame = next(frames, None)
                # An interrupt comes between two frames, when all who listen have heard the same.
                with interrupts_held_back():
                    answer = self._hear(frame)
                    if answer is not None:
                        answer = replace(answer, interrupts=bool(begun))
                        impression = self._keep(answer, ask)
        if parts.second_hearing is not None and answer.words:
            self._to_hear_again[turn] = parts.listener.audio
        if parts.commands is None:
            return UserTurn(turn, answer, impression)
        return UserTurn(turn, answer, impression, parts.commands.as_expected, parts.commands.as_title)

    def hear_again(self, said: SourceAnswer) -> SourceAnswer:
        """Hear an answer a second time: not before the review is made, because it takes seconds."""
        hearing = self._parts.second_hearing
        if hearing is None or said.turn not in self._to_hear_again:
            return said
        return replace(said, text=hearing.hear(self._to_hear_again[said.turn].samples))

    def take_their_word(self, said: Remember) -> None:
        """Keep with an answer what the person said of the impression that it made, and learn from that."""
        assert self._manner is not None
        analysis = self._transcript.analysis(said.turn)
        analysis = self._manner.take_their_word(said.turn, analysis, said.feeling, said.agreed, said.reply)
        self._transcript.set_agreed(said.turn, said.agreed, analysis)

    def stop_sensing(self) -> None:
        """From here on hear only what is said, and take back all that is known of how it was."""
        self._manner = None
        self._transcript.drop_manner()

    def _hear(self, frame: Frame | None) -> Answer | None:
        """Hear a frame, or that there are no more; the answer if that ended it."""
        parts = self._parts
        if frame is None:
            return _answer_in(parts.listener.finish())
        parts.watcher.sound(frame)
        for event in parts.listener.feed(frame):
            if isinstance(event, Caption):
                parts.watcher.caption(event.text)
            elif isinstance(event, FillerNoticed | PauseNoticed):
                parts.watcher.noticed(event)
            elif isinstance(event, TurnEnded):
                return event.answer
        if self._manner is not None:
            self._manner.feed(parts.listener.audio)
        return None

    def _keep(self, answer: Answer, ask: Ask) -> Assessment | None:
        parts = self._parts
        sound = parts.listener.audio
        impression = self._manner.judge(self._transcript.next, answer, sound) if self._manner is not None else None
        analysis = analysis_document(answer, impression, source=parts.source.name, model=parts.model)
        kept = sound.samples if parts.keep_audio and len(sound) else None
        self._transcript.hears(answer.text, ask.question, analysis, kept)
        parts.watcher.heard(answer, impression)
        return impression


def _frames(begun: Iterable[Frame], source: AudioSource) -> Iterator[Frame]:
    """Frames heard already, then those to come, until the source ends."""
    yield from begun
    while (frame := source.read()) is not None:
        yield frame


def _answer_in(events: Sequence[object]) -> Answer:
    return next(event.answer for event in events if isinstance(event, TurnEnded))
