"""Where a repair takes up again: the earlier word that it starts over from, by sameness or by kind of word."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon import can_be_adverb, lemmas_of, tags_of
from assistant.english.words import (
    ARTICLES,
    BE,
    DEMONSTRATIVES,
    DO_AND_MODALS,
    HAVE,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    SUBORDINATORS,
    is_contraction,
    subject_of,
)

_ORDINALS = frozenset("first second third fourth fifth last next other whole same".split())
_CLOSED: dict[str, frozenset[str]] = {
    "determiner": ARTICLES | POSSESSIVES | DEMONSTRATIVES | frozenset("his her some every each another".split()),
    "preposition": PREPOSITIONS,
    "question": QUESTION_WORDS | SUBORDINATORS,
    "number": NUMBERS | {"once", "twice"},
    "ordinal": _ORDINALS,
    "be": BE,
    "have": HAVE,
    "modal": DO_AND_MODALS,
}
_FAMILIES = (
    frozenset(("NN", "NNS")),
    frozenset(("JJ", "JJR", "JJS")),
    frozenset(("VBD",)),
    frozenset(("VBZ",)),
    frozenset(("VBG",)),
    frozenset(("VBN",)),
    frozenset(("VB", "VBP")),
)


def base_of(word: str) -> str:
    """What two starts of a clause have in common: the pronoun of "it's" and "it"; the word itself else."""
    return subject_of(word) or word


def common_start(words: Sequence[str], start: int, resumed: int) -> int:
    """How many words from `start` (and before `resumed`) are said again, in the same order, from `resumed` on."""
    count = 0
    while (
        start + count < resumed
        and resumed + count < len(words)
        and base_of(words[start + count]) == base_of(words[resumed + count])
    ):
        count += 1
    return count


def same_kind(one: str, other: str) -> bool:
    """Whether one word can stand where the other stands: "the" and "a", "in" and "at", "sad" and "slow"."""
    if subject_of(one) and subject_of(other):
        return True
    closed = [{name for name, words in _CLOSED.items() if word in words} for word in (one, other)]
    if closed[0] or closed[1]:
        return not closed[0].isdisjoint(closed[1])
    if any(word in SUBJECTS or is_contraction(word) for word in (one, other)):
        return False
    first, second = tags_of(one), tags_of(other)
    if not first or not second:
        # Names are in no dictionary; one may stand where another or where a noun does.
        return not (first or second) or not (first | second).isdisjoint(_FAMILIES[0])
    return any(not first.isdisjoint(family) and not second.isdisjoint(family) for family in _FAMILIES)


def same_verb(one: str, other: str) -> bool:
    """Whether two words are forms of one verb or auxiliary: "makes", "made"; "can't", "couldn't"."""
    pair = {word.removesuffix("n't") for word in (one, other)}
    if pair <= {"ca", "can", "could"} or pair <= {"wo", "will", "would"} or pair <= HAVE or pair <= BE:
        return True
    verbal = all(not tags_of(word).isdisjoint(("VBD", "VBZ", "VBP")) for word in (one, other))
    return verbal and not lemmas_of(one).isdisjoint(lemmas_of(other))


def is_intensifier(word: str) -> bool:
    """Whether a word can strengthen or weaken the next ("really", "so")."""
    return can_be_adverb(word) or word in {"so", "very", "too"}
