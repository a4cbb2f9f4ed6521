"""The loop that drives a conversation: desk, kiosk and replay differ only in their components."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import takewhile
from typing import cast

from assistant.asr.endpointing import TurnCompletion
from assistant.asr.sound_quality import MUTED
from assistant.deferred_signals import whatever_happens
from assistant.delivery import Outbox
from assistant.dialogue.actions import (
    Action,
    AdjustVoice,
    Ask,
    Compose,
    Deliver,
    End,
    Remember,
    Reopen,
    Revise,
    Say,
    StopSensing,
)
from assistant.dialogue.conversation import Conversation
from assistant.films.mentions import films_named
from assistant.memory import give_back
from assistant.review import ReviewRequest, Romance, people_named
from assistant.review import Voice as ReviewVoice
from assistant.session.barge_in import Floor, Spoken
from assistant.session.components import SessionComponents
from assistant.session.transcript import Transcript
from assistant.session.turn_listener import GoingOn
from assistant.session.turn_recorder import TurnRecorder
from assistant.tts.voice import Manner
from assistant.turns.answer import TurnEnd
from assistant.turns.user_turn import UserTurn

_UNANSWERED_S = 8.0
"""How long somebody may talk where nobody has answered yet and nobody may be there."""
_UNANSWERED_TURNS = 2
"""After so many turns without an answer, nobody is taken to be there."""
_STOPPED = "I have to stop you there. Everything up to here is kept."
_TIME_IS_UP = "I have to stop here, for the next person. Thank you for talking with me."
_STILL_THERE = "Are you still there?"
_GONE = "I can't hear you any more, so I'll stop here. Goodbye."
_MISSED = "I couldn't hear you for a moment."
_MISSED_S = 0.5
"""So much lost sound is more than a machine that is busy: the microphone was unplugged."""
_MOST_MISSED = 3
"""How often the same question is asked again for that."""

_FEW_WORDS = 2
"""Somebody who went on with no more words than this before falling silent, too, is told to go on."""

_KNOWN_FROM = 0.6
"""So much of a question has to be said before it can be answered: what is said earlier is about something else."""


@dataclass(frozen=True, slots=True)
class _Answered:
    """The last answer: what it answers, and the conversation before it was heard, in case that there is more of it."""

    ask: Ask
    turn: UserTurn
    before: Conversation


class Session:
    """One conversation with one person.

    Parameters
    ----------
    parts : SessionComponents
    conversation : Conversation
    person : str, optional
        The person's name.
    interview : str, optional
        The script's name.
    sensing : bool
        Whether to listen to how the person speaks; if not, nothing about that is computed.
    unattended : bool
        Whether it may have been begun by nobody: a television, or people who talk to each other.
    today : callable
        Returns the day on which the film counts as watched.
    """

    def __init__(
        self,
        parts: SessionComponents,
        conversation: Conversation,
        *,
        person: str | None = None,
        interview: str | None = None,
        sensing: bool = True,
        unattended: bool = False,
        today: Callable[[], date] = date.today,
    ) -> None:
        self._parts = parts
        self._conversation = conversation
        self._person = person
        self._interview = interview
        self._today = today
        self._transcript = Transcript(parts.store)
        self._recorder = TurnRecorder(parts, self._transcript, sensing=sensing)
        self._has_review = False
        self._answered = not unattended
        self._unanswered = 0
        self._room_talks = False
        self._told_muted = False
        self._missed = 0
        self._silences = 0
        self._begun_s = time.monotonic()
        self._disturbed = False
        """Whether there was a noise that wasn't a word: then there is no barge-in until the next answer."""
        self._last: _Answered | None = None

    @property
    def id(self) -> str:
        """The session's id in the store; empty before there is one."""
        return self._transcript.session

    @property
    def met_nobody(self) -> bool:
        """Whether voices were heard, and none of them answered anything."""
        return not self._answered and self._room_talks

    def run(self) -> str:
        """Hold the conversation to its end.

        Even if an error or an interrupt breaks it off, everything said until then is in the store, including the
        current answer.

        Returns
        -------
        str
            The session's id in the store.
        """
        self._recorder.load()
        self._parts.voice.reset()
        if self._parts.barge_in is not None:
            self._parts.barge_in.begin()
        self._transcript.open(self._person, self._interview)
        self._parts.voice.prepare(self._conversation.known_ahead)
        with whatever_happens(self._end):
            actions = deque(self._conversation.start())
            while actions:
                actions.extendleft(reversed(self._do(actions.popleft(), actions)))
        return self.id

    def _end(self) -> None:
        # Does nothing if it has ended: an interrupt may come right after the review was sent.
        self._parts.store.end_session(self.id, "unsent" if self._has_review else "abandoned")
        if self._parts.listener is not None:
            self._parts.listener.release()
        give_back()

    def _do(self, action: Action, later: deque[Action]) -> list[Action]:
        """Do one action, and return the actions that follow from it, to be done before those in `later`."""
        match action:
            case Say() | Ask():
                is_question = isinstance(action, Ask)
                spoken = self._speak(action, to_be_answered=is_question or _leads_to_question(later))
                if spoken.floor is not Floor.GIVEN:
                    return self._give_way(action, later, spoken)
                if isinstance(action, Ask):
                    return self._go_on_from(action, self._record(action))
            case Reopen(otherwise):
                return self._reopen(self._last) if self._last is not None else list(otherwise)
            case Remember():
                self._recorder.confirm(action)
            case StopSensing():
                self._recorder.stop_sensing()
            case AdjustVoice(tempo, gain_db):
                self._parts.voice.adjust(tempo, gain_db)
                if gain_db and self._parts.barge_in is not None:
                    self._parts.barge_in.adapt()
            case Compose():
                return self._compose()
            case Revise(review):
                self._parts.store.save_review(self.id, review, self._today())
            case Deliver():
                return self._deliver()
            case End(status):
                self._parts.store.end_session(self.id, status)
        return []

    # taking turns

    def _speak(self, action: Say | Ask, *, to_be_answered: bool = True) -> Spoken:
        """Say something, and return how far that got and who has the floor now."""
        parts, text = self._parts, action.text
        question = action.question if isinstance(action, Ask) else None
        self._transcript.add_prompt(text, question, about_delivery=isinstance(action, Ask) and action.about_delivery)
        parts.watcher.said(text, question)
        parts.voice.adopt(_manner_of(action))
        if parts.barge_in is None:
            return Spoken(Floor.GIVEN, parts.voice.say(text))
        return parts.barge_in.say(parts.voice, text, may_break_in=to_be_answered and not self._disturbed)

    def _record(self, ask: Ask, last: _Answered | None = None) -> UserTurn:
        """Listen to an answer, or to more of the last one, except for a command, which is a turn of its own."""
        conversation = self._conversation if last is None else last.before
        after = None if last is None else GoingOn(last.turn, self._conversation.is_command)
        return self._recorder.record(
            ask,
            conversation.expected,
            after=after,
            foresee=lambda turn: self._foresee(conversation, turn),
            unanswered_s=float("inf") if self._answered else _UNANSWERED_S,
        )

    def _foresee(self, conversation: Conversation, turn: UserTurn) -> None:
        """Have rendered what will be said if this is the answer. The conversation stays where it is."""
        following = conversation.copy().hear(turn)
        said = takewhile(lambda action: isinstance(action, Say | Ask), following)
        self._parts.voice.prepare(action.text for action in said if isinstance(action, Say | Ask))

    def _give_way(self, broken_off: Say | Ask, later: deque[Action], spoken: Spoken) -> list[Action]:
        """Listen to a person who took the floor.

        What was said over a question that couldn't be understood yet isn't the answer to it. It is more of the answer
        before, and the conversation goes back to that; or else it is a command.
        """
        unsaid: list[Action] = [broken_off]
        while later and isinstance(later[0], Say | Ask) and not isinstance(unsaid[-1], Ask):
            unsaid.append(later.popleft())
        question, last = unsaid[-1], self._last
        may_go_on = last is not None and self._conversation.may_go_on
        barge_in = self._parts.barge_in
        if spoken.muffled and barge_in is not None and barge_in.falls_silent():
            self._speak(self._conversation.spoken_over)
        if isinstance(question, Ask) and not (may_go_on and spoken.floor is Floor.KEPT):
            is_known = question is broken_off and spoken.share >= _KNOWN_FROM
            if is_known or self._conversation.may_be_interrupted or (last is not None and _is_again(question, last)):
                return self._hear_answer_to(question, unsaid)
        if last is not None and may_go_on:
            return self._take_back(last, unsaid, later)
        return self._hear_aside(unsaid)

    def _hear_answer_to(self, question: Ask, unsaid: list[Action]) -> list[Action]:
        """Listen to a person who broke in, as an answer to the next question; skip everything to be said before it."""
        heard = self._record(question)
        if not heard.answer.words:
            # A cough, or something that fell down.
            self._disturbed = True
            return unsaid
        self._conversation.cut_short([action.text for action in unsaid if isinstance(action, Say | Ask)])
        return self._go_on_from(question, heard)

    def _take_back(self, last: _Answered, unsaid: list[Action], later: deque[Action]) -> list[Action]:
        """Listen to more of the last answer, and go on from the whole of it as if nothing had been said since."""
        turn = self._record(last.ask, last)
        if turn.number != last.turn.number:
            later.clear()
            question = unsaid[-1]
            return self._go_on_from(question if isinstance(question, Ask) else last.ask, turn)
        added = len(turn.answer.words) - len(last.turn.answer.words)
        if not added:
            self._disturbed = True
            self._last = replace(last, turn=turn)
            return unsaid
        later.clear()
        self._conversation = last.before
        if added <= _FEW_WORDS and last.ask.completeness(turn.answer.spoken) is not TurnCompletion.ANSWERED:
            # They fell silent because the assistant spoke.
            return self._reopen(_Answered(last.ask, turn, last.before))
        return self._go_on_from(last.ask, turn)

    def _reopen(self, last: _Answered) -> list[Action]:
        """Let the person go on with an answer that was thought to be over."""
        self._speak(self._conversation.go_on)
        told = replace(last.turn, ends_at=None)
        turn = self._record(last.ask, _Answered(last.ask, told, last.before))
        if turn.number == last.turn.number:
            self._conversation = last.before
        return self._go_on_from(last.ask, turn)

    def _hear_aside(self, unsaid: list[Action]) -> list[Action]:
        """Listen to what was said before there was a question to answer: it is kept, but only a command counts."""
        aside = Ask("", None)
        heard = self._record(aside)
        if self._conversation.is_command(heard.answer.spoken):
            return self._go_on_from(aside, heard)
        self._disturbed = not heard.answer.words
        return unsaid

    @property
    def _break_off(self) -> End:
        return End("unsent" if self._has_review else "abandoned")

    def _check_presence(self, ask: Ask, heard: UserTurn) -> list[Action]:
        """What to do about a silence: ask once whether they are there, then stop. Nothing if they spoke."""
        self._silences = 0 if heard.answer.words else self._silences + 1
        if not self._silences:
            return []
        self._last = None
        return [Say(_STILL_THERE), ask] if self._silences == 1 else [Say(_GONE), self._break_off]

    def _is_unanswered(self, ask: Ask, heard: UserTurn) -> bool:
        """Whether it has been long enough without an answer that nobody is taken to be there."""
        words = heard.answer.words
        self._answered = bool(words) and ask.completeness(heard.answer.spoken) is not TurnCompletion.INCOMPLETE
        self._unanswered += not self._answered
        self._room_talks |= not self._answered and bool(words or heard.answer.other_voices)
        return self._unanswered >= _UNANSWERED_TURNS

    def _go_on_from(self, ask: Ask, heard: UserTurn) -> list[Action]:
        self._disturbed = False
        missed = self._parts.live and heard.answer.lost_s >= _MISSED_S
        if missed and ask.text and self._missed < _MOST_MISSED and not (ask.at_length and heard.answer.words):
            self._missed += 1
            self._last = None
            return [Say(_MISSED), ask]
        self._missed = 0
        if not self._answered and self._is_unanswered(ask, heard):
            return [End("abandoned")]
        if self._parts.limits.checks_presence and (check := self._check_presence(ask, heard)):
            return check
        before = self._conversation.copy()
        following = self._conversation.hear(heard.without_sound())
        if not (following and isinstance(following[0], Reopen)):
            self._last = _Answered(ask, heard, before)
        store, state = self._parts.store, self._conversation.state
        store.set_profile(self.id, state.profile)
        store.set_film(self.id, state.film)
        store.set_rating(self.id, state.rating)
        if time.monotonic() - self._begun_s > self._parts.limits.session_s:
            return [Say(_TIME_IS_UP), self._break_off]
        if missed:
            following = [Say(_MISSED), *following]
        if heard.answer.ended is TurnEnd.TOO_LONG:
            following = [Say(_STOPPED), *following]
        sound = heard.answer.sound
        if sound is not None and MUTED in sound.warnings and not self._told_muted:
            self._told_muted = True
            following = [Say(MUTED), *following]
        return following

    # the review

    def _compose(self) -> list[Action]:
        self._parts.watcher.composing()
        said = self._conversation.state.said
        with self._parts.voice.thinking():
            review = self._parts.composer(said, self._brief(said))
        if review is not None:
            self._parts.store.save_review(self.id, review, self._today())
            self._has_review = True
            self._parts.voice.prepare(sentence.text for sentence in review.sentences)
        return self._conversation.composed(review)

    def _brief(self, said: Sequence[UserTurn]) -> ReviewRequest:
        state, films = self._conversation.state, self._parts.films
        spoken = [each.answer.spoken for each in said]
        mentioned: list[str] = []
        if films is not None:
            for text in spoken:
                mentioned += [*films_named(films(), text), *people_named(films().people, text)]
        return ReviewRequest(
            film=state.film,
            rating=state.rating,
            voice=cast("ReviewVoice | None", state.profile.get("voice")),
            romance=cast("Romance | None", state.profile.get("romance")),
            names=state.names,
            mentioned=tuple(dict.fromkeys(mentioned)),
            strength=self._parts.strength,
        )

    def _deliver(self) -> list[Action]:
        store = self._parts.store
        store.send(self.id, self._parts.destinations)
        Outbox(store).deliver_due(files_only=self._parts.files_only)
        entries = store.entries(self.id)
        for entry in entries:
            if entry.result is not None:
                self._parts.watcher.delivered(entry.result["path"])
            else:
                self._parts.watcher.undelivered(entry.destination.outlet, entry.why)
        states = {entry.state for entry in entries}
        if "failed" not in states:
            self._parts.voice.signal_sent()
        return self._conversation.delivered(waiting="waiting" in states, failed="failed" in states)


def _leads_to_question(actions: Iterable[Action]) -> bool:
    """Whether there is only speech before the next question."""
    return isinstance(next((action for action in actions if not isinstance(action, Say)), None), Ask)


def _is_again(question: Ask, last: _Answered) -> bool:
    """Whether a question is the one that was asked before, so that it needn't be heard again to be answered."""
    return question.text == last.ask.text or (question.question == last.ask.question and not last.ask.at_length)


def _manner_of(action: Say | Ask) -> Manner:
    if isinstance(action, Ask):
        return Manner(asks=True)
    return Manner(dictates=action.dictates, opens_paragraph=action.opens_paragraph)
