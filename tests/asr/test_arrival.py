"""Somebody comes, in a silent room and in one where a television is on: arithmetic, no sound."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.asr.arrival import Arrival
from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import RATE_HZ, Samples


class AnySound:
    def __call__(self, audio: bytes) -> float:
        return float(np.any(np.frombuffer(audio, np.int16)))

    def reset(self) -> None:
        pass


def sounding(*parts: tuple[float, int]) -> Samples:
    """Stretches of seconds at amplitudes."""
    return np.concatenate([np.full(int(duration_s * RATE_HZ), level, np.int16) for duration_s, level in parts])


def arrives_at_s(sound: Samples, *, room_talks: bool) -> float | None:
    arrival = Arrival(VoiceActivity(AnySound()))
    arrival.begin(room_talks=room_talks)
    for start in range(0, len(sound), 320):
        if arrival.feed(sound[start : start + 320]):
            return start / RATE_HZ
    return None


def test_a_voice_in_a_silent_room_is_somebody():
    assert arrives_at_s(sounding((5, 0), (1, 900)), room_talks=False) == pytest.approx(5.3, abs=0.1)


def test_a_cough_is_nobody():
    assert arrives_at_s(sounding((2, 0), (0.2, 900), (2, 0)), room_talks=False) is None


def test_a_television_that_goes_on_is_nobody():
    assert arrives_at_s(sounding((60, 900), (1, 0), (60, 900), (2, 0), (60, 800)), room_talks=True) is None


def test_somebody_louder_than_the_television_is_noticed():
    assert arrives_at_s(sounding((60, 900), (1, 1800)), room_talks=True) == pytest.approx(60.2, abs=0.2)


def test_once_the_television_is_off_anybody_is_noticed():
    assert arrives_at_s(sounding((20, 900), (6, 0), (1, 300)), room_talks=True) == pytest.approx(26.3, abs=0.1)
