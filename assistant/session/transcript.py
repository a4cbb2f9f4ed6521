"""Both sides of a session, turn by turn, in the store."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from assistant.audio.frame import RATE_HZ, Samples
from assistant.store import Store, Turn


class Transcript:
    """Stores every turn at once; begins with `open`.

    Parameters
    ----------
    store : Store

    Attributes
    ----------
    session : str
        The session's id in the store; empty before there is one.
    next : int
        Number of the next turn.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._about_delivery: set[int] = set()
        self.session = ""
        self.next = 0

    def open(self, person: str | None, interview: str | None) -> None:
        """Begin a session with `person`; `interview` is the script's name."""
        self.session = self._store.open_session(person, interview)

    def add_prompt(self, text: str, question: str | None, *, about_delivery: bool = False) -> None:
        """Keep what the assistant says; `about_delivery` means that it is about how something was said."""
        if about_delivery:
            self._about_delivery.add(self.next)
        self._add(Turn(self.next, "assistant", text, question))

    def add_answer(
        self, text: str, question: str | None, analysis: Mapping[str, Any], sound: Samples | None = None
    ) -> None:
        """Keep an answer with its analysis, and its sound if given: int16 mono at 16 kHz."""
        number = self.next
        self._add(Turn(number, "person", text, question, analysis))
        self._keep_sound(number, sound)

    def replace_answer(
        self, number: int, text: str, question: str | None, analysis: Mapping[str, Any], sound: Samples | None = None
    ) -> None:
        """Keep an answer in place of its beginning, which was kept before."""
        self._store.replace_turn(self.session, Turn(number, "person", text, question, analysis))
        self._keep_sound(number, sound)

    def set_agreed(self, turn: int, agreed: bool | None, analysis: Mapping[str, Any]) -> None:
        """Keep what the person said about an assessment, and the analysis after that."""
        self._store.set_agreed(self.session, turn, agreed, analysis)

    def rewrite(self, answers: Mapping[int, tuple[str, Mapping[str, Any]]]) -> None:
        """Replace the texts and analyses of the answers with these numbers.

        What the assistant said about how something was said is removed, too. No trace of all this is left.
        """
        prompts = [Turn(number, "assistant", "") for number in self._about_delivery]
        said = [Turn(number, "person", text, None, analysis) for number, (text, analysis) in answers.items()]
        self._store.rewrite(self.session, [*prompts, *said])

    def _keep_sound(self, number: int, sound: Samples | None) -> None:
        if sound is not None:
            self._store.keep_audio(self.session, number, sound, RATE_HZ)

    def _add(self, turn: Turn) -> None:
        self._store.add_turn(self.session, turn)
        self.next += 1
