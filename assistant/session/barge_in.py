"""Lets people break in while the assistant speaks."""

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
        """The next frame, if there already is one."""


class BargeIn:
    """Speaks, and stops when a person breaks in. For microphones that don't hear the speaker.

    The constructor touches nothing. Everything said from the break-in on is kept: the answer begins with it.

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
        """Say `text` or the beginning of it, and return whether the person broke in."""
        if not self._listening:
            # Nothing said before this counts.
            self._microphone.attend(None)
            self._interruption.begin()
            self._listening = True
        voice.say(text, stop=self._broken_off)
        return self._broken_off()

    def taken(self) -> tuple[Frame, ...]:
        """Return the first frames of an answer that has already begun; empty if there is none."""
        begun = self._interruption.begun if self._listening else ()
        self._listening = False
        return begun

    def _broken_off(self) -> bool:
        while (frame := self._microphone.poll()) is not None:
            self._interruption.feed(frame)
        return self._interruption.noticed
