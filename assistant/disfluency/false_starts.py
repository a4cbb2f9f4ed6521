"""False starts: what the person began, gave up and began again. The repair stays, the false start goes."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.disfluency.retracings import BREAK_PAUSE_S
from assistant.english.token import Doc, Token
from assistant.english.words import (
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DO_AND_MODALS,
    MID_ADVERBS,
    QUESTION_WORDS,
    SUBJECTS,
    THINKING,
    is_contraction,
    is_negation,
    looks_like_verb,
    subject_of,
)

_LONGEST_START = 3
# What can stand between a subject and the point where a start is given up.
_UNFINISHED_START = AUXILIARIES | MID_ADVERBS | frozenset("made makes used kind sort of going gonna got been".split())
# After these, a subject and its verb are a clause in their own right: "what it is", "than i was".
_OPENS_RELATIVE = QUESTION_WORDS | frozenset(("as", "than", "that"))
# After these, "i was" is taken up again: "i was i think disappointed" is no restart.
_ASIDES = THINKING - {"felt", "like", "likes", "liked"}


def restart_at(doc: Doc, start: int) -> int:
    """Where a false start that begins at `start` ends; `start` itself where there is none.

    As in "i was i used to be", "it's it was", "and i was and i used to".
    """
    words = doc.words
    conjunction = 1 if words[start] in CONJUNCTIONS else 0
    subject = start + conjunction
    if subject >= len(words) or _base(words[subject]) is None:
        return start
    stop = _next_start(words, subject)
    if not stop:
        return start
    if words[stop] in CONJUNCTIONS:
        if not conjunction or words[stop] != words[start]:
            return start
        resumed, first = stop + 1, start
    else:
        resumed, first = stop, subject
    if first != start or not _same_subject(words, subject, resumed):
        return start
    return stop if _given_up(words, doc, subject, resumed) else start


def _next_start(words: list[str], subject: int) -> int:
    """Where, after a subject and at most two unfinished words, something starts again; 0 where nothing does."""
    for at in range(subject + 1, min(subject + 1 + _LONGEST_START, len(words))):
        if _base(words[at]) or words[at] in CONJUNCTIONS - {"so", "yet"}:
            return at
        if words[at] not in _UNFINISHED_START:
            return 0
    return 0


def _same_subject(words: list[str], subject: int, resumed: int) -> bool:
    return resumed + 1 < len(words) and _base(words[resumed]) == _base(words[subject])


def _base(word: str) -> str | None:
    return word if word in {"there", "that", "this"} else subject_of(word)


def _given_up(words: list[str], tokens: Sequence[Token], subject: int, resumed: int) -> bool:
    """Whether the words from `subject` to `resumed` are a false start, and not a clause that is complete."""
    before = words[subject - 1] if subject else ""
    if before in _OPENS_RELATIVE or words[resumed + 1] in _ASIDES:
        return False
    contracted = is_contraction(words[subject])
    # In "i loved it | it's sad" the first pronoun is an object.
    if words[subject] in {"it", "you", "that", "this"} and (looks_like_verb(before) and before not in THINKING):
        return False
    if words[subject] in {"that", "this"} and not contracted:
        return False
    if resumed == subject + 1 and not contracted:
        # "i i'm": only the contraction shows that it was begun again.
        return is_contraction(words[resumed])
    last = words[resumed - 1]
    if last in {"kind", "sort"}:
        return False
    # "would you see it again?" "i would, i'd love to": a short answer is complete, and its "not" must not be lost.
    if (last in DO_AND_MODALS or is_negation(last)) and tokens[resumed].pause_s >= BREAK_PAUSE_S:
        return False
    return contracted or last in BE or before in THINKING | SUBJECTS or _begins(words, tokens, subject)


def _begins(words: list[str], tokens: Sequence[Token], start: int) -> bool:
    return start == 0 or words[start - 1] in CONJUNCTIONS or tokens[start].pause_s >= BREAK_PAUSE_S
