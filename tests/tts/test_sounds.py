import numpy as np
import pytest

from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import RATE_HZ
from assistant.audio.level import rms_dbfs
from assistant.tts.sounds import SmallSound, ending_with

SPEECH = np.concatenate([np.full(8000, 9000, np.int16), np.zeros(2400, np.int16)])


@pytest.mark.parametrize("sound", SmallSound)
def test_small_sounds_are_short_soft_and_begin_and_end_without_a_click(sound):
    samples = sound.samples(24_000)
    assert len(samples) / 24_000 == pytest.approx(sound.duration_s, abs=0.001)
    assert sound.duration_s < 0.4
    assert -50 < rms_dbfs(samples) < -30
    assert (samples[0], samples[-1]) == (0, 0)


@pytest.mark.parametrize("sound", SmallSound)
def test_small_sounds_are_not_taken_for_a_voice_however_often_they_come(sound):
    activity = VoiceActivity()
    activity.load()
    activity.reset()
    noise = np.random.default_rng(1).normal(0, 20, 4 * RATE_HZ).astype(np.int16)
    heard = noise.copy()
    for at in range(0, len(heard) - RATE_HZ, RATE_HZ // 2):
        # Louder by 12 dB than they are played, for a microphone beside the speaker.
        samples = 4 * sound.samples(RATE_HZ)
        heard[at : at + len(samples)] += samples
    activity.feed(heard)
    assert activity.stretches == ()
    assert not activity.speaking


def test_a_sound_at_the_end_of_a_sentence_takes_no_time_and_leaves_the_words_alone():
    ending = ending_with(SmallSound.LISTENING, SPEECH, 24_000)
    assert len(ending) == len(SPEECH)
    assert np.array_equal(ending[:8000], SPEECH[:8000])
    assert ending[8000:].any()
