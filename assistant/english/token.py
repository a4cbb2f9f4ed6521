"""Words as rules see them: each with its time and its place in the answer, and what is known of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, TypeVar

from assistant.english.normalise import words_and_halves
from assistant.english.words import FILLERS

_Tokens = TypeVar("_Tokens", bound=Sequence["Token"])
_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Token:
    """A spoken word.

    Attributes
    ----------
    word : str
        Lower-case, without punctuation.
    index : int
        Its place in the answer, fillers counted.
    turn : int
        The answer's number in the session.
    start_s, end_s : float
        Seconds within the answer.
    pause_s : float
        Silence before it, in seconds. Where words before it were dropped, the silence that they leave.
    filler : bool
    mark : str
        The sentence mark that the second ear wrote after it, or nothing.
    name : bool
        Whether the second ear wrote it with a capital inside a sentence.
    held : bool
        Whether it was drawn out, as if more were to come.
    """

    word: str
    index: int
    turn: int
    start_s: float
    end_s: float
    pause_s: float = 0.0
    filler: bool = False
    mark: str = ""
    name: bool = False
    held: bool = False


class Doc(tuple[Token, ...]):
    """The words of one utterance in order, with what rules have found out about their places.

    A tuple of tokens; what is cut out of it is a plain tuple, since its places are others.
    """

    @cached_property
    def words(self) -> list[str]:
        """The words alone."""
        return [token.word for token in self]

    @cached_property
    def annotations(self) -> dict[Any, Any]:
        """What has been found out so far, by who asked; see `annotation`."""
        return {}


def annotation(rule: Callable[[_Tokens, int], _Found]) -> Callable[[_Tokens, int], _Found]:
    """Work out what a rule says about a place in a `Doc` once, however many other rules ask for it.

    Parameters
    ----------
    rule : callable
        Goes by the tokens and the place alone. About a plain sequence of tokens nothing is remembered.
    """

    @wraps(rule)
    def ask(tokens: _Tokens, at: int) -> _Found:
        if not isinstance(tokens, Doc):
            return rule(tokens, at)
        found: dict[int, _Found] = tokens.annotations.setdefault(rule, {})
        if at not in found:
            found[at] = rule(tokens, at)
        return found[at]

    return ask


def tokens_of_text(text: str) -> Doc:
    """Plain words that have neither times nor silences between them; half words keep their hyphen."""
    return Doc(
        Token(word, index, 0, float(index), float(index), filler=word in FILLERS)
        for index, word in enumerate(words_and_halves(text))
    )
