"""Which words ask something, and which only look like it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon import can_be_adjective, can_be_adverb, can_be_noun, tags_of
from assistant.english.predicates import is_verb_at, verbs_of
from assistant.english.token import Token
from assistant.english.words import (
    ANYBODY,
    AUXILIARIES,
    DEMONSTRATIVES,
    DETERMINERS,
    DO_AND_MODALS,
    QUESTION_WORDS,
    SUBJECTS,
    is_contraction,
    is_negation,
)

_LEADS = frozenset("and but so well sorry oh okay now".split())
_ASK = QUESTION_WORDS - {"which", "whatever", "however", "whoever", "wherever"}
_LONGEST_TOPIC = 5
_WANTS_WORD = frozenset("say says said a the with of".split())
_TAG_REACH = 12
_SHORTEST_TAGGED = 3
_NO_TAG_AFTER = QUESTION_WORDS | {"so", "as", "than"}
# "the rain why is it always there", not "the man who was his friend"
_ASK_OF_TOPIC = frozenset(("why", "how", "what", "where"))
_AUXILIARIES_OF = {"s": "is has", "m": "am", "re": "are", "ve": "have", "ll": "will", "d": "would had"}


def is_question(tokens: Sequence[Token]) -> bool:
    """Whether the words ask something: "would you call it that", "why did he leave"; not "what i loved"."""
    start = next((at for at, token in enumerate(tokens) if token.word not in _LEADS), 0)
    here = tokens[start:]
    words = [token.word for token in here]
    if len(words) < 3:
        return False
    first, second, third = words[:3]
    if first in AUXILIARIES:
        return second in SUBJECTS | {"this", "that", "there"} and first != "had" and agree(first, second)
    if first.endswith("'s") and first.removesuffix("'s") in _ASK:
        # "what's the name of the cat", not "what's the saddest thing is his coat"
        return second in DETERMINERS | DEMONSTRATIVES | {"his", "her"} and len(verbs_of(here[1:])) == 0
    # "whose coat is it", "how long is it"
    counted = first == "how" and (can_be_adjective(second) or can_be_adverb(second))
    if (first == "whose" or counted) and third in AUXILIARIES:
        return len(words) > 3 and words[3] in SUBJECTS | DEMONSTRATIVES
    return first in _ASK and second in AUXILIARIES and _is_subject(second, third)


def question_start(tokens: Sequence[Token]) -> int:
    """Where a question begins: 0, or behind what it is about ("the rain | why is there always rain"); -1 for none."""
    if is_question(tokens):
        return 0
    for at in range(1, min(_LONGEST_TOPIC, len(tokens))):
        if is_verb_at(tokens, at - 1) or tokens[at - 1].word in AUXILIARIES | SUBJECTS:
            return -1
        if tokens[at].word in _ASK_OF_TOPIC and tokens[0].word not in QUESTION_WORDS and is_question(tokens[at:]):
            return at
    return -1


def answers_itself(tokens: Sequence[Token]) -> bool:
    """Whether the last word answers the question before it: "would i see it again | yes"."""
    return tokens[-1].word in {"yes", "no"} and is_question(tokens[:-1]) and tokens[-2].word not in _WANTS_WORD


def is_tag(tokens: Sequence[Token], last: int) -> bool:
    """Whether `tokens[last]` ends a question that only asks for a nod: "he isn't handsome is he"."""
    words = [token.word for token in tokens[max(0, last - _TAG_REACH) : last + 1]]
    return last < len(tokens) and ends_in_tag(words)


def ends_in_tag(words: Sequence[str]) -> bool:
    """Whether the words end in a question that only asks for a nod."""
    if len(words) <= _SHORTEST_TAGGED or words[-1] not in SUBJECTS | {"there"}:
        return False
    auxiliary, subject = words[-2], words[-1]
    if auxiliary not in AUXILIARIES or not agree(auxiliary, subject) or words[-3] in _NO_TAG_AFTER:
        return False
    said = words[:-2]
    denies = any(is_negation(word) for word in said)
    return denies != is_negation(auxiliary) and _has_auxiliary(said, _positive(auxiliary))


def _has_auxiliary(words: Sequence[str], auxiliary: str) -> bool:
    forms = {_positive(word) for word in words} | {
        form for word in words if is_contraction(word) for form in _AUXILIARIES_OF[word.partition("'")[2]].split()
    }
    # "you like it don't you" has none of its own
    return auxiliary in forms or auxiliary in {"do", "does", "did"}


def _positive(auxiliary: str) -> str:
    stem = auxiliary.removesuffix("n't")
    return {"ca": "can", "wo": "will"}.get(stem, stem)


def _is_subject(auxiliary: str, word: str) -> bool:
    if word in SUBJECTS | DETERMINERS | DEMONSTRATIVES | ANYBODY | {"there", "his", "her"}:
        return True
    # "what did oscar want", not "what would make it better"
    return auxiliary in DO_AND_MODALS and can_be_noun(word) and tags_of(word).isdisjoint(("VB", "VBP", "RB"))


def agree(auxiliary: str, subject: str) -> bool:
    """Whether the two can be verb and subject of one question: "is he", not "is i", "have it"."""
    if subject in {"he", "she", "it"}:
        return auxiliary not in {"am", "are", "were", "have", "do", "aren't", "weren't", "haven't", "don't"}
    if auxiliary in {"is", "has", "does", "isn't", "hasn't", "doesn't"}:
        return subject not in {"i", "you", "we", "they"}
    return auxiliary != "am" or subject == "i"
