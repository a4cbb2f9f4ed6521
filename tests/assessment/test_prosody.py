"""Pitch and loudness, of sounds whose pitch is known."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from assistant.assessment.prosody import ProsodyMeter
from assistant.audio.frame import RATE_HZ, Samples
from assistant.turns.assessment import Prosody
from assistant.turns.audio import AnswerAudio


def voice(pitch_hz: float | np.ndarray, seconds: float = 3.0, *, peak: float = 0.3, noise: float = 0.0005) -> Samples:
    """A voice-like sound: a fundamental and overtones that get weaker, in a quiet room, then half a second of room."""
    count = int(seconds * RATE_HZ)
    phase = 2 * np.pi * np.cumsum(np.broadcast_to(np.asarray(pitch_hz, float), count)) / RATE_HZ
    sound = sum(np.sin(number * phase) / number for number in range(1, 9))
    whole = np.concatenate((peak * sound / np.abs(sound).max(), np.zeros(RATE_HZ // 2)))
    whole += noise * np.random.default_rng(1).standard_normal(len(whole))
    return (32767 * whole).astype(np.int16)


def measured(samples: Samples) -> Prosody | None:
    meter, sound = ProsodyMeter(), AnswerAudio(samples)
    meter.feed(sound)
    return meter.finish(sound)


def found_in(samples: Samples) -> Prosody:
    prosody = measured(samples)
    assert prosody is not None
    return prosody


@pytest.mark.parametrize("pitch_hz", [80.0, 120.0, 210.0, 320.0])
def test_the_pitch_of_a_steady_voice_is_right_to_a_hundredth(pitch_hz: float):
    prosody = found_in(voice(pitch_hz))
    assert prosody.pitch_median_hz == pytest.approx(pitch_hz, rel=0.01)
    assert prosody.pitch_range_semitones < 0.3
    assert prosody.voiced_s == pytest.approx(3.0, abs=0.35)


def test_a_voice_that_moves_over_an_octave_has_a_range():
    glide = 120 * 2 ** np.linspace(0, 1, 3 * RATE_HZ)
    # From the tenth to the ninetieth percentile: eight tenths of twelve semitones.
    assert found_in(voice(glide)).pitch_range_semitones == pytest.approx(9.6, abs=0.6)


def test_half_the_pressure_is_six_decibels_less():
    loud, soft = found_in(voice(120.0, peak=0.4)), found_in(voice(120.0, peak=0.2))
    assert loud.energy_dbfs - soft.energy_dbfs == pytest.approx(6.0, abs=0.3)


def test_the_rooms_noise_is_what_the_voice_is_held_against():
    quiet, noisy = (found_in(voice(120.0, noise=noise)) for noise in (0.0005, 0.02))
    assert quiet.above_floor_db > 40
    assert noisy.above_floor_db < quiet.above_floor_db - 20


def test_sound_in_small_pieces_measures_like_sound_as_it_comes():
    samples = voice(150.0)
    meter, sound = ProsodyMeter(), AnswerAudio()
    for at in range(0, len(samples), 320):
        sound.append(samples[at : at + 320])
        meter.feed(sound)
    prosody = meter.finish(sound)
    assert prosody is not None
    assert prosody.pitch_median_hz == pytest.approx(found_in(samples).pitch_median_hz, rel=0.005)


def test_a_new_answer_forgets_the_one_before():
    meter = ProsodyMeter()
    meter.finish(AnswerAudio(voice(100.0)))
    meter.begin()
    prosody = meter.finish(AnswerAudio(voice(200.0)))
    assert prosody is not None
    assert prosody.pitch_median_hz == pytest.approx(200, rel=0.01)


@pytest.mark.parametrize(
    "samples",
    [
        np.zeros(0, np.int16),
        np.zeros(100, np.int16),
        np.zeros(3 * RATE_HZ, np.int16),
        (300 * np.random.default_rng(2).standard_normal(3 * RATE_HZ)).astype(np.int16),
        voice(120.0, 0.3),
    ],
    ids=["nothing", "a click", "silence", "noise", "a grunt"],
)
def test_where_there_is_hardly_any_voice_there_is_no_prosody(samples: Samples):
    assert measured(samples) is None


def with_hum(sound: Samples, hum_hz: float, below_db: float) -> Samples:
    """The mains and its overtones, as a cheap adapter lets them through, so many dB below the voice, and all along."""
    seconds = np.arange(len(sound) + 4 * RATE_HZ) / RATE_HZ
    hum = sum(np.sin(2 * np.pi * number * hum_hz * seconds) / number for number in range(1, 7))
    voiced = sound[: 3 * RATE_HZ].astype(float)
    hum *= np.sqrt(np.mean(voiced**2) / np.mean(np.square(hum))) * 10 ** (-below_db / 20)
    return (np.pad(sound, (2 * RATE_HZ, 2 * RATE_HZ)) + hum).astype(np.int16)


@pytest.mark.parametrize("hum_hz", [50.0, 60.0])
def test_mains_hum_before_and_after_the_voice_is_no_voice(hum_hz: float):
    prosody = found_in(with_hum(voice(180.0), hum_hz, below_db=40))
    assert prosody.pitch_median_hz == pytest.approx(180, rel=0.01)
    assert prosody.pitch_range_semitones < 0.3
    assert prosody.voiced_s == pytest.approx(3.0, abs=0.35)


@pytest.mark.parametrize("peak", [0.9, 0.03, 0.006])
def test_a_voice_far_from_the_microphone_has_the_pitch_that_it_has_close_by(peak: float):
    glide = 120 * 2 ** np.linspace(0, 1, 3 * RATE_HZ)
    close, here = (found_in(voice(glide, peak=p, noise=p / 600)) for p in (0.3, peak))
    assert here.pitch_median_hz == pytest.approx(close.pitch_median_hz, rel=0.01)
    assert here.voiced_s == pytest.approx(close.voiced_s, abs=0.1)


def test_the_network_reports_to_nobody(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("ORT_DISABLE_TELEMETRY", raising=False)
    code = """
import os
from assistant.assessment.prosody import ProsodyMeter
ProsodyMeter.load()
print(os.environ["ORT_DISABLE_TELEMETRY"])
"""
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "1\n"
