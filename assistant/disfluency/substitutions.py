"""Clauses begun again at once with one word changed, which nobody announces: "they used to show they used to play"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.disfluency.retracings import BREAK_PAUSE_S
from assistant.english.clauses import can_end
from assistant.english.lexicon import can_be_finite, can_be_noun
from assistant.english.parallels import common_start, same_kind, same_verb
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Doc, Token
from assistant.english.words import (
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    COORDINATORS,
    DETERMINERS,
    DO_AND_MODALS,
    MID_ADVERBS,
    QUESTION_WORDS,
    SUBJECTS,
    is_negation,
    looks_like_verb,
    subject_of,
)

_LONGEST = 5
# Verbs that hardly do without an object: "he never smiles he never laughs" says two things.
_WANT_OBJECT = frozenset(
    "give gave show showed tell told make made take took put bring brought get got need needed want wanted keep "
    "kept".split()
)


def reworded_at(doc: Doc, start: int) -> int:
    """Where a clause that begins at `start`, and is begun again with a word changed, ends; `start` itself for none."""
    words = doc.words
    for stop in range(start + 2, min(start + 1 + _LONGEST, len(words) - 2)):
        if doc[stop].pause_s >= SENTENCE_PAUSE_S or 2 * stop - start >= len(words):
            continue
        before = words[start - 1] if start else ""
        begins = not before or before in CONJUNCTIONS or doc[start].pause_s >= BREAK_PAUSE_S
        rules = (_of_somebody_else, _of_other_thing, _in_other_form)
        if (begins and _by_other_verb(words, start, stop)) or any(rule(doc, words, start, stop) for rule in rules):
            return stop
    return start


def _by_other_verb(words: list[str], start: int, stop: int) -> bool:
    """As in "she never told | she never asked him": the first verb is left without its object."""
    same, last = stop - start - 1, words[stop - 1]
    if subject_of(words[start]) is None or same < 2 or common_start(words, start, stop) != same:
        return False
    again, after = words[stop + same], words[stop + same + 1 : stop + same + 2]
    goes_on = bool(after) and after[0] not in CONJUNCTIONS and subject_of(after[0]) in {None, "it", "you"}
    # "she was told she was asked to leave", "you can tell you can feel it"
    bound = words[stop - 2] in BE | DO_AND_MODALS
    return last in _WANT_OBJECT and not bound and again != last and same_kind(last, again) and goes_on


def _of_somebody_else(tokens: Sequence[Token], words: list[str], start: int, stop: int) -> bool:
    """As in "he doesn't even | she doesn't even say": two subjects, one predicate whose verb comes once."""
    if stop - start != 3 or not {words[start], words[stop]} <= SUBJECTS or words[start] == words[stop]:
        return False
    auxiliary, adverb = words[start + 1 : stop]
    if auxiliary not in AUXILIARIES or adverb not in MID_ADVERBS or can_end(tokens, stop - 1):
        return False
    other = words[stop + 1]
    alike = (other == auxiliary or same_verb(other, auxiliary)) and is_negation(other) == is_negation(auxiliary)
    return alike and words[stop + 2] == adverb


def _of_other_thing(tokens: Sequence[Token], words: list[str], start: int, stop: int) -> bool:
    """As in "what the king | what the queen does": the first has no verb."""
    if stop - start != 3 or words[start] not in QUESTION_WORDS or words[stop] != words[start]:
        return False
    nouns = words[start + 2], words[stop + 2]
    determined = words[start + 1] in DETERMINERS and words[stop + 1] in DETERMINERS
    verb = words[stop + 3 : stop + 4]
    return determined and all(can_be_noun(noun) for noun in nouns) and bool(verb) and can_be_finite(verb[0])


def _in_other_form(tokens: Sequence[Token], words: list[str], start: int, stop: int) -> bool:
    """As in "the people who build | who built it"."""
    opener = words[start]
    if stop - start != 2 or not start or opener not in {"who", "which", "that"} or words[stop] != opener:
        return False
    of_noun = (
        can_be_noun(words[start - 1]) and not looks_like_verb(words[start - 1]) and words[start - 1] not in COORDINATORS
    )
    one, other = words[start + 1], words[stop + 1]
    return of_noun and one != other and same_verb(one, other) and is_negation(one) == is_negation(other)
