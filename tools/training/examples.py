"""The training data of the network: rows of `Spectrum`, which are also its input in use, and a label for each."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from assistant.audio.frame import Samples
from assistant.fillers.features import BANDS, HOP_SAMPLES, Spectrum
from assistant.fillers.network import ROWS_PER_S
from tools.corpus.acoustics import REAL_SPEEDS, SYNTHETIC_SPEEDS, in_drawn_room
from tools.corpus.utterance import Span
from tools.training.real_speech import Kind, RealLine

FILLER: Final = 1
OTHER: Final = 0
UNKNOWN: Final = -1
"""Such rows aren't used in training."""

LINE_ROWS: Final = 400
"""Shorter recordings are joined until they are this long."""

_PARTS, _CLASSIFIER_PARTS = 10, 4

_BEFORE_ROWS, _AFTER_ROWS = 3, 5
"""Rows around the edges of a filler, where nobody can say exactly where it begins and ends."""
_UNKNOWN_LENGTH_S = 1.5
_LOUD_DB = 22.0
_NEIGHBOUR_ROWS = 200
_PEAK = 0.5
_SHORTEST_S, _QUIETEST_PEAK = 0.3, 0.003
_ANOTHER_HEARING = 7919


@dataclass(frozen=True, slots=True)
class Example:
    """Rows, float16 of shape (n, COLUMNS), and their labels, int8 of shape (n,)."""

    rows: NDArray[np.float16]
    labels: NDArray[np.int8]

    @property
    def has_filler(self) -> bool:
        """Whether it contains a filler."""
        return bool((self.labels == FILLER).any())


def kept_for_classifier(name: str) -> bool:
    """Whether a recording is kept from the network's training: 4 of 10 are, chosen by name.

    The classifier has to learn from the network's log-odds for recordings that the network hasn't seen.
    """
    return zlib.crc32(name.encode()) % _PARTS < _CLASSIFIER_PARTS


def of_spoken(path: Path, spans: Sequence[Span], hearing: int) -> Example:
    """An utterance from `voices`, in the room with that number (0, 1, …)."""
    import soundfile

    sound, rate_hz = soundfile.read(path, dtype="float32")
    chance = np.random.default_rng(zlib.crc32(path.name.encode()) + hearing * _ANOTHER_HEARING)
    there = in_drawn_room(sound, rate_hz, chance, SYNTHETIC_SPEEDS)
    rows = _rows(there.samples)
    return Example(rows, span_labels(len(rows), [(span.start_s, span.end_s) for span in spans], there.speed))


def of_real(line: RealLine, hearing: int) -> Example | None:
    """A real recording, in the room with that number; None if there is too little in it."""
    sound, rate_hz = line.read()
    peak = float(np.abs(sound).max(initial=0.0))
    if len(sound) < _SHORTEST_S * rate_hz or peak < _QUIETEST_PEAK:
        return None
    chance = np.random.default_rng(zlib.crc32(line.name.encode()) + hearing * _ANOTHER_HEARING)
    there = in_drawn_room(sound * np.float32(_PEAK / peak), rate_hz, chance, REAL_SPEEDS)
    rows = _rows(there.samples)
    return Example(rows, real_labels(line.kind, rows, there.samples))


def span_labels(count: int, spans: Sequence[tuple[float, float]], speed: float = 1.0) -> NDArray[np.int8]:
    """Labels of `count` rows, given the times of fillers.

    Parameters
    ----------
    count : int
    spans : sequence of (float, float)
        Start and end of each filler in seconds, before speeding up.
    speed : float
    """
    labels = np.full(count, OTHER, np.int8)
    for start_s, end_s in spans:
        start, end = int(start_s / speed * ROWS_PER_S), int(end_s / speed * ROWS_PER_S)
        labels[start + 1 : end] = FILLER
        labels[max(0, start - _BEFORE_ROWS) : start + 2] = UNKNOWN
        labels[max(0, end - 1) : end + _AFTER_ROWS] = UNKNOWN
    return labels


def real_labels(kind: Kind, rows: NDArray[np.float16], samples: Samples) -> NDArray[np.int8]:
    """Labels of a real recording: if it is only a filler, its loud and voiced parts are the filler."""
    labels = np.full(len(rows), OTHER, np.int8)
    if kind == "fillers":
        level_db = _levels_db(samples, len(rows))
        loud = level_db > np.percentile(level_db, 95) - _LOUD_DB
        labels[:] = np.where(loud & (rows[:, BANDS] > 0), FILLER, UNKNOWN)
    elif kind == "filler first":
        labels[: int(_UNKNOWN_LENGTH_S * ROWS_PER_S)] = UNKNOWN
    return labels


def lines_of(examples: Sequence[Example], chance: np.random.Generator) -> list[Example]:
    """Join real recordings into longer ones, with each that is only a filler between two others."""
    fluent = [example for example in examples if not example.has_filler]
    mixed = list(fluent)
    for example in examples:
        if example.has_filler and fluent:
            before, after = (fluent[number] for number in chance.integers(len(fluent), size=2))
            mixed.append(_joined((_last(before), example, _first(after))))
    joined: list[Example] = []
    waiting: list[Example] = []
    for number in chance.permutation(len(mixed)):
        waiting.append(mixed[number])
        if sum(len(example.labels) for example in waiting) >= LINE_ROWS:
            joined.append(_joined(waiting))
            waiting = []
    return joined


def _joined(examples: Sequence[Example]) -> Example:
    return Example(
        np.concatenate([example.rows for example in examples]), np.concatenate([example.labels for example in examples])
    )


def _first(example: Example) -> Example:
    return Example(example.rows[:_NEIGHBOUR_ROWS], example.labels[:_NEIGHBOUR_ROWS])


def _last(example: Example) -> Example:
    return Example(example.rows[-_NEIGHBOUR_ROWS:], example.labels[-_NEIGHBOUR_ROWS:])


def _rows(samples: Samples) -> NDArray[np.float16]:
    spectrum = Spectrum()
    return np.concatenate((spectrum.feed(samples), spectrum.finish())).astype(np.float16)


def _levels_db(samples: Samples, count: int) -> NDArray[np.float64]:
    """Level of the 20 ms around each row, in dB relative to full scale."""
    sound = np.pad(samples.astype(np.float64) / 32768, (HOP_SAMPLES, count * HOP_SAMPLES))
    power = np.square(sound[: (count + 1) * HOP_SAMPLES]).reshape(-1, HOP_SAMPLES).mean(axis=1)
    return np.asarray(10.0 * np.log10((power[:-1] + power[1:]) / 2 + 1e-12))
