import numpy as np

from assistant.tts.speech import LEAD_S, TAIL_S, Speech, trim_silence

RATE_HZ = 1000


def test_silence_around_speech_is_cut_to_a_short_lead_and_tail():
    samples = np.zeros(2000, np.int16)
    samples[500:1000] = 9000
    kept = trim_silence(samples, RATE_HZ)
    assert len(kept) == 500 + round((LEAD_S + TAIL_S) * RATE_HZ)
    assert kept[round(LEAD_S * RATE_HZ)] == 9000
    assert kept[round(LEAD_S * RATE_HZ) - 1] == 0


def test_a_missing_tail_is_added_so_that_no_word_sounds_cut_off():
    kept = trim_silence(np.full(500, 9000, np.int16), RATE_HZ)
    assert len(kept) == 500 + round(TAIL_S * RATE_HZ)
    assert not kept[500:].any()


def test_pauses_inside_speech_stay():
    samples = np.zeros(3000, np.int16)
    samples[[500, 2500]] = (-32768, 9000)
    assert len(trim_silence(samples, RATE_HZ)) == 2001 + round((LEAD_S + TAIL_S) * RATE_HZ)


def test_of_silence_nothing_is_left():
    assert trim_silence(np.zeros(100, np.int16), RATE_HZ).size == 0
    assert trim_silence(np.zeros(0, np.int16), RATE_HZ).size == 0


def test_a_speech_knows_how_long_it_lasts():
    assert Speech(np.zeros(250, np.int16), RATE_HZ, "hm").duration_s == 0.25
