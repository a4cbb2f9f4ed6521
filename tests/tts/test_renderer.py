import gc
import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from assistant.errors import VoiceError
from assistant.tts.engine import Pyttsx3Engine, VoiceSettings
from assistant.tts.renderer import Renderer

PROMPTS = [
    "Hello.",
    "Thank you, that helps.",
    "Are you romantic or non-romantic?",
    "Would you like your review to have a funny or an introspective voice?",
    "How would you describe your relationship with emotional movies?",
    "In your voice I sense some discomfort. Would you agree with that?",
    "Please wait while your individual review is generated.",
    "Which film shall we talk about?",
    "How many stars out of five would you give it, all in all, from one to five?",
    "There is no hurry at all: take as long as you like, pause, think, begin again, and stop whenever you want to.",
]


@pytest.fixture
def renderer():
    renderer = Renderer()
    renderer.start()
    yield renderer
    renderer.close()


def in_a_program_of_its_own(code, **environment):
    return subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def test_a_prompt_becomes_sound_of_a_plausible_length(renderer):
    speech = renderer.render("Would you like your review to have a funny or an introspective voice?")
    words_a_minute = 13 / speech.duration_s * 60
    assert 120 < words_a_minute < 240
    assert speech.samples.dtype == np.int16
    assert speech.samples.ndim == 1
    assert np.abs(speech.samples.astype(int)).max() > 3000
    assert speech.text.startswith("Would you")


def test_speech_begins_within_fifty_milliseconds_and_leaves_a_short_tail(renderer):
    for text in PROMPTS[:4]:
        speech = renderer.render(text)
        loud = np.flatnonzero(np.abs(speech.samples.astype(int)) > 300)
        assert loud[0] / speech.rate_hz < 0.05
        assert 0.08 < (len(speech.samples) - loud[-1]) / speech.rate_hz < 0.2


def test_ten_prompts_from_several_threads_all_come_back_right(renderer):
    alone = [renderer.render(text).duration_s for text in PROMPTS]
    assert len({round(duration_s, 1) for duration_s in alone}) == len(PROMPTS)
    with ThreadPoolExecutor(5) as askers:
        together = list(askers.map(renderer.render, PROMPTS))
    assert [speech.text for speech in together] == PROMPTS
    assert [speech.duration_s for speech in together] == pytest.approx(alone, abs=0.06)


def test_the_first_prompt_is_spoken_as_calmly_as_every_other():
    first = []
    for _ in range(20):
        renderer = Renderer()
        renderer.start()
        first.append(renderer.render("Hello.").duration_s)
        renderer.close()
    assert max(first) - min(first) < 0.02


def test_a_calmer_rate_takes_longer(renderer):
    usual = renderer.render(PROMPTS[4])
    renderer.close()
    calmer = Renderer(VoiceSettings(rate_wpm=110))
    calmer.start()
    assert calmer.render(PROMPTS[4]).duration_s > 1.3 * usual.duration_s
    calmer.close()


def test_a_direct_request_overtakes_what_is_being_prepared():
    order, gate = [], threading.Event()

    class Gated(Pyttsx3Engine):
        def synthesise(self, text, path):
            gate.wait()
            order.append(text)
            super().synthesise(text, path)

    renderer = Renderer(make_engine=Gated)
    renderer.start()
    ahead = [renderer.submit(text, urgent=False) for text in ("One.", "Two.", "Three.")]
    while not ahead[0].running():
        pass
    direct = renderer.submit("Now.")
    gate.set()
    assert direct.result(5).duration_s > 0
    assert [speech.result(5).text for speech in ahead] == ["One.", "Two.", "Three."]
    assert order == ["One.", "Now.", "Two.", "Three."]
    renderer.close()


