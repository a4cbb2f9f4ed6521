"""What is done to all sound before anything listens to it, and what is noted of how it came."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Condition, Frame, Hole, Samples

CUTOFF_HZ = 40.0
"""Where the high-pass filter is 3 dB down. The deepest voices, and creak, begin at 50 Hz."""

_POLE_HZ = CUTOFF_HZ * (np.sqrt(2.0) - 1.0) ** 0.5
"""Of each of two equal first-order sections that are 3 dB down together at the cut-off."""
_DECAY = float(np.exp(-2.0 * np.pi * _POLE_HZ / RATE_HZ))
_ROW = 256
_POWERS = _DECAY ** np.arange(_ROW)
_FULL_SCALE = 32_768.0
_CLIPPED = 0.99 * _FULL_SCALE
_SHORTEST_HOLE = RATE_HZ // 25
_EDGE = RATE_HZ // 200


class HighPass:
    """Takes direct current and rumble out of a stream of samples at `RATE_HZ`.

    Microphones add direct current, those in cheap boards up to a fifth of full scale. It isn't heard, and yet it is
    energy: fillers are made out of it, pauses drown in it, and where there is more of it everything does.

    Two equal sections of first order; no look-ahead. It delays a voice by 0.8 ms at 100 Hz and by 0.2 ms at 200 Hz,
    which is less than the times of words are exact to.
    """

    def __init__(self) -> None:
        self._means: list[float] | None = None

    @property
    def silence(self) -> float:
        """The sample that would come out as 0 just now."""
        return sum(self._means) if self._means is not None else 0.0

    def feed(self, samples: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Take the next samples, shape (n,); return as many without what is lower than `CUTOFF_HZ`."""
        if not len(samples):
            return samples
        if self._means is None:
            # As if the direct current had always been there: otherwise its beginning were a bang.
            self._means = [float(np.mean(samples)), 0.0]
        for section, mean in enumerate(self._means):
            means = _running_means(samples, mean)
            self._means[section] = float(means[-1])
            samples = samples - means
        return samples


def _running_means(samples: npt.NDArray[np.float64], before: float) -> npt.NDArray[np.float64]:
    """The mean that forgets exponentially, at each sample; `before` is the one before the first."""
    count = len(samples)
    rows = np.zeros((-(-count // _ROW), _ROW))
    rows.reshape(-1)[:count] = samples
    means = np.cumsum(rows / _POWERS, axis=1) * (_POWERS * (1.0 - _DECAY))
    carried = [before]
    for last in means[:-1, -1].tolist():
        carried.append(last + _POWERS[-1] * _DECAY * carried[-1])
    means += np.outer(carried, _POWERS * _DECAY)
    return np.asarray(means.reshape(-1)[:count])


class Conditioner:
    """Makes the frames of a source: high-passed, with a note of how the sound came. The constructor touches nothing."""

    def __init__(self) -> None:
        self._high_pass = HighPass()
        self._silent_for = 0
        self._recent: Samples = np.zeros(0, np.int16)
        self._hole: Hole | None = None
        self._ended: list[Hole] = []

    @property
    def silence(self) -> int:
        """The sample that can stand in for sound just now, and leaves no click."""
        return round(self._high_pass.silence)

    def frame(self, samples: Samples, start: int) -> Frame:
        """Make a frame of the next samples, which begin at `start` on the audio clock."""
        self._silent_for = 0 if samples.any() else self._silent_for + len(samples)
        offset = float(np.mean(samples)) / _FULL_SCALE if len(samples) else 0.0
        clipped = int(np.count_nonzero(np.abs(samples.astype(np.int32)) >= _CLIPPED))
        holes = self._holes(samples, start)
        return Frame(self.clean(samples), start, Condition(offset, clipped, self._silent_for, holes))

    def _holes(self, samples: Samples, start: int) -> tuple[Hole, ...]:
        """The stretches of one repeated value after which enough is known; the others are remembered."""
        if not len(samples):
            # A resampler looks ahead before it gives its first ones.
            return ()
        if self._hole is not None and self._hole.end != start:
            # Something was lost in between, which is known already.
            self._hole, self._recent, self._ended = None, np.zeros(0, np.int16), []
        sound = np.concatenate((self._recent, samples)).astype(np.int32)
        known, offset = len(self._recent), start - len(self._recent)
        self._recent = sound[-_EDGE - 1 :].astype(np.int16)
        edges = np.concatenate(([0], np.flatnonzero(np.diff(sound)) + 1, [len(sound)]))
        long_enough = np.diff(edges) >= _SHORTEST_HOLE
        begun = max(0, self._hole.start - offset) if self._hole is not None else -1
        ended, self._hole, pending = self._ended, None, self._hole
        for at in np.flatnonzero(long_enough | (edges[:-1] == begun) | (edges[1:] == len(sound))).tolist():
            first, end = int(edges[at]), int(edges[at + 1])
            if first == begun and pending is not None:
                hole = replace(pending, end=offset + end)
            else:
                before = np.abs(sound[max(0, first - _EDGE) : first] - sound[first])
                hole = Hole(offset + first, offset + end, int(before.max(initial=0)))
            if end == len(sound):
                self._hole = hole
            elif end >= known and hole.end - hole.start >= _SHORTEST_HOLE:
                ended.append(hole)
        told = [hole for hole in ended if hole.end + _EDGE <= offset + len(sound)]
        self._ended = [hole for hole in ended if hole not in told]
        return tuple(
            replace(hole, resumed_at=int(np.abs(after - sound[hole.end - offset - 1]).max()))
            for hole in told
            for after in [sound[hole.end - offset : hole.end - offset + _EDGE]]
        )

    def clean(self, samples: Samples) -> Samples:
        """The next samples, high-passed."""
        passed = np.rint(self._high_pass.feed(samples.astype(np.float64)))
        return np.asarray(np.clip(passed, -32_768, 32_767), dtype=np.int16)
