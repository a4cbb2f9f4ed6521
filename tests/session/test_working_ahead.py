"""In a silence that may be the end of an answer, what would follow from it is prepared already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from assistant.asr.voice_activity import SpeechSegment
from assistant.asr.whisper import WhisperRecogniser
from assistant.audio.replay import replay_of
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import load_script
from assistant.films.catalogue import FilmCatalogue
from assistant.models.directory import models_dir
from assistant.session.assembly import make_ear
from assistant.session.components import SessionComponents, Watcher
from assistant.session.second_ear import SecondEarWorker
from assistant.session.session import Session
from assistant.store import Store
from assistant.tts.voice import SilentVoice
from assistant.turns.audio import AnswerAudio
from tests.support.replays import answers, short_interview
from tools.simulation.pace import wait_until


class QuickEar(SecondEarWorker):
    """Has heard everything as soon as the silence begins, since no time passes between the frames of a recording."""

    def expect_end(self, sound: AnswerAudio, speech: Sequence[SpeechSegment]) -> None:
        super().expect_end(sound, speech)
        wait_until(self.foreseen)


class Preparing(SilentVoice):
    """Notes what is to be rendered, and what is said."""

    def __init__(self) -> None:
        self.prepared: list[str] = []
        self.said: dict[str, bool] = {}
        """Whether each was prepared by the time it was said."""

    def prepare(self, texts: Iterable[str]) -> None:
        self.prepared += texts

    def say(self, text: str, **_: object) -> float:  # type: ignore[override]
        self.said[text] = text in self.prepared
        return 1.0


def test_a_reply_that_depends_on_the_answer_is_rendered_before_the_answer_is_over(tmp_path: Path):
    said = answers(tmp_path, {"film": "fluent/film"})
    script = load_script(short_interview(tmp_path, questions=("film", "about", "review")))
    ear = QuickEar(WhisperRecogniser(models_dir() / "whisper-base"), "whisper", "base", print)
    first, voice, films = make_ear(None, ear, live=True), Preparing(), FilmCatalogue()
    with Store(tmp_path / "data") as store, replay_of([said], ["film", "about", "review"]) as source:
        parts = SessionComponents(
            source, first.listener, first.model, voice, store, Watcher(), (), commands=first.commands
        )
        conversation = Conversation(script, films=lambda: films)
        Session(parts, conversation).run()
    ear.close()
    assert conversation.state.film is not None
    assert conversation.state.film.title == "Her"
    (reply,) = [text for text in voice.said if text.startswith("Her, from 2013")]
    assert voice.said[reply]
    # The answer that was foreseen isn't one: what it would have led to happens once.
    assert len(conversation.state.said) == len({turn.number for turn in conversation.state.said})
