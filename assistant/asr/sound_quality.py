"""How well an answer could be heard: what its sound tells of the microphone, and what was lost on the way."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from assistant.asr.voice_activity import SpeechSegment
from assistant.audio.frame import RATE_HZ, Frame, Hole, Samples
from assistant.audio.level import SILENCE_DBFS, levels_dbfs, rms_dbfs
from assistant.turns.answer import LostSound, Sound

MUTED = "The microphone delivers nothing, not even noise: is it muted?"
QUIET = "The voice is very quiet: come closer to the microphone, or turn it up."
LOUD = "The voice is too loud for the microphone, which clips it: turn the microphone down, or move back a little."
OFFSET = "The microphone adds a direct current. It was taken out; a different microphone would still be better."
MUTED_AFTER_S = 3.0
"""The quietest rooms and gates let some noise through in that time. Ours."""

_WINDOW = RATE_HZ // 50
_QUIET_DBFS = -50.0
"""Speech at a desk is recorded at -35 to -15 dBFS; from -55 on words are missed (tried with quieter recordings)."""
_STANDS_OUT_DB = 10.0
_CLIPPED_SHARE = 0.005
"""Of the voice. A recording that was raised to full scale reaches it in one sample of ten thousand."""
_OFFSET = 0.02
_BROKEN_OFF = 0.15
"""A hole breaks off something at least this loud, as a share of the voice's level. No silence in our recordings, nor in
telephone calls whose noise is rounded to zeros, breaks off a tenth."""
_RESUMED = 0.65
"""A hole ends in something at least this loud. Where telephones and gates cut silences to zeros, voices begin at up to
0.46 of their level (487 silences)."""
_NO_FAINTER_THAN = 30
_BAND_WINDOW = 512
_TELEPHONE_HZ = (300.0, 3600.0)
_ABOVE_HZ = (4300.0, 7600.0)
_CUT_OFF_DB = -55.0
"""What is above a telephone's band, beside what is in it: −67 dB and less on 23 telephone recordings, −45 and more of
voices in front of microphones and of synthetic ones."""


class SoundMeter:
    """Notes how an answer's sound comes: `feed` it the frames, then ask."""

    def __init__(self) -> None:
        self._began: int | None = None
        self._next = 0
        self._offsets = self._clipped = 0.0
        self._samples = 0
        self._silent_for = 0
        self._gaps: list[tuple[int, int]] = []
        self._holes: list[Hole] = []

    def feed(self, frame: Frame) -> int:
        """Note a frame; return how many samples are missing between the last one and it."""
        if self._began is None:
            self._began = self._next = frame.start
        missing = max(0, frame.start - self._next)
        if missing:
            self._gaps.append((self._next, frame.start))
        self._next = frame.end
        self._offsets += frame.condition.offset * len(frame.samples)
        self._clipped += frame.condition.clipped
        self._samples += len(frame.samples)
        self._silent_for = frame.condition.silent_for
        self._holes += frame.condition.holes
        return missing

    def missing_since(self, moment_s: float) -> float:
        """Seconds that were missing on the clock from `moment_s` of the answer on."""
        at = (self._began or 0) + moment_s * RATE_HZ
        return sum(end - max(start, at) for start, end in self._gaps if end > at) / RATE_HZ

    def lost(self, samples: Samples, speech: Sequence[SpeechSegment]) -> tuple[LostSound, ...]:
        """What was lost: gaps on the clock, and holes that broke off a voice.

        Parameters
        ----------
        samples : ndarray of int16
            The answer's sound.
        speech : sequence of SpeechSegment
        """
        began = self._began or 0
        voice = _voice(samples, speech)
        level = float(np.sqrt(np.mean(np.square(voice, dtype=np.float64)))) if len(voice) else np.inf
        loud, abrupt = (max(_NO_FAINTER_THAN, share * level) for share in (_BROKEN_OFF, _RESUMED))
        holes = [
            (hole.start, hole.end) for hole in self._holes if hole.broke_off_at >= loud or hole.resumed_at >= abrupt
        ]
        stretches: list[list[int]] = []
        for start, end in sorted((*self._gaps, *holes)):
            if stretches and start <= stretches[-1][1]:
                stretches[-1][1] = max(end, stretches[-1][1])
            else:
                stretches.append([max(start, began), end])
        return tuple(
            LostSound(round((start - began) / RATE_HZ, 3), round((end - began) / RATE_HZ, 3))
            for start, end in stretches
        )

    def sound(self, samples: Samples, speech: Sequence[SpeechSegment], lost: Sequence[LostSound]) -> Sound:
        """What the sound tells of the microphone; for the parameters see `lost`."""
        voice = _voice(samples, speech)
        level = round(rms_dbfs(voice), 1) if len(voice) else None
        levels = levels_dbfs(samples, _WINDOW)
        noise = round(float(np.percentile(levels, 10)), 1) if len(levels) else None
        clipped = min(1.0, self._clipped / len(voice)) if len(voice) else 0.0
        offset = self._offsets / self._samples if self._samples else 0.0
        warnings = []
        if self._silent_for >= self._samples and self._samples >= MUTED_AFTER_S * RATE_HZ:
            warnings.append(MUTED)
        elif level < _QUIET_DBFS if level is not None else _something_quiet(levels):
            warnings.append(QUIET)
        if clipped >= _CLIPPED_SHARE:
            warnings.append(LOUD)
        if abs(offset) >= _OFFSET:
            warnings.append(OFFSET)
        lost_s = round(sum(each.duration_s for each in lost), 3)
        return Sound(level, noise, round(offset, 4), round(clipped, 4), lost_s, tuple(warnings))


def is_narrow_band(samples: Samples, speech: Sequence[SpeechSegment]) -> bool:
    """Whether a voice has nothing above 4 kHz, as on a telephone and with some wireless headsets.

    Parameters
    ----------
    samples : ndarray of int16
        The answer's sound.
    speech : sequence of SpeechSegment
    """
    voice = _voice(samples, speech)
    windows = voice[: len(voice) // _BAND_WINDOW * _BAND_WINDOW].reshape(-1, _BAND_WINDOW)
    if not len(windows):
        return False
    power = np.square(np.abs(np.fft.rfft(windows * np.hanning(_BAND_WINDOW), axis=1)))
    hz = np.fft.rfftfreq(_BAND_WINDOW, 1 / RATE_HZ)
    inside, above = (power[:, (hz >= low) & (hz < high)].sum(axis=1) for low, high in (_TELEPHONE_HZ, _ABOVE_HZ))
    # Breath and pauses have no band.
    loud = inside >= np.median(inside)
    return bool(above[loud].sum() < 10 ** (_CUT_OFF_DB / 10) * inside[loud].sum())


def _voice(samples: Samples, speech: Sequence[SpeechSegment]) -> Samples:
    parts = [samples[int(each.start_s * RATE_HZ) : int(each.end_s * RATE_HZ)] for each in speech]
    return np.concatenate(parts) if parts else np.zeros(0, np.int16)


def _something_quiet(levels: npt.NDArray[np.float32]) -> bool:
    if not len(levels):
        return False
    floor, loud = np.percentile(levels, (10, 90)).tolist()
    return bool(SILENCE_DBFS < loud < _QUIET_DBFS and loud - floor >= _STANDS_OUT_DB)
