"""The cheapest way to turn one sequence into another (Levenshtein 1966), at given costs."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

Left = TypeVar("Left")
Right = TypeVar("Right")


def align(
    left: Sequence[Left],
    right: Sequence[Right],
    change: Callable[[Left, Right], float],
    *,
    omission: float = 1.0,
    insertion: float = 1.0,
) -> list[tuple[int | None, int | None]]:
    """Align two sequences.

    Parameters
    ----------
    left, right : sequence
    change : callable
        The cost of substituting an item of `right` for one of `left`; 0 if they are the same.
    omission, insertion : float
        The costs of leaving out an item of `left`, and of inserting one of `right`.

    Returns
    -------
    list of (int or None, int or None)
        Pairs of positions in order; None on one side stands for an item left out or inserted.
    """
    costs = np.zeros((len(left) + 1, len(right) + 1))
    costs[:, 0] = np.arange(len(left) + 1) * omission
    costs[0, :] = np.arange(len(right) + 1) * insertion
    for row, one in enumerate(left, 1):
        for column, other in enumerate(right, 1):
            costs[row, column] = min(
                costs[row - 1, column - 1] + change(one, other),
                costs[row - 1, column] + omission,
                costs[row, column - 1] + insertion,
            )
    path: list[tuple[int | None, int | None]] = []
    row, column = len(left), len(right)
    while row or column:
        here = costs[row, column]
        if row and column and math.isclose(here, costs[row - 1, column - 1] + change(left[row - 1], right[column - 1])):
            row, column = row - 1, column - 1
            path.append((row, column))
        elif row and math.isclose(here, costs[row - 1, column] + omission):
            row -= 1
            path.append((row, None))
        else:
            column -= 1
            path.append((None, column))
    return path[::-1]
