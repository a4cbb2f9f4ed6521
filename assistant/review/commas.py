"""Where a comma is safe: after what leads in, before what is tacked on, between the parts of a list."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.clauses import can_end, introduces_speech, opens_subordinate
from assistant.english.lexicon import can_be_adjective, can_be_noun, tags_of
from assistant.english.predicates import is_verb_at
from assistant.english.questions import is_tag, question_start
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Token
from assistant.english.topics import topic_start
from assistant.english.words import (
    ANYBODY,
    CONJUNCTIONS,
    DETERMINERS,
    GRAMMAR,
    INTERJECTIONS,
    OPENERS,
    SUBJECTS,
    is_contraction,
    subject_of,
)

# "nothing but", "all but": one phrase, no contrast.
_BUT_AFTER = frozenset(("nothing", "anything", "all", "everything", "last", "not", "and", "no"))
_GOES_ON = (
    DETERMINERS | SUBJECTS | OPENERS | frozenset("this that these those her his all every mostly especially".split())
)
_FEWEST = 3
"""Phrases that make a list where nothing joins them."""


def commas_of(tokens: Sequence[Token]) -> set[int]:
    """The places in a sentence after which a comma goes."""
    ends = _list_ends(tokens)
    asked = question_start(tokens)
    return {
        at
        for at in range(len(tokens) - 1)
        if at in ends or at == asked - 1 or is_tag(tokens, at + 2) or _is_parted(tokens, at)
    }


def _is_parted(tokens: Sequence[Token], at: int) -> bool:
    word, following = tokens[at].word, tokens[at + 1]
    if at == 0 and word in INTERJECTIONS:
        opens = subject_of(following.word) is not None or (following.word in DETERMINERS and word != "no")
        return opens or following.pause_s >= SENTENCE_PAUSE_S / 2
    if following.word == "but":
        return at >= 1 and word not in _BUT_AFTER
    starts_clause = following.word in SUBJECTS or is_contraction(following.word)
    if starts_clause and topic_start(tokens, at + 1) is not None:
        return True
    anybody = following.word in ANYBODY and at + 2 < len(tokens) and is_verb_at(tokens, at + 2)
    if (starts_clause or anybody) and following.pause_s >= SENTENCE_PAUSE_S / 2 and at and can_end(tokens, at):
        # "Joaquin Phoenix, he's there in every scene"
        names_only = not any(is_verb_at(tokens, place) for place in range(at + 1))
        if names_only and word not in GRAMMAR and not opens_subordinate(tokens[: at + 1]):
            return True
    if starts_clause and at >= 2 and opens_subordinate(tokens[: at + 1]) and not introduces_speech(tokens[: at + 1]):
        return can_end(tokens, at) and len(tokens) - at > 2
    apart = following.pause_s >= SENTENCE_PAUSE_S and following.word in _GOES_ON
    return apart and word not in CONJUNCTIONS and can_end(tokens, at) and not _wants_object(word)


def _wants_object(word: str) -> bool:
    """As in "i was expecting | a comedy"."""
    return "VBG" in tags_of(word) and not can_be_noun(word)


def _list_ends(tokens: Sequence[Token]) -> set[int]:
    """Where the parts of a list without a joint meet: "behind something | a curtain | a mirror | a door frame"."""
    ends: set[int] = set()
    named: set[int] = set()
    run: list[int] = []
    at = 0
    while at < len(tokens):
        stop = _phrase_end(tokens, at)
        if not run:
            named = {at - 1} if stop > at and at and _is_named(tokens, at - 1) else set()
        if stop > at:
            run.append(stop - 1)
        if stop == at or stop == len(tokens):
            ends |= named.union(run[:-1]) if len(run) >= _FEWEST else set()
            run = []
        at = max(stop, at + 1)
    return ends


def _is_named(tokens: Sequence[Token], at: int) -> bool:
    """Whether a word is what a list behind it is of: "something", "cake"; not "of", "eat"."""
    word = tokens[at].word
    return word not in GRAMMAR and can_be_noun(word) and not is_verb_at(tokens, at)


def _phrase_end(tokens: Sequence[Token], start: int) -> int:
    """Where a phrase of an article, adjectives and nouns ends; `start` where there is none."""
    if tokens[start].word not in DETERMINERS:
        return start
    stop = start + 1
    while stop < len(tokens) and tokens[stop].word not in GRAMMAR and not is_verb_at(tokens, stop):
        if not (can_be_noun(tokens[stop].word) or can_be_adjective(tokens[stop].word)):
            break
        stop += 1
    return stop if stop > start + 1 and can_be_noun(tokens[stop - 1].word) else start
