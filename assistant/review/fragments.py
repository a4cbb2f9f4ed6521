"""Answers that can be understood only with the question before them: "maybe not alone", "only if it rains"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.clauses import opens_subordinate
from assistant.english.lexicon import can_be_adjective, can_be_noun, tags_of
from assistant.english.predicates import is_verb_at, verbs_of
from assistant.english.token import Token
from assistant.english.words import (
    AUXILIARIES,
    EMPTY,
    GRAMMAR,
    HEDGES,
    MID_ADVERBS,
    NEGATIONS,
    NUMBERS,
    REASONS,
    SUBJECTS,
    SUBORDINATORS,
    is_content,
    is_contraction,
)

_FEW = 3
"""With so many words of content, words without a verb paint something by themselves."""


def has_clause(tokens: Sequence[Token]) -> bool:
    """Whether a verb is in the words, and not only in a clause that hangs on something: "only if it rains"."""
    if tokens[0].word == "only" and len(tokens) > 1 and tokens[1].word in SUBORDINATORS:
        tokens = tokens[1:]
    hangs = opens_subordinate(tokens) or (tokens[0].word in REASONS and len(verbs_of(tokens)) == 1)
    return any(_is_finite_at(tokens, at) for at in range(len(tokens))) and not hangs


def needs_question(tokens: Sequence[Token]) -> bool:
    """Whether an answer of these words says nothing to somebody who doesn't know what was asked."""
    hangs = tokens[0].word in SUBORDINATORS or tokens[0].word == "only"
    content = {token.word for token in tokens if is_content(token.word)} - EMPTY - HEDGES - NEGATIONS
    return not has_clause(tokens) and (hangs or len(content) < _FEW)


def _is_finite_at(tokens: Sequence[Token], at: int) -> bool:
    word = tokens[at].word
    if word in AUXILIARIES or is_contraction(word) or word.endswith("n't"):
        return True
    before = next((token.word for token in reversed(tokens[:at]) if token.word not in MID_ADVERBS), "")
    if not before:
        return False
    if before in SUBJECTS or before in {"who", "that", "nobody", "everybody", "everyone", "somebody"}:
        return is_verb_at(tokens, at) or not tags_of(word).isdisjoint(("VBP", "VBZ", "VBD"))
    if before in GRAMMAR | NUMBERS or tags_of(word).isdisjoint(("VBZ", "VBD", "VBP")):
        return False
    # "the pink boxes" has no verb, "my granddaughter laughs" has one.
    if tags_of(word).isdisjoint(("VBZ", "VBD")):
        return "NNS" in tags_of(before)
    return can_be_noun(before) and (not can_be_noun(word) or not can_be_adjective(before))
