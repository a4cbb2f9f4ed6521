"""How long somebody's silences are, against other people's: how patient to be with them."""

from __future__ import annotations

import math
from collections.abc import Sequence

from assistant.assessment.norms import PAUSE_S
from assistant.turns.answer import Pause

_PRIOR_PAUSES = 6
"""The norm counts as much as so many pauses, which is a hesitant answer's. Ours."""

_MOST = 2.0
"""A conversation that waits longer than twice as usual has stopped being one. Ours."""


class Pace:
    """Learns from the pauses that a speaker went on after.

    Lengths of pauses are log-normal, so their mean is taken of the logarithms, with the norm as a prior (see
    `assistant.assessment.baseline`, which the estimates are made with; but what somebody agrees was a hesitant answer
    leaves that, and patience is wanted most after just such an answer).
    """

    def __init__(self) -> None:
        self._logs: list[float] = []

    def learn(self, pauses: Sequence[Pause]) -> None:
        """Take an answer's pauses in."""
        self._logs += [math.log(pause.duration_s) for pause in pauses]

    @property
    def stretch(self) -> float:
        """How many times longer than usual this speaker's silences are, from 1 to 2; never less than others have."""
        norm = math.log(PAUSE_S.median)
        mean = (_PRIOR_PAUSES * norm + sum(self._logs)) / (_PRIOR_PAUSES + len(self._logs))
        return min(max(math.exp(mean - norm), 1.0), _MOST)
