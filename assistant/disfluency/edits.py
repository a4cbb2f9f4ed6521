"""The closed list of what may be taken out of spoken words, and the record of each time it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from assistant.english.token import Doc, Token

# A filler is a pause with voice in it; as a pause between the words on both sides it counts this much.
_FILLER_PAUSE_S = 0.25
# "a joke you know a man and his computer": an empty phrase parts what is on both sides of it.
_DISCOURSE_PAUSE_S = 0.5


class EditKind(Enum):
    """Why words were dropped or spelled in another way. Nothing else is ever done to what was said."""

    FILLER = "filler"
    """ "um", "uh" """
    REPEAT = "repeat"
    """ "the the": the first is dropped """
    RESTART = "restart"
    """ "i was i used to be": the false start is dropped """
    REPAIR = "repair"
    """ "on friday no on sunday": what is taken back is dropped, and the words that say so """
    CUT_OFF = "cut_off"
    """ "the cam- the camera": the half word is dropped, and what was given up with it """
    DISCOURSE = "discourse"
    """ "you know", "well" where they say nothing """
    HANGING = "hanging"
    """ "but" at the end of an answer """
    MARK = "mark"
    """ "full stop": written as one, if at all """
    NUMBER = "number"
    """ "twenty thirteen": written as 2013 """
    SPELLING = "spelling"
    """ "its a film": written with its apostrophe """
    CONNECTIVE = "connective"
    """ "and" at the start of a sentence that no longer follows its own predecessor, "yes" at the start of an answer """


@dataclass(frozen=True, slots=True)
class Edit:
    """Words that were dropped together, and why.

    Attributes
    ----------
    kind : EditKind
    tokens : tuple of Token
    written : str
        What stands in their place; nothing where they were taken out.
    """

    kind: EditKind
    tokens: tuple[Token, ...]
    written: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The dropped words."""
        return tuple(token.word for token in self.tokens)

    @property
    def start_s(self) -> float:
        """Where the first of them began, in seconds within the answer."""
        return self.tokens[0].start_s

    @property
    def end_s(self) -> float:
        """Where the last of them ended, in seconds within the answer."""
        return self.tokens[-1].end_s


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What is left of spoken words, and what was taken out of them."""

    tokens: Doc
    edits: tuple[Edit, ...] = ()

    @property
    def text(self) -> str:
        """The words that are left."""
        return " ".join(token.word for token in self.tokens)

    def with_mark(self, at: int, mark: str) -> Cleaned:
        """The same with a mark after the token at `at`."""
        tokens = list(self.tokens)
        tokens[at] = replace(tokens[at], mark=mark)
        return replace(self, tokens=Doc(tokens))

    def without(self, start: int, stop: int, kind: EditKind) -> Cleaned:
        """The same without the tokens `start` to `stop` (exclusive); the silence around them is kept."""
        dropped = self.tokens[start:stop]
        before, after = list(self.tokens[:start]), list(self.tokens[stop:])
        if after:
            after[0] = replace(after[0], pause_s=_pause(kind, dropped, after[0]))
        if before and dropped[-1].mark and not before[-1].mark:
            before[-1] = replace(before[-1], mark=dropped[-1].mark)
        return Cleaned(Doc((*before, *after)), (*self.edits, Edit(kind, dropped)))


def _pause(kind: EditKind, dropped: Sequence[Token], following: Token) -> float:
    fillers = sum(_FILLER_PAUSE_S + token.pause_s for token in dropped if token.filler)
    apart = _DISCOURSE_PAUSE_S if kind is EditKind.DISCOURSE and len(dropped) > 1 else 0.0
    return max(apart, fillers + following.pause_s, *(token.pause_s for token in dropped))
