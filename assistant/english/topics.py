"""What a sentence names first and then takes up with a pronoun: "the music | i hear it now", "my son | he laughs"."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.clauses import is_head, starts_clause
from assistant.english.lexicon import can_be_adverb, is_known, tags_of
from assistant.english.predicates import is_verb_at, verbs_of
from assistant.english.token import Token
from assistant.english.words import (
    AUXILIARIES,
    CONJUNCTIONS,
    COORDINATORS,
    DEMONSTRATIVES,
    DETERMINERS,
    GRAMMAR,
    OBJECT_PRONOUNS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    is_contraction,
    subject_of,
)

_LONGEST = 6
_OBJECTS = OBJECT_PRONOUNS | {"it", "her"}
_OBJECT_WITHIN = 4
_VERB_BY = 2
_TOGETHER = 3
_DEGREES = frozenset(("so", "very", "really", "too", "not"))
_TIMES = frozenset("time day year night week month morning evening moment".split())


def topic_start(tokens: Sequence[Token], at: int) -> int | None:
    """Where the words begin that the pronoun at `at` takes up; None where it takes up nothing.

    A pronoun after a noun more often opens a relative clause: "the man he loved", "the way he looks", "all i have".
    """
    # "my wife and i | we …"
    together = at >= _TOGETHER and tokens[at - 2].word == "and" and tokens[at - 1].word in SUBJECTS
    end = at - 2 if together else at
    start = next((back for back in range(end, 0, -1) if tokens[back - 1].word in COORDINATORS), 0)
    topic, rest = tokens[start:at], tokens[at:]
    words = [token.word for token in topic]
    if not 0 < len(topic) <= _LONGEST or not starts_clause(rest, 0) or verbs_of(topic) or is_head(topic):
        return None
    if together:
        return start if subject_of(tokens[at].word) in {"we", "they"} else None
    named = not any(is_known(word) or word in GRAMMAR for word in words)
    noun = words[0] in DETERMINERS - {"a", "an"} | DEMONSTRATIVES | {"his", "her"} and words[-1] not in GRAMMAR
    if not (named or noun) or not _TIMES.isdisjoint(words):
        return None
    return start if _takes_up(words, rest, named=named) else None


def _takes_up(topic: Sequence[str], rest: Sequence[Token], *, named: bool) -> bool:
    words = [token.word for token in rest]
    end = next(
        (at for at, word in enumerate(words) if at > _VERB_BY and word in CONJUNCTIONS | QUESTION_WORDS), len(words)
    )
    pronoun = subject_of(words[0])
    finite = [word in AUXILIARIES or "VBZ" in tags_of(word) for word in words[:end]]
    if len(verbs_of(rest[:end])) > 1 or any(finite[at] and is_verb_at(rest, at - 1) for at in range(2, end)):
        # "the old woman he meets never dies", "the man i saw was him"
        return False
    if pronoun in {"i", "you", "we"}:
        return not _OBJECTS.isdisjoint(words[2:_OBJECT_WITHIN])
    head = next((at for at, word in enumerate(topic) if at and word in PREPOSITIONS), len(topic)) - 1
    plural = "NNS" in tags_of(topic[head]) or "and" in topic
    if (pronoun == "they") != plural:
        return False
    complement = (*words[2:end], "")[0]
    if named or is_contraction(words[0]) or complement in _DEGREES:
        return True
    return complement not in {"", *PREPOSITIONS} and not can_be_adverb(complement)
