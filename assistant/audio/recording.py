"""Audio files of every kind, read block by block into mono int16 at `RATE_HZ`, and what a first pass tells of one."""

from __future__ import annotations

import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from typing_extensions import Self

from assistant.audio.frame import RATE_HZ, Samples
from assistant.audio.level import levels_dbfs
from assistant.audio.resample import Resampler
from assistant.errors import AudioFileError

if TYPE_CHECKING:
    import soundfile


READABLE = "WAV, FLAC, OGG, AIFF and MP3"
"""What people are told can be read."""

AUDIO_SUFFIXES = frozenset(
    ".wav .wave .w64 .rf64 .flac .ogg .oga .opus .aif .aiff .aifc .au .snd .caf .mp3 .m4a .aac .wma .amr .webm".split()
)
"""What counts as an audio file in a folder. Some can't be read: better an error than an answer passed over unheard."""

_BLOCK_FRAMES = 4096
_RATES_HZ = range(4_000, 768_001)
_UNKNOWN_SIZE = 0x7FFF_0000
"""A data size from here on is what programs write that don't know it beforehand, and promises nothing."""
_SHORT_S = 0.05
"""Anything shorter that is missing is padding, not a loss."""


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
        self._file: soundfile.SoundFile | None = None
        self._resampler: Resampler | None = None
        self._decoded = 0
        self._missing_s = 0.0
        self._bad_samples = 0

    @property
    def note(self) -> str | None:
        """What is wrong with the file although it can be used, as a sentence; complete once all of it was read."""
        faults = []
        if self._missing_s >= _SHORT_S:
            faults.append(f"is broken off: {self._missing_s:.1f} s of what it promises are missing")
        if self._bad_samples:
            faults.append(f"holds {self._bad_samples} values that aren't numbers, which are heard as silence")
        return f"{self.name} {' and '.join(faults)}." if faults else None

    @property
    def duration_s(self) -> float:
        """Length in seconds, as the header has it; 0 while it isn't open."""
        return self._file.frames / self._file.samplerate if self._file is not None else 0.0

    def open(self) -> None:
        """Open the file at its beginning.

        Raises
        ------
        AudioFileError
            Not there, not a file, not allowed to be read, empty, not audio, or without a single sample.
        """
        import soundfile

        self.close()
        _check_is_readable(self.path)
        try:
            self._file = file = soundfile.SoundFile(str(self.path))
        except UnicodeEncodeError as error:
            raise AudioFileError(
                f"{str(self.path)!a} has a name that is no text here. Rename it, then try again."
            ) from error
        except (soundfile.LibsndfileError, TypeError) as error:
            # TypeError: a ".raw" file, whose rate and width nobody can know.
            raise AudioFileError(
                f"{self.path} is not audio that can be read, or is damaged beyond use. These can be read: {READABLE}."
            ) from error
        if not file.frames:
            self.close()
            raise AudioFileError(f"{self.path} holds no sound: it has a header and not a single sample.")
        if file.samplerate not in _RATES_HZ:
            self.close()
            raise AudioFileError(
                f"{self.path} says it has {file.samplerate} samples a second; between {_RATES_HZ.start} and "
                f"{_RATES_HZ.stop - 1} can be used. Its header is damaged, or it isn't a recording of speech."
            )
        # soundfile seeks after each block of a file that can seek, to where it is already; an MP3's decoder loses its
        # thread by that, and the sound is in shreds.
        file._info.seekable = 0
        self._resampler = Resampler(file.samplerate, file.channels)
        self._decoded, self._bad_samples = 0, 0
        self._missing_s = _promised_but_absent(file.extra_info) * file.frames / file.samplerate

    def read(self) -> Samples | None:
        """Next block of sound, some tenths of a second long (it may be empty); None at the end.

        Raises
        ------
        AudioFileError
            The file broke off before any sound could be decoded.
        """
        if self._file is None or self._resampler is None:
            return None
        block = self._decode(self._file)
        if block is not None:
            return block
        if not self._decoded:
            self.close()
            raise AudioFileError(f"{self.path} is damaged: it breaks off before its first sound.")
        self._missing_s += max(0, self._file.frames - self._decoded) / self._file.samplerate
        rest = self._resampler.flush()
        self.close()
        return rest if len(rest) else None

    def close(self) -> None:
        """Let go of the file. May be called twice."""
        if self._file is not None:
            self._file.close()
        self._file = None

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _decode(self, file: soundfile.SoundFile) -> Samples | None:
        import soundfile

        assert self._resampler is not None
        try:
            block = file.read(_BLOCK_FRAMES, dtype="float32", always_2d=True)
        except soundfile.LibsndfileError:
            # A compressed file that is cut off ends like this; what was decoded before is good.
            return None
        if not len(block):
            return None
        self._decoded += len(block)
        samples = self._resampler.feed(block)
        self._bad_samples = self._resampler.bad_samples
        return samples


def _check_is_readable(path: Path) -> None:
    try:
        facts = path.stat()
        if stat.S_ISDIR(facts.st_mode):
            raise AudioFileError(f"{path} is a folder; an audio file is needed here.")
        if not stat.S_ISREG(facts.st_mode):
            raise AudioFileError(f"{path} is not an ordinary file; an audio file is needed here.")
        if not facts.st_size:
            raise AudioFileError(f"{path} is empty (0 bytes). Was the recording stopped before it began?")
        with path.open("rb"):
            pass
    except FileNotFoundError as error:
        raise AudioFileError(f"{path} is not there. Is the name right?") from error
    except PermissionError as error:
        raise AudioFileError(f"{path} may not be read by you. Allow it: chmod u+r '{path}'.") from error
    except OSError as error:
        raise AudioFileError(f"{path} can't be read: {error.strerror or error}.") from error


def _promised_but_absent(header_log: str) -> float:
    """How much a header promises beyond what is in the file, over what is in the file.

    libsndfile shortens a file to what there is and leaves the promise only in its log:
    "data : 128000 (should be 63978)".
    """
    for promised, actual in re.findall(r"(?:data|SSND|Data Size)\s*: (\d+) \(should be (\d+)\)", header_log):
        if int(actual) < int(promised) < _UNKNOWN_SIZE and int(actual):
            return int(promised) / int(actual) - 1.0
    return 0.0


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
