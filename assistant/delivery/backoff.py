"""How long to wait before a delivery is tried again."""

from __future__ import annotations

import random

FIRST_S = 30.0
"""The wait after the first attempt, in seconds; every further one doubles it."""

LONGEST_S = 6 * 3600.0
"""No wait is longer, unless the other side asked for it."""

MOST_ATTEMPTS = 30
"""After so many a delivery is given up: with these waits, some five days after it was sent."""


def wait_s(attempts: int, asked_s: float | None = None, chance: random.Random | None = None) -> float:
    """Seconds until the next attempt.

    The wait is drawn from between a half and the whole of what doubling gives, so that many kiosks which lost the same
    server don't come back to it at the same moment.

    Parameters
    ----------
    attempts : int
        How many there were, at least 1.
    asked_s : float, optional
        What the other side asked for; the wait isn't shorter.
    chance : random.Random, optional
        Where the draw comes from.
    """
    # Doubling beyond this would only make the figure too large for a float.
    doubled = min(LONGEST_S, FIRST_S * 2.0 ** min(attempts - 1, 20))
    drawn = (chance or random.Random()).uniform(doubled / 2, doubled)  # noqa: S311 - nothing secret about it
    return max(drawn, asked_s or 0.0)
