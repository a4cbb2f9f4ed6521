"""Which words are the verb of a clause where they stand, and which are not."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon import can_be_adjective, can_be_finite, can_be_noun, tags_of
from assistant.english.token import Token, annotation
from assistant.english.words import (
    AUXILIARIES,
    DETERMINERS,
    EMPTY,
    GRAMMAR,
    MID_ADVERBS,
    NOUN_OR_VERB,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    SUBJECTS,
    is_contraction,
    is_verb,
)

TAKES_VERB = SUBJECTS | MID_ADVERBS | AUXILIARIES | frozenset(("to", "who", "people"))
_SUBJECT_WITHIN = 5
"""So many words on, a name or noun has its verb."""
_SUBJECTS_ONLY = frozenset("i he she we they who everything everybody everyone nobody".split())


@annotation
def is_verb_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether `tokens[at]` is a verb in its place: "i love", "she hums", not "about love", "the hums"."""
    word, before = tokens[at].word, tokens[at - 1].word if at else ""
    if word in NOUN_OR_VERB:
        governs = at + 1 < len(tokens) and tokens[at + 1].word in OBJECT_PRONOUNS
        return at > 0 and (before in TAKES_VERB or (governs and before not in DETERMINERS | PREPOSITIONS))
    if is_verb(word):
        return True
    subject = next((tokens[back].word for back in range(at - 1, -1, -1) if tokens[back].word not in MID_ADVERBS), "")
    if subject in _SUBJECTS_ONLY:
        return can_be_finite(word)
    if subject in DETERMINERS | PREPOSITIONS | AUXILIARIES | {""} or is_contraction(subject):
        return False
    # "the music just stops"
    adverb = before in MID_ADVERBS and not is_verb(subject)
    return can_be_finite(word) and (adverb or (not can_be_noun(word) and "JJ" not in tags_of(word)))


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


def is_clause_of_noun(tokens: Sequence[Token], pause_s: float) -> bool:
    """Whether the words begin with a name or noun and its verb: "oscar isaac sings", "rain has"; not "rain falling".

    There is no silence of `pause_s` seconds between the two, as there is between the parts of a list.
    """
    first = tokens[0].word
    if first in GRAMMAR | EMPTY or is_verb(first) or not can_be_noun(first):
        return False
    for at in range(1, min(_SUBJECT_WITHIN, len(tokens) - 1)):
        word, after = tokens[at].word, tokens[at + 1].word
        if tokens[at].pause_s >= pause_s:
            return False
        if word in AUXILIARIES:
            return True
        if not tags_of(word).isdisjoint(("VBZ", "VBD")):
            other = can_be_noun(word) or can_be_adjective(word)
            if not other or after in DETERMINERS | OBJECT_PRONOUNS | {"his", "her", "it"}:
                return True
        if word in GRAMMAR:
            return False
    return False
