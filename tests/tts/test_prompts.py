import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from assistant.errors import VoiceError
from assistant.tts.engine import Pyttsx3Engine
from assistant.tts.renderer import Renderer
from assistant.tts.voice import PromptCache

TEXTS = ["One.", "Two.", "Three."]


class Bench:
    """A real engine that notes what it renders and, while the gate is shut, waits before each."""

    def __init__(self):
        self.rendered, self.wanted = [], []
        self.gate = threading.Event()
        self.gate.set()
        bench = self

        class Noting(Pyttsx3Engine):
            def synthesise(self, text, path):
                bench.gate.wait()
                bench.rendered.append(text)
                super().synthesise(text, path)

        class Counting(Renderer):
            def submit(self, text, *, urgent=True):
                done = super().submit(text, urgent=urgent)
                if urgent:
                    bench.wanted.append(text)
                return done

        self.renderer = Counting(make_engine=Noting)
        self.renderer.start()

    def finish(self):
        """Wait for everything that was asked for."""
        self.renderer.submit("Done.", urgent=False).result(5)
        self.rendered.remove("Done.")


@pytest.fixture
def bench():
    bench = Bench()
    yield bench
    bench.gate.set()
    bench.renderer.close()


def test_what_was_prepared_is_there_without_rendering_it_again(bench):
    prompts = PromptCache(bench.renderer)
    prompts.prepare(TEXTS)
    bench.finish()
    bench.gate.clear()
    assert [prompts.get(text).text for text in TEXTS] == TEXTS
    assert bench.rendered == TEXTS


def test_what_was_not_prepared_is_rendered_once_and_kept(bench):
    prompts = PromptCache(bench.renderer)
    first, second = prompts.get("Hello."), prompts.get("Hello.")
    assert first.samples is second.samples
    assert bench.rendered == ["Hello."]


def test_a_prompt_that_is_wanted_now_moves_to_the_front_and_is_rendered_once(bench):
    prompts = PromptCache(bench.renderer)
    bench.gate.clear()
    prompts.prepare([*TEXTS, *TEXTS])
    with ThreadPoolExecutor(2) as askers:
        wanted = [askers.submit(prompts.get, "Three.") for _ in range(2)]
        while "Three." not in bench.wanted:
            pass
        bench.gate.set()
        assert [speech.result(5).text for speech in wanted] == ["Three.", "Three."]
    bench.finish()
    assert sorted(bench.rendered) == sorted(TEXTS)
    assert bench.rendered.index("Three.") < bench.rendered.index("Two.")


def test_memory_is_bounded_and_the_longest_unused_goes_first(bench):
    one = bench.renderer.render("One.").samples.nbytes
    prompts = PromptCache(bench.renderer, limit_bytes=3 * one)
    for text in ("One.", "Two.", "One.", "Three."):
        prompts.get(text)
    prompts.prepare(["Four."])
    bench.finish()
    bench.rendered.clear()
    prompts.get("Four.")
    prompts.get("Two.")
    assert bench.rendered == ["Two."]


def test_clearing_forgets_what_is_ready_and_what_is_ordered(bench):
    prompts = PromptCache(bench.renderer)
    prompts.get("Hello, Doctor Jones.")
    bench.rendered.clear()
    bench.gate.clear()
    prompts.prepare(TEXTS)
    prompts.clear()
    bench.gate.set()
    bench.finish()
    assert "Three." not in bench.rendered
    prompts.get("Hello, Doctor Jones.")
    assert bench.rendered[-1] == "Hello, Doctor Jones."


def test_a_text_that_failed_in_the_background_is_tried_again_when_it_is_wanted():
    class Moody(Pyttsx3Engine):
        fails = True

        def synthesise(self, text, path):
            if Moody.fails:
                raise OSError("not today")
            super().synthesise(text, path)

    renderer = Renderer(make_engine=Moody)
    renderer.start()
    prompts = PromptCache(renderer)
    prompts.prepare(["Hello."])
    with pytest.raises(VoiceError, match="not today"):
        prompts.get("Hello.")
    Moody.fails = False
    assert prompts.get("Hello.").duration_s > 0
    renderer.close()


def test_prompts_of_a_renderer_that_is_not_started_are_an_error():
    with pytest.raises(VoiceError, match="isn't started"):
        PromptCache(Renderer()).prepare(TEXTS)
