"""What a session is plugged together from, and what those parts have to be able to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.asr.biased_recogniser import BiasedRecogniser
from assistant.asr.events import FillerNoticed, PauseNoticed
from assistant.asr.listener import Listener
from assistant.audio.frame import AudioSource, Frame, Samples
from assistant.disfluency import Strength
from assistant.films.catalogue import FilmCatalogue
from assistant.review import Review, ReviewRequest, compose
from assistant.session.barge_in import BargeIn
from assistant.store import Destination, Store
from assistant.tts.voice import Voice
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment
from assistant.turns.user_turn import UserTurn


class Watcher:
    """Sees a session go by. This one looks away; captions and a kiosk's log look at what they need."""

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

    def heard(self, answer: Answer, assessment: Assessment | None) -> None:
        """An answer is complete; `assessment` is None if it isn't listened for how it was said."""

    def composing(self) -> None:
        """The review is being made."""

    def delivered(self, path: str) -> None:
        """The review has arrived somewhere."""

    def undelivered(self, outlet: str, why: str) -> None:
        """The review hasn't arrived at an outlet; `why` is a sentence."""


class Transcriber(Protocol):
    """Transcribes an answer a second time, for its wording."""

    def transcribe(self, samples: Samples) -> str | None:
        """The words, or None if nothing was understood."""


@dataclass(frozen=True, slots=True)
class SessionComponents:
    """What a session is plugged together from; all of it open and ready.

    Attributes
    ----------
    source : AudioSource
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
    files_only : bool
        Whether nothing but files is delivered now, of earlier reviews either.
    composer : callable
        Makes a review of what was said.
    commands : BiasedRecogniser, optional
        Told when spoken commands or titles are to be expected; asked what it heard as one.
    films : callable, optional
        Gives the films that titles are looked up among.
    second_hearing : Transcriber, optional
    strength : Strength
        How much is taken out of what was said.
    keep_audio : bool
        Whether the sound of each answer is kept in the store.
    barge_in : BargeIn, optional
        Hears whoever breaks in; without it, what is said while the assistant speaks goes by.
    """

    source: AudioSource
    listener: Listener
    model: str
    voice: Voice
    store: Store
    watcher: Watcher
    destinations: Sequence[Destination]
    files_only: bool = False
    composer: Callable[[Sequence[UserTurn], ReviewRequest], Review | None] = compose
    commands: BiasedRecogniser | None = None
    films: Callable[[], FilmCatalogue] | None = None
    second_hearing: Transcriber | None = None
    strength: Strength = Strength.CLEAN
    keep_audio: bool = False
    barge_in: BargeIn | None = None
