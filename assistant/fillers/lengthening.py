"""Drawn-out words ("aaand", "theee")."""

from __future__ import annotations

import re
import statistics
from collections.abc import Sequence
from typing import Final

from assistant.turns.answer import Lengthened, Pause, Word

_SHORTEST_EXCESS_S: Final = 0.18
_LEAST_RATIO: Final = 2.2
_BEFORE_PAUSE: Final = 1.5
"""Even in fluent speech, a syllable before a pause is about half as long again (Klatt 1976, *Journal of the Acoustical
Society of America* 59)."""
_SLOWEST, _FASTEST = 1.6, 0.75
"""How much slower or faster than the norm a few words can make a speaker."""
_ENOUGH_WORDS = 6

_ONSET_S: Final = 0.04
_LETTER_S: Final = 0.066
"""Seconds of a word, and for each letter of it: a line through the medians of 4,711 words with no silence after them,
by the recogniser's own times, in the acted and read speech that ``docs/fillers.md`` lists."""

_SILENT = re.compile(r"(?<=[^aeiou])e$|gh|'|(.)(?=\1)")
"""Letters that take no time: a final mute e, "gh", an apostrophe, the first of a double letter."""


def lengthened(words: Sequence[Word], pauses: Sequence[Pause]) -> tuple[Lengthened, ...]:
    """Find the drawn-out words of an answer.

    A word's expected length is estimated from its letters and from the speed of this speaker's other words; a word
    before a pause may take longer. Words of a confidence below one half don't count: they are likely other words.
    """
    pace = _pace(words)
    found = []
    for word in words:
        expected_s = needed_s(word.word) * pace
        allowed_s = expected_s * (_BEFORE_PAUSE if _before_pause(word, words, pauses) else 1.0)
        duration_s = word.end_s - word.start_s
        if (
            word.confidence >= 0.5
            and duration_s >= _LEAST_RATIO * allowed_s
            and duration_s - allowed_s >= _SHORTEST_EXCESS_S
        ):
            found.append(Lengthened(word.word, word.start_s, word.end_s, word.confidence, round(expected_s, 3)))
    return tuple(found)


def needed_s(word: str) -> float:
    """Seconds that a word takes in fluent speech."""
    letters = _SILENT.sub("", word)
    return _ONSET_S + _LETTER_S * max(1, len(letters))


def _pace(words: Sequence[Word]) -> float:
    """The time that this speaker takes for a word, relative to the usual time."""
    ratios = [(word.end_s - word.start_s) / needed_s(word.word) for word in words]
    if len(ratios) < _ENOUGH_WORDS:
        return 1.0
    return min(_SLOWEST, max(_FASTEST, statistics.median(ratios)))


def _before_pause(word: Word, words: Sequence[Word], pauses: Sequence[Pause]) -> bool:
    return word is words[-1] or any(abs(pause.start_s - word.end_s) < 0.15 for pause in pauses)
