"""Whether what was said may end here: asked when a turn may be over, for trailing off, and for where sentences end.

The three weigh mistakes differently, so the answer is a grade. Ending a turn early takes the words out of somebody's
mouth, so the endpointer asks for the surest grade. People who didn't trail off shouldn't be told that they did, so for
that only the lowest grade counts. For sentences both mistakes are equally bad, and the line is drawn in between.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise

from assistant.english.lexicon import can_be_adjective, can_be_finite, can_be_noun
from assistant.english.predicates import TAKES_VERB
from assistant.english.questions import ends_in_tag
from assistant.english.words import (
    ARTICLES,
    AUXILIARIES,
    BE,
    BEFORE_INFINITIVE,
    COMPLETE,
    CONJUNCTIONS,
    COORDINATORS,
    DETERMINERS,
    DO_AND_MODALS,
    HAVE,
    LEAD_INS,
    MID_ADVERBS,
    NOMINATIVE,
    NOUN_OR_VERB,
    OPENERS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    THINGS,
    THINKING,
    UNFINISHED,
    is_contraction,
    looks_like_verb,
)

REACH = 13
"""How many words, the last included, can tell whether an utterance may end on it."""

_SHORTEST = 3
_STRANDED_WITHIN = 7
_ASKED_WITHIN = 5

_LEADS_TO_NOUN = ARTICLES | POSSESSIVES - {"its"}
_NEVER_LAST = (
    DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | BE
    | HAVE
    | SUBJECTS - {"it", "you"}
    | (MID_ADVERBS - {"really", "sometimes", "definitely", "completely", "not"})
    | frozenset("very quite let's such every who which whose more most".split())
)
# "It was good though", "i had never felt it before".
_CLOSING_CONJUNCTIONS = frozenset("though before after since once yet".split())
# "I think so", "even so", "an hour or so", "just because".
_SO_AFTER = frozenset("think thought hope guess suppose believe said say even not more less do did just or".split())
# What was, or wasn't, up to now: "i haven't told anybody yet".
PERFECT = frozenset("ever never haven't hasn't hadn't nobody nothing".split())
_MORE_AFTER = frozenset("any no once much".split())
# Particles as often as prepositions: "i gave in", "the lights went on".
_PARTICLES = frozenset("over under behind across through by in on about against upon".split())
_GOVERNING = PREPOSITIONS - _PARTICLES
# A preposition may be left at the end after these: "what i was looking for".
_STRANDING = QUESTION_WORDS | THINGS | {"that", "to", "them"}
# Answers by themselves, and yet the beginning of more.
_OFTEN_GOES_ON = DO_AND_MODALS | frozenset(
    "that this these some really not well okay maybe perhaps probably basically".split()
)
# Adverbs that answer a question.
_ANSWERING = frozenset("never always absolutely totally honestly almost still literally truly".split())


class Ending(IntEnum):
    """How well what was said may end on its last word."""

    HANGING = 0
    """On a conjunction, article or preposition that leads to something. Only somebody who trails off stops here."""
    OPEN = 1
    """On a word that wants another ("it was", "he makes", "very"), or mostly has one ("i gave in", "good though")."""
    SHORT = 2
    """A sentence, and yet perhaps the beginning of more: "i would", "i love that", "not really"."""
    WHOLE = 3


def may_end(words: Sequence[str]) -> Ending:
    """How well what was said may end on the last of `words`, by what kind of word it is.

    Parameters
    ----------
    words : sequence of str
        Lower-case, without punctuation. The last `REACH` are enough; silence is whole.
    """
    if not words:
        return Ending.WHOLE
    if _hangs(words):
        return Ending.HANGING
    if not _is_complete(words):
        return Ending.OPEN
    return Ending.SHORT if words[-1] in _OFTEN_GOES_ON else Ending.WHOLE


def may_end_at_once(words: Sequence[str]) -> Ending:
    """`may_end` without asking the dictionary, which takes a second to load; "that" is `Ending.SHORT` or hangs."""
    if words and words[-1] == "that":
        return Ending.HANGING if _hangs(words) else Ending.SHORT
    return may_end(words)


def has_verb(words: Sequence[str]) -> bool:
    """Whether there is a verb in what was said, as far as that shows without a dictionary."""
    return any(
        word in AUXILIARIES or is_contraction(word) or looks_like_verb(word) or before in NOMINATIVE
        for before, word in pairwise(("", *words))
    )


def ends_on_verb(words: Sequence[str]) -> bool:
    """Whether the last word is the verb right after its subject, and mostly has an object: "i liked"."""
    return len(words) > 1 and words[-2] in NOMINATIVE and words[-1] not in AUXILIARIES | COMPLETE


def is_surely_over(words: Sequence[str]) -> bool:
    """Whether what was said is `Ending.WHOLE`, without asking the dictionary, which takes a second to load."""
    return not words or (words[-1] not in _OFTEN_GOES_ON and may_end(words) is Ending.WHOLE)


def _hangs(words: Sequence[str]) -> bool:
    word, before = words[-1], words[-2] if len(words) > 1 else ""
    if word in CONJUNCTIONS:
        closes = word in _CLOSING_CONJUNCTIONS or (word in {"so", "because"} and before in _SO_AFTER)
        # "for a while"
        return not closes and not (word == "while" and before in ARTICLES)
    if word in _LEADS_TO_NOUN:
        return True
    if word in _GOVERNING:
        stranded = not _STRANDING.isdisjoint(words[-1 - _STRANDED_WITHIN : -1])
        return not stranded and not (word == "to" and before in BEFORE_INFINITIVE)
    return False


def _is_complete(words: Sequence[str]) -> bool:
    last = len(words) - 1
    word, before, third = words[-1], words[-2] if last else "", words[-3] if last > 1 else ""
    if (word == "over" and before in BE) or ends_in_tag(words):
        return True
    if word in _ANSWERING and LEAD_INS.issuperset(words[:-1]):
        return True
    if before in COORDINATORS - {"so"} and (word in OPENERS or word.endswith("ly")):
        # "and slowly | he falls in love"
        return False
    if (word in HAVE and before in {"ever", "never"}) or (word in UNFINISHED and before == "ever"):
        # "the best that he ever made"
        return True
    if word in _CLOSING_CONJUNCTIONS and not PERFECT.isdisjoint(words):
        # "i had never felt it before"
        return True
    if word == "more" and before in _MORE_AFTER:
        return True
    if word in _NEVER_LAST or (is_contraction(word) and last):
        return False
    if word == "that":
        only_verb = can_be_finite(before) and not can_be_noun(before) and not can_be_adjective(before)
        return looks_like_verb(before) or only_verb or before in PREPOSITIONS | {"all"}
    if word in DO_AND_MODALS:
        # "but i really don't"
        return (third if before in MID_ADVERBS else before) in SUBJECTS
    if word in UNFINISHED:
        asked = word == "like" and not QUESTION_WORDS.isdisjoint(words[-1 - _ASKED_WITHIN : -1])
        return asked or (word in NOUN_OR_VERB and before not in TAKES_VERB)
    if word in THINKING and before in SUBJECTS:
        # "it was long i think": an afterthought, unless it is just about to say what.
        return last >= _SHORTEST and third not in CONJUNCTIONS | THINKING
    return True
