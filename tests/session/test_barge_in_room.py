"""Breaking in, and going on: a real microphone and speaker in a room where one doesn't hear the other."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import soundfile

from assistant.audio.frame import RATE_HZ
from assistant.audio.microphone import Microphone
from assistant.session.assembly import build_components, load_script_for, new_session
from assistant.session.components import Watcher
from assistant.session.options import SessionOptions
from tests.support.interrupting_user import SENTENCES, InterruptingUser
from tests.support.replays import short_interview
from tools.paths import RECORDINGS
from tools.simulation.desk import GoneError, part_of
from tools.simulation.sound_room import SoundRoom


def test_stop_stops_the_reading_and_continue_goes_on_with_it(sound_room: SoundRoom, tmp_path: Path):
    def say(name: str) -> Callable[[], object]:
        return lambda: sound_room.say(RECORDINGS / "commands" / f"{name}.flac")

    person = InterruptingUser(SENTENCES[1], say("stop"), say("continue"), say("not-now"))
    chosen = SessionOptions(
        data=tmp_path / "data", out=tmp_path / "out", files_only=True, headphones=True, rate_wpm=320
    )
    with build_components(chosen, Microphone(), person, print) as parts:
        log = person.talk(parts)
    stopped = log.index("○ stop")
    assert log[stopped - 2 : stopped] == [f"● {SENTENCES[0]}", f"● {SENTENCES[1]}"]
    assert log[stopped + 1 : stopped + 3] == ["● I've stopped. Say continue, or what to change.", "○ continue"]
    assert log[stopped + 3 : stopped + 6] == [f"● {text}" for text in SENTENCES[1:]]
    assert "○ not now" in log


class GoesOn(Watcher):
    """Somebody whose answer goes on when the assistant has begun to thank them for it; then they leave."""

    def __init__(self, room: SoundRoom, folder: Path) -> None:
        self._room = room
        self._parts = [folder / "first.wav", folder / "rest.wav"]
        for path, words in zip(self._parts, ((0, 2), (3, None)), strict=True):
            soundfile.write(path, part_of("fluent/emotional_movies", *words), RATE_HZ)
        self.said_first: list[str] = []

    def said(self, text: str, question: str | None) -> None:
        self.said_first.append(text)
        if text.startswith("Thank you") and self._parts:
            threading.Timer(0.3, self._room.say, [self._parts.pop()]).start()

    def listening(self) -> None:
        if len(self._parts) == 2:
            self._room.say(self._parts.pop(0))
        elif not self.said_first[-1].startswith("Thank you"):
            raise GoneError


def test_who_goes_on_over_the_reply_gives_one_answer(sound_room: SoundRoom, tmp_path: Path):
    script = short_interview(tmp_path, questions=("emotional_movies", "about", "review"))
    chosen = SessionOptions(
        data=tmp_path / "data", script=script, files_only=True, headphones=True, rate_wpm=250, second_hearing="none"
    )
    person = GoesOn(sound_room, tmp_path)
    with build_components(chosen, Microphone(), person, print) as parts:
        session = new_session(chosen, load_script_for(chosen), parts)
        with pytest.raises(GoneError):
            session.run()
        [answer] = [turn.text for turn in parts.store.turns(session.id) if turn.speaker == "person"]
    # On a busy machine a word may be lost on the way; what counts here is that both parts are one answer.
    assert "love them" in answer, answer
    assert "wedding" in answer
