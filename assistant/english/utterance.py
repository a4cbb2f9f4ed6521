"""An utterance as text: the small tools that all understanding is made with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_FILLERS = frozenset("um uh er erm hmm mm ah eh hm uhm mhm huh".split())
_LEAD_INS = frozenset("no yes yeah okay ok please well now just oh then and so alright actually".split())
_MOST_LEAD_INS = 2


def words_of(text: str) -> list[str]:
    """Lower-case words without punctuation and fillers; "non-romantic" is two."""
    plain = re.sub(r"[^a-z0-9' ]+", " ", text.lower().replace("’", "'"))
    return [word for word in plain.split() if word not in _FILLERS]


def contains(words: list[str], phrase: str) -> int | None:
    """Where `phrase` stands among `words`; None if nowhere."""
    sought = words_of(phrase)
    for at in range(len(words) - len(sought) + 1):
        if words[at : at + len(sought)] == sought:
            return at
    return None


def is_one_of(text: str, phrases: Iterable[str]) -> bool:
    """Whether the whole utterance is one of `phrases`, up to two lead-in words ("no, please …") and a "please"."""
    wanted = [words_of(phrase) for phrase in phrases]
    return any(
        words in wanted or (words[-1:] == ["please"] and words[:-1] in wanted) for words in without_lead_ins(text)
    )


def without_lead_ins(text: str) -> Iterator[list[str]]:
    """The words of the whole utterance; then without its first lead-in word ("no, please …"), then without two."""
    words = words_of(text)
    yield words
    for _ in range(_MOST_LEAD_INS):
        if len(words) < 2 or words[0] not in _LEAD_INS:
            return
        words = words[1:]
        yield words
