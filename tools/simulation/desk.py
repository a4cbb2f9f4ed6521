"""A desk by the audio clock alone: a voice that takes time, a microphone that hears meanwhile, and a person."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from typing_extensions import Self

from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Frame, Samples
from assistant.session.components import Watcher
from assistant.tts.voice import SilentVoice
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment
from tools.command import ToolError
from tools.paths import RECORDINGS

SPOKEN_S = 0.06
"""A letter takes so long to say."""

REPLY_S = 0.2
"""So long after the end of an answer the assistant begins to speak."""


class Desk(SilentVoice):
    """A microphone and headphones: while the voice speaks, the audio clock runs on.

    Parameters
    ----------
    echo : samples, optional
        What the microphone hears of the voice, over and over: then there are no headphones.

    Attributes
    ----------
    spoken : list of (str, float, float)
        What was said aloud, when its first sound came, and how long it went on, in seconds.
    """

    name = "desk"
    dropped = 0

    def __init__(self, echo: Samples | None = None) -> None:
        self.now = self.read_up_to = 0
        self._echo = echo
        self.sound = np.zeros(600 * RATE_HZ, np.int16)
        self._echoes = np.zeros_like(self.sound)
        self.spoken: list[tuple[str, float, float]] = []
        self._letter_s = SPOKEN_S

    def play(self, samples: Samples, after_s: float = 0.0) -> None:
        """Let the microphone hear something, from `after_s` from now on."""
        start = self.now + round(after_s * RATE_HZ)
        self.sound[start : start + len(samples)] = samples

    def slow_down(self, times: float) -> None:
        """Speak this many times as slowly."""
        self._letter_s *= times

    def spoken_s(self, text: str) -> float:
        """How long a text was being said the last time."""
        return next(length_s for said, _, length_s in reversed(self.spoken) if said == text)

    def say(self, text: str, *, stop: Callable[[], bool] | None = None) -> float:
        """Take the time that it takes to say it, or until `stop` says True."""
        began, whole = self.now, self._letter_s * len(text) * RATE_HZ
        while self.now - began < whole and not (stop is not None and stop()):
            self._come_back(self.now - began)
            self.now += 160
        self.spoken.append((text, began / RATE_HZ, (self.now - began) / RATE_HZ))
        return min(1.0, (self.now - began) / whole)

    def _come_back(self, at: int) -> None:
        if self._echo is not None:
            echo = np.take(self._echo, range(at, at + 160), mode="wrap")
            self._echoes[self.now : self.now + 160] = echo

    def attend(self, label: str | None) -> None:
        """Hear from here on."""
        self.read_up_to = self.now

    def poll(self) -> Frame | None:
        """The next 20 ms, if they are over."""
        return self.read() if self.read_up_to + FRAME_SAMPLES <= self.now else None

    def read(self) -> Frame:
        """The next 20 ms; the clock runs on to their end."""
        start, self.read_up_to = self.read_up_to, self.read_up_to + FRAME_SAMPLES
        self.now = max(self.now, self.read_up_to)
        return Frame(self.sound[start : self.read_up_to] + self._echoes[start : self.read_up_to], start)

    def open(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...


def sound_of(path: Path) -> Samples:
    """All samples of a recording at 16 kHz."""
    samples, rate_hz = soundfile.read(path, dtype="int16")
    if rate_hz != RATE_HZ:
        raise ToolError(f"{path} has {rate_hz} samples a second, not {RATE_HZ}.")
    return np.asarray(samples, np.int16)


def words_in(recording: str) -> list[Mapping[str, Any]]:
    """The words of a recording with their times, as they were said."""
    items = json.loads((RECORDINGS / f"{recording}.json").read_text(encoding="utf-8"))["items"]
    return [item for item in items if item["kind"] == "word"]


def part_of(recording: str, first: int, last: int | None = None) -> Samples:
    """The sound of some words of a recording, counted from 0, with nothing before them; by default to its end."""
    words = words_in(recording)
    end = round((words[last]["end_s"] + 0.05) * RATE_HZ) if last is not None else None
    return sound_of(RECORDINGS / f"{recording}.flac")[round(words[first]["start_s"] * RATE_HZ) : end]


class GoneError(Exception):
    """The person has nothing more to say."""


class Speaker(Watcher):
    """A person at the desk: says something when they hear a certain prompt begin, or when they have the word.

    When they have the word and nothing to say, they leave: `GoneError`.

    Parameters
    ----------
    desk : Desk
    over : list of (str, samples, float)
        What they say over prompts: the beginning of the prompt, or nothing for the first one after an answer, each for
        the first time that it comes after the one before; the sound; and how many seconds after the prompt's first
        sound.
    answers : list of samples
        What they say when they have the word, the first time, the second time, …

    Attributes
    ----------
    log : list of str
        What the assistant said (●) and what was heard (○).
    """

    def __init__(self, desk: Desk, over: list[tuple[str, Samples, float]], answers: list[Samples]) -> None:
        self._desk = desk
        self.over = over
        self.answers = answers
        self.log: list[str] = []
        self.heard_last = Answer()

    def said(self, text: str, question: str | None) -> None:
        """Hear the assistant begin to speak, and perhaps speak, too."""
        self.log.append(f"● {text}")
        is_reply = self.log[-2:-1] != [] and self.log[-2].startswith("○")
        if self.over and text.startswith(self.over[0][0]) and (self.over[0][0] or is_reply):
            _, sound, after_s = self.over.pop(0)
            self._desk.play(sound, after_s)

    def listening(self) -> None:
        """Have the word."""
        # Who has already begun to speak has the word anyway.
        if self._desk.sound[self._desk.read_up_to - RATE_HZ // 4 :].any():
            return
        if not self.answers:
            raise GoneError
        self._desk.play(self.answers.pop(0), 0.5)

    def heard(self, answer: Answer, assessment: Assessment | None) -> None:
        """Note what was heard; the assistant takes a moment to reply."""
        self.log.append(f"○ {answer.text}")
        self.heard_last = answer
        self._desk.now += round(REPLY_S * RATE_HZ)
