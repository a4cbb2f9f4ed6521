"""Records a person's turns in a session."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from assistant.asr.biasing import BiasingContext
from assistant.asr.endpointing import EndpointTimeouts
from assistant.assessment.assessor import SpeechAssessor
from assistant.dialogue.actions import Ask, Remember
from assistant.session.components import SessionComponents
from assistant.session.keyboard import Keyboard, typed_answer
from assistant.session.transcript import Transcript
from assistant.session.turn_listener import GoingOn, TurnListener
from assistant.turns.assessment import Confirmation
from assistant.turns.document import Analysis
from assistant.turns.user_turn import UserTurn

BRIEFLY = EndpointTimeouts()
AT_LENGTH = EndpointTimeouts(at_length=True)
"""For answers of several sentences."""


class TurnRecorder:
    """Listens to the person's turns, and writes each to disk before anything else happens.

    Parameters
    ----------
    parts : SessionComponents
    transcript : Transcript
        Keeps the turns.
    sensing : bool
        Whether to listen to how the person speaks; if not, nothing about that is computed.
    """

    def __init__(self, parts: SessionComponents, transcript: Transcript, *, sensing: bool) -> None:
        self._parts = parts
        self._transcript = transcript
        self._listener: TurnListener | None = None
        if parts.listener is not None and not isinstance(parts.source, Keyboard):
            assessor = SpeechAssessor() if sensing else None
            self._listener = TurnListener(parts.source, parts.listener, parts.watcher, assessor, parts.commands)
        self._turns: dict[int, UserTurn] = {}

    def load(self) -> None:
        """Load everything that measures now, rather than in the middle of the first answer."""
        if self._listener is not None and self._listener.assessor is not None:
            self._listener.assessor.load()

    def record(
        self,
        ask: Ask,
        expected: BiasingContext | None,
        *,
        after: GoingOn | None = None,
        foresee: Callable[[UserTurn], object] | None = None,
        unanswered_s: float = float("inf"),
    ) -> UserTurn:
        """Listen until the turn is over; if anything breaks that off, what was heard until then is kept.

        Parameters
        ----------
        ask : Ask
            What was asked.
        expected : BiasingContext or None
            What may be expected in the answer.
        after : GoingOn, optional
            The answer that they go on with; the whole is kept in its place.
        foresee : callable, optional
            See `TurnListener.listen`.
        unanswered_s : float
            The longest turn in which the question isn't answered yet.

        Returns
        -------
        UserTurn
            With its sound.
        """
        parts = self._parts
        if isinstance(parts.source, Keyboard) or self._listener is None:
            return self._read(ask, after)
        assessor = self._listener.assessor
        begun = parts.barge_in.taken() if parts.barge_in is not None else ()
        if not begun:
            parts.source.attend(ask.question)
        if parts.commands is not None:
            parts.commands.expect(expected)
        timeouts = replace(
            AT_LENGTH if ask.at_length else BRIEFLY,
            patience=parts.patience,
            pace=assessor.patience if assessor is not None else 1.0,
            unanswered_s=unanswered_s,
        )
        timeouts = parts.limits.applied_to(timeouts)
        turn = self._listener.listen(
            self._transcript.next,
            timeouts,
            ask.completeness,
            expected=expected,
            begun=begun,
            after=after,
            foresee=foresee,
            keep=lambda turn, over: self._keep(replace(turn, question=ask.question), over=over),
        )
        if parts.barge_in is not None:
            parts.barge_in.listen_on()
        if turn.answer.words and parts.listener is not None:
            parts.listener.remember_person()
        return turn

    def _read(self, ask: Ask, after: GoingOn | None) -> UserTurn:
        """Read an answer that is typed, or more of one."""
        assert isinstance(self._parts.source, Keyboard)
        self._parts.watcher.typing()
        number, answer = self._transcript.next, self._parts.source.read_answer()
        if after is not None and answer.words and not after.stands_alone(answer.spoken):
            number, answer = after.turn.number, typed_answer(f"{after.turn.answer.text} {answer.text}")
        turn = UserTurn(number, answer, question=ask.question)
        self._keep(turn, over=True)
        return turn

    def confirm(self, said: Remember) -> None:
        """Keep what the person said about a turn's assessment, and learn from it: they know better."""
        assert self._listener is not None
        turn, assessor = self._turns[said.turn], self._listener.assessor
        assert assessor is not None
        assert turn.assessment is not None
        turn = replace(
            turn,
            assessment=assessor.confirm(turn.assessment, said.about, agreed=said.agreed),
            confirmation=Confirmation(said.about, said.agreed, said.reply),
        )
        self._turns[said.turn] = turn
        self._transcript.set_agreed(said.turn, said.agreed, self._document(turn))

    def stop_sensing(self) -> None:
        """From here on, listen only to what is said, and remove everything known about how it was said."""
        if self._listener is not None:
            self._listener.assessor = None
        self._turns = {number: turn.words_alone() for number, turn in self._turns.items()}
        self._transcript.rewrite(
            {number: (turn.answer.text, self._document(turn)) for number, turn in self._turns.items()}
        )

    def _keep(self, turn: UserTurn, *, over: bool) -> None:
        sound = turn.audio.samples if self._parts.keep_audio and turn.audio else None
        kept = turn.answer.text, turn.question, self._document(turn), sound
        if turn.number in self._turns:
            self._transcript.replace_answer(turn.number, *kept)
        else:
            self._transcript.add_answer(*kept)
        self._turns[turn.number] = turn.without_sound()
        if over:
            self._parts.watcher.heard(turn.answer, turn.assessment)

    def _document(self, turn: UserTurn) -> dict[str, Any]:
        return Analysis.of(turn, source=self._parts.source.name, model=self._parts.model).to_json()
