"""The sound of an answer, kept in one place."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.audio.frame import RATE_HZ
from assistant.turns.audio import AnswerAudio


def test_sound_that_comes_in_pieces_is_kept_in_one():
    whole = np.arange(60 * RATE_HZ, dtype=np.int64).astype(np.int16)
    sound = AnswerAudio()
    for at in range(0, len(whole), 777):
        sound.append(whole[at : at + 777])
    assert np.array_equal(sound.samples, whole)
    assert np.array_equal(sound.since(900_001), whole[900_001:])
    assert sound.duration_s == 60.0


def test_a_part_has_its_own_second_0_and_grows_with_the_whole():
    sound = AnswerAudio(np.arange(RATE_HZ, dtype=np.int16))
    part = sound.beginning_at(RATE_HZ // 2)
    sound.append(np.full(30 * RATE_HZ, 7, np.int16))
    assert part.duration_s == 30.5
    assert part.samples[0] == RATE_HZ // 2
    assert np.array_equal(part.between(0.25, 0.5), sound.between(0.75, 1.0))
    assert np.array_equal(part.beginning_at(10).samples, sound.since(RATE_HZ // 2 + 10))


def test_there_is_no_sound_before_the_first_sample_or_after_the_last():
    sound = AnswerAudio(np.arange(RATE_HZ, dtype=np.int16))
    assert np.array_equal(sound.between(-1.0, 9.0), sound.samples)
    assert len(sound.between(2.0, 3.0)) == 0
    assert len(sound.beginning_at(100).between(0.0, 9.0)) == RATE_HZ - 100


def test_who_reads_cannot_change_it():
    sound = AnswerAudio(np.zeros(10, np.int16))
    with pytest.raises(ValueError, match="read-only"):
        sound.samples[0] = 1
