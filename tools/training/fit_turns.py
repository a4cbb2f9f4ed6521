"""Fit the end of a turn on silences whose truth is known.

The weights are those that cost least: the mean time that people wait after an answer, plus the share of pauses in which
they are cut off, times the seconds that one is worth (`_WORTH_S`). The slope is what makes the log-odds true, and the
thresholds come from a budget of cut-offs.

It learns from answers that `tools.corpus.turns` made, from the project's recordings, and from real speech: telephone
utterances and calls of speakers that aren't kept back for judging. docs/turns.md says how well it does.

  python -m tools.training.fit_turns --generated FOLDER --speech FOLDER --work DIR

The speech is a folder with `real-speech` and `fillers` in it. DIR keeps what was heard, so that a second run is quick.
"""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.asr.endpointing import MOST_S, EndOfTurn, EndpointTimeouts, Evidence, Patience
from tools.command import parser_for, run_command
from tools.paths import RECORDINGS, ROOT
from tools.turn_taking import (
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

BUDGETS: Final[dict[Patience, float]] = {"brisk": 0.20, "usual": 0.10, "patient": 0.04}
"""The share of pauses inside answers that may be taken for their end."""

_WORTH_S: Final = 6.0
"""Seconds of waiting that are worth a pause not cut off."""
_KNOWN_S: Final = 0.5
"""How long a silence has lasted when there is the evidence that counts."""
_ASKED_S: Final = (0.2, 0.35, 0.5, 0.8, 1.2, 2.0)
"""Lengths of silence at which the log-odds have to be true."""
_SHARPNESS: Final = 0.2
"""Whether a pause is cut off is made a smooth function of the logarithms of its length and of the silence needed."""
_PENALTY: Final = 0.02
"""Of the squared weights of features with a standard deviation of 1."""
_LEAST_SPREAD: Final = 0.05
_STEPS, _RATE = 3000, 0.01
_SHORTEST_S, _LONGEST_S = 0.15, 3.6
"""Silences needed outside of these have no slope."""

Table = NDArray[np.float64]


def learned_from(speech: Path, made: Path, ear: Ear) -> list[Labelled]:
    """The silences that the regression learns from."""
    answers = [*generated(made, "fit"), *own_recordings(RECORDINGS)]
    people = [*utterances(speech / "fillers"), *conversations(speech / "real-speech", ear)]
    answers += [each for each in people if not is_kept_back(each.speaker) and each.corpus != "meetings"]
    return list(labelled(answers, ear))


def is_answered(each: Labelled) -> bool:
    """Whether the answer so far is to the point."""
    return each.silence.evidence_at(_KNOWN_S).is_answered


def cheapest(silences: Sequence[Labelled], names: Sequence[str]) -> tuple[dict[str, float], float]:
    """The weights and the intercept that cost least, by gradient descent (Adam: Kingma & Ba 2015)."""
    known = [each.silence.evidence_at(_KNOWN_S) for each in silences]
    found = [evidence.features() for evidence in known]
    table: Table = np.array([[*(each.get(name, 0.0) for name in names), 1.0] for each in found])
    scale = np.maximum(table.std(axis=0), _LEAST_SPREAD)
    scale[-1] = 1.0
    table = table / scale
    holds = np.array([each.holds for each in silences])
    lengths = np.log([min(each.silence.length_s, 9.0) for each in silences])
    paces = np.log([evidence.pace for evidence in known])
    cost = _WORTH_S * holds / np.sum(holds)
    wait = ~holds / np.sum(~holds)
    weights, mean, square = (np.zeros(table.shape[1]) for _ in range(3))
    for step in range(1, _STEPS + 1):
        needed = table @ weights + paces
        cut = 1 / (1 + np.exp(-(lengths - needed) / _SHARPNESS))
        counts = (needed > math.log(_SHORTEST_S)) & (needed < math.log(_LONGEST_S))
        by_needed = wait * np.exp(np.clip(needed, -9.0, 2.0)) * counts - cost * cut * (1 - cut) / _SHARPNESS
        slope = table.T @ by_needed + _PENALTY * np.append(weights[:-1], 0.0)
        mean = 0.9 * mean + 0.1 * slope
        square = 0.999 * square + 0.001 * slope**2
        weights -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
    *found_weights, intercept = (weights / scale).round(3).tolist()
    return dict(zip(names, found_weights, strict=True)), intercept


def true_slope(silences: Sequence[Labelled], model: EndOfTurn) -> float:
    """The slope that makes the log-odds likeliest, at all lengths of silence at which one is asked."""
    rows = [
        (model.log_odds(each.silence.evidence_at(asked_s), asked_s), 0.0 if each.holds else 1.0)
        for each in silences
        for asked_s in _ASKED_S
        if not (each.holds and asked_s > each.silence.length_s)
    ]
    odds, truth = np.array(rows).T
    slopes = np.arange(0.1, 6.0, 0.05)
    offsets = np.arange(-4.0, 4.0, 0.25)

    def likelihood(slope: float) -> float:
        # Costs and probabilities part at another silence, so the offset is free here.
        return max(
            float(-np.logaddexp(0, np.where(truth > 0, -1, 1) * (slope * odds + offset)).sum()) for offset in offsets
        )

    return round(float(max(slopes, key=likelihood)), 2)


def threshold(silences: Sequence[Labelled], model: EndOfTurn, patience: Patience) -> float:
    """The least log-odds at which no more than the budget's share of pauses is cut."""
    pauses = [each for each in silences if each.holds]
    for wanted in np.arange(-4.0, 6.0, 0.02):
        if share_cut(pauses, replace(model, thresholds={patience: float(wanted)}), patience) <= BUDGETS[patience]:
            break
    return round(float(wanted), 2)


def share_cut(pauses: Sequence[Labelled], model: EndOfTurn, patience: Patience) -> float:
    """The share of pauses that are taken for the end."""
    timeouts = EndpointTimeouts(patience=patience)
    cut = [ended_after_s(each, model, timeouts) <= each.silence.length_s for each in pauses]
    return sum(cut) / max(1, len(cut))


def ended_after_s(each: Labelled, model: EndOfTurn, timeouts: EndpointTimeouts) -> float:
    """After how much of a silence the turn is over."""

    def needed_s(evidence: Evidence) -> float:
        return model.silence_needed_s(evidence, timeouts)

    return each.silence.ended_after_s(needed_s, MOST_S[timeouts.patience])


def fitted(silences: Sequence[Labelled]) -> EndOfTurn:
    """Everything, fitted to silences, except those after an answer to the point, which need no evidence."""
    silences = [each for each in silences if not is_answered(each)]
    names = sorted({name for each in silences for _, evidence in each.silence.known for name in evidence.features()})
    weights, intercept = cheapest(silences, names)
    model = EndOfTurn(weights, intercept, 1.0, {})
    model = replace(model, slope=true_slope(silences, model))
    return replace(model, thresholds={each: threshold(silences, model, each) for each in BUDGETS})


def main() -> None:
    """Fit and write."""
    parser = parser_for("tools.training.fit_turns", __doc__)
    parser.add_argument("--generated", type=Path, required=True, metavar="FOLDER", help="what tools.corpus.turns made")
    parser.add_argument("--speech", type=Path, required=True, metavar="FOLDER", help="real speech")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="keeps what was heard")
    parser.add_argument("--out", type=Path, default=OUT, metavar="FILE", help="where it goes")
    options = parser.parse_args()
    silences = learned_from(options.speech, options.generated, Ear(options.work))
    model = fitted(silences)
    found = {
        "weights": model.weights,
        "intercept": model.intercept,
        "slope": model.slope,
        "thresholds": model.thresholds,
    }
    options.out.write_text(json.dumps(found, indent=2) + "\n", "utf-8")
    holds = sum(each.holds for each in silences)
    print(f"Fitted to {holds} pauses and {len(silences) - holds} ends.")


if __name__ == "__main__":
    run_command(main)
