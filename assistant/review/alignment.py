"""Which word of a sentence is which word of its source, in order, at the least cost."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.words import GRAMMAR
from assistant.review.stance import must_stay
from assistant.review.variants import may_stand_for

_VARIANT = 0.2
_LEFT_OUT = 1.0
_LEFT_OUT_GRAMMAR = 0.9
_LEFT_OUT_STANCE = 1.1
_PUT_IN = 2.0
# A word left out inside costs a little more, so that a sentence is found in one place rather than in two.
_INSIDE = 0.01


def align(sentence: Sequence[str], source: Sequence[str]) -> list[int | None]:
    """For each word of a sentence its place in the source; None for a word that has none.

    Places rise: a word that was said earlier can't be matched later. "He left her" and "she left him" therefore
    don't match, although each word of one is in the other.

    Parameters
    ----------
    sentence, source : sequence of str
        As `assistant.english.normalise.normal_words` gives them.
    """
    rows, columns = len(sentence) + 1, len(source) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    left_out = [_left_out(source, at) for at in range(len(source))]
    for column in range(1, columns):
        cost[0][column] = cost[0][column - 1] + left_out[column - 1]
    for row in range(1, rows):
        cost[row][0] = row * _PUT_IN
        for column in range(1, columns):
            inside = _INSIDE if row < rows - 1 else 0.0
            cost[row][column] = min(
                cost[row - 1][column] + _PUT_IN,
                cost[row][column - 1] + left_out[column - 1] + inside,
                cost[row - 1][column - 1] + _difference(sentence[row - 1], source[column - 1]),
            )
    return _trace(sentence, source, cost, left_out)


def _trace(
    sentence: Sequence[str], source: Sequence[str], cost: list[list[float]], left_out: list[float]
) -> list[int | None]:
    places: list[int | None] = [None] * len(sentence)
    row, column = len(sentence), len(source)
    while row:
        here = cost[row][column]
        if column and here == cost[row - 1][column - 1] + _difference(sentence[row - 1], source[column - 1]):
            row, column = row - 1, column - 1
            places[row] = column
        elif column and here == cost[row][column - 1] + left_out[column - 1] + (
            _INSIDE if row < len(sentence) else 0.0
        ):
            column -= 1
        else:
            row -= 1
    return places


def _left_out(source: Sequence[str], at: int) -> float:
    if must_stay(source[at], source[at + 1] if at + 1 < len(source) else ""):
        return _LEFT_OUT_STANCE
    return _LEFT_OUT_GRAMMAR if source[at] in GRAMMAR else _LEFT_OUT


def _difference(written: str, spoken: str) -> float:
    if written == spoken:
        return 0.0
    return _VARIANT if may_stand_for(written, spoken) else float("inf")
