"""Where speech was broken off, and the earlier word that it starts over from; for the rules about repairs.

The terms of the field (Shriberg, 1994): a *reparandum* is given up at an *interruption*, sometimes announced ("no", "i
mean"), and the *repair* takes up again.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon import can_be_adverb, lemmas_of, tags_of
from assistant.english.token import Doc, annotation
from assistant.english.words import (
    ANYBODY,
    ARTICLES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    CORE_PREPOSITIONS,
    DEMONSTRATIVES,
    DO_AND_MODALS,
    HAVE,
    MID_ADVERBS,
    NOMINATIVE,
    NUMBERS,
    OBJECT_PRONOUNS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    SUBORDINATORS,
    is_contraction,
    looks_like_verb,
    subject_of,
)

BREAK_PAUSE_S = 0.25
"""A silence of this length, in seconds, makes it likelier that something was broken off before it."""

_AFTER_NO_ARTICLE = (
    SUBJECTS
    | (AUXILIARIES - {"do", "must", "might", "can", "being", "will", "may"})
    | (CORE_PREPOSITIONS | {"under", "between", "during"}) - {"by", "to"}
    | frozenset("and but because if when".split())
    | ARTICLES
    | POSSESSIVES
    | DEMONSTRATIVES
    | OBJECT_PRONOUNS
    | ANYBODY - {"people"}
    | frozenset("there what where why who his her".split())
)
_HARDLY_AFTER_ARTICLE = PREPOSITIONS | SUBORDINATORS | frozenset(("all", "some", "both", "every", "each"))
_NO_PARTICLES = frozenset("of at for from with".split())
_ASIDES = frozenset("think guess suppose mean believe know feel say imagine bet hope wish swear thought".split())
_PARENTHESES = (("you", "know"), ("i", "don't", "know"), ("how", "do", "you", "say"), ("how", "you", "say"))
# "sort of about love", "instead of in a church"
_OF_AFTER = frozenset("sort kind because instead out".split())
# "the thing is it's …" announces a sentence.
_ANNOUNCES = frozenset("thing point problem truth fact question reason trouble part difference idea what".split())
_NO_BREAK = 0
_LIKELY = 1
_CERTAIN = 2
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


@annotation
def breaks(doc: Doc, at: int) -> int:
    """How sure it is that the word at `at` doesn't go on with what is before it.

    Returns
    -------
    int
        0 (it may well go on), 1 (hardly: "was he", "with in", "he when"), 2 (it can't: "the i", "my it's", "she he").
    """
    words = doc.words
    if not at or at >= len(words):
        return _NO_BREAK
    before, word = words[at - 1], words[at]
    if may_follow_anything(words, at):
        return _NO_BREAK
    clause = word in NOMINATIVE or is_contraction(word)
    if before in (ARTICLES | POSSESSIVES) - {"its"}:
        if word in _AFTER_NO_ARTICLE or is_contraction(word):
            return _CERTAIN
        return _LIKELY if word in _HARDLY_AFTER_ARTICLE else _NO_BREAK
    if before in NOMINATIVE or before in {"i'm", "he's", "she's", "we're", "they're"}:
        return _after_subject(before, word, clause)
    third = words[at - 2] if at >= 2 else ""
    if third in NOMINATIVE and (before in MID_ADVERBS or _only_adverb(before)):
        return _CERTAIN if clause else _NO_BREAK
    if before in {"his", "her", "this"}:
        broken = word in CORE_PREPOSITIONS or (word in ARTICLES and before == "his") or (clause and before != "her")
        return _LIKELY if broken else _NO_BREAK
    if before in CORE_PREPOSITIONS:
        return _LIKELY if clause or (word in CORE_PREPOSITIONS and before in _NO_PARTICLES) else _NO_BREAK
    if before in BE | HAVE | DO_AND_MODALS or is_contraction(before):
        return _LIKELY if (clause or word in {"it", "you", "there"}) and at >= 2 else _NO_BREAK
    return _LIKELY if before in {"you", "it"} and word in QUESTION_WORDS and third in CONJUNCTIONS else _NO_BREAK


def may_follow_anything(words: Sequence[str], at: int) -> bool:
    """Whether the word at `at` begins an aside, or belongs to what is before it although few like it do."""
    return _is_parenthesis(words, at) or _goes_on(words, at)


def _after_subject(before: str, word: str, clause: bool) -> int:
    contracted = is_contraction(before)
    if clause:
        return _LIKELY if contracted else _CERTAIN
    if contracted:
        return _NO_BREAK
    if word in ARTICLES | POSSESSIVES:
        return _CERTAIN
    if word in CONJUNCTIONS | QUESTION_WORDS | {"there", "you", "it"}:
        return _LIKELY
    return _NO_BREAK


def _goes_on(words: Sequence[str], at: int) -> bool:
    """Whether a word belongs to what is before it, although few like it do."""
    third, before, word = words[at - 2] if at >= 2 else "", words[at - 1], words[at]
    if before == "of":
        return third in _OF_AFTER and word in CORE_PREPOSITIONS
    if before in BE:
        return third in _ANNOUNCES
    # "my brother and i | we …": who was named together is taken up by one pronoun.
    together = before in NOMINATIVE and third == "and" and at >= 3 and not looks_like_verb(words[at - 3])
    return together and subject_of(word) == ("we" if before == "i" else "they")


def _only_adverb(word: str) -> bool:
    return bool(tags_of(word)) and tags_of(word) <= {"RB", "RBR", "RBS"}


def _is_parenthesis(words: Sequence[str], at: int) -> bool:
    """Whether an aside begins: "he really | i think | meant it", "it can be | you know | funny"."""
    aside = list(words[at : at + 2])
    # "i wish they had | i wish there was": an aside isn't made twice.
    again = any(list(words[place : place + 2]) == aside for place in range(max(0, at - 6), at - 1))
    if any(tuple(words[at : at + len(phrase)]) == phrase for phrase in _PARENTHESES):
        return not again
    return aside[0] == "i" and aside[-1] in _ASIDES and not again


def is_incomplete(words: Sequence[str], start: int, stop: int) -> bool:
    """Whether the words from `start` to `stop` end where more has to come: "the story was", "and then he"."""
    last = words[stop - 1]
    if last in ARTICLES | POSSESSIVES | BE | DO_AND_MODALS | HAVE | {"very"}:
        return True
    if last in CORE_PREPOSITIONS or is_contraction(last):
        return True
    if subject_of(last) and stop - start >= 2:
        return all(
            word in CONJUNCTIONS | QUESTION_WORDS | {"then", "maybe", "that"} for word in words[start : stop - 1]
        )
    return last in NOMINATIVE


def begins(doc: Doc, at: int) -> bool:
    """Whether something may begin at `at`: at the start of an answer, after a conjunction or a silence."""
    return at == 0 or doc[at - 1].word in CONJUNCTIONS or doc[at].pause_s >= BREAK_PAUSE_S


def base_of(word: str) -> str:
    """What two starts of a clause have in common: the pronoun of "it's" and "it", otherwise the word itself."""
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
