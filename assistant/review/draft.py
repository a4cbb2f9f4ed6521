"""Sentences on their way into a review: written, with the words that they were made of and what was left out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.review.aspects import aspects_of, judges_film
from assistant.review.chatter import is_about_interview, is_chatter
from assistant.review.clauses import can_end, can_start, is_whole
from assistant.review.clean import clean
from assistant.review.edits import Edit, EditKind
from assistant.review.material import Said
from assistant.review.review import Passage, Sentence
from assistant.review.sentences import SENTENCE_PAUSE_S, sentences_of
from assistant.review.spelling import spell
from assistant.review.strength import Strength
from assistant.review.token import Token, tokens_of
from assistant.review.words import DEMONSTRATIVES, DETERMINERS, subject_of
from assistant.review.writing import write

# A sentence that begins with one of these leans on the one before it.
_LEANS = frozenset("he she they him them that this these those because cos 'cause which who but or then".split())
_ADDS = frozenset(("and", "so"))
_LEADS = frozenset(("and", "but", "so", "or"))


@dataclass(frozen=True, slots=True)
class Draft:
    """A sentence with where it comes from.

    Attributes
    ----------
    number : int
        Its place among all sentences as they were said, from 0.
    question : str
        What it answered.
    tokens : tuple of Token
        Its words.
    edits : tuple of Edit
        What was left out in it and before it, and after the last sentence of an answer.
    text : str
        As written.
    names : tuple of str
        Names that are written with capitals in it.
    """

    number: int
    question: str
    tokens: tuple[Token, ...]
    edits: tuple[Edit, ...]
    text: str
    names: tuple[str, ...] = ()

    @property
    def turn(self) -> int:
        """The answer it comes from."""
        return self.tokens[0].turn

    @property
    def words(self) -> tuple[str, ...]:
        """Its words as they were said, without what was left out."""
        return tuple(token.word for token in self.tokens)

    @property
    def aspects(self) -> set[str]:
        """The sides of the film that it speaks of."""
        return aspects_of(" ".join(self.words))

    @property
    def sentence(self) -> Sentence:
        """The sentence of a review that it becomes."""
        return Sentence(self.text, (Passage(self.turn, self.tokens[0].start_s, self.tokens[-1].end_s),))

    def follows(self, other: Draft | None) -> bool:
        """Whether it was said right after `other`."""
        return other is not None and other.turn == self.turn and other.number == self.number - 1

    def leans_on(self, other: Draft | None) -> bool:
        """Whether it makes sense only after `other`: "he is so alone", "but it works", "it's the best of it"."""
        if other is None or not self.follows(other):
            return False
        first = next((word for word in self.words if word not in _ADDS), "")
        if first in _LEANS or subject_of(first) in _LEANS:
            return True
        aspects = self.aspects
        if not aspects:
            return not judges_film(" ".join(self.words))
        return subject_of(first) == "it" and aspects <= other.aspects

    @property
    def stands_alone(self) -> bool:
        """Whether it can be understood without the sentence before it."""
        first = next((word for word in self.words if word not in _LEADS), "")
        return first not in _LEANS and subject_of(first) not in _LEANS

    def without_lead(self, title: str | None) -> Draft:
        """The same without "and", "but", "so" at its start, for a place where it follows on nothing."""
        return _without(self, _LEADS, title)


def drafts_of(
    said: Sequence[Said], title: str | None = None, names: Sequence[str] = (), strength: Strength = Strength.CLEAN
) -> list[Draft]:
    """The usable sentences of some answers, in the order in which they were said.

    Parameters
    ----------
    said : sequence of Said
    title : str or None
        The film's title, for its capitals.
    names : sequence of str
        Other names; see `assistant.review.writing.write`.
    strength : Strength
        How much is taken out.
    """
    drafts: list[Draft] = []
    for answer in said:
        cleaned = clean(tokens_of(answer), strength)
        pieces = [piece for stretch in _stretches(cleaned.tokens) for piece in sentences_of(stretch)]
        for at, tokens in enumerate(pieces):
            low = pieces[at - 1][-1].index if at else -1
            high = tokens[-1].index if at + 1 < len(pieces) else math.inf
            edits = tuple(edit for edit in cleaned.edits if low < edit.tokens[0].index < high)
            spelled, spellings = spell(tokens)
            text = write(spelled, title, names)
            draft = Draft(len(drafts), answer.question, spelled, (*edits, *spellings), text, tuple(names))
            draft = _without(draft, frozenset(("and",)), title)
            if is_whole(draft.tokens) and not is_chatter(draft.words):
                drafts.append(draft)
    return drafts


def _stretches(tokens: Sequence[Token]) -> list[tuple[Token, ...]]:
    """What is left of an answer when remarks about the interview, between pauses, are cut out of it."""
    if not tokens:
        return []
    starts = [at for at, token in enumerate(tokens) if not at or token.pause_s >= SENTENCE_PAUSE_S]
    stretches: list[tuple[Token, ...]] = [()]
    for start, stop in zip(starts, [*starts[1:], len(tokens)], strict=True):
        chunk = tuple(tokens[start:stop])
        apart = (not start or can_end(tokens, start - 1)) and (stop == len(tokens) or can_start(tokens[stop:]))
        if apart and is_about_interview([token.word for token in chunk]):
            stretches.append(())
        else:
            stretches[-1] += chunk
    return [stretch for stretch in stretches if stretch]


def _leads(words: Sequence[str]) -> bool:
    """Whether the first word joins a sentence on: not the "so" of "so good"."""
    first, second = words
    return first != "so" or subject_of(second) is not None or second in DETERMINERS | DEMONSTRATIVES


def _without(draft: Draft, leads: frozenset[str], title: str | None) -> Draft:
    start = 0
    while start < len(draft.tokens) - 1 and _leads(draft.words[start : start + 2]) and draft.words[start] in leads:
        start += 1
    if not start or not is_whole(draft.tokens[start:]):
        return draft
    edit = Edit(EditKind.CONNECTIVE, draft.tokens[:start])
    tokens = draft.tokens[start:]
    text = write(tokens, title, draft.names)
    return replace(draft, tokens=tokens, edits=(edit, *draft.edits), text=text)
