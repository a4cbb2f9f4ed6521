"""Breaking in while the review is read: a real microphone and speaker in a room, with and without an echo."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from guest import RECORDINGS
from sound_room import SoundRoom
from spoken import spoken

from assistant.assembly import Wishes, plugged_together
from assistant.audio.echo import can_cancel_echo
from assistant.audio.frame import Frame
from assistant.audio.microphone import Microphone
from assistant.conversation.actions import Action, Compose
from assistant.conversation.conversation import Conversation, Heard
from assistant.conversation.script import default_script
from assistant.films.film import Film
from assistant.hearing.answer import Answer
from assistant.hearing.events import FillerNoticed, PauseNoticed
from assistant.hesitation.speaker import Impression
from assistant.review.review import Passage, Review, Sentence
from assistant.session import Session

pytestmark = [pytest.mark.room, pytest.mark.slow]

COMMANDS = RECORDINGS / "commands"
SENTENCES = (
    "I watched it alone, late at night.",
    "The letters that he writes for other people, in an office full of light, are the saddest thing in the film.",
    "The music is a piano in the next room.",
    "I would see it again with my mother.",
)
LONG = "the colors are warm and the music is a piano in the next room because somebody is lonely there " * 3


class AtTheReview(Conversation):
    """A conversation that begins where the review is read."""

    def start(self) -> list[Action]:
        actions = super().start()
        for turn, answer in enumerate(("romantic", "both", "i love them", "her", LONG, "that's all", "four")):
            actions = self.hear(Heard(turn, spoken(answer)))
        assert actions[-1] == Compose()
        written = tuple(Sentence(text, (Passage(5, float(at), at + 1.0),)) for at, text in enumerate(SENTENCES))
        return self.composed(Review(Film("Her"), 4.0, "both", written))


class Onlooker:
    """Does something when it is said what it waits for, and something else whenever the person has the word."""

    def __init__(self, cue: str, act: Callable[[], object], answers: list[Callable[[], object]]) -> None:
        self.cue, self.act, self.answers = cue, act, answers
        self.log: list[str] = []

    def said(self, text: str, question: str | None) -> None:
        self.log.append(f"● {text}")
        if text == self.cue:
            self.act()

    def listening(self) -> None:
        self.answers.pop(0)()

    def heard(self, answer: Answer, impression: Impression) -> None:
        self.log.append(f"○ {answer.spoken}")
        self.answer = answer

    def sound(self, frame: Frame) -> None: ...
    def caption(self, text: str) -> None: ...
    def noticed(self, event: FillerNoticed | PauseNoticed) -> None: ...
    def composing(self) -> None: ...
    def delivered(self, path: str) -> None: ...


def converse(onlooker: Onlooker, tmp_path: Path, *, headphones: bool) -> list[str]:
    wishes = Wishes(data=tmp_path / "data", out=tmp_path / "out", files_only=True, headphones=headphones)
    troubles: list[str] = []
    with plugged_together(wishes, Microphone(), onlooker, troubles.append) as parts:
        Session(parts, AtTheReview(default_script())).run()
    assert troubles == []
    return onlooker.log


def nothing() -> None: ...


def test_stop_stops_the_reading_and_continue_goes_on_with_it(sound_room: SoundRoom, tmp_path: Path):
    def say(name: str) -> Callable[[], object]:
        return lambda: sound_room.say(COMMANDS / f"{name}.flac")

    # The second time the sentence is read, nobody breaks in: the cue is used up.
    cues = [say("stop"), nothing]
    onlooker = Onlooker(SENTENCES[1], lambda: cues.pop(0)(), [nothing, say("continue"), say("not-now")])
    log = converse(onlooker, tmp_path, headphones=True)
    print("\n".join(log))
    stopped = log.index("○ stop")
    assert log[stopped - 2 : stopped] == [f"● {SENTENCES[0]}", f"● {SENTENCES[1]}"]
    went_on = log.index("○ continue")
    assert went_on == stopped + 2
    assert log[went_on + 1 : went_on + 4] == [f"● {text}" for text in SENTENCES[1:]]
    assert "○ not now" in log
