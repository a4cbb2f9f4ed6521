"""Pitch and loudness of an answer, measured while it is being given.

Pitch is Praat's autocorrelation method (Boersma 1993, *Proceedings of the Institute of Phonetic Sciences* 17, 97–110)
through `parselmouth`. It works on stretches of a second as they come, so that little is left to do when the turn is
over and the person waits. Where nobody offers `parselmouth` ready-made (Linux on ARM), there is no prosody, and the
estimates do without.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from types import ModuleType

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Samples
from assistant.turns.audio import AnswerAudio

_BLOCK_SAMPLES = RATE_HZ
_FLOOR_HZ, _CEILING_HZ = 65.0, 500.0
"""From a low man's voice to a high woman's."""

_STEP_S = 0.02
"""Half as many frames as Praat's own choice takes half the time, and the median of an answer stays the same."""

_LEVEL_SAMPLES = int(0.02 * RATE_HZ)
_SILENT_DBFS = -60.0
"""A block whose loudest 20 ms are below this has no voice in it; Praat isn't asked."""

_FEWEST_VOICED_S = 0.5
_FULL_SCALE = 32768.0
_LOWEST_DBFS = -100.0


@dataclass(frozen=True, slots=True)
class Prosody:
    """How an answer sounded, words aside.

    Attributes
    ----------
    pitch_median_hz : float
        Median of the fundamental frequency.
    pitch_range_semitones : float
        From its 10th to its 90th percentile; the outermost values are left out because some are octave errors.
    voiced_s : float
        Time with a pitch, in seconds.
    energy_dbfs : float
        Median level of the frames with a pitch, in dB below full scale. It depends on the microphone and how far away
        it is, so it is told, but no estimate is made from it.
    floor_dbfs : float
        Level that a tenth of all 20 ms frames stay below: the room's noise.
    """

    pitch_median_hz: float
    pitch_range_semitones: float
    voiced_s: float
    energy_dbfs: float
    floor_dbfs: float

    @property
    def above_floor_db(self) -> float:
        """How much louder the voice is than the room, in dB."""
        return self.energy_dbfs - self.floor_dbfs


class ProsodyMeter:
    """Measures the sound of one answer after another: `begin`, `feed` it as it comes, `finish`."""

    def __init__(self) -> None:
        self.begin()

    @staticmethod
    def load() -> None:
        """Load Praat (0.2 s), which otherwise happens in the middle of the first answer."""
        _praat()

    def begin(self) -> None:
        """Start a new answer."""
        self._read = 0
        self._pitches: list[npt.NDArray[np.float64]] = []
        self._voiced_levels: list[npt.NDArray[np.float64]] = []
        self._levels: list[npt.NDArray[np.float64]] = []

    def feed(self, sound: AnswerAudio) -> None:
        """Measure what has been added to the sound of the answer, once there is enough of it."""
        if len(sound) - self._read >= _BLOCK_SAMPLES:
            self._measure(sound)

    def finish(self, sound: AnswerAudio) -> Prosody | None:
        """What was measured in all of the answer; None where there was hardly any voice, or Praat isn't installed."""
        self._measure(sound)
        pitches = np.concatenate(self._pitches) if self._pitches else np.zeros(0)
        voiced_s = len(pitches) * _STEP_S
        if voiced_s < _FEWEST_VOICED_S:
            return None
        low, median, high = np.percentile(pitches, [10, 50, 90])
        return Prosody(
            pitch_median_hz=round(float(median), 1),
            pitch_range_semitones=round(float(12 * np.log2(high / low)), 2),
            voiced_s=round(voiced_s, 2),
            energy_dbfs=round(float(np.median(np.concatenate(self._voiced_levels))), 1),
            floor_dbfs=round(float(np.percentile(np.concatenate(self._levels), 10)), 1),
        )

    def _measure(self, sound: AnswerAudio) -> None:
        samples = sound.since(self._read)
        self._read += len(samples)
        # A remainder of less than three periods of the lowest pitch has none that could be measured.
        if len(samples) < 4 * RATE_HZ / _FLOOR_HZ or _praat() is None:
            return
        levels = _levels_dbfs(samples)
        self._levels.append(levels)
        if levels.max() < _SILENT_DBFS:
            return
        times_s, pitches = _pitch(samples)
        voiced = pitches > 0
        frames = np.minimum((times_s[voiced] * RATE_HZ / _LEVEL_SAMPLES).astype(int), len(levels) - 1)
        self._pitches.append(pitches[voiced])
        self._voiced_levels.append(levels[frames])


def _praat() -> ModuleType | None:
    """Praat, if it is installed."""
    try:
        return import_module("parselmouth")
    except ImportError:
        return None


def prosody_of(samples: Samples) -> Prosody | None:
    """Prosody of a whole answer at once: int16 mono at 16 kHz."""
    return ProsodyMeter().finish(AnswerAudio(samples))


def _levels_dbfs(sound: Samples) -> npt.NDArray[np.float64]:
    frames = sound[: len(sound) // _LEVEL_SAMPLES * _LEVEL_SAMPLES].reshape(-1, _LEVEL_SAMPLES).astype(np.float64)
    power = np.mean(np.square(frames / _FULL_SCALE), axis=1)
    levels: npt.NDArray[np.float64] = 10 * np.log10(np.maximum(power, 10 ** (_LOWEST_DBFS / 10)))
    return levels


def _pitch(sound: Samples) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Times in seconds and pitches in Hz; 0 Hz where there is no voice."""
    praat = _praat()
    assert praat is not None
    track = praat.Sound(sound / _FULL_SCALE, RATE_HZ).to_pitch_ac(
        time_step=_STEP_S, pitch_floor=_FLOOR_HZ, pitch_ceiling=_CEILING_HZ
    )
    return track.xs(), track.selected_array["frequency"]
