"""Checks how well real Vosk understands the recordings, file by file."""

from __future__ import annotations

import itertools
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from tools.alignment import align
from tools.command import ToolError
from tools.corpus.script import ScriptedRecording
from tools.notation import FILLERS


@dataclass(frozen=True, slots=True)
class Understood:
    """What Vosk understood of a recording.

    Attributes
    ----------
    said, heard : tuple of str
        Words, without fillers or words heard in their place.
    shift_s : float
        Median distance between the edges of correctly heard words and the truth.
    """

    said: tuple[str, ...]
    heard: tuple[str, ...]
    shift_s: float

    @property
    def errors(self) -> int:
        """Number of words substituted, deleted or inserted."""
        pairs = _aligned(self.said, self.heard)
        return sum(left is None or right is None or self.said[left] != self.heard[right] for left, right in pairs)

    @property
    def error_rate(self) -> float:
        """Errors per word said; for silence, the number of words inserted."""
        return self.errors / max(len(self.said), 1)

    @property
    def differences(self) -> str:
        """The differences: said → heard."""
        parts: list[str] = []
        pairs = _aligned(self.said, self.heard)
        words = [
            ("" if left is None else self.said[left], "" if right is None else self.heard[right])
            for left, right in pairs
        ]
        for alike, run in itertools.groupby(words, lambda pair: pair[0] == pair[1]):
            if not alike:
                said, heard = (" ".join(filter(None, side)) for side in zip(*run, strict=True))
                parts.append(f"{said or '–'} → {heard or '–'}")
        return "; ".join(parts)


def check(chosen: Sequence[ScriptedRecording], folder: Path, model: Path) -> None:
    """Print how well Vosk understands `chosen`."""
    recogniser = StockVosk(model)
    recogniser.load()
    errors = words = 0
    print(f"{'file':30} {'words':>5} {'errors':>6} {'rate':>7} {'edges':>7}  said → heard")
    for recording in chosen:
        path = folder / recording.file
        if not path.is_file():
            raise ToolError(f"'{path}' isn't there yet. Make it with: python -m tools.corpus.make_recordings")
        heard = recogniser.compare(path)
        errors += heard.errors
        words += len(heard.said)
        print(
            f"{recording.file:30} {len(heard.said):5} {heard.errors:6} {heard.error_rate:7.1%}"
            f" {heard.shift_s * 1000:4.0f} ms  {heard.differences}"
        )
    print(f"{'all':30} {words:5} {errors:6} {errors / max(words, 1):7.1%}")


class StockVosk:
    """Vosk with the model in a folder."""

    def __init__(self, model: Path) -> None:
        self._folder = model
        self._model: Any = None

    def load(self) -> None:
        """Load the model."""
        import vosk

        if not (self._folder / "conf" / "mfcc.conf").is_file():
            raise ToolError(f"'{self._folder}' isn't the folder of a Vosk model.")
        vosk.SetLogLevel(-2)
        self._model = vosk.Model(str(self._folder))

    def compare(self, path: Path) -> Understood:
        """Recognise a recording as a whole and compare with the truth beside it."""
        truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
        words = self._words(path)
        fillers = [item for item in truth["items"] if item["kind"] == "filler"]
        spoken = [item for item in truth["items"] if item["kind"] == "word"]
        # Plain Vosk hears fillers as other words ("um" as "i'm"): words heard on a filler don't count as errors.
        kept = [
            word
            for word in words
            if word["word"] not in FILLERS
            and not any(f["start_s"] - 0.05 <= (word["start"] + word["end"]) / 2 <= f["end_s"] + 0.05 for f in fillers)
        ]
        said, heard = [item["word"] for item in spoken], [word["word"] for word in kept]
        shifts = []
        for left, right in _aligned(said, heard):
            if left is not None and right is not None and said[left] == heard[right]:
                shifts.append(abs(spoken[left]["start_s"] - kept[right]["start"]))
                shifts.append(abs(spoken[left]["end_s"] - kept[right]["end"]))
        return Understood(tuple(said), tuple(heard), float(np.median(shifts)) if shifts else 0.0)

    def _words(self, path: Path) -> list[dict[str, Any]]:
        import soundfile
        import soxr
        import vosk

        sound, rate_hz = soundfile.read(path, dtype="float32", always_2d=True)
        mono = soxr.resample(sound.mean(axis=1), rate_hz, 16_000)
        samples = np.clip(np.rint(mono * 32767), -32768, 32767).astype(np.int16)
        recogniser = vosk.KaldiRecognizer(self._model, 16_000)
        recogniser.SetWords(True)
        words: list[dict[str, Any]] = []
        for start in range(0, len(samples), 3_200):
            if recogniser.AcceptWaveform(samples[start : start + 3_200].tobytes()):
                words.extend(json.loads(recogniser.Result()).get("result", []))
        words.extend(json.loads(recogniser.FinalResult()).get("result", []))
        return words


def _aligned(said: Sequence[str], heard: Sequence[str]) -> list[tuple[int | None, int | None]]:
    return align(said, heard, lambda one, other: float(one != other))
