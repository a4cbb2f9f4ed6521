import numpy as np
import pytest

from assistant.audio.level import rms_dbfs
from assistant.dialogue.prompts import Prompts
from assistant.dialogue.script import default_script
from assistant.errors import DeviceError, VoiceError
from assistant.tts.engine import SLOWEST_WPM, Pyttsx3Engine, VoiceSettings
from assistant.tts.renderer import Renderer
from assistant.tts.voice import SilentVoice, SpokenVoice


class ScriptedPlayer:
    """Notes what it plays; fails at the plays it is told to."""

    def __init__(self, fails_at=(), opens=True):
        self.heard, self.fails_at, self.opens, self.is_open, self.stops = [], fails_at, opens, False, []
        self.loudness_dbfs = []

    def open(self):
        if not self.opens:
            raise DeviceError("There is no speaker.")
        self.is_open = True

    def play(self, samples, rate_hz, stop=None):
        assert self.is_open
        if len(self.heard) in self.fails_at:
            raise DeviceError("The speaker is gone.")
        assert samples.dtype == np.int16
        self.heard.append(len(samples) / rate_hz)
        self.loudness_dbfs.append(rms_dbfs(samples))
        self.stops.append(stop)
        return self.heard[-1]

    def close(self):
        self.is_open = False


class Speaking:
    """A spoken voice through a scripted player, and the troubles it told of."""

    def __init__(self, player=None, renderer=None):
        self.player, self.troubles = player or ScriptedPlayer(), []
        self.renderer = renderer or Renderer()
        self.voice = SpokenVoice(self.renderer, self.player, self.troubles.append)


@pytest.fixture
def speaking():
    opened = []

    def start(**parts):
        opened.append(Speaking(**parts))
        opened[-1].voice.start()
        return opened[-1]

    yield start
    for one in opened:
        one.voice.close()


def test_sentences_are_spoken_one_after_the_other_prepared_or_not(speaking):
    speaking = speaking()
    speaking.voice.prepare(["Please wait a moment while I write.", "Yes."])
    for text in ("Yes.", "Please wait a moment while I write.", "And now for something completely different."):
        speaking.voice.say(text)
    short, longer, longest = speaking.player.heard
    assert 0.2 < short < longer < longest < 5
    assert speaking.troubles == []


def test_it_speaks_slower_and_louder_when_asked_to_and_as_at_first_for_the_next_person(speaking):
    speaking = speaking()
    text = "What stayed with you when it was over?"
    speaking.voice.say(text)
    speaking.voice.adjust(tempo=0.8, gain_db=6.0)
    speaking.voice.say(text)
    speaking.voice.reset()
    speaking.voice.say(text)
    usual_s, slower_s, reset_s = speaking.player.heard
    usual_dbfs, louder_dbfs, reset_dbfs = speaking.player.loudness_dbfs
    assert slower_s == pytest.approx(usual_s / 0.8, rel=0.1)
    assert 4 < louder_dbfs - usual_dbfs < 6.1
    assert (reset_s, reset_dbfs) == (usual_s, usual_dbfs)
    assert speaking.troubles == []


def test_however_often_they_ask_it_stays_within_reason(speaking):
    speaking = speaking()
    for _ in range(9):
        speaking.voice.adjust(tempo=0.5, gain_db=12.0)
    assert speaking.renderer.settings.rate_wpm == SLOWEST_WPM
    speaking.voice.say("Yes.")
    assert speaking.player.loudness_dbfs[-1] < 0


def test_whoever_asks_for_a_stop_is_passed_on_to_the_player(speaking):
    speaking = speaking()

    def stop():
        return True

    speaking.voice.say("Stop me.", stop=stop)
    assert speaking.player.stops == [stop]


def test_a_text_without_anything_to_say_is_not_played(speaking):
    speaking = speaking()
    speaking.voice.say("…")
    assert speaking.player.heard == []


def test_a_speaker_that_fails_is_told_of_once_and_the_rest_is_silence(speaking):
    speaking = speaking(player=ScriptedPlayer(fails_at=(1,)))
    for text in ("One.", "Two.", "Three."):
        speaking.voice.say(text)
        speaking.voice.prepare(["Four."])
    assert len(speaking.player.heard) == 1
    assert speaking.troubles == ["The speaker is gone. Going on without a voice."]


def test_an_engine_that_fails_is_told_of_once_and_the_rest_is_silence(speaking):
    class Failing(Pyttsx3Engine):
        def synthesise(self, text, path):
            raise VoiceError("The voice has a cold.")

    speaking = speaking(renderer=Renderer(make_engine=Failing))
    speaking.voice.say("One.")
    speaking.voice.say("Two.")
    assert speaking.troubles == ["The voice has a cold. Going on without a voice."]


@pytest.mark.parametrize(
    ("parts", "trouble"),
    [
        (lambda: {"player": ScriptedPlayer(opens=False)}, "There is no speaker."),
        (lambda: {"renderer": Renderer(VoiceSettings(voice="hal 9000"))}, "No voice called 'hal 9000'."),
    ],
)
def test_without_a_speaker_or_a_voice_it_is_silent_from_the_start_and_says_why(speaking, parts, trouble):
    speaking = speaking(**parts())
    speaking.voice.prepare(["One."])
    speaking.voice.say("One.")
    assert len(speaking.troubles) == 1
    assert speaking.troubles[0].startswith(trouble)


def test_a_voice_that_lost_its_engine_while_closed_by_somebody_else_says_so(speaking):
    speaking = speaking()
    speaking.renderer.close()
    speaking.voice.prepare(["One."])
    assert len(speaking.troubles) == 1


def test_closed_it_is_silent_lets_go_of_the_speaker_and_may_be_started_again(speaking):
    speaking = speaking()
    speaking.voice.close()
    speaking.voice.close()
    speaking.voice.say("One.")
    assert not speaking.player.is_open
    assert speaking.player.heard == []
    speaking.voice.start()
    speaking.voice.say("Two.")
    assert len(speaking.player.heard) == 1
    assert speaking.troubles == []


def test_the_silent_voice_says_nothing_and_needs_nothing():
    voice = SilentVoice()
    voice.start()
    voice.prepare(["One."])
    voice.say("One.", stop=lambda: True)
    voice.close()


def test_the_first_question_comes_within_eight_seconds_of_the_greeting(speaking):
    heard = ScriptedPlayer()
    voice = speaking(player=heard).voice
    for said in Prompts(default_script(), "Ms. Lovelace", None).greeting():
        voice.say(said.text)
    assert sum(heard.heard) < 8
