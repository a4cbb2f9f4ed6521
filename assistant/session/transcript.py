"""What both say in a session, turn by turn, in the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from assistant.audio.frame import RATE_HZ, Samples
from assistant.store import Store, Turn
from assistant.turns.document import without_manner


class Transcript:
    """Keeps every turn as soon as there is one; begins with `open`.

    Parameters
    ----------
    store : Store

    Attributes
    ----------
    session : str
        The session's id in the store; empty before there is one.
    next : int
        Number of the turn that comes next.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._of_manner: set[int] = set()
        self.session = ""
        self.next = 0

    def open(self, person: str | None, interview: str | None) -> None:
        """Begin a session with `person`; `interview` is the script's name."""
        self.session = self._store.open_session(person, interview)

    def says(self, text: str, question: str | None, *, of_manner: bool = False) -> None:
        """Keep what the assistant says; `of_manner` tells whether it speaks of how something was said."""
        if of_manner:
            self._of_manner.add(self.next)
        self._add(Turn(self.next, "assistant", text, question))

    def hears(self, text: str, question: str | None, analysis: Mapping[str, Any], sound: Samples | None = None) -> None:
        """Keep an answer with its analysis, and its sound if that is given: int16 mono at 16 kHz."""
        number = self.next
        self._add(Turn(number, "person", text, question, analysis))
        if sound is not None:
            self._store.keep_audio(self.session, number, sound, RATE_HZ)

    def analysis(self, turn: int) -> Mapping[str, Any]:
        """The analysis of the answer with the number `turn`."""
        analysis = self._store.turns(self.session)[turn].analysis
        assert analysis is not None
        return analysis

    def set_agreed(self, turn: int, agreed: bool | None, analysis: Mapping[str, Any]) -> None:
        """Keep what the person said of an impression, and the analysis as it is after that."""
        self._store.set_agreed(self.session, turn, agreed, analysis)

    def drop_manner(self) -> None:
        """Take back all that is known of how the person spoke, without a trace."""
        turns = self._store.turns(self.session)
        self._store.rewrite(self.session, [self._without_manner(turn) for turn in turns])

    def _without_manner(self, turn: Turn) -> Turn:
        if turn.number in self._of_manner:
            return replace(turn, text="")
        if turn.analysis is None:
            return turn
        analysis = without_manner(turn.analysis)
        return replace(turn, text=analysis["text"], analysis=analysis, agreed=None)

    def _add(self, turn: Turn) -> None:
        self._store.add_turn(self.session, turn)
        self.next += 1
