"""Fit the end of a turn: a logistic regression on silences whose truth is known, the pauses' lengths, and thresholds.

It learns from answers that `tools.corpus.turns` made, from the project's recordings, and from real speech: telephone
utterances and calls of speakers that aren't kept back for judging. docs/turns.md says how well it does.

  python -m tools.training.fit_turns --generated FOLDER --speech FOLDER --work DIR

The speech is a folder with `real-speech` and `fillers` in it. DIR keeps what was heard, so that a second run is quick.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import NormalDist
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.asr.endpointing import EndOfTurn, EndpointTimeouts, Evidence, Patience
from assistant.errors import AssistantError
from tools.command import ToolError, parser_for
from tools.paths import RECORDINGS, ROOT
from tools.turn_taking import (
    SHORTEST_S,
    Ear,
    Labelled,
    conversations,
    generated,
    is_kept_back,
    labelled,
    own_recordings,
    utterances,
)

OUT: Final = ROOT / "assistant" / "asr" / "end_of_turn.json"

_ASKED_S: Final = (0.2, 0.35, 0.5, 0.8, 1.2, 2.0)
"""How long a silence has lasted when it is asked whether the turn is over."""
_PENALTY: Final = 1.0
"""Of the squared weights."""
_STEPS: Final = 100
_LEAST_SURE, _SUREST, _STEP = -4.0, 9.0, 0.05

BUDGETS: Final[dict[Patience, dict[str, float]]] = {
    "brisk": {"brief": 0.10, "at length": 0.10},
    "usual": {"brief": 0.05, "at length": 0.05},
    "patient": {"brief": 0.02, "at length": 0.02},
}
"""The share of pauses inside answers that may be taken for their end."""


def learned_from(speech: Path, made: Path, ear: Ear) -> list[Labelled]:
    """The silences that the regression learns from."""
    answers = [*generated(made, "fit"), *own_recordings(RECORDINGS)]
    people = [*utterances(speech / "fillers"), *conversations(speech / "real-speech", ear)]
    answers += [each for each in people if not is_kept_back(each.speaker) and each.corpus != "meetings"]
    return list(labelled(answers, ear))


def pauses_of(silences: Sequence[Labelled]) -> tuple[float, float]:
    """Median of the pauses, and standard deviation of their logarithms, of those longer than `SHORTEST_S`.

    The pauses are taken to be log-normal and cut off there: maximum likelihood, on a grid.
    """
    logs = np.log([each.silence.length_s for each in silences if each.holds])
    shortest = math.log(SHORTEST_S)
    best = (-math.inf, 0.0, 0.0)
    for median in np.arange(0.3, 1.2, 0.02):
        for spread in np.arange(0.3, 1.2, 0.02):
            kept = 1 - NormalDist(math.log(median), spread).cdf(shortest)
            likelihood = float(
                -np.sum(((logs - math.log(median)) / spread) ** 2) / 2 - len(logs) * math.log(spread * kept)
            )
            best = max(best, (likelihood, float(median), float(spread)))
    return round(best[1], 2), round(best[2], 2)


def regression(silences: Sequence[Labelled], pause_s: float, spread: float) -> tuple[dict[str, float], float]:
    """The weights and the intercept: maximum likelihood with a ridge penalty, by Newton's method."""
    names = sorted({name for each in silences for _, evidence in each.silence.known for name in evidence.features()})
    rows, offsets, ends = [], [], []
    plain = EndOfTurn({}, 0.0, pause_s, spread, {})
    for each in silences:
        for asked_s in _ASKED_S:
            if each.holds and asked_s > each.silence.length_s:
                break
            evidence = each.silence.evidence_at(asked_s)
            found = evidence.features()
            rows.append([*(found[name] for name in names), 1.0])
            offsets.append(-plain.log_share_longer(asked_s / evidence.pace))
            ends.append(not each.holds)
    table, offset, truth = np.array(rows), np.array(offsets), np.array(ends, float)
    weights = np.zeros(len(names) + 1)
    penalty = np.diag([*[_PENALTY] * len(names), 0.0])
    for _ in range(_STEPS):
        probable = 1 / (1 + np.exp(-np.clip(table @ weights + offset, -30, 30)))
        slope = table.T @ (probable - truth) + penalty @ weights
        curve = (table * (probable * (1 - probable))[:, None]).T @ table + penalty
        step: NDArray[np.float64] = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-9:
            break
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=False)}, round(
        float(weights[-1]), 3
    )


