"""A first pass over a recording: is it usable, how long is it, and where does the last sound worth hearing end."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Samples
from assistant.audio.level import levels_dbfs
from assistant.audio.recording import Recording

_WINDOW = RATE_HZ // 50
_QUIETEST_DBFS = -50.0
_MARGIN_DB = 10.0
_LEAST_MARGIN_DB = 3.0
_CLICK_WINDOWS = 5
"""Sound fills at least three windows of five (60 of 100 ms); what is shorter is a click, such as that of a key."""


@dataclass(frozen=True, slots=True)
class RecordingScan:
    """What is known of a recording before it is heard.

    Attributes
    ----------
    samples : int
        Its length, at `RATE_HZ`.
    sound_end : int
        Where the last sound worth hearing ends, in samples from its start; 0 where there is none.
    note : str or None
        What is wrong with the file although it can be used.
    """

    samples: int
    sound_end: int
    note: str | None

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.samples / RATE_HZ


def scan_recording(path: Path) -> RecordingScan:
    """Read a recording through once.

    Sound is worth hearing where its level (in windows of 20 ms) is above -50 dBFS and stands out of the file's own
    noise by 10 dB. The noise floor is the 10th percentile of the levels; in a noisy file, where even speech (the 95th
    percentile) isn't 20 dB above it, half of that distance is enough.

    Raises
    ------
    AudioFileError
        As `Recording.open` and `Recording.read`.
    """
    levels: list[npt.NDArray[np.float32]] = []
    samples = 0
    rest: Samples = np.zeros(0, np.int16)
    with Recording(path) as recording:
        while (block := recording.read()) is not None:
            samples += len(block)
            rest = np.concatenate((rest, block))
            levels.append(levels_dbfs(rest, _WINDOW))
            rest = rest[len(rest) // _WINDOW * _WINDOW :]
    levels.append(levels_dbfs(rest, max(1, len(rest))))
    return RecordingScan(samples, min(samples, _sound_end(np.concatenate(levels))), recording.note)


def _sound_end(levels: npt.NDArray[np.float32]) -> int:
    if not len(levels):
        return 0
    floor, loud = np.percentile(levels, (10, 95))
    margin = float(np.clip((loud - floor) / 2, _LEAST_MARGIN_DB, _MARGIN_DB))
    above = levels > max(_QUIETEST_DBFS, floor + margin)
    around = np.pad(above, _CLICK_WINDOWS // 2)
    filled = np.convolve(around, np.ones(_CLICK_WINDOWS), mode="valid") > _CLICK_WINDOWS / 2
    windows = np.flatnonzero(above & filled)
    return int(windows[-1] + 1) * _WINDOW if len(windows) else 0