def test_nothing_reaches_standard_output_and_the_root_logger_stays_as_it_was():
    ran = in_a_program_of_its_own(
        "import logging; from assistant.tts.renderer import Renderer; r = Renderer(); r.start();"
        "s = r.render('Hello there.'); t = r.render('Hello again.'); r.close();"
        "assert s.duration_s > 0.5 and t.duration_s > 0.5; assert not logging.getLogger().handlers"
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")


def test_nothing_said_is_left_in_a_file(renderer, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr("assistant.tts.renderer._MEMORY", tmp_path / "no such place")
    assert renderer.render("Hello, Doctor Jones.").samples.size
    assert list(tmp_path.iterdir()) == []


def test_a_text_without_anything_to_say_has_no_length(renderer):
    assert renderer.render("— … 🙂").duration_s == 0


def test_an_unknown_voice_is_refused_with_some_that_there_are():
    with pytest.raises(VoiceError, match=r"No voice called 'hal 9000'.*English \(America\)"):
        Renderer(VoiceSettings(voice="hal 9000")).start()


def test_a_voice_that_is_known_by_name_speaks():
    renderer = Renderer(VoiceSettings(voice="English (America)"))
    renderer.start()
    assert renderer.render("Hello.").duration_s > 0.3
    renderer.close()


def test_a_voice_that_the_engine_cannot_load_is_refused():
    class Promising(Pyttsx3Engine):
        """Lets any voice pass that the engine's list might name."""

        def __init__(self, settings):
            super().__init__(VoiceSettings(voice="en-us+../nothing", rate_wpm=settings.rate_wpm, volume="loud"))

    with pytest.raises(VoiceError, match="can't be used"):
        Renderer(make_engine=Promising).start()


def test_without_espeak_the_sentence_says_what_to_install():
    ran = in_a_program_of_its_own(
        """
import sys

def unfindable(event, arguments):
    if event == "ctypes.dlopen" and "espeak" in str(arguments[0]):
        raise OSError("no such library")

sys.addaudithook(unfindable)
from assistant.errors import VoiceError
from assistant.tts import Renderer, VoiceSettings
try:
    Renderer(VoiceSettings(voice="pyttsx3")).start()
except VoiceError as error:
    print(error.sentence)
"""
    )
    assert ran.stderr == ""
    assert "apt-get install espeak-ng" in ran.stdout
    assert "brew install espeak-ng" in ran.stdout


def test_espeak_without_its_data_is_named_and_does_not_end_the_program(tmp_path):
    (tmp_path / "espeak-ng-data").mkdir()
    ran = in_a_program_of_its_own(
        """
from assistant.errors import VoiceError
from assistant.tts import Renderer, VoiceSettings
try:
    Renderer(VoiceSettings(voice="pyttsx3")).start()
except VoiceError as error:
    print(error.sentence)
""",
        ESPEAK_DATA_PATH=str(tmp_path),
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "espeak-ng-data" in ran.stdout


class Hanging(Pyttsx3Engine):
    """Never comes back."""

    def open(self):
        """At once, however busy the machine: what hangs is the rest."""

    def synthesise(self, text, path):
        threading.Event().wait()


def test_an_engine_that_hangs_is_replaced_and_the_text_tried_again():
    made = []

    def make(settings):
        made.append(Pyttsx3Engine(settings) if made else Hanging(settings))
        return made[-1]

    renderer = Renderer(make_engine=make, limit_s=2)
    renderer.start()
    assert renderer.render("Still here.").duration_s > 0.5
    assert renderer.render("And going on.").duration_s > 0.5
    assert len(made) == 2
    renderer.close()


def test_an_earlier_engine_that_is_cleared_away_does_not_silence_the_present_one(renderer):
    renderer.close()
    made = []

    def make(settings):
        made.append(Pyttsx3Engine(settings))
        return made[-1]

    present = Renderer(make_engine=make, limit_s=0.5)
    present.start()
    gc.collect()
    assert present.render("Still here.").duration_s > 0.5
    assert len(made) == 1
    present.close()


def test_a_program_may_end_in_the_middle_of_a_rendering_and_leaves_nothing_behind(tmp_path):
    ran = in_a_program_of_its_own(
        "from assistant.tts import renderer; from pathlib import Path;"
        f"renderer._MEMORY = Path({str(tmp_path)!r}); r = renderer.Renderer(); r.start();"
        "[r.submit(f'This is number {n}.', urgent=False) for n in range(300)]; r.render('Done.')"
    )
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_hangs_twice_is_given_up_and_fails_at_once_from_then_on():
    made = []

    def make(settings):
        made.append(Hanging(settings))
        return made[-1]

    renderer = Renderer(make_engine=make, limit_s=0.1)
    renderer.start()
    with pytest.raises(VoiceError, match="didn't answer in time"):
        renderer.render("Hello?")
    with pytest.raises(VoiceError, match="given up"):
        renderer.render("Hello?")
    assert len(made) == 2
    renderer.close()


def test_an_engine_that_does_not_open_in_time_is_an_error():
    class Slow(Pyttsx3Engine):
        def open(self):
            threading.Event().wait()

    with pytest.raises(VoiceError, match="didn't answer in time"):
        Renderer(make_engine=Slow, limit_s=0.1).start()


def test_an_engine_that_fails_again_and_again_says_why():
    class Failing(Pyttsx3Engine):
        def synthesise(self, text, path):
            raise OSError("no space left on device")

    renderer = Renderer(make_engine=Failing)
    renderer.start()
    with pytest.raises(VoiceError, match="no space left on device"):
        renderer.render("Hello?")
    renderer.close()


def test_an_engine_that_writes_only_silence_is_found_out():
    class Mute(Pyttsx3Engine):
        def synthesise(self, text, path):
            import soundfile

            soundfile.write(path, np.zeros(9000, np.int16), 22_050)

    renderer = Renderer(make_engine=Mute)
    renderer.start()
    with pytest.raises(VoiceError, match="silence"):
        renderer.render("Hello?")
    renderer.close()


def test_an_engine_that_writes_no_sound_file_is_found_out():
    class Scribbling(Pyttsx3Engine):
        def synthesise(self, text, path):
            path.write_text("Hello!")

    renderer = Renderer(make_engine=Scribbling)
    renderer.start()
    with pytest.raises(VoiceError, match="no sound that can be read"):
        renderer.render("Hello?")
    renderer.close()


def test_a_closed_renderer_refuses_drops_what_is_left_and_may_be_started_again(renderer):
    gate = threading.Event()

    class Gated(Pyttsx3Engine):
        def synthesise(self, text, path):
            gate.wait()
            super().synthesise(text, path)

    renderer.close()
    gated = Renderer(make_engine=Gated)
    gated.start()
    first, second = gated.submit("One."), gated.submit("Two.")
    while not first.running():
        pass
    threading.Timer(0.05, gate.set).start()
    gated.close()
    gated.close()
    assert first.result(5).duration_s > 0
    with pytest.raises(VoiceError, match="closed"):
        second.result(5)
    with pytest.raises(VoiceError, match="closed"):
        gated.render("Hello?")
    gated.start()
    assert gated.render("Hello again.").duration_s > 0
    gated.close()