def threshold(silences: Sequence[Labelled], model: EndOfTurn, budget: float, kind: str) -> float:
    """The least log-odds at which no more than the budget's share of the pauses of that kind is cut."""
    pauses = [each for each in silences if each.holds and _has_budget(each.silence.known[0][1], kind)]
    for wanted in np.arange(_LEAST_SURE, _SUREST, _STEP):
        if share_cut(pauses, with_threshold(model, float(wanted))) <= budget:
            return round(float(wanted), 2)
    return _SUREST


def _has_budget(evidence: Evidence, kind: str) -> bool:
    """A pause after an answer to the point is cheap to cut, and doesn't count."""
    return evidence.kind == kind and not evidence.is_answered


def with_threshold(model: EndOfTurn, wanted: float) -> EndOfTurn:
    """The same with one threshold for everything."""
    kinds = dict.fromkeys(("brief", "at length"), wanted)
    return EndOfTurn(model.weights, model.intercept, model.pause_s, model.pause_spread, {"usual": kinds})


def share_cut(pauses: Sequence[Labelled], model: EndOfTurn, timeouts: EndpointTimeouts | None = None) -> float:
    """The share of pauses that are taken for the end."""
    cut = [ended_after_s(each, model, timeouts) <= each.silence.length_s for each in pauses]
    return sum(cut) / max(1, len(cut))


def ended_after_s(each: Labelled, model: EndOfTurn, timeouts: EndpointTimeouts | None = None) -> float:
    """After how much of a silence the turn is over."""
    timeouts = timeouts or EndpointTimeouts()

    def needed_s(evidence: Evidence) -> float:
        return model.silence_needed_s(evidence, timeouts)

    return each.silence.ended_after_s(needed_s, timeouts.most_s)


def fitted(silences: Sequence[Labelled]) -> EndOfTurn:
    """Everything, fitted to silences."""
    pause_s, spread = pauses_of(silences)
    weights, intercept = regression(silences, pause_s, spread)
    model = EndOfTurn(weights, intercept, pause_s, spread, {})
    thresholds: dict[str, dict[str, float]] = {
        patience: {kind: threshold(silences, model, budget, kind) for kind, budget in budgets.items()}
        for patience, budgets in BUDGETS.items()
    }
    return EndOfTurn(weights, intercept, pause_s, spread, thresholds)


def main() -> int:
    """Fit, write, and return the exit code."""
    parser = parser_for("tools.training.fit_turns", __doc__)
    parser.add_argument("--generated", type=Path, required=True, metavar="FOLDER", help="what tools.corpus.turns made")
    parser.add_argument("--speech", type=Path, required=True, metavar="FOLDER", help="real speech")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="keeps what was heard")
    parser.add_argument("--out", type=Path, default=OUT, metavar="FILE", help="where it goes")
    options = parser.parse_args()
    try:
        silences = learned_from(options.speech, options.generated, Ear(options.work))
    except (AssistantError, ToolError) as error:
        print(error, file=sys.stderr)
        return 3
    model = fitted(silences)
    found = {
        "weights": model.weights,
        "intercept": model.intercept,
        "pause_s": model.pause_s,
        "pause_spread": model.pause_spread,
        "thresholds": model.thresholds,
    }
    options.out.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    holds = sum(each.holds for each in silences)
    print(f"Fitted to {holds} pauses and {len(silences) - holds} ends.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
