"""Which words are the verb of a clause where they stand, and which are not.

Rules ask about verbs at different risks, and each question has one answer here or below:

- `looks_like_verb` (a word): by list or ending; says yes too often.
- `can_be_finite` (a word): the dictionary has a form of it that takes a subject; most nouns have one, too.
- `is_verb_at` (a place): the likeliest reading between its neighbours; says yes to infinitives and imperatives.
- `is_predicate_at` (a place): only with its subject right before it.
- `is_surely_finite` (between two words): nothing but the verb of the noun before it.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon import can_be_adjective, can_be_finite, can_be_noun, tags_of
from assistant.english.token import Token, annotation
from assistant.english.words import (
    AUXILIARIES,
    DETERMINERS,
    GRAMMAR,
    MID_ADVERBS,
    NOUN_OR_VERB,
    NUMBERS,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    SUBJECTS,
    is_contraction,
    looks_like_verb,
    subject_of,
)

TAKES_VERB = SUBJECTS | MID_ADVERBS | AUXILIARIES | frozenset(("to", "who", "people"))
_FINITE_AUXILIARIES = AUXILIARIES - {"be", "been", "being"}
_SUBJECTS_ONLY = frozenset("i he she we they who everything everybody everyone nobody".split())


@annotation
def is_verb_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether `tokens[at]` is a verb in its place: "i love", "she hums", not "about love", "the hums"."""
    word, before = tokens[at].word, tokens[at - 1].word if at else ""
    if word in NOUN_OR_VERB:
        governs = at + 1 < len(tokens) and tokens[at + 1].word in OBJECT_PRONOUNS
        return at > 0 and (before in TAKES_VERB or (governs and before not in DETERMINERS | PREPOSITIONS))
    if looks_like_verb(word):
        return True
    subject = next((tokens[back].word for back in range(at - 1, -1, -1) if tokens[back].word not in MID_ADVERBS), "")
    if subject in _SUBJECTS_ONLY:
        return can_be_finite(word)
    if subject in DETERMINERS | PREPOSITIONS | AUXILIARIES | {""} or is_contraction(subject):
        return False
    # "the music just stops"
    adverb = before in MID_ADVERBS and not looks_like_verb(subject)
    return can_be_finite(word) and (adverb or (not can_be_noun(word) and "JJ" not in tags_of(word)))


def has_verb(tokens: Sequence[Token], start: int = 0, stop: int | None = None) -> bool:
    """Whether any of the words from `start` up to but not including `stop` is a verb in its place."""
    return any(is_verb_at(tokens, at) for at in range(start, len(tokens) if stop is None else stop))


def verbs_of(tokens: Sequence[Token]) -> list[int]:
    """Where the verbs of clauses are, each with its auxiliaries as one: "is", "would have been"; no "to leave"."""
    found: list[int] = []
    last: int | None = None
    for at in range(len(tokens)):
        if not is_verb_at(tokens, at) or (at and tokens[at - 1].word == "to"):
            continue
        if last is None or any(token.word not in MID_ADVERBS | {"ever"} for token in tokens[last + 1 : at]):
            found.append(at)
        last = at
    return found


def is_surely_finite(before: str, word: str, after: str) -> bool:
    """Whether a word can be nothing but the verb of the noun before it: "was", "sings", "films her"."""
    if word in _FINITE_AUXILIARIES:
        return True
    tags = tags_of(word)
    object_follows = after in DETERMINERS | OBJECT_PRONOUNS | {"his", "her"} or subject_of(after) is not None
    if "VBZ" in tags:
        described = can_be_adjective(after) and not can_be_noun(after)
        return object_follows or described or not can_be_noun(word)
    if "VBD" in tags:
        return object_follows or not (can_be_noun(word) or can_be_adjective(word))
    return object_follows and "VBP" in tags and "NNS" in tags_of(before)


def is_predicate_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether `tokens[at]` is the verb of a subject that stands right before it: "my granddaughter laughs"."""
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
