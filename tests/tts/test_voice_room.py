import time

import pytest

from assistant.audio.player import Player
from assistant.tts.renderer import Renderer
from assistant.tts.voice import SpokenVoice
from tests.support.played_sound import without_gaps

PROMPT = "Are you romantic or non-romantic?"


@pytest.fixture
def troubles():
    return []


@pytest.fixture
def renderer():
    return Renderer()


@pytest.fixture
def voice(sound_room, renderer, troubles):
    voice = SpokenVoice(renderer, Player(), troubles.append)
    voice.start()
    yield voice
    voice.close()


def audible_s(samples, rate_hz):
    """Seconds that sound."""
    return len(without_gaps(samples, rate_hz, above=300)) / rate_hz


def test_a_prompt_comes_out_of_the_speaker_whole_before_say_comes_back(voice, renderer, sound_room, troubles):
    with sound_room.recording() as recording:
        voice.say(PROMPT)
        heard = recording.up_to_now()
    rendered = renderer.render(PROMPT)
    assert audible_s(heard, 48_000) == pytest.approx(audible_s(rendered.samples, rendered.rate_hz), abs=0.08)
    assert troubles == []


def test_a_stop_is_heard_soon(voice, sound_room):
    asked = []

    def stop():
        asked.append(time.monotonic())
        return asked[-1] > asked[0] + 0.7

    with sound_room.recording() as recording:
        voice.say(PROMPT * 5, stop=stop)
        heard = recording.up_to_now()
    assert 0 < audible_s(heard, 48_000) < 1.2


def test_a_pulled_speaker_ends_in_a_sentence_and_silence(voice, sound_room, troubles):
    voice.say("Hello.")
    sound_room.pull_the_plug()
    voice.say(PROMPT)
    voice.say(PROMPT)
    assert len(troubles) == 1
    assert troubles[0].endswith("Going on without a voice.")
