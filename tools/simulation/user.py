"""A user in the sound room who holds a conversation, answering when the prompt has ended."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tools.paths import RECORDINGS
from tools.simulation.pace import wait_until
from tools.simulation.program import started
from tools.simulation.sound_room import RATE_HZ, SoundRoom, SpeakerRecording

_CUES = {
    "Are you romantic": "romance",
    "Would you agree": "discomfort",
    "introspective voice": "voice",
    "emotional movies": "emotional_movies",
    "Which film": "film",
    "How many stars": "stars",
    "send review": "review",
}
_LOUD = 200
_QUIET_S = 0.7
"""Longer than the pause between two sentences of a prompt; otherwise the user would interrupt and not be heard."""
_REPLY_S = 3.0
"""A reply that doesn't begin within this time counts as none."""


@dataclass(frozen=True)
class Exchange:
    """An answer and the reply to it, on the clock of `time.monotonic`, as an observer hears them."""

    question: str
    answer_ended: float
    reply_began: float | None


class SimulatedUser:
    """Answers an assistant that runs as a process, with the recordings of a folder.

    Parameters
    ----------
    room : SoundRoom
    answers : Path
        Folder of recordings named for the questions.
    """

    def __init__(self, room: SoundRoom, answers: Path) -> None:
        self._room = room
        self._answers = answers
        self._about = 0
        self.captions: list[str] = []
        self.exchanges: list[Exchange] = []

    def talk(self, *arguments: str | Path, on_answer: Callable[[str], None] = lambda question: None) -> int:
        """Start ``assistant`` with these arguments, hold the conversation, and return the exit code."""
        with started(*arguments, COLUMNS="400") as process, self._room.recording() as speaker:
            assert process.stderr is not None
            pending: tuple[str, float] | None = None
            for line in process.stderr:
                caption = line.strip()
                self.captions.append(caption)
                if "listening to" in caption:
                    self._room.say(RECORDINGS / "commands" / "yes.flac").wait()
                if pending is not None and caption.startswith("●"):
                    self.exchanges.append(Exchange(*pending, self._first_sound(speaker, pending[1])))
                    pending = None
                question = self._question_in(caption)
                if question is not None:
                    self.wait_for_the_end(speaker)
                    on_answer(question)
                    pending = (question, self._answer(question))
            return process.wait()

    def _question_in(self, caption: str) -> str | None:
        if "asking: " in caption:  # as a kiosk logs it
            return caption.split("asking: ")[1]
        if not caption.startswith("●"):
            return None
        for cue, question in _CUES.items():
            if cue in caption:
                return question
        return "about" if caption.endswith("?") else None

    def _answer(self, question: str) -> float:
        """Say the answer into the room, and return the time at which its last word ended."""
        name = question
        if question == "about":
            self._about += 1
            name = f"about-{self._about}"
        folder = self._answers
        if question == "welcome":
            folder, name = RECORDINGS / "commands", "yes"
        if question == "review":
            # The fluent voice's "send review" is at the edge of what the small model understands.
            folder = RECORDINGS / "her"
        sound = folder / f"{name}.flac"
        if not sound.exists():
            return time.monotonic()
        truth = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))
        self._room.say(sound).wait()
        silence_s = truth["duration_s"] - truth["items"][-1]["end_s"]
        return time.monotonic() - float(silence_s)

    def wait_for_the_end(self, speaker: SpeakerRecording) -> None:
        """Return when the assistant has begun to speak and is quiet again."""
        heard = speaker.length
        last_loud: int | None = None

        def is_quiet_again() -> bool:
            nonlocal heard, last_loud
            new = speaker.since(heard)
            loud = _loud(new)
            if len(loud):
                last_loud = heard + int(loud[-1])
            heard += len(new)
            return last_loud is not None and heard - last_loud > _QUIET_S * RATE_HZ

        wait_until(is_quiet_again)

    def _first_sound(self, speaker: SpeakerRecording, since: float) -> float | None:
        """When the assistant began to speak after `since`."""
        first = max(0, int((since - speaker.started) * RATE_HZ))
        until = time.monotonic() + _REPLY_S
        wait_until(lambda: len(_loud(speaker.since(first))) or speaker.time_of(speaker.length) > until)
        loud = _loud(speaker.since(first))
        return speaker.time_of(first + int(loud[0])) if len(loud) else None


def _loud(samples: npt.NDArray[np.int16]) -> npt.NDArray[np.intp]:
    """The positions of audible samples."""
    return np.flatnonzero(np.abs(samples.astype(np.int32)) > _LOUD)
