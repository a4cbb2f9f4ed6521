"""Pitch and loudness of an answer, measured while it is being given.

The pitch tracker is SwiftF0 (Nieradzik 2025, arXiv:2508.18440; its package's network is newer and smaller). It works on
two seconds at a time as they come in, so that little is left to do when the turn is over and the person waits.
"""

from __future__ import annotations

import os
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Samples
from assistant.audio.level import levels_dbfs
from assistant.turns.assessment import Prosody
from assistant.turns.audio import AnswerAudio

if TYPE_CHECKING:
    from swift_f0 import SwiftF0

_FRAME_SAMPLES = 256
"""SwiftF0's frame, 16 ms."""
_BLOCK_FRAMES = 125
_AROUND_FRAMES = 4
"""Context frames for the network. It looks 11 frames back and 10 ahead, but the outer ones hardly count."""

_FLOOR_HZ, _CEILING_HZ = 65.0, 500.0
"""From a low man's voice to a high woman's. The mains hum at 50 or 60 Hz."""
_VOICED = 0.5
"""The confidence at which SwiftF0 itself calls a frame voiced."""

_SILENT_DBFS = -60.0
"""Anything softer has no voice in it, no matter what the rest is like."""
_LOUD_PERCENTILE = 95
_SOFTEST_VOICE_DB = -23.0
"""
Relative to the answer's loud frames. Anything softer with a pitch is overtones of the mains or another person in the
room: tuned to Praat's voicing, on headset recordings with others in the background (docs/sensing.md).
"""
_WANTED_DBFS, _MOST_GAIN_DB = -20.0, 40.0
"""SwiftF0 doesn't normalise: 30 dB below an ordinary level it misses a fifth of the voice, 40 dB below most of it."""

_FEWEST_VOICED_FRAMES = RATE_HZ // 2 // _FRAME_SAMPLES
"""Half a second."""
_FULL_SCALE = 32768.0


class ProsodyMeter:
    """Measures the sound of one answer after another: `begin`, `feed` it as it comes, `finish`."""

    def __init__(self) -> None:
        self.begin()

    @staticmethod
    def load() -> None:
        """Load the network now, rather than in the middle of the first answer."""
        _pitch_tracker()

    def begin(self) -> None:
        """Start a new answer."""
        self._read = 0
        self._measured_frames = 0
        self._loudest_dbfs = _SILENT_DBFS
        self._levels: list[npt.NDArray[np.float32]] = []
        self._pitches: list[npt.NDArray[np.float64]] = []

    def feed(self, sound: AnswerAudio) -> None:
        """Measure what has been added to the sound of the answer, once there is enough of it."""
        if len(sound) - self._read >= (_BLOCK_FRAMES + 2 * _AROUND_FRAMES) * _FRAME_SAMPLES:
            self._measure(sound, _AROUND_FRAMES)

    def finish(self, sound: AnswerAudio) -> Prosody | None:
        """Return what was measured in the whole answer; None if there was hardly any voice."""
        self._measure(sound, 0)
        if not self._levels:
            return None
        levels, pitches = np.concatenate(self._levels), np.concatenate(self._pitches)
        voiced = (pitches > 0) & (levels >= self._softest_voice_dbfs())
        if voiced.sum() < _FEWEST_VOICED_FRAMES:
            return None
        low, median, high = np.percentile(pitches[voiced], [10, 50, 90])
        return Prosody(
            pitch_median_hz=round(float(median), 1),
            pitch_range_semitones=round(float(12 * np.log2(high / low)), 2),
            voiced_s=round(float(voiced.sum() * _FRAME_SAMPLES / RATE_HZ), 2),
            energy_dbfs=round(float(np.median(levels[voiced])), 1),
            floor_dbfs=round(float(np.percentile(levels, 10)), 1),
        )

    def _measure(self, sound: AnswerAudio, frames_after: int) -> None:
        """Measure the frames with `frames_after` more after them; the next ones will read their context again."""
        samples = sound.since(self._read)
        levels = levels_dbfs(samples, _FRAME_SAMPLES)
        block = slice(min(self._measured_frames, _AROUND_FRAMES), len(levels) - frames_after)
        if block.stop <= block.start:
            return
        # Within an answer, the loudest level only rises and the gain only falls, so background in a pause stays that.
        self._loudest_dbfs = max(self._loudest_dbfs, float(np.percentile(levels[block], _LOUD_PERCENTILE)))
        self._pitches.append(self._track_pitch(samples, levels >= self._softest_voice_dbfs())[block])
        self._levels.append(levels[block])
        self._measured_frames += len(levels[block])
        self._read += max(0, block.stop - _AROUND_FRAMES) * _FRAME_SAMPLES

    def _softest_voice_dbfs(self) -> float:
        return max(self._loudest_dbfs + _SOFTEST_VOICE_DB, _SILENT_DBFS)

    def _track_pitch(self, sound: Samples, loud: npt.NDArray[np.bool_]) -> npt.NDArray[np.float64]:
        """The pitch in Hz of each loud frame; 0 if it has none. Pauses are cut out, so they cost nothing."""
        pitches = np.zeros(len(loud))
        heeded = np.convolve(loud, np.ones(2 * _AROUND_FRAMES + 1))[_AROUND_FRAMES:-_AROUND_FRAMES] > 0
        if not heeded.any():
            return pitches
        gain_db = min(max(_WANTED_DBFS - self._loudest_dbfs, 0.0), _MOST_GAIN_DB)
        frames = sound[: len(loud) * _FRAME_SAMPLES].reshape(-1, _FRAME_SAMPLES)[heeded]
        track = _pitch_tracker().detect(
            frames.ravel() * np.float32(10 ** (gain_db / 20) / _FULL_SCALE), RATE_HZ, _FLOOR_HZ, _CEILING_HZ
        )
        pitches[heeded] = np.where(track.confidence >= _VOICED, track.pitch_hz, 0.0)
        return pitches


@cache
def _pitch_tracker() -> SwiftF0:
    # onnxruntime from 1.29 on reports home unless it is told not to; nothing leaves this machine.
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"
    from swift_f0 import SwiftF0

    # By default it takes every core, and keeps them busy while it waits.
    return SwiftF0(threads=1, spin=False)
