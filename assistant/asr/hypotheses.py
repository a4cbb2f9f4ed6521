"""Combining two hearings of the same sound into all wordings that switch between them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise, product
from math import prod
from typing import Final

from assistant.turns.answer import Word

UNKNOWN: Final = "[unk]"
"""Stands for words that aren't in a grammar, in the grammar itself and in what is heard with it."""

_TOLERANCE_S: Final = 0.1
"""Word times of two hearings of the same sound differ by some frames."""
_MOST: Final = 24
"""If there would be more wordings than this, only the two whole hearings are returned."""


def combined_hypotheses(
    free: Sequence[Word], expected: Sequence[Word], fillers: Collection[str] = ()
) -> tuple[str, ...]:
    """All wordings that the sound may have, according to either hearing.

    Wherever both have the end of a word at the same time, a wording may switch from one to the other: "insert almost a
    for smiled" and "insert all last before smiled" give, for example, "insert almost before smiled".

    Parameters
    ----------
    free, expected : sequence of Word
        The same sound as heard without and with a grammar.
    fillers : collection of str
        Words of the free hearing that may not be words.

    Returns
    -------
    tuple of str
        Including the free hearing. For "[unk]" in the other, they have the free one's words.
    """
    choices = [_choices(*stretch, fillers) for stretch in _stretches(free, expected)]
    if prod(len(choice) for choice in choices) > _MOST:
        return tuple(dict.fromkeys((text_of(free), joined(free, expected))))
    return tuple(dict.fromkeys(" ".join(filter(None, parts)) for parts in product(*choices)))


def joined(free: Sequence[Word], expected: Sequence[Word]) -> str:
    """The words of the hearing with a grammar, with the free hearing's words in place of "[unk]"."""
    words: list[str] = []
    for word in expected:
        if word.word == UNKNOWN:
            words += [other.word for other in free if word.start_s <= (other.start_s + other.end_s) / 2 <= word.end_s]
        else:
            words.append(word.word)
    return " ".join(words)


def _stretches(free: Sequence[Word], expected: Sequence[Word]) -> Iterator[tuple[Sequence[Word], Sequence[Word]]]:
    """The words of both between any two moments at which both have the end of a word."""
    cuts = [(0, 0)]
    for at in range(1, len(free)):
        nearest = min(range(1, len(expected)), key=lambda other: _apart_s(free, at, expected, other), default=0)
        if nearest > cuts[-1][1] and _apart_s(free, at, expected, nearest) <= _TOLERANCE_S:
            cuts.append((at, nearest))
    for (start, other_start), (stop, other_stop) in pairwise([*cuts, (len(free), len(expected))]):
        yield free[start:stop], expected[other_start:other_stop]


def _apart_s(free: Sequence[Word], at: int, expected: Sequence[Word], other: int) -> float:
    """Seconds between the gap before word `at` of one hearing and the gap before word `other` of the other."""
    return max(0.0, free[at - 1].end_s - expected[other].start_s, expected[other - 1].end_s - free[at].start_s)


def _choices(free: Sequence[Word], expected: Sequence[Word], fillers: Collection[str]) -> list[str]:
    without = [word for word in free if word.word not in fillers]
    return list(dict.fromkeys((text_of(free), joined(free, expected), text_of(without))))


def text_of(words: Iterable[Word]) -> str:
    """Words as a text."""
    return " ".join(word.word for word in words)
