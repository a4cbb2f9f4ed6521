"""The components of a session, and their interfaces."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.asr.biased_recogniser import BiasedRecogniser
from assistant.asr.endpointing import EndpointTimeouts, Patience
from assistant.asr.events import FillerNoticed, PauseNoticed
from assistant.asr.listener import Listener
from assistant.audio.frame import AudioSource, Frame
from assistant.disfluency import Strength
from assistant.films.catalogue import FilmCatalogue
from assistant.review import Review, ReviewRequest, compose
from assistant.session.barge_in import BargeIn
from assistant.session.keyboard import Keyboard
from assistant.store import Destination, Store
from assistant.tts.voice import Voice
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment
from assistant.turns.user_turn import UserTurn


class Watcher:
    """Watches a session. This one does nothing; captions and a kiosk's log override what they need."""

    def said(self, text: str, question: str | None) -> None:
        """The assistant says something."""

    def speaking(self, sentence: str) -> None:
        """A sentence of what the assistant says begins to be heard."""

    def listening(self) -> None:
        """It is the person's turn."""

    def typing(self) -> None:
        """It is the person's turn, and they type."""

    def sound(self, frame: Frame) -> None:
        """Sound was heard."""

    def caption(self, text: str) -> None:
        """Words were understood; the last ones may still change."""

    def noticed(self, event: FillerNoticed | PauseNoticed) -> None:
        """Something about how the person speaks was noticed."""

    def long_answer(self) -> None:
        """The person has been speaking for minutes. The assistant goes on listening; told once a minute."""

    def heard(self, answer: Answer, assessment: Assessment | None) -> None:
        """An answer is complete; `assessment` is None if sensing is off."""

    def warned(self, sentence: str) -> None:
        """Something is wrong with the microphone; told once a session."""

    def composing(self) -> None:
        """The review is being made."""

    def delivered(self, path: str) -> None:
        """The review has arrived somewhere."""

    def undelivered(self, outlet: str, why: str) -> None:
        """The review hasn't arrived at an outlet; `why` is a sentence."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a person may take, where others wait for their turn.

    Attributes
    ----------
    beginning_s : float or None
        How long a question waits for an answer to begin, in seconds; None for as long as usual.
    answer_s : float
        The longest answer, in seconds.
    session_s : float
        The longest session, in seconds; it ends after the answer in which that is over.
    checks_presence : bool
        Whether somebody who is silent is asked, once, whether they are still there, and otherwise taken to have left.
    """

    beginning_s: float | None = None
    answer_s: float = float("inf")
    session_s: float = float("inf")
    checks_presence: bool = False

    def applied_to(self, timeouts: EndpointTimeouts) -> EndpointTimeouts:
        """The same timeouts within these limits."""
        beginning_s = timeouts.beginning_s if self.beginning_s is None else self.beginning_s
        return replace(timeouts, beginning_s=beginning_s, longest_s=min(timeouts.longest_s, self.answer_s))


@dataclass(frozen=True, slots=True)
class SessionComponents:
    """The components of a session, all open and ready.

    Attributes
    ----------
    source : AudioSource or Keyboard
        Where the person's voice comes from, or what they type.
    listener : Listener or None
        None if answers are typed.
    model : str or None
        Name of the speech model; None if there is none.
    voice : Voice
        The assistant's voice.
    store : Store
    watcher : Watcher
    destinations : sequence of Destination
        Where a sent review goes.
    files_only : bool
        Whether only files are delivered now, of earlier reviews as well.
    composer : callable
        Makes a review from what was said.
    commands : BiasedRecogniser, optional
        The recogniser for spoken commands and titles, which is told when to expect them.
    films : callable, optional
        Returns the catalogue to look titles up in.
    strength : Strength
        How much to remove from what was said.
    keep_audio : bool
        Whether the sound of each answer is kept in the store.
    patience : "brisk", "usual" or "patient"
        How long to wait for people who pause.
    barge_in : BargeIn, optional
        Lets people break in; without it, anything said while the assistant speaks is ignored.
    live : bool
        Whether the person is there, and can say again what a microphone that was unplugged has missed.
    limits : Limits
    """

    source: AudioSource | Keyboard
    listener: Listener | None
    model: str | None
    voice: Voice
    store: Store
    watcher: Watcher
    destinations: Sequence[Destination]
    files_only: bool = False
    composer: Callable[[Sequence[UserTurn], ReviewRequest], Review | None] = compose
    commands: BiasedRecogniser | None = None
    films: Callable[[], FilmCatalogue] | None = None
    strength: Strength = Strength.CLEAN
    keep_audio: bool = False
    patience: Patience = "usual"
    barge_in: BargeIn | None = None
    live: bool = False
    limits: Limits = Limits()
