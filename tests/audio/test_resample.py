"""Any rate, any number of channels, into mono int16 at 16 kHz."""

import itertools

import numpy as np
import pytest

from assistant.audio.level import rms_dbfs
from assistant.audio.resample import Resampler
from tools.simulation.sound_room import tone

RNG = np.random.default_rng(7)


def resampled(sound, rate_hz, channels=1, block=1000):
    resampler = Resampler(rate_hz, channels)
    parts = [resampler.feed(sound[start : start + block]) for start in range(0, len(sound), block)]
    return np.concatenate([*parts, resampler.flush()])


@pytest.mark.parametrize("rate_hz", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("length", [1, 441, 44_101])
def test_no_sample_is_lost_or_won_over_a_stream(rate_hz, length):
    sound = RNG.integers(-3_000, 3_000, length).astype(np.int16)
    assert len(resampled(sound, rate_hz, block=177)) == round(length * 16_000 / rate_hz)


@pytest.mark.parametrize("rate_hz", [8_000, 44_100, 96_000])
def test_a_tone_keeps_its_level_its_pitch_and_its_place_in_time(rate_hz):
    heard = resampled(tone(1, rate_hz), rate_hz).astype(float)
    truth = tone(1, 16_000).astype(float)
    middle = slice(800, -800)
    assert np.max(np.abs(heard[middle] - truth[middle])) < 0.005 * 32_768


def test_how_a_stream_is_cut_into_blocks_changes_nothing():
    sound = RNG.integers(-9_000, 9_000, 20_000).astype(np.int16)
    assert np.array_equal(resampled(sound, 44_100, block=313), resampled(sound, 44_100, block=20_000))


def test_sound_that_is_right_already_comes_out_bit_for_bit():
    sound = RNG.integers(-32_768, 32_768, 5_000).astype(np.int16)
    assert np.array_equal(resampled(sound, 16_000), sound)


def test_after_a_flush_a_new_stream_begins_at_its_own_beginning():
    resampler = Resampler(48_000)
    first = np.concatenate((resampler.feed(tone(0.5, 48_000)), resampler.flush()))
    second = np.concatenate((resampler.feed(tone(0.5, 48_000)), resampler.flush()))
    assert np.array_equal(first, second)


def test_channels_are_averaged():
    left, right = tone(1, 16_000, amplitude=0.4), np.zeros(16_000, np.int16)
    mono = resampled(np.stack((left, right), axis=1), 16_000, channels=2)
    assert rms_dbfs(mono) == pytest.approx(rms_dbfs(left) - 6.02, abs=0.05)


def test_channels_in_opposite_phase_do_not_cancel_each_other():
    left = tone(2, 16_000, amplitude=0.4)
    sound = np.stack((left, -(left * 0.95).astype(np.int16)), axis=1)
    assert np.array_equal(resampled(sound, 16_000, channels=2), left)


def test_a_stereo_stream_comes_back_to_the_mean_when_its_channels_agree_again():
    left = tone(6, 16_000, amplitude=0.4)
    right = np.concatenate((-left[:32_000], (left[32_000:] / 2).astype(np.int16)))
    mono = resampled(np.stack((left, right), axis=1), 16_000, channels=2)
    assert rms_dbfs(mono[:32_000]) == pytest.approx(rms_dbfs(left), abs=0.05)
    assert rms_dbfs(mono[-16_000:]) == pytest.approx(rms_dbfs(left) + 20 * np.log10(0.75), abs=0.05)


def test_what_is_not_a_number_is_counted_and_made_silence():
    sound = np.full(16_000, 0.25, np.float32)
    sound[100], sound[200], sound[300] = np.nan, np.inf, -np.inf
    resampler = Resampler(16_000)
    heard = resampler.feed(sound)
    assert resampler.bad_samples == 3
    assert list(np.flatnonzero(heard == 0)) == [100, 200, 300]
    assert set(heard) == {0, 8_192}


def test_floats_beyond_full_scale_are_clipped_and_do_not_wrap_round():
    heard = resampled(np.array([0.5, 1.0, 40.0, -1.0, -40.0]), 16_000)
    assert list(heard) == [16_384, 32_767, 32_767, -32_768, -32_768]


def test_a_loud_square_wave_does_not_wrap_round_where_the_filter_overshoots():
    square = np.where(tone(0.5, 44_100, hertz=200) >= 0, 32_767, -32_768).astype(np.int16)
    heard = resampled(square, 44_100).astype(int)
    assert heard.max() == 32_767
    assert heard.min() == -32_768
    flips = np.abs(np.diff(heard)) > 60_000
    assert not any(a and b for a, b in itertools.pairwise(flips))
