"""How loud sound is said to be."""

import numpy as np
import pytest

from assistant.audio.level import SILENCE_DBFS, levels_dbfs, rms_dbfs
from tools.simulation.sound_room import tone


def test_a_full_square_wave_is_at_zero_and_a_full_sine_three_below():
    assert rms_dbfs(np.tile(np.array([-32768, -32768], np.int16), 100)) == pytest.approx(0.0, abs=0.001)
    assert rms_dbfs(tone(1, 16_000, amplitude=1.0)) == pytest.approx(-3.01, abs=0.01)


def test_half_the_amplitude_is_six_decibels_less():
    louder, softer = (rms_dbfs(tone(1, 16_000, amplitude=amplitude)) for amplitude in (0.5, 0.25))
    assert louder - softer == pytest.approx(6.02, abs=0.01)


@pytest.mark.parametrize("samples", [np.zeros(0, np.int16), np.zeros(320, np.int16)])
def test_silence_and_nothing_at_all_have_the_lowest_level_and_not_minus_infinity(samples):
    assert rms_dbfs(samples) == SILENCE_DBFS


def test_levels_are_given_a_window_and_a_short_rest_is_left_out():
    samples = np.concatenate((np.zeros(320, np.int16), np.full(320, 32767, np.int16), np.ones(100, np.int16)))
    assert levels_dbfs(samples, 320) == pytest.approx([SILENCE_DBFS, 0.0], abs=0.01)
