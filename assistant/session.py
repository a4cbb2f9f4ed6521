"""The one loop that drives a conversation: desk, kiosk and replay differ only in what is plugged in."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol, cast

import numpy as np

from assistant.analysis import analysis_document, without_manner
from assistant.audio.frame import RATE_HZ, Frame, Samples
from assistant.audio.source import Source
from assistant.barge_in import BargeIn
from assistant.conversation.actions import Action, Ask, Compose, Deliver, End, Remember, Revise, Say, StopSensing
from assistant.conversation.conversation import Conversation
from assistant.conversation.heard import Heard
from assistant.delivery.outbox import Outbox
from assistant.films.catalogue import Catalogue
from assistant.films.mentions import films_named
from assistant.hearing.answer import Answer
from assistant.hearing.command_recogniser import PairedRecogniser
from assistant.hearing.events import Caption, FillerNoticed, PauseNoticed, TurnEnded
from assistant.hearing.listener import Listener
from assistant.hearing.turn import Patience
from assistant.hesitation.speaker import Impression
from assistant.manner import Manner
from assistant.review.compose import compose
from assistant.review.material import Brief, Romance, Said
from assistant.review.material import Voice as ReviewVoice
from assistant.review.review import Review
from assistant.review.strength import Strength
from assistant.store import Destination, Store, Turn
from assistant.voice.voice import Voice

BRIEFLY = Patience()
AT_LENGTH = Patience(usual_s=1.2)
"""For answers of several sentences: people who are looking for words are silent for a second between two of them."""


class Watcher(Protocol):
    """Sees a session go by: captions, a kiosk's log, or nothing."""

    def said(self, text: str, question: str | None) -> None:
        """The assistant says something."""

    def listening(self) -> None:
        """The person has the word."""

    def sound(self, frame: Frame) -> None:
        """Sound was heard."""

    def caption(self, text: str) -> None:
        """Words were understood; the last ones may change."""

    def noticed(self, event: FillerNoticed | PauseNoticed) -> None:
        """Something about how it is said was noticed."""

    def heard(self, answer: Answer, impression: Impression | None) -> None:
        """An answer is complete; `impression` is None where it isn't listened for how it was said."""

    def composing(self) -> None:
        """The review is being made."""

    def delivered(self, path: str) -> None:
        """The review has arrived somewhere."""


class Hearing(Protocol):
    """Hears an answer a second time, for its wording."""

    def hear(self, samples: Samples) -> str | None:
        """The words, or None where nothing was understood."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a session is plugged together from; all of it open and ready.

    Attributes
    ----------
    source : Source
        Where the person is heard.
    listener : Listener
    model : str
        Name of the speech model.
    voice : Voice
        What the assistant speaks with.
    store : Store
    watcher : Watcher
    destinations : sequence of Destination
        Where a sent review goes.
    composer : callable
        Makes a review of what was said.
    commands : PairedRecogniser, optional
        Told when spoken commands or titles are to be expected; asked what it heard as one.
    films : callable, optional
        Gives the films that titles are looked up among.
    second_hearing : Hearing, optional
    strength : Strength
        How much is taken out of what was said.
    keep_audio : bool
        Whether the sound of each answer is kept in the store.
    barge_in : BargeIn, optional
        Hears whoever breaks in; without it, what is said while the assistant speaks goes by.
    """

    source: Source
    listener: Listener
    model: str
    voice: Voice
    store: Store
    watcher: Watcher
    destinations: Sequence[Destination]
    composer: Callable[[Sequence[Said], Brief], Review | None] = compose
    commands: PairedRecogniser | None = None
    films: Callable[[], Catalogue] | None = None
    second_hearing: Hearing | None = None
    strength: Strength = Strength.CLEAN
    keep_audio: bool = False
    barge_in: BargeIn | None = None


