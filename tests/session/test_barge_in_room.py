"""Breaking in while the review is read: a real microphone and speaker in a room where one doesn't hear the other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from assistant.audio.microphone import Microphone
from assistant.session.assembly import build_components
from assistant.session.options import SessionOptions
from tests.support.interrupting_user import SENTENCES, InterruptingUser
from tools.paths import RECORDINGS
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
