import numpy as np
import pytest

from assistant.audio.level import rms_dbfs
from assistant.dialogue.prompts import Prompts
from assistant.dialogue.script import default_script
from assistant.errors import DeviceError, VoiceError
from assistant.tts.engine import SLOWEST_WPM, Pyttsx3Engine, VoiceSettings
from assistant.tts.renderer import Renderer
from assistant.tts.sounds import SmallSound
from assistant.tts.speech import TAIL_S
from assistant.tts.voice import Manner, SilentVoice, SpokenVoice
from tools.simulation.pace import wait_until


class ScriptedPlayer:
    """Notes what it plays; fails at the plays it is told to."""

    def __init__(self, fails_at=(), opens=True):
        self.heard, self.fails_at, self.opens, self.is_open, self.stops = [], fails_at, opens, False, []
        self.loudness_dbfs, self.samples, self.plays_share = [], [], 1.0

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
        self.samples.append((samples, rate_hz))
        return self.heard[-1] * self.plays_share

    def close(self):
        self.is_open = False


class Speaking:
    """A spoken voice through a scripted player, and the troubles it told of."""

    def __init__(self, player=None, renderer=None, *, sounds=False, needed=False):
        self.player, self.troubles, self.sentences = player or ScriptedPlayer(), [], []
        self.renderer = renderer or Renderer()
        told = self.troubles.append, self.sentences.append
        self.voice = SpokenVoice(self.renderer, self.player, *told, sounds=sounds, needed=needed)


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


def test_a_voice_that_nobody_can_do_without_raises_the_trouble_and_speaks_again_when_it_is_over(speaking):
    speaking = speaking(player=ScriptedPlayer(fails_at=(0,)), needed=True)
    with pytest.raises(DeviceError, match="gone"):
        speaking.voice.say("Hello.")
    speaking.player.fails_at = ()
    assert speaking.voice.say("Hello.") == 1.0
    assert len(speaking.player.heard) == 1
    assert speaking.troubles == []


def test_at_rest_it_lets_go_of_the_speaker_and_takes_it_again_when_there_is_something_to_say(speaking):
    speaking = speaking()
    speaking.voice.rest()
    assert not speaking.player.is_open
    assert speaking.voice.say("Hello.") == 1.0
    assert speaking.player.is_open
    assert speaking.troubles == []


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


LONG = "Her is quiet, warm, and sad. Dr. Jones liked it. I didn't!"
SENTENCES = ["Her is quiet, warm, and sad.", "Dr. Jones liked it.", "I didn't!"]


def pauses_s(samples, rate_hz):
    """The silences of 0.1 s and more, inside."""
    loud = np.flatnonzero(np.abs(samples.astype(int)) > 0.02 * np.abs(samples.astype(int)).max())
    return [gap / rate_hz for gap in np.diff(loud) if gap > 0.1 * rate_hz]


def test_a_text_is_spoken_sentence_by_sentence_and_each_is_told_as_it_begins(speaking):
    speaking = speaking()
    assert speaking.voice.say(LONG) == 1
    assert speaking.sentences == SENTENCES
    assert len(speaking.player.heard) == 3


def test_what_was_prepared_as_a_text_is_there_by_the_sentence(speaking):
    rendered = []

    class Noting(Pyttsx3Engine):
        def synthesise(self, text, path):
            rendered.append(text)
            super().synthesise(text, path)

    speaking = speaking(renderer=Renderer(make_engine=Noting))
    speaking.voice.prepare([LONG])
    speaking.voice.say(LONG)
    assert sorted(rendered) == sorted(SENTENCES)


def test_who_stops_it_hears_no_further_sentence_and_learns_how_far_it_got(speaking):
    speaking = speaking()
    speaking.player.plays_share = 0.5
    assert speaking.voice.say(LONG, stop=lambda: True) == pytest.approx(
        0.5 * len(SENTENCES[0]) / len("".join(SENTENCES))
    )
    assert speaking.sentences == SENTENCES[:1]


@pytest.mark.parametrize("engine", ["hibari", "pyttsx3"])
def test_a_dictated_sentence_has_long_pauses_at_its_commas_and_after_it_more_before_a_paragraph(speaking, engine):
    speaking = speaking(renderer=Renderer(VoiceSettings(voice=engine)))
    sentence = "The ending stayed with me for days, because I had just moved to another city, and I knew nobody there."
    for manner in (Manner(), Manner(dictates=True), Manner(dictates=True, opens_paragraph=True)):
        speaking.voice.adopt(manner)
        speaking.voice.say(sentence)
    (plain, _), (dictated, rate_hz), (opening, _) = speaking.player.samples
    assert sum(pause_s >= 0.34 for pause_s in pauses_s(dictated, rate_hz)) >= 2
    assert len(dictated) - np.flatnonzero(dictated)[-1] > 0.4 * rate_hz
    assert np.array_equal(opening[-len(dictated) :], dictated)
    assert len(plain) < len(dictated) < len(opening)


def test_a_sentence_without_commas_keeps_its_rhythm_when_it_is_dictated(speaking):
    speaking = speaking()
    for manner in (Manner(), Manner(dictates=True)):
        speaking.voice.adopt(manner)
        speaking.voice.say("I would see it again with my mother.")
    (plain, _), (dictated, _) = speaking.player.samples
    assert np.array_equal(dictated[: len(plain)], plain)


def test_after_a_question_a_small_sound_says_that_it_listens_and_costs_no_time(speaking):
    with_sounds, without = speaking(sounds=True), speaking()
    for one in (with_sounds, without):
        for manner in (Manner(asks=True), Manner()):
            one.voice.adopt(manner)
            one.voice.say("And the music?")
    (asked, rate_hz), (said, _) = with_sounds.player.samples
    (quietly_asked, _), _ = without.player.samples
    assert len(asked) == len(quietly_asked)
    assert np.array_equal(said, quietly_asked)
    tail = slice(-round(TAIL_S * rate_hz), None)
    assert rms_dbfs(asked[tail]) > rms_dbfs(quietly_asked[tail]) + 10
    assert len(without.player.heard) == 2


def test_composing_is_heard_only_if_it_takes_long_and_ends_at_once(speaking):
    speaking = speaking(sounds=True)
    with speaking.voice.thinking():
        pass
    assert speaking.player.heard == []
    with speaking.voice.thinking():
        wait_until(lambda: speaking.player.heard)
    assert speaking.player.heard[0] == pytest.approx(SmallSound.THINKING.duration_s, abs=0.001)


def test_what_was_sent_is_heard_to_be_unless_sounds_are_off(speaking):
    loud, quiet = speaking(sounds=True), speaking()
    for one in (loud, quiet):
        one.voice.signal_sent()
    assert (len(loud.player.heard), len(quiet.player.heard)) == (1, 0)
