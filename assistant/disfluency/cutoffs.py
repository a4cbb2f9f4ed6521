"""Words that were cut off ("rom- romantic"), and what is given up with them."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.disfluency.retracings import fragment_start
from assistant.english.clauses import starts_clause
from assistant.english.parallels import common_start, same_kind
from assistant.english.token import Doc, Token
from assistant.english.words import CONJUNCTIONS, DETERMINERS, PREPOSITIONS, subject_of

_REACH = 6
_LATE = 4
"""At most so many words after the cut-off one, its repair comes."""


def is_cut_off(word: str) -> bool:
    """Whether a word was broken off, as a recogniser writes it: with a hyphen at its end."""
    return word.endswith("-")


def half_word_at(doc: Doc, start: int) -> int:
    """The place after a cut-off word at `start`; `start` itself where there is none."""
    return start + 1 if is_cut_off(doc[start].word) else start


def cut_off_at(doc: Doc, start: int) -> int:
    """Where what goes with a cut-off word, from `start` on, ends; `start` itself where nothing does."""
    words = doc.words
    for broken in range(start, min(start + _REACH, len(words))):
        if is_cut_off(words[broken]):
            return broken + 1 if _given_up(words, doc, broken) == start else start
    return start


def _given_up(words: list[str], tokens: Sequence[Token], broken: int) -> int:
    """Where what is given up with the cut-off word at `broken` begins; that word alone at the least."""
    stem, resumed = words[broken].rstrip("-"), broken + 1
    low = max(0, broken - _REACH + 1)
    if resumed >= len(words):
        return broken
    # "the cam- the camera", "i re- i really"
    for at in range(resumed, min(resumed + _LATE, len(words))):
        start = broken - (at - resumed)
        if words[at].startswith(stem) and start >= low and _runs_alike(words, start, resumed, at - resumed):
            return start
    matches = {at: common_start(words, at, resumed) for at in range(low, broken)}
    longest = max(matches.values(), default=0)
    if longest:
        return max(at for at, same in matches.items() if same == longest)
    opens = words[resumed] in DETERMINERS | PREPOSITIONS
    alike = [at for at in range(max(low, broken - 2), broken) if opens and same_kind(words[at], words[resumed])]
    if alike:
        return alike[-1]
    new = starts_clause(tokens, resumed) or words[resumed] in {"what's", "there's"}
    if new and subject_of(words[broken - 1] if broken else "") is None:
        start = fragment_start(words, tokens, broken)
        if not (start and words[start - 1] in CONJUNCTIONS and words[resumed] in CONJUNCTIONS):
            return start
        return start - 1
    return broken


def _runs_alike(words: list[str], start: int, resumed: int, size: int) -> bool:
    return all(same_kind(words[start + step], words[resumed + step]) or words[start + step] == words[resumed + step]
               for step in range(size))  # fmt: skip
