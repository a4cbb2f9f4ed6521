"""How the sound before a silence ends."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.asr.last_sound import LastSound, last_sound
from assistant.audio.frame import RATE_HZ, Samples


def voice(pitches_hz: list[float], *, each_s: float = 0.3, levels_db: list[float] | None = None) -> Samples:
    """Vowels one after another, each with its pitch and level and a timbre of its own."""
    phase, pieces = 0.0, []
    for number, (pitch_hz, level_db) in enumerate(zip(pitches_hz, levels_db or [0.0] * len(pitches_hz), strict=True)):
        count = int(each_s * RATE_HZ)
        phases = phase + 2 * np.pi * pitch_hz * np.arange(count) / RATE_HZ
        phase = float(phases[-1])
        slope = 0.5 if number % 2 else 1.5
        tone = sum(np.sin(harmonic * phases) / harmonic**slope for harmonic in range(1, 12))
        pieces.append(3000 * 10 ** (level_db / 20) * tone)
    return np.concatenate(pieces).astype(np.int16)


def test_a_falling_voice_ends_below_its_median_and_a_rising_one_above_it():
    falling = last_sound(voice([120, 120, 120, 110, 95]))
    rising = last_sound(voice([120, 120, 120, 130, 150]))
    assert falling.pitch_semitones == pytest.approx(12 * np.log2(95 / 120), abs=0.6)
    assert rising.pitch_semitones == pytest.approx(12 * np.log2(150 / 120), abs=0.6)


def test_the_fall_over_the_last_syllables_counts_in_semitones():
    assert last_sound(voice([120, 120, 120, 120, 100], each_s=0.15)).fall_semitones > 1.0
    assert last_sound(voice([120, 120, 120, 120, 140], each_s=0.15)).fall_semitones < -1.0


def test_a_voice_that_trails_off_is_softer_at_its_end():
    trailing = last_sound(voice([120] * 4, levels_db=[0, 0, 0, -12]))
    assert trailing.level_db < last_sound(voice([120] * 4)).level_db - 6.0


def test_a_drawn_out_vowel_was_held_for_longer_than_one_of_ordinary_length():
    assert last_sound(voice([120] * 6, each_s=0.1)).held_s < 0.2
    drawn_out = np.concatenate((voice([120] * 5, each_s=0.1), voice([120, 120], each_s=0.5)[RATE_HZ // 2 :]))
    assert last_sound(drawn_out).held_s > 0.35


def test_a_click_or_nothing_at_all_has_no_last_sound():
    assert last_sound(np.zeros(0, np.int16)) == LastSound()
    assert last_sound(np.zeros(RATE_HZ, np.int16)).pitch_semitones == 0.0


def test_the_same_sound_always_measures_the_same():
    sound = voice([120, 110, 100])
    assert last_sound(sound) == last_sound(sound.copy())
