"""Where in an answer a filler may be: named by the recogniser, or unnamed but sounding like one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.fillers.features import BANDS, Rows
from assistant.fillers.network import ROWS_PER_S
from assistant.turns.answer import Word

_SAME_BREATH_S = 0.12
"""Filler words closer together than this are one sound that the recogniser wrote twice ("ah um")."""

_RUN_ODDS = -1.4
"""Lowest log-odds for a moment to belong to a filled pause: a probability of 0.2."""
_SHORTEST_RUN_S = 0.1
_BRIDGED_RUN_S = 0.04
_CLEARANCE_S = 0.05
"""A run this close to a filler that the recogniser named is the same filler."""

_CONTEXT_S = 0.08
"""Word times are off by some frames, so a candidate is judged with this much to either side."""
_STEADY_ROWS = 10
_BESIDE_ROWS = 30
_LONGEST_GAP_S = 0.5
_QUIET = -0.5
"""Level (see `Spectrum`) 22 dB below the loudest."""

_NASAL: Final = frozenset({"um", "umm", "uhm", "erm", "hm", "hmm", "mm", "mmm"})
_RHOTIC: Final = frozenset({"er", "erm"})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stretch that may be a filled pause, in seconds from the start of the answer.

    Attributes
    ----------
    start_s, end_s : float
    word : str or None
        What the recogniser wrote, if it wrote a filler.
    confidence : float
        The recogniser's confidence; 0 if it wrote no filler.
    """

    start_s: float
    end_s: float
    word: str | None
    confidence: float


def merged(words: Sequence[Word], fillers: Collection[str]) -> list[Word]:
    """The words, with fillers close together merged into one, a nasal one if any of them is ("ah um" is an "um")."""
    out: list[Word] = []
    for word in words:
        last = out[-1] if out else None
        if (
            last is None
            or word.word not in fillers
            or last.word not in fillers
            or word.start_s - last.end_s > _SAME_BREATH_S
        ):
            out.append(word)
            continue
        longer = word if word.end_s - word.start_s > last.end_s - last.start_s else last
        name = next((each.word for each in (word, last) if each.word in _NASAL), longer.word)
        out[-1] = Word(name, last.start_s, word.end_s, max(word.confidence, last.confidence))
    return out


def candidates(words: Sequence[Word], fillers: Collection[str], odds: NDArray[np.float32]) -> list[Candidate]:
    """All stretches that may be filled pauses, in order.

    Parameters
    ----------
    words : sequence of Word
        As `merged` returns them.
    fillers : collection of str
        What counts as a filler.
    odds : float32 array, shape (n,)
        Log-odds of a filled pause, every 10 ms.
    """
    named = [Candidate(word.start_s, word.end_s, word.word, word.confidence) for word in words if word.word in fillers]
    unnamed = [
        Candidate(start_s, end_s, None, 0.0)
        for start_s, end_s in runs(odds, _RUN_ODDS, _SHORTEST_RUN_S)
        if not any(each.start_s < end_s + _CLEARANCE_S and start_s < each.end_s + _CLEARANCE_S for each in named)
    ]
    return sorted((*named, *unnamed), key=lambda each: each.start_s)


def runs(odds: NDArray[np.float32], above: float, shortest_s: float) -> list[tuple[float, float]]:
    """Stretches in seconds during which the log-odds stay above a limit, with short dips bridged."""
    edges = np.diff(np.concatenate(([0], (odds > above).astype(np.int8), [0])))
    found: list[tuple[float, float]] = []
    for start, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True):
        start_s, end_s = float(start) / ROWS_PER_S, float(end) / ROWS_PER_S
        if found and start_s - found[-1][1] <= _BRIDGED_RUN_S:
            found[-1] = (found[-1][0], end_s)
        else:
            found.append((start_s, end_s))
    return [(start_s, end_s) for start_s, end_s in found if end_s - start_s >= shortest_s]