class Session:
    """One conversation with one person.

    Parameters
    ----------
    parts : Parts
    conversation : Conversation
    person : str, optional
        Whom it is with.
    interview : str, optional
        The script's name.
    sensing : bool
        Whether it is listened for how the person speaks; if not, nothing of that is computed.
    today : callable
        The day on which the film counts as watched.
    """

    def __init__(
        self,
        parts: Parts,
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
        self._manner = Manner() if sensing else None
        self._spoken_of: set[int] = set()
        self._turns = 0
        self._to_hear_again: dict[int, Samples] = {}
        self._has_review = False
        self._status: str | None = None
        self._disturbed = False
        """Whether there was a noise that wasn't a word: until the next answer nobody breaks in."""
        self.id = ""

    def run(self) -> str:
        """Hold the conversation to its end.

        Whatever breaks it off, an error or an interrupt, what was said until then is in the store, and so is the
        answer that was being given.

        Returns
        -------
        str
            The session's id in the store.
        """
        if self._manner is not None:
            self._manner.load()
        store = self._parts.store
        self.id = store.open_session(self._person, self._interview)
        self._parts.voice.prepare(self._conversation.known_ahead)
        try:
            actions = deque(self._conversation.start())
            while actions:
                actions.extendleft(reversed(self._do(actions.popleft(), actions)))
        finally:
            if self._status is None:
                store.set_status(self.id, "unsent" if self._has_review else "abandoned")
        return self.id

    def _do(self, action: Action, later: deque[Action]) -> list[Action]:
        """Do one thing; what comes of it goes before what is to be done `later`."""
        match action:
            case Say(text):
                if self._speak(text, None, to_be_answered=_leads_to_question(later)):
                    return self._hear_interruption(action, later)
            case Ask(text, question):
                if action.of_manner:
                    self._spoken_of.add(self._turns)
                if self._speak(text, question, to_be_answered=True):
                    return self._hear_interruption(action, later)
                return self._go_on_from(self._hear(action))
            case Remember():
                self._remember(action)
            case StopSensing():
                self._stop_sensing()
            case Compose():
                return self._compose()
            case Revise(review):
                self._parts.store.save_review(self.id, review, self._today())
            case Deliver():
                return self._deliver()
            case End(status):
                self._status = status
                if self._parts.store.session(self.id).status == "open":
                    self._parts.store.set_status(self.id, status)
        return []

    def _speak(self, text: str, question: str | None, *, to_be_answered: bool) -> bool:
        """Say something; whether somebody broke in."""
        self._keep(Turn(self._turns, "assistant", text, question))
        parts = self._parts
        parts.watcher.said(text, question)
        may_break_in = to_be_answered and self._conversation.may_be_interrupted and not self._disturbed
        if parts.barge_in is not None and may_break_in:
            return parts.barge_in.say(parts.voice, text)
        parts.voice.say(text)
        return False

    def _hear_interruption(self, broken_off: Say | Ask, later: deque[Action]) -> list[Action]:
        """Hear who broke in, as an answer to the question to come; what was to be said until then isn't."""
        unsaid: list[Say | Ask] = [broken_off]
        while not isinstance(ask := unsaid[-1], Ask):
            following = later.popleft()
            assert isinstance(following, Say | Ask)
            unsaid.append(following)
        heard = self._hear(ask)
        if not heard.answer.words:
            # A cough, or something fell down.
            self._disturbed = True
            return list(unsaid)
        self._conversation.cut_short([action.text for action in unsaid])
        return self._go_on_from(heard)

    def _go_on_from(self, heard: Heard) -> list[Action]:
        self._disturbed = False
        following = self._conversation.hear(heard)
        self._keep_profile()
        return following

    def _hear(self, ask: Ask) -> Heard:
        """Listen until the turn is over, and have the answer on disk before anything else happens."""
        parts = self._parts
        begun = parts.barge_in.taken() if parts.barge_in is not None else ()
        if not begun:
            parts.source.attend(ask.question)
        if parts.commands is not None:
            parts.commands.expect(self._conversation.expected)
        patience = AT_LENGTH if ask.at_length else BRIEFLY
        if self._manner is not None:
            self._manner.begin()
            patience = self._manner.patience(patience)
        parts.listener.begin(patience, ask.completeness, manner=self._manner is not None)
        parts.watcher.listening()
        sound: list[Samples] = []
        try:
            answer = replace(self._listen(sound, begun), interrupts=bool(begun))
        except BaseException:
            # Gone in mid-answer: what was heard up to here counts.
            self._keep_answer(_answer_in(parts.listener.finish()), ask, sound)
            raise
        turn = self._turns
        impression = self._keep_answer(answer, ask, sound)
        if parts.second_hearing is not None and answer.words:
            self._to_hear_again[turn] = np.concatenate(sound)
        if parts.commands is None:
            return Heard(turn, answer, impression)
        return Heard(turn, answer, impression, parts.commands.as_command, parts.commands.as_title)

    def _listen(self, sound: list[Samples], begun: Iterable[Frame]) -> Answer:
        parts = self._parts
        keep = parts.keep_audio or parts.second_hearing is not None
        for frame in _frames(begun, parts.source):
            if keep:
                sound.append(frame.samples)
            if self._manner is not None:
                self._manner.feed(frame.samples)
            parts.watcher.sound(frame)
            for event in parts.listener.feed(frame):
                if isinstance(event, Caption):
                    parts.watcher.caption(event.text)
                elif isinstance(event, FillerNoticed | PauseNoticed):
                    parts.watcher.noticed(event)
                elif isinstance(event, TurnEnded):
                    return event.answer
        return _answer_in(parts.listener.finish())

    def _keep_answer(self, answer: Answer, ask: Ask, sound: list[Samples]) -> Impression | None:
        impression = self._manner.judge(self._turns, answer) if self._manner is not None else None
        analysis = analysis_document(answer, impression, source=self._parts.source.name, model=self._parts.model)
        turn = Turn(self._turns, "person", answer.text, ask.question, analysis)
        self._keep(turn)
        if self._parts.keep_audio and sound:
            self._parts.store.keep_audio(self.id, turn.number, np.concatenate(sound), RATE_HZ)
        self._parts.watcher.heard(answer, impression)
        return impression

    def _remember(self, said: Remember) -> None:
        assert self._manner is not None
        store = self._parts.store
        analysis = store.turns(self.id)[said.turn].analysis
        assert analysis is not None
        analysis = self._manner.take_their_word(said.turn, analysis, said.feeling, said.agreed, said.reply)
        store.set_agreed(self.id, said.turn, said.agreed, analysis)

    def _stop_sensing(self) -> None:
        """Take back all that is known of how the person spoke: here, and in the store without a trace."""
        self._manner = None
        turns = self._parts.store.turns(self.id)
        self._parts.store.rewrite(self.id, [self._without_manner(turn) for turn in turns])

    def _without_manner(self, turn: Turn) -> Turn:
        if turn.number in self._spoken_of:
            return replace(turn, text="")
        if turn.analysis is None:
            return turn
        analysis = without_manner(turn.analysis)
        return replace(turn, text=analysis["text"], analysis=analysis, agreed=None)

    def _keep(self, turn: Turn) -> None:
        self._parts.store.add_turn(self.id, turn)
        self._turns += 1

    def _keep_profile(self) -> None:
        store, conversation = self._parts.store, self._conversation
        store.set_profile(self.id, conversation.account.profile)
        store.set_film(self.id, conversation.account.film)
        store.set_rating(self.id, conversation.account.rating)

    def _compose(self) -> list[Action]:
        conversation = self._conversation
        self._parts.watcher.composing()
        said = [self._heard_again(said) for said in conversation.account.said]
        review = self._parts.composer(said, self._brief(said))
        if review is not None:
            self._parts.store.save_review(self.id, review, self._today())
            self._has_review = True
            self._parts.voice.prepare(sentence.text for sentence in review.sentences)
        return conversation.composed(review)

    def _heard_again(self, said: Said) -> Said:
        """Hear an answer a second time: not before the review is made, because it takes seconds."""
        hearing = self._parts.second_hearing
        if hearing is None or said.turn not in self._to_hear_again:
            return said
        return replace(said, text=hearing.hear(self._to_hear_again[said.turn]))

    def _brief(self, said: Sequence[Said]) -> Brief:
        conversation, films = self._conversation, self._parts.films
        profile = conversation.account.profile
        spoken = [each.text or each.answer.spoken for each in said]
        others = [title for text in spoken for title in films_named(films(), text)] if films is not None else []
        return Brief(
            film=conversation.account.film,
            rating=conversation.account.rating,
            voice=cast("ReviewVoice | None", profile.get("voice")),
            romance=cast("Romance | None", profile.get("romance")),
            names=tuple(dict.fromkeys([*conversation.account.names, *others])),
            strength=self._parts.strength,
        )

    def _deliver(self) -> list[Action]:
        store = self._parts.store
        store.send(self.id, self._parts.destinations)
        self._status = "sent"
        Outbox(store).deliver_due()
        entries = store.entries(self.id)
        for entry in entries:
            if entry.result is not None:
                self._parts.watcher.delivered(entry.result["path"])
        return self._conversation.delivered(all(entry.state == "delivered" for entry in entries))


def _leads_to_question(actions: Iterable[Action]) -> bool:
    """Whether nothing but what is said comes before a question."""
    return isinstance(next((action for action in actions if not isinstance(action, Say)), None), Ask)


def _frames(begun: Iterable[Frame], source: Source) -> Iterator[Frame]:
    """Frames heard already, then those to come, until the source ends."""
    yield from begun
    while (frame := source.read()) is not None:
        yield frame


def _answer_in(events: Sequence[object]) -> Answer:
    return next(event.answer for event in events if isinstance(event, TurnEnded))
