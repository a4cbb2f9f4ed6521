"""Hears whoever breaks in while the assistant speaks."""

from __future__ import annotations

from typing import Protocol

from assistant.audio.frame import Frame
from assistant.hearing.interruption import Interruption
from assistant.voice.voice import Voice


class Overheard(Protocol):
    """A microphone that can be heard while the assistant speaks."""

    def attend(self, question: str | None) -> None:
        """Throw away what was heard so far."""

    def poll(self) -> Frame | None:
        """The next frame if there is one already."""


class Canceller(Protocol):
    """Takes the assistant's own voice out of what is heard."""

    def clean(self, frame: Frame) -> Frame:
        """The frame without it."""


class BargeIn:
    """Speaks, and stops where somebody breaks in.

    The constructor touches nothing. What was said from the break-in on is kept: the answer begins with it.

    Parameters
    ----------
    microphone : Overheard
    canceller : Canceller or None
        None where the microphone doesn't hear the speaker.
    interruption : Interruption, optional
    """

    def __init__(
        self, microphone: Overheard, canceller: Canceller | None = None, interruption: Interruption | None = None
    ) -> None:
        self._microphone = microphone
        self._canceller = canceller
        self._interruption = interruption or Interruption()
        self._listening = False

    def say(self, voice: Voice, text: str, *, interruptible: bool) -> bool:
        """Say `text`, or the beginning of it.

        Parameters
        ----------
        voice : Voice
        text : str
        interruptible : bool
            Whether somebody may break in; else they are only heard so that the canceller learns the room's echo.

        Returns
        -------
        bool
            Whether somebody broke in.
        """
        if interruptible and not self._listening:
            # What was heard before this isn't meant.
            self._microphone.attend(None)
            self._interruption.begin()
        self._listening = interruptible
        voice.say(text, stop=self._broken_off)
        return self._broken_off()

    def taken(self) -> tuple[Frame, ...]:
        """The frames with which the answer begins that somebody is giving already; empty where nobody speaks yet."""
        begun = self._interruption.begun if self._listening else ()
        self._listening = False
        return begun

    def _broken_off(self) -> bool:
        while (frame := self._microphone.poll()) is not None:
            if self._canceller is not None:
                frame = self._canceller.clean(frame)
            if self._listening:
                self._interruption.feed(frame)
        return self._listening and self._interruption.noticed
