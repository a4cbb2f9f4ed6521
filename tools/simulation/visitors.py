"""Visitors of a kiosk who are recordings: they come one after another, answer what they are asked, or walk away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile
from typing_extensions import Self

from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Frame
from tools.paths import RECORDINGS

_SILENCE_S = 12.0
"""Longer than anybody waits for an answer to begin."""
_APART_S = 6
"""Silence between two visitors: long enough for the second not to be taken for a voice of the room."""
_NOISE = 6
"""Amplitude of the noise in it: about -75 dBFS."""

YES = RECORDINGS / "commands" / "yes.flac"
SHORT_VISIT: Mapping[str, Path] = {
    "welcome": YES,
    "film": RECORDINGS / "fluent" / "film.flac",
    "about-1": RECORDINGS / "fluent" / "about-1.flac",
    "stars": RECORDINGS / "her" / "stars.flac",
    "review": RECORDINGS / "her" / "review.flac",
}
"""Answers that end in a sent review."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What a visitor says.

    Attributes
    ----------
    answers : mapping
        A recording for each question, "about-1" being the first of that name; silence otherwise.
    comes_with : Path
        What they say when they come.
    """

    answers: Mapping[str, Path] = field(default_factory=lambda: SHORT_VISIT)
    comes_with: Path = YES


class Visitors:
    """An `AudioSource`: a room into which visitors come, faster than real time.

    Parameters
    ----------
    visits : sequence of Visit
    on_visit : callable, optional
        Called before each of them.
    """

    name = "visitors"
    dropped = 0

    def __init__(self, visits: Sequence[Visit], on_visit: Callable[[], object] = lambda: None) -> None:
        self._visits = list(visits)
        self._on_visit = on_visit
        self._here: Visit | None = None
        self._asked: Counter[str] = Counter()
        self._clock = 0
        self._sound = silence()
        self._at = 0
        self._is_answer = False

    def open(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""

    def attend(self, label: str | None) -> None:
        """Let the next visitor come in, or the one who is here answer the question of this name."""
        self._at = 0
        self._is_answer = label is not None
        if label is None:
            if not self._visits:
                raise EOFError("Nobody comes any more.")
            self._on_visit()
            self._here = self._visits.pop(0)
            self._asked.clear()
            self._sound = np.concatenate((silence()[: _APART_S * RATE_HZ], sound_of(self._here.comes_with), silence()))
            return
        assert self._here is not None
        self._asked[label] += 1
        answers = self._here.answers
        path = answers.get(f"{label}-{self._asked[label]}", answers.get(label))
        self._sound = sound_of(path) if path is not None else silence()

    def read(self) -> Frame | None:
        """The next 20 ms; None after an answer."""
        samples = self._sound[self._at : self._at + FRAME_SAMPLES]
        self._at += FRAME_SAMPLES
        if not len(samples):
            if not self._is_answer:
                raise EOFError("A visitor has come, and nobody has noticed.")
            return None
        frame = Frame(samples, self._clock)
        self._clock = frame.end
        return frame

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


@cache
def silence() -> npt.NDArray[np.int16]:
    """Some seconds of a quiet room."""
    return np.random.default_rng(1).integers(-_NOISE, _NOISE + 1, round(_SILENCE_S * RATE_HZ)).astype(np.int16)


@cache
def sound_of(path: Path) -> npt.NDArray[np.int16]:
    """A recording at the rate of frames."""
    samples, rate_hz = soundfile.read(str(path), dtype="int16")
    assert rate_hz == RATE_HZ, path
    return np.asarray(samples)
