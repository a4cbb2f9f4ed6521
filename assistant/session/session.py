"""The loop that drives a conversation: desk, kiosk and replay differ only in their components."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from itertools import takewhile
from typing import cast

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
    Revise,
    Say,
    StopSensing,
)
from assistant.dialogue.conversation import Conversation
from assistant.films.mentions import films_named
from assistant.memory import give_back
from assistant.review import ReviewRequest, Romance, people_named
from assistant.review import Voice as ReviewVoice
from assistant.session.components import SessionComponents
from assistant.session.transcript import Transcript
from assistant.session.turn_recorder import TurnRecorder
from assistant.tts.voice import Manner
from assistant.turns.answer import TurnEnd
from assistant.turns.user_turn import UserTurn

_STOPPED = "I have to stop you there. Everything up to here is kept."
_MISSED = "I couldn't hear you for a moment."
_MISSED_S = 0.5
"""So much lost sound is more than a machine that is busy: the microphone was unplugged."""
_MOST_MISSED = 3
"""How often the same question is asked again for that."""


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
        self._told_muted = False
        self._missed = 0
        self._disturbed = False
        """Whether there was a noise that wasn't a word: then there is no barge-in until the next answer."""

    @property
    def id(self) -> str:
        """The session's id in the store; empty before there is one."""
        return self._transcript.session

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
        self._parts.listener.release()
        give_back()

    def _do(self, action: Action, later: deque[Action]) -> list[Action]:
        """Do one action, and return the actions that follow from it, to be done before those in `later`."""
        match action:
            case Say():
                if self._speak(action, to_be_answered=_leads_to_question(later)):
                    return self._hear_interruption(action, later)
            case Ask():
                if self._speak(action, to_be_answered=True):
                    return self._hear_interruption(action, later)
                return self._go_on_from(self._hear(action), action)
            case Remember():
                self._recorder.confirm(action)
            case StopSensing():
                self._recorder.stop_sensing()
            case AdjustVoice(tempo, gain_db):
                self._parts.voice.adjust(tempo, gain_db)
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

    def _speak(self, action: Say | Ask, *, to_be_answered: bool) -> bool:
        """Say something, and return whether the person broke in."""
        parts, text = self._parts, action.text
        question = action.question if isinstance(action, Ask) else None
        self._transcript.add_prompt(text, question, about_delivery=isinstance(action, Ask) and action.about_delivery)
        parts.watcher.said(text, question)
        parts.voice.adopt(_manner_of(action))
        may_break_in = to_be_answered and self._conversation.may_be_interrupted and not self._disturbed
        if parts.barge_in is not None and may_break_in:
            return parts.barge_in.say(parts.voice, text)
        parts.voice.say(text)
        return False

    def _hear(self, ask: Ask) -> UserTurn:
        return self._recorder.record(ask, self._conversation.expected, self._foresee)

    def _foresee(self, turn: UserTurn) -> None:
        """Have rendered what will be said if this is the answer. The conversation stays where it is."""
        following = self._conversation.copy().hear(turn)
        said = takewhile(lambda action: isinstance(action, Say | Ask), following)
        self._parts.voice.prepare(action.text for action in said if isinstance(action, Say | Ask))

    def _hear_interruption(self, broken_off: Say | Ask, later: deque[Action]) -> list[Action]:
        """Listen to a person who broke in, as an answer to the next question; skip everything to be said before it."""
        unsaid: list[Say | Ask] = [broken_off]
        while not isinstance(ask := unsaid[-1], Ask):
            following = later.popleft()
            assert isinstance(following, Say | Ask)
            unsaid.append(following)
        heard = self._hear(ask)
        if not heard.answer.words:
            # A cough, or something that fell down.
            self._disturbed = True
            return list(unsaid)
        self._conversation.cut_short([action.text for action in unsaid])
        return self._go_on_from(heard, ask)

    def _go_on_from(self, heard: UserTurn, ask: Ask) -> list[Action]:
        self._disturbed = False
        missed = self._parts.live and heard.answer.lost_s >= _MISSED_S
        if missed and self._missed < _MOST_MISSED and not (ask.at_length and heard.answer.words):
            self._missed += 1
            return [Say(_MISSED), ask]
        self._missed = 0
        following = self._conversation.hear(heard)
        store, state = self._parts.store, self._conversation.state
        store.set_profile(self.id, state.profile)
        store.set_film(self.id, state.film)
        store.set_rating(self.id, state.rating)
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


def _manner_of(action: Say | Ask) -> Manner:
    if isinstance(action, Ask):
        return Manner(asks=True)
    return Manner(dictates=action.dictates, opens_paragraph=action.opens_paragraph)
