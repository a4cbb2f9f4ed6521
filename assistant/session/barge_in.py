"""Hears whoever breaks in while the assistant speaks."""

from __future__ import annotations

from typing import Protocol

from assistant.asr.interruption import Interruption
from assistant.audio.frame import Frame
from assistant.tts.voice import Voice


class Overheard(Protocol):
    """A microphone that can be heard while the assistant speaks."""

    def attend(self, label: str | None) -> None:
        """Throw away what was heard so far."""

    def poll(self) -> Frame | None:
        """The next frame if there is one already."""


class BargeIn:
    """Speaks, and stops where somebody breaks in. For microphones that don't hear the speaker.

    The constructor touches nothing. What was said from the break-in on is kept: the answer begins with it.

    Parameters
    ----------
    microphone : Overheard
    interruption : Interruption, optional
    """

    def __init__(self, microphone: Overheard, interruption: Interruption | None = None) -> None:
        self._microphone = microphone
        self._interruption = interruption or Interruption()
        self._listening = False

    def say(self, voice: Voice, text: str) -> bool:
        """Say `text`, or the beginning of it; whether somebody broke in."""
        if not self._listening:
            # What was said before this isn't meant.
            self._microphone.attend(None)
            self._interruption.begin()
            self._listening = True
        voice.say(text, stop=self._broken_off)
        return self._broken_off()

    def taken(self) -> tuple[Frame, ...]:
        """The frames with which the answer begins that somebody is giving already; empty where nobody speaks yet."""
        begun = self._interruption.begun if self._listening else ()
        self._listening = False
        return begun

    def _broken_off(self) -> bool:
        while (frame := self._microphone.poll()) is not None:
            self._interruption.feed(frame)
        return self._interruption.noticed
