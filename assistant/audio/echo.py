"""Takes out of what the microphone hears what the speaker plays, with WebRTC's echo canceller."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

import numpy as np

from assistant.audio.frame import RATE_HZ, Frame, Samples
from assistant.audio.played import Played

if TYPE_CHECKING:
    from pywebrtc_audio import EchoCanceller as WebRtc

_BLOCK = RATE_HZ // 100
"""The canceller works in blocks of 10 ms."""

_AHEAD_S = 0.05
"""The reference is given so much early: an echo that seems to come before its sound isn't found."""


def can_cancel_echo() -> bool:
    """Whether the package is installed."""
    return find_spec("pywebrtc_audio") is not None


class EchoCanceller:
    """Cleans frames of the microphone's. It learns the room's echo while prompts are played, in about a second.

    Parameters
    ----------
    played : Played
        What the player plays.
    captured_at : callable
        When a frame of the microphone's began, on the clock of `time.monotonic`.
    """

    def __init__(self, played: Played, captured_at: Callable[[Frame], float]) -> None:
        self._played = played
        self._captured_at = captured_at
        self._webrtc: WebRtc | None = None

    def load(self) -> None:
        """Make the canceller."""
        from pywebrtc_audio import EchoCanceller as WebRtc

        self._webrtc = WebRtc(sample_rate=RATE_HZ, num_channels=1)

    def clean(self, frame: Frame) -> Frame:
        """The frame without echo. What is no whole block (before a gap only) stays as it is."""
        assert self._webrtc is not None
        far = self._played.at(self._captured_at(frame) + _AHEAD_S, len(frame.samples))
        near = frame.samples
        starts = range(0, len(near) - _BLOCK + 1, _BLOCK)
        cleaned = [self._webrtc.process(near[at : at + _BLOCK], far[at : at + _BLOCK]) for at in starts]
        cleaned.append(near[len(near) // _BLOCK * _BLOCK :])
        samples: Samples = np.concatenate(cleaned)
        return replace(frame, samples=samples)
