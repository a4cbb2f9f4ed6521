"""Which engine speaks: the one whose voice was asked for by name, else the best that there is for the language."""

from __future__ import annotations

import logging
from dataclasses import replace
from pathlib import Path

from assistant.errors import VoiceError
from assistant.tts.engine import (
    Engine,
    InstalledVoice,
    Pyttsx3Engine,
    UnspeakableError,
    VoiceSettings,
    pyttsx3_voices,
)
from assistant.tts.natural import HibariEngine, PiperEngine, hibari_voices, piper_voices

_log = logging.getLogger(__name__)

_OWN = "pyttsx3"
"""What the machine's own voice is called by."""


def make_engine(settings: VoiceSettings) -> Engine:
    """Make the engine for these settings; nothing is loaded yet, and a voice that isn't there is found on `open`.

    A voice goes by its id ("hibari:heart", "piper:/path/en_US-joe-medium.onnx", "pyttsx3:gmw/en-us"), by its name or a
    part of it ("heart", "emma", "joe"), or by its engine ("hibari", "piper", "pyttsx3"). Whatever else is asked for is
    a voice of the machine's own.
    """
    if settings.voice is None:
        return DefaultEngine(settings)
    family, _, name = settings.voice.strip().partition(":")
    if family.lower() == _OWN:
        return Pyttsx3Engine(replace(settings, voice=name or None))
    if family.lower() == "hibari":
        return HibariEngine(settings, name.lower() or "heart")
    if family.lower() == "piper" and name:
        return PiperEngine(settings, name)
    if settings.voice.endswith(".onnx"):
        return PiperEngine(settings, settings.voice)
    for voice in (*hibari_voices(), *piper_voices()):
        family, _, name = voice.id.partition(":")
        if settings.voice.lower() in {family, name.lower(), voice.name.lower(), voice.name.split()[0].lower()}:
            return make_engine(replace(settings, voice=voice.id))
    return Pyttsx3Engine(settings)


def installed_voices() -> tuple[InstalledVoice, ...]:
    """All voices on this machine, with the ids that `make_engine` takes, the natural ones first.

    Raises
    ------
    VoiceError
        There is none at all, and the sentence says what to install.
    """
    natural = (*hibari_voices(), *piper_voices())
    try:
        own = pyttsx3_voices()
    except VoiceError:
        if not natural:
            raise
        own = ()
    return (*natural, *(replace(voice, id=f"{_OWN}:{voice.id}") for voice in own))


class DefaultEngine:
    """hibari's first voice, where it speaks the language and starts; the machine's own voice otherwise.

    Parameters
    ----------
    settings : VoiceSettings
    """

    def __init__(self, settings: VoiceSettings) -> None:
        self._settings = settings

    def open(self) -> None:
        """Get ready to speak.

        Raises
        ------
        VoiceError
            There is no voice at all.
        """
        speaking = [voice for voice in hibari_voices() if voice.speaks(self._settings.language)]
        self._engine: Engine = HibariEngine(self._settings) if speaking else Pyttsx3Engine(self._settings)
        try:
            self._engine.open()
        except VoiceError as error:
            if not speaking:
                raise
            self._take_own_voice(error.sentence)

    def synthesise(self, text: str, path: Path) -> None:
        """Write the sound of `text` to `path`; where the natural voice fails, the machine's own takes its place.

        Raises
        ------
        UnspeakableError, VoiceError
            What the engine says.
        """
        try:
            self._engine.synthesise(text, path)
        except UnspeakableError:
            raise
        except Exception as error:
            if isinstance(self._engine, Pyttsx3Engine):
                raise
            self._take_own_voice(f"The natural voice failed: {error}.")
            self._engine.synthesise(text, path)

    def _take_own_voice(self, why: str) -> None:
        _log.warning("%s The machine's own voice speaks instead.", why)
        self._engine = Pyttsx3Engine(self._settings)
        self._engine.open()
