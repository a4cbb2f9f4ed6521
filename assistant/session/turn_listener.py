"""Listens to a person's turns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain

import numpy as np

from assistant.asr.biased_recogniser import BiasedRecogniser
from assistant.asr.biasing import BiasingContext
from assistant.asr.endpointing import EndpointTimeouts, TurnCompletion, any_words
from assistant.asr.events import Caption, Event, FillerNoticed, LongAnswer, MaybeEnded, PauseNoticed, TurnEnded
from assistant.asr.listener import Listener
from assistant.asr.sound_quality import MUTED, MUTED_AFTER_S
from assistant.assessment.assessor import SpeechAssessor
from assistant.audio.frame import RATE_HZ, AudioSource, Frame
from assistant.deferred_signals import interrupts_held_back, whatever_happens
from assistant.films.people import with_names
from assistant.session.components import Watcher
from assistant.turns.answer import Answer
from assistant.turns.audio import AnswerAudio
from assistant.turns.user_turn import UserTurn


class TurnListener:
    """Listens to one turn after another from a microphone or a recording, and assesses each.

    Parameters
    ----------
    source : AudioSource
    listener : Listener
    watcher : Watcher
    assessor : SpeechAssessor or None
        Without it, only what is said counts, and nothing else is computed.
    commands : BiasedRecogniser, optional
        The recogniser for expected wordings.
    """

    def __init__(
        self,
        source: AudioSource,
        listener: Listener,
        watcher: Watcher,
        assessor: SpeechAssessor | None,
        commands: BiasedRecogniser | None = None,
    ) -> None:
        self._source = source
        self._listener = listener
        self._watcher = watcher
        self._commands = commands
        self._told: set[str] = set()
        self._ends_at: int | None = None
        self._whole: _Whole | None = None
        self.assessor = assessor

    def listen(
        self,
        number: int,
        timeouts: EndpointTimeouts,
        completeness: Callable[[str], TurnCompletion] = any_words,
        *,
        expected: BiasingContext | None = None,
        begun: Sequence[Frame] = (),
        after: GoingOn | None = None,
        foresee: Callable[[UserTurn], object] | None = None,
        keep: Callable[[UserTurn, bool], object],
    ) -> UserTurn:
        """Listen until the turn is over.

        Parameters
        ----------
        number : int
            The turn's place in the session.
        timeouts : EndpointTimeouts
        completeness : callable
            Given the text so far, says how completely it answers the question.
        expected : BiasingContext, optional
            What may be expected in the answer: the second ear is told, and names are spelled as they are there.
        begun : sequence of Frame
            What was already heard of a person who broke in.
        after : GoingOn, optional
            The turn that they go on with: the two become one turn, with its number.
        foresee : callable, optional
            Gets the turn as it will be if the silence that has begun ends it, with nothing but its words; may be called
            several times.
        keep : callable
            Gets the turn, and whether it is over, before anything can interrupt; if listening is broken off, what was
            heard until then. A long one comes several times before it is over, with nothing but its words.
        """
        self._whole = _Whole(after) if after is not None else None
        if self.assessor is not None:
            self.assessor.begin()
        if self._whole is not None:
            completeness = self._whole.completeness(completeness)
        hints = expected.hints if expected is not None else ()
        names = expected.names if expected is not None else ()
        self._listener.begin(timeouts, completeness, sensing=self.assessor is not None, context=hints)
        self._watcher.listening()
        frames = chain(begun, iter(self._source.read, None))
        answer: Answer | None = None

        def words_of(so_far: Answer) -> UserTurn:
            turn = UserTurn(number, replace(so_far, words=with_names(so_far.words, names)))
            return self._whole.joined(turn) if self._whole is not None else turn

        def hear(event: Event) -> None:
            match event:
                case MaybeEnded(maybe) if foresee is not None:
                    foresee(words_of(maybe))
                case LongAnswer(so_far):
                    self._watcher.long_answer()
                    keep(words_of(so_far), False)

        def keep_what_there_is() -> None:
            if answer is None:
                keep(self._turn(number, self._finish(), names, begun), True)

        with whatever_happens(keep_what_there_is):
            while answer is None:
                frame = next(frames, None)
                # Interrupts come only between two frames, when all parts have heard the same.
                with interrupts_held_back():
                    answer = self._hear(frame, hear) if frame is not None else self._finish()
                    if answer is not None:
                        turn = self._turn(number, answer, names, begun)
                        keep(turn, True)
        return turn

    def _hear(self, frame: Frame, hear: Callable[[Event], None]) -> Answer | None:
        """Process a frame, and return the answer if that ended it."""
        self._watcher.sound(frame)
        self._ends_at = frame.end
        if self._whole is not None:
            self._whole.begin(frame.start)
        if frame.condition.silent_for >= MUTED_AFTER_S * RATE_HZ:
            self._warn(MUTED)
        for event in self._listener.feed(frame):
            if isinstance(event, Caption):
                self._watcher.caption(event.text)
            elif isinstance(event, FillerNoticed | PauseNoticed):
                self._watcher.noticed(event)
            elif isinstance(event, TurnEnded):
                return event.answer
            else:
                hear(event)
        if self.assessor is not None:
            self.assessor.feed(self._whole.grown(self._listener.audio) if self._whole else self._listener.audio)
        return None

    def _warn(self, sentence: str) -> None:
        if sentence not in self._told:
            self._told.add(sentence)
            self._watcher.warned(sentence)

    def _finish(self) -> Answer:
        return next(event.answer for event in self._listener.finish() if isinstance(event, TurnEnded))

    def _turn(self, number: int, answer: Answer, names: Sequence[str], begun: Iterable[Frame]) -> UserTurn:
        audio, commands = self._listener.audio, self._commands
        answer = replace(answer, words=with_names(answer.words, names), interrupts=bool(begun))
        written = answer.second_hearing.text if answer.second_hearing is not None else None
        for warning in answer.sound.warnings if answer.sound is not None else ():
            self._warn(warning)
        whole = self._whole
        heard = UserTurn(
            number,
            answer,
            None,
            commands.as_expected(written) if commands is not None else None,
            commands.as_title if commands is not None else None,
            audio=audio,
            ends_at=self._ends_at,
        )
        goes_on = whole is not None and not whole.after.stands_alone(answer.spoken)
        if whole is not None and goes_on:
            heard = replace(whole.joined(heard), audio=whole.grown(audio))
        elif whole is not None and self.assessor is not None:
            self.assessor.begin()
        if self.assessor is None:
            return heard
        assert heard.audio is not None
        return replace(heard, assessment=self.assessor.assess(heard.answer, heard.audio, again=goes_on))


@dataclass(frozen=True, slots=True)
class GoingOn:
    """An answer that goes on after it was thought to be over.

    Attributes
    ----------
    turn : UserTurn
        What was heard of it until then, with its sound.
    stands_alone : callable
        Given what was said after it, says whether that is no part of it.
    """

    turn: UserTurn
    stands_alone: Callable[[str], bool]


class _Whole:
    """The whole of an answer that goes on, while the rest of it is heard."""

    def __init__(self, after: GoingOn) -> None:
        assert after.turn.audio is not None
        self.after = after
        self._before = after.turn
        self._audio = AnswerAudio(after.turn.audio.samples)
        self._goes_on_at: int | None = None
        self._read = 0

    def completeness(self, judge: Callable[[str], TurnCompletion]) -> Callable[[str], TurnCompletion]:
        """What judges the whole, given the text of the rest."""
        return lambda text: judge(f"{self._before.answer.text} {text}".strip())

    def begin(self, at: int) -> None:
        """Note where on the audio clock the rest begins; in between there is silence, for nobody listened."""
        if self._goes_on_at is None:
            ended_at = self._before.ends_at
            self._audio.append(np.zeros(max(0, at - ended_at) if ended_at is not None else 0, np.int16))
            self._goes_on_at = len(self._audio)

    def grown(self, rest: AnswerAudio) -> AnswerAudio:
        """The sound of the whole, given that of the rest so far."""
        new = rest.since(self._read)
        self._read += len(new)
        self._audio.append(new)
        return self._audio

    def joined(self, rest: UserTurn) -> UserTurn:
        """The whole as one turn."""
        before = self._before
        at_s = (self._goes_on_at if self._goes_on_at is not None else len(self._audio)) / RATE_HZ
        titles = [turn.as_title or turn.answer.spoken for turn in (before, rest)]
        return replace(
            rest,
            number=before.number,
            answer=before.answer.followed_by(rest.answer, at_s, paused=before.ends_at is not None),
            as_expected=None,
            as_title=" ".join(titles).strip() if before.as_title or rest.as_title else None,
            question=before.question,
        )
