"""Audio files of every kind, read block by block into mono int16 at `RATE_HZ`, and what a first pass tells of one."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from typing_extensions import Self

from assistant.audio.condition import Conditioner
from assistant.audio.decoding import Block, Decoder, open_decoder
from assistant.audio.frame import RATE_HZ, Samples
from assistant.audio.level import levels_dbfs
from assistant.audio.resample import Resampler
from assistant.errors import AudioFileError

AUDIO_SUFFIXES = frozenset(
    (
        ".wav .wave .w64 .rf64 .flac .ogg .oga .opus .aif .aiff .aifc .au .snd .caf .mp3 .mp2 .m4a .m4b .aac .wma .amr"
        " .awb .3ga .3gp .3g2 .webm .weba .mka .mkv .mp4 .m4v .mov .avi .ape .wv .tta .ac3"
    ).split()
)
"""What counts as an audio file in a folder. Some can't be read: better an error than an answer passed over unheard."""

_RATES_HZ = range(4_000, 768_001)


class Recording:
    """One audio file, heard from its beginning to its end. The constructor touches nothing; `open` may fail.

    Any rate from 4 to 768 kHz, any width, any number of channels; memory stays small however long the file is.

    Parameters
    ----------
    path : Path or str

    Attributes
    ----------
    path : Path
    name : str
        The file's name without its folder.
    """

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.name = self.path.name
        self._decoder: Decoder | None = None
        self._blocks: Iterator[Block] = iter(())
        self._resampler: Resampler | None = None
        self._kind = (0, 0)
        self._heard_s = 0.0
        self._bad_samples = 0
        self._faults: list[str] = []

    @property
    def note(self) -> str | None:
        """What is wrong with the file although it can be used, as a sentence; complete once all of it was read."""
        faults = list(self._faults)
        if self._bad_samples:
            faults.append(f"holds {self._bad_samples} values that aren't numbers, which are heard as silence")
        return f"{self.name} {' and '.join(faults)}." if faults else None

    @property
    def duration_s(self) -> float:
        """Length in seconds that the header promises; 0 where it promises none, and while the file isn't open."""
        return (self._decoder.promised_s or 0.0) if self._decoder is not None else 0.0

    def open(self) -> None:
        """Open the file at its beginning.

        Raises
        ------
        AudioFileError
            Not there, not a file, not allowed to be read, empty, not audio, or without a single sample.
        """
        self.close()
        _check_is_readable(self.path)
        self._decoder = open_decoder(self.path)
        self._blocks = self._decoder.blocks()
        self._resampler, self._kind = None, (0, 0)
        self._heard_s, self._bad_samples, self._faults = 0.0, 0, []

    def read(self) -> Samples | None:
        """Next block of sound, some tenths of a second long (it may be empty); None at the end.

        Raises
        ------
        AudioFileError
            The file broke off before any sound could be decoded, or its rate is none that speech is recorded at.
        """
        if self._decoder is None:
            return None
        block = next(self._blocks, None)
        if block is not None:
            return self._convert(block)
        if self._resampler is None:
            self.close()
            raise AudioFileError(f"{self.path} is damaged: it breaks off before its first sound.")
        self._faults = [*self._decoder.faults]
        promised_s = self._decoder.promised_s or 0.0
        if (missing_s := promised_s - self._heard_s) >= self._decoder.tolerance_s:
            self._faults.append(
                f"is broken off: {missing_s:.1f} of the {promised_s:.1f} s that it promises are missing"
            )
        rest = self._flush()
        self.close()
        return rest if len(rest) else None

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        decoder, self._decoder, self._blocks = self._decoder, None, iter(())
        if decoder is not None:
            decoder.close()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _convert(self, block: Block) -> Samples:
        rate_hz, channels = kind = block.rate_hz, block.samples.shape[1]
        if rate_hz not in _RATES_HZ:
            self.close()
            raise AudioFileError(
                f"{self.path} says it has {rate_hz} samples a second; between {_RATES_HZ.start} and "
                f"{_RATES_HZ.stop - 1} can be used. Its header is damaged, or it isn't a recording of speech."
            )
        parts: list[Samples] = []
        # Recordings that were joined into one file may change their kind in the middle.
        if self._resampler is None or kind != self._kind:
            parts.append(self._flush())
            self._resampler, self._kind = Resampler(rate_hz, channels), kind
        if hole := round(block.hole_s * rate_hz):
            parts.append(self._resampler.feed(np.zeros((hole, channels), np.float32)))
        counted = self._resampler.bad_samples
        parts.append(self._resampler.feed(block.samples))
        self._bad_samples += self._resampler.bad_samples - counted
        self._heard_s += (hole + len(block.samples)) / rate_hz
        return np.concatenate(parts)

    def _flush(self) -> Samples:
        return self._resampler.flush() if self._resampler is not None else np.zeros(0, np.int16)


def _check_is_readable(path: Path) -> None:
    try:
        str(path).encode()
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise AudioFileError(f"{path} is a folder; an audio file is needed here.")
        if not stat.S_ISREG(facts.st_mode):
            raise AudioFileError(f"{path} is not an ordinary file; an audio file is needed here.")
        if not facts.st_size:
            raise AudioFileError(f"{path} is empty (0 bytes). Was the recording stopped before it began?")
        with path.open("rb"):
            pass
    except UnicodeEncodeError as error:
        raise AudioFileError(f"{str(path)!a} has a name that is no text here. Rename it, then try again.") from error
    except FileNotFoundError as error:
        raise AudioFileError(f"{path} is not there. Is the name right?") from error
    except PermissionError as error:
        raise AudioFileError(f"{path} may not be read by you. Allow it: chmod u+r '{path}'.") from error
    except OSError as error:
        raise AudioFileError(f"{path} can't be read: {error.strerror or error}.") from error


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
    conditioner = Conditioner()
    with Recording(path) as recording:
        while (block := recording.read()) is not None:
            samples += len(block)
            rest = np.concatenate((rest, conditioner.clean(block)))
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
