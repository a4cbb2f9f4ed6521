"""Somebody who sits in the sound room and holds a conversation: hears the prompt end, then answers."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from tools.paths import RECORDINGS
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
"""Longer than the pause between two sentences of a prompt, or the guest would interrupt and not be heard."""
_PATIENCE_S = 30.0


@dataclass(frozen=True)
class Exchange:
    """An answer and the reply to it, on the clock of `time.monotonic`: the truth as an onlooker has it."""

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
        process = subprocess.Popen(
            [sys.executable, "-m", "assistant", *map(str, arguments)],
            env={**self._room.environment, "COLUMNS": "400"},
            stderr=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            text=True,
        )
        assert process.stderr is not None
        with self._room.recording() as speaker:
            pending: tuple[str, float] | None = None
            for line in process.stderr:
                caption = line.strip()
                self.captions.append(caption)
                if "listening to" in caption:
                    self._room.say(RECORDINGS / "commands" / "yes.flac").wait(timeout=_PATIENCE_S)
                if pending is not None and caption.startswith("●"):
                    self.exchanges.append(Exchange(*pending, self._first_sound(speaker, pending[1])))
                    pending = None
                question = self._question_in(caption)
                if question is not None:
                    self.wait_for_the_end(speaker)
                    on_answer(question)
                    pending = (question, self._answer(question))
            return process.wait(timeout=_PATIENCE_S)

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
        """Say the answer into the room; the time at which its last word ended."""
        name = question
        if question == "about":
            self._about += 1
            name = f"about-{self._about}"
        folder = self._answers
        if question == "review":
            # The fluent voice's "send review" is at the edge of what the small model understands.
            folder = RECORDINGS / "her"
        sound = folder / f"{name}.flac"
        if not sound.exists():
            return time.monotonic()
        truth = json.loads(sound.with_suffix(".json").read_text(encoding="utf-8"))
        self._room.say(sound).wait(timeout=_PATIENCE_S)
        silence_s = truth["duration_s"] - truth["items"][-1]["end_s"]
        return time.monotonic() - float(silence_s)

    def wait_for_the_end(self, speaker: SpeakerRecording) -> None:
        """Come back when the assistant has begun to speak and is quiet again."""
        start = len(speaker.samples)
        deadline = time.monotonic() + _PATIENCE_S
        window = int(_QUIET_S * RATE_HZ)
        while time.monotonic() < deadline:
            said = np.abs(speaker.samples[start:].astype(np.int32))
            if len(said) > window and said.max(initial=0) > _LOUD and said[-window:].max() <= _LOUD:
                return
            time.sleep(0.03)
        raise TimeoutError("the assistant said nothing")

    def _first_sound(self, speaker: SpeakerRecording, since: float) -> float | None:
        """When the assistant began to speak after `since`."""
        deadline = time.monotonic() + 3
        first = max(0, int((since - speaker.started) * RATE_HZ))
        while time.monotonic() < deadline:
            loud = np.nonzero(np.abs(speaker.samples[first:].astype(np.int32)) > _LOUD)[0]
            if len(loud):
                return speaker.time_of(first + int(loud[0]))
            time.sleep(0.02)
        return None
