"""Where one word can't follow on another, so that something must have been broken off between them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon import tags_of
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
_NO_START = 0
_LIKELY = 1
_CERTAIN = 2


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
        return _NO_START
    before, word = words[at - 1], words[at]
    if may_follow_anything(words, at):
        return _NO_START
    clause = word in NOMINATIVE or is_contraction(word)
    if before in (ARTICLES | POSSESSIVES) - {"its"}:
        if word in _AFTER_NO_ARTICLE or is_contraction(word):
            return _CERTAIN
        return _LIKELY if word in _HARDLY_AFTER_ARTICLE else _NO_START
    if before in NOMINATIVE or before in {"i'm", "he's", "she's", "we're", "they're"}:
        return _after_subject(before, word, clause)
    third = words[at - 2] if at >= 2 else ""
    if third in NOMINATIVE and (before in MID_ADVERBS or _only_adverb(before)):
        return _CERTAIN if clause else _NO_START
    if before in {"his", "her", "this"}:
        broken = word in CORE_PREPOSITIONS or (word in ARTICLES and before == "his") or (clause and before != "her")
        return _LIKELY if broken else _NO_START
    if before in CORE_PREPOSITIONS:
        return _LIKELY if clause or (word in CORE_PREPOSITIONS and before in _NO_PARTICLES) else _NO_START
    if before in BE | HAVE | DO_AND_MODALS or is_contraction(before):
        return _LIKELY if (clause or word in {"it", "you", "there"}) and at >= 2 else _NO_START
    return _LIKELY if before in {"you", "it"} and word in QUESTION_WORDS and third in CONJUNCTIONS else _NO_START


def may_follow_anything(words: Sequence[str], at: int) -> bool:
    """Whether the word at `at` begins an aside, or belongs to what is before it although few like it do."""
    return _is_parenthesis(words, at) or _goes_on(words, at)


def _after_subject(before: str, word: str, clause: bool) -> int:
    contracted = is_contraction(before)
    if clause:
        return _LIKELY if contracted else _CERTAIN
    if contracted:
        return _NO_START
    if word in ARTICLES | POSSESSIVES:
        return _CERTAIN
    if word in CONJUNCTIONS | QUESTION_WORDS | {"there", "you", "it"}:
        return _LIKELY
    return _NO_START


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
