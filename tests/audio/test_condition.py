"""What is done to all sound before anything listens to it."""

import numpy as np
import pytest

from assistant.audio.condition import Conditioner, HighPass
from assistant.audio.level import rms_dbfs
from tools.simulation.sound_room import tone


def conditioned(sound, block=320):
    conditioner = Conditioner()
    return [conditioner.frame(sound[at : at + block], at) for at in range(0, len(sound), block)]


def sound_of(frames):
    return np.concatenate([frame.samples for frame in frames])


@pytest.mark.parametrize("offset", [0.02, -0.05, 0.2])
def test_direct_current_is_gone_from_the_first_sample_on_and_told(offset):
    sound = (0.1 * tone(1, 16_000) + offset * 32_768).astype(np.int16)
    frames = conditioned(sound)
    heard = sound_of(frames)
    assert np.mean(heard) == pytest.approx(0, abs=20)
    assert np.max(np.abs(heard)) < 0.13 * 32_768 / 2
    assert np.mean([frame.condition.offset for frame in frames]) == pytest.approx(offset, abs=0.001)


@pytest.mark.parametrize("offset", [0.0, 0.2])
def test_silence_in_the_middle_of_a_tone_leaves_no_click(offset):
    conditioner = Conditioner()
    conditioner.clean((0.5 * tone(0.05, 16_000) + offset * 32_768).astype(np.int16))
    silence = np.full(320, conditioner.silence, np.int16)
    # 30 dB below the tone; a step from one to the other would be heard as loud as it.
    assert np.abs(conditioner.clean(silence)).max() < 0.5 * 32_768 / 30


def test_direct_current_alone_is_silence():
    assert not sound_of(conditioned(np.full(16_000, 1_600, np.int16))).any()


@pytest.mark.parametrize(("hertz", "loss_db"), [(5, 30), (20, 8.6), (40, 3), (100, 0.6), (300, 0.1)])
def test_what_is_lower_than_any_voice_is_damped_and_voices_are_not(hertz, loss_db):
    sound = tone(2, 16_000, hertz=hertz)
    passed = sound_of(conditioned(sound))
    assert rms_dbfs(sound[8_000:]) - rms_dbfs(passed[8_000:]) == pytest.approx(loss_db, abs=1.5 if hertz < 20 else 0.3)


def test_a_voice_comes_out_a_fifth_of_a_millisecond_late():
    time_s = np.arange(16_000) / 16_000
    envelope = np.exp(-(((time_s - 0.5) / 0.05) ** 2))
    burst = envelope * np.sin(2 * np.pi * 200 * time_s)
    power = HighPass().feed(burst) ** 2
    assert np.sum(power * time_s) / np.sum(power) == pytest.approx(0.5002, abs=0.0001)


@pytest.mark.parametrize("block", [1, 255, 257, 4_096])
def test_how_sound_is_cut_into_blocks_changes_nothing_but_rounding(block):
    sound = np.random.default_rng(3).integers(-9_000, 9_000, 6_000).astype(float)
    whole, pieces = HighPass(), HighPass()
    whole.feed(np.zeros(1))
    pieces.feed(np.zeros(1))
    cut = np.concatenate([pieces.feed(sound[at : at + block]) for at in range(0, len(sound), block)])
    assert np.allclose(whole.feed(sound), cut, atol=1e-6)


def test_samples_at_full_scale_and_stretches_of_nothing_are_counted():
    sound = np.concatenate((np.zeros(640, np.int16), np.full(10, 32_767, np.int16), np.zeros(630, np.int16)))
    told = [frame.condition for frame in conditioned(sound)]
    assert [each.clipped for each in told] == [0, 0, 10, 0]
    assert [each.silent_for for each in told] == [320, 640, 0, 320]


def holes(sound, block=320):
    return [hole for frame in conditioned(sound, block) for hole in frame.condition.holes]


@pytest.mark.parametrize("block", [37, 320, 4_096, 20_000])
@pytest.mark.parametrize("value", [0, 1_600])
def test_a_hole_is_told_with_what_it_broke_off_however_the_sound_is_cut(block, value):
    sound = np.random.default_rng(5).integers(-3_000, 3_000, 16_000).astype(np.int16)
    sound[5_000:8_200] = value
    sound[12_000:12_600] = value
    sound[15_000:] = value
    (hole,) = holes(sound, block)
    assert (hole.start, hole.end) == (5_000, 8_200)
    assert hole.broke_off_at == np.abs(sound[4_920:5_000].astype(int) - value).max()
    assert hole.resumed_at == np.abs(sound[8_200:8_280].astype(int) - value).max()


def test_a_silence_that_a_sound_fades_into_breaks_off_nothing():
    fading = (np.random.default_rng(5).normal(0, 3_000, 8_000) * np.exp(-np.arange(8_000) / 800)).astype(np.int16)
    (hole,) = holes(np.concatenate((fading, np.zeros(3_000, np.int16), fading)))
    assert hole.broke_off_at <= 2


def test_a_gap_on_the_clock_is_no_hole_of_the_sounds_own():
    conditioner, nothing = Conditioner(), np.zeros(640, np.int16)
    assert not conditioner.frame(nothing, 0).condition.holes
    assert not conditioner.frame(np.ones(320, np.int16), 9_000).condition.holes


def test_frames_without_samples_change_nothing():
    conditioner, sound = Conditioner(), np.random.default_rng(5).integers(-3_000, 3_000, 640).astype(np.int16)
    for start in (0, 320):
        assert not len(conditioner.frame(sound[:0], start).samples)
        assert np.array_equal(
            conditioner.frame(sound[start : start + 320], start).samples,
            sound_of(conditioned(sound))[start : start + 320],
        )
