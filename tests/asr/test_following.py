"""Following the person who was asked: other voices are left out, and a person who speaks softly isn't."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.asr.following import Follower
from assistant.asr.speaker import SpeakerEncoder, speaker_encoder
from assistant.asr.voice_activity import SpeechSegment, VoiceActivity
from assistant.audio.frame import RATE_HZ, Samples
from assistant.models import find
from assistant.session.recorded_answer import analyse
from assistant.turns.audio import AnswerAudio
from tools.corpus.television import Precise, across_the_room, beside
from tools.listening import samples_of
from tools.paths import RECORDINGS


@cache
def encoder() -> SpeakerEncoder:
    found = speaker_encoder(find(None).path)
    assert found is not None
    return found


@cache
def recorded(name: str) -> Samples:
    return samples_of(RECORDINGS / f"{name}.flac")


@cache
def television() -> Precise:
    """The other voice, across the room, saying something that takes a while."""
    return across_the_room(recorded("fluent/about-1").astype(np.float64))


def muffled(samples: Samples, down_db: float) -> Samples:
    """A person who has turned away: less loud, and with fewer high tones."""
    spectrum = np.fft.rfft(samples.astype(np.float64))
    octaves = np.log2(np.maximum(np.fft.rfftfreq(len(samples), 1 / RATE_HZ), 500.0) / 500.0)
    return np.fft.irfft(spectrum * 10 ** (-(down_db + 2.0 * octaves) / 20), len(samples)).astype(np.int16)


def followed(
    samples: Samples, follower: Follower, piece: int = 1600
) -> tuple[tuple[SpeechSegment, ...], tuple[SpeechSegment, ...]]:
    """Where the person speaks, and where others do."""
    activity, sound = VoiceActivity(), AnswerAudio()
    activity.reset()
    follower.begin()
    speech: tuple[SpeechSegment, ...] = ()
    for start in range(0, len(samples), piece):
        sound.append(samples[start : start + piece])
        activity.feed(samples[start : start + piece])
        speech = follower.of_person(sound, activity.stretches, activity.judged_s)
    return speech, follower.others


@pytest.mark.parametrize("below_db", [10, 15])
def test_a_television_that_goes_on_after_the_answer_is_not_the_person(below_db: int):
    mixed = beside(recorded("her/discomfort"), television(), below_db, before_s=0.0, after_s=6.0)
    speech, others = followed(mixed, Follower(encoder()))
    answer_s = len(recorded("her/discomfort")) / RATE_HZ
    assert speech[-1].end_s <= answer_s + 0.3
    assert others[-1].end_s > answer_s + 4.0


def test_a_television_before_the_answer_is_not_the_person_either():
    mixed = beside(recorded("her/about-2"), television(), 12, before_s=5.0, after_s=0.0)
    speech, others = followed(mixed, Follower(encoder()))
    assert speech[0].start_s == pytest.approx(5.3, abs=0.4)
    assert others[0].start_s < 1.0


def test_a_person_who_turns_away_is_heard_to_the_end():
    whole = recorded("her/about-1")
    half = len(whole) // 2
    turned = np.concatenate((whole[:half], muffled(whole[half:], 10.0)))
    speech, others = followed(turned, Follower(encoder()))
    assert others == ()
    assert speech[-1].end_s > len(whole) / RATE_HZ - 1.5


@pytest.mark.parametrize("name", ["hesitant", "noisy", "telephone", "refusal"])
def test_nothing_is_dropped_of_a_person_alone(name: str):
    assert followed(recorded(name), Follower(encoder()))[1] == ()


def test_a_person_known_from_earlier_answers_is_missed_when_only_a_television_speaks():
    follower = Follower(encoder())
    followed(recorded("her/about-1"), follower)
    follower.remember()
    alone = beside(recorded("her/about-1"), television(), 15, before_s=8.0, after_s=0.0)[: 8 * RATE_HZ]
    assert followed(alone, follower)[0] == ()
    follower.forget()
    assert followed(alone, follower)[0] != ()


def test_a_person_known_from_earlier_answers_may_speak_more_softly():
    follower = Follower(encoder())
    followed(recorded("her/about-1"), follower)
    follower.remember()
    assert followed(muffled(recorded("her/about-2"), 12.0), follower)[1] == ()


def test_the_same_sound_gives_the_same_result_in_any_pieces():
    mixed = beside(recorded("her/stars"), television(), 15, before_s=1.0, after_s=4.0)
    assert followed(mixed, Follower(encoder()), 160) == followed(mixed, Follower(encoder()), 700)


def test_without_an_encoder_everybody_is_the_person():
    mixed = beside(recorded("her/voice"), television(), 15, before_s=0.0, after_s=4.0)
    assert followed(mixed, Follower())[1] == ()


def test_a_voice_is_nearer_to_itself_than_to_another_whatever_its_level():
    one, two, other = (encoder().vector(recorded(name)) for name in ("her/about-1", "her/about-2", "fluent/about-1"))
    soft = encoder().vector((recorded("her/about-1") // 8).astype(np.int16))
    assert np.sum((one - two) ** 2) < 20 < 60 < np.sum((one - other) ** 2)
    assert np.sum((one - soft) ** 2) < 5


def test_what_a_television_says_is_told_apart_from_the_answer(tmp_path: Path):
    file = tmp_path / "answer.wav"
    mixed = beside(recorded("her/discomfort"), television(), 10, before_s=0.0, after_s=6.0)
    soundfile.write(file, mixed, RATE_HZ)
    heard = analyse(file)
    (other,) = heard.other_voices
    assert heard.words[-1].end_s < len(recorded("her/discomfort")) / RATE_HZ + 0.5 < other.end_s
    assert len(other.text.split()) > 5
    assert heard.to_json()["other_voices"][0]["text"] == other.text