FEATURES: Final = (
    "named",
    "named: log duration",
    "named: log confidence",
    "named: nasal",
    "named: rhotic",
    "unnamed: log duration",
    "unnamed: share under words",
    "unnamed: confidence of the word there",
    "best odds",
    "mean odds",
    "length of the run",
    "gap before",
    "gap after",
    "quiet before",
    "quiet after",
    "pitch movement",
    "spectral movement",
    "voicing",
    "confidence before",
    "confidence after",
    "nothing before",
    "nothing after",
)
"""What a candidate is judged by, in the order of the columns of `features`."""


def features(candidate: Candidate, words: Sequence[Word], odds: NDArray[np.float32], rows: Rows) -> NDArray[np.float32]:
    """The features to judge a candidate by.

    Parameters
    ----------
    candidate : Candidate
    words : sequence of Word
        The words of the answer without its fillers.
    odds : float32 array, shape (n,)
    rows : float32 array, shape (n or more, 35)
        Of `Spectrum`.

    Returns
    -------
    float32 array, shape (len(FEATURES),)
    """
    named = candidate.word is not None
    duration_s = candidate.end_s - candidate.start_s
    first = min(int(candidate.start_s * ROWS_PER_S), len(odds) - 3)
    last = min(max(first + 3, int(candidate.end_s * ROWS_PER_S)), len(odds))
    around = odds[max(0, first - int(_CONTEXT_S * ROWS_PER_S)) : last + int(_CONTEXT_S * ROWS_PER_S)]
    steady = np.convolve(around, np.full(_STEADY_ROWS, 1 / _STEADY_ROWS), "valid") if len(around) > 9 else around
    wider = odds[max(0, first - 20) : last + 20]
    longest_run_s = max((end_s - start_s for start_s, end_s in runs(wider, -1.1, 0.0)), default=0.0)
    inside = rows[first:last]
    voiced = inside[:, BANDS] > 0
    pitch = inside[voiced, BANDS + 1]
    level = rows[:, BANDS + 2]
    before = [word for word in words if word.end_s <= candidate.start_s + _CLEARANCE_S]
    after = [word for word in words if word.start_s >= candidate.end_s - _CLEARANCE_S]
    gap_before_s = candidate.start_s - (before[-1].end_s if before else 0.0)
    gap_after_s = (after[0].start_s if after else len(odds) / ROWS_PER_S) - candidate.end_s
    under_s, under = 0.0, None
    for word in words:
        shared_s = min(word.end_s, candidate.end_s) - max(word.start_s, candidate.start_s)
        if shared_s > 0:
            under_s += shared_s
            under = word if under is None or shared_s > under.end_s - under.start_s else under
    log_duration = float(np.log(duration_s + 0.03)) + 1.6
    return np.array(
        [
            named,
            log_duration if named else 0.0,
            np.log(candidate.confidence + 0.05) + 0.5 if named else 0.0,
            candidate.word in _NASAL,
            candidate.word in _RHOTIC,
            0.0 if named else log_duration,
            0.0 if named else under_s / duration_s,
            under.confidence if under is not None and not named else 0.0,
            np.clip(steady.max(), -6, 6) / 3,
            np.clip(odds[first:last].mean(), -6, 6) / 3,
            min(longest_run_s, 1.0) * 2,
            np.clip(gap_before_s, 0.0, _LONGEST_GAP_S) * 4,
            np.clip(gap_after_s, 0.0, _LONGEST_GAP_S) * 4,
            float((level[max(0, first - _BESIDE_ROWS) : first] < _QUIET).mean()) if first > 3 else 1.0,
            float((level[last : last + _BESIDE_ROWS] < _QUIET).mean()) if last < len(odds) - 3 else 1.0,
            min(float(pitch.std()), 0.5) * 4 if len(pitch) > 3 else 1.2,
            min(float(np.abs(np.diff(inside[:, :BANDS], axis=0)).mean()), 0.6) * 4 if len(inside) > 2 else 1.2,
            float(inside[:, BANDS].mean()) if len(inside) else 0.0,
            before[-1].confidence if before else 0.8,
            after[0].confidence if after else 0.8,
            not before,
            not after,
        ],
        np.float32,
    )
