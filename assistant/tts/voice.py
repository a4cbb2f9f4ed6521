"""What the conversation speaks with: a spoken voice, or none."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Protocol

from assistant.audio.frame import Samples
from assistant.errors import DeviceError, VoiceError
from assistant.tts.cache import Prompts
from assistant.tts.renderer import Renderer

_log = logging.getLogger(__name__)


class Voice(Protocol):
    """What the conversation speaks with. Captions are somebody else's affair."""

    @property
    def audible(self) -> bool:
        """Whether anything can be heard."""

    def start(self) -> None:
        """Get ready to speak."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Render what will be said soon, in the background."""

    def say(self, text: str, *, stop: Callable[[], bool] | None = None) -> None:
        """Speak, and come back when it has been played out, or soon after `stop` says True."""

    def close(self) -> None:
        """Let go of engine and speaker, and forget what was said. May be called twice."""


class SilentVoice:
    """Says nothing: for replays, and for those who asked for quiet."""

    audible = False

    def start(self) -> None:
        """Do nothing."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Do nothing."""

    def say(self, text: str, *, stop: Callable[[], bool] | None = None) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class Loudspeaker(Protocol):
    """What sound is played through."""

    def open(self) -> None:
        """Take the device."""

    def play(self, samples: Samples, rate_hz: int, stop: Callable[[], bool] | None = None) -> float:
        """Play, come back when it has been played out or `stop` says True, and tell how many seconds were played."""

    def close(self) -> None:
        """Let go of the device."""


class SpokenVoice:
    """Speaks aloud; goes on silently where engine or speaker fail, having said so once.

    Parameters
    ----------
    renderer : Renderer
        Started and closed together with this voice.
    player : Loudspeaker
        Opened and closed together with this voice.
    on_trouble : callable, optional
        Told, once, in a sentence why nothing is heard any more; by default the log is.
    """

    def __init__(
        self, renderer: Renderer, player: Loudspeaker, on_trouble: Callable[[str], None] | None = None
    ) -> None:
        self._renderer = renderer
        self._player = player
        self._prompts = Prompts(renderer)
        self._on_trouble = on_trouble or _log.warning
        self._audible = False

    @property
    def audible(self) -> bool:
        """Whether anything can be heard: started, and nothing has failed since."""
        return self._audible

    def start(self) -> None:
        """Start the engine and take the speaker. Where that fails, the voice is silent from the start."""
        self._audible = True
        try:
            self._renderer.start()
            self._player.open()
        except (DeviceError, VoiceError) as error:
            self._fall_silent(error.sentence)

    def prepare(self, texts: Iterable[str]) -> None:
        """Render what will be said soon, in the background."""
        if not self._audible:
            return
        try:
            self._prompts.prepare(texts)
        except VoiceError as error:
            self._fall_silent(error.sentence)

    def say(self, text: str, *, stop: Callable[[], bool] | None = None) -> None:
        """Speak `text`, and come back when it has been played out, or soon after `stop` says True.

        Returns at once where the voice has fallen silent.
        """
        if not self._audible:
            return
        try:
            speech = self._prompts.get(text)
            if speech.samples.size:
                self._player.play(speech.samples, speech.rate_hz, stop)
        except (DeviceError, VoiceError) as error:
            self._fall_silent(error.sentence)

    def close(self) -> None:
        """Let go of engine and speaker, and forget what was said. May be called twice."""
        self._audible = False
        self._prompts.clear()
        self._renderer.close()
        self._player.close()

    def _fall_silent(self, why: str) -> None:
        if self._audible:  # not closed meanwhile
            self._audible = False
            self._on_trouble(f"{why} Going on without a voice.")
