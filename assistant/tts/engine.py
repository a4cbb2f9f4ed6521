"""What an engine is; the machine's own voices: which one is meant, and pyttsx3, kept to the few calls that are safe."""

from __future__ import annotations

import ctypes
import importlib
import logging
import threading
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

from assistant.errors import VoiceError

_log = logging.getLogger(__name__)
CALM_WPM = 165
"""A calm speaking rate in words a minute; pyttsx3's own 200 hurries."""
SLOWEST_WPM, FASTEST_WPM = 80, 400
"""Rates outside of which nobody follows."""
_LISTED = 12
_SETTLING_S = 0.001
MISSING = (
    "The machine's own voice needs espeak-ng, and it isn't here. Install it (Debian, Ubuntu: apt-get install "
    "espeak-ng; macOS: brew install espeak-ng), or go on without a voice: --no-voice."
)


@dataclass(frozen=True, slots=True)
class VoiceSettings:
    """How the voice sounds.

    Attributes
    ----------
    rate_wpm : int
        Words a minute.
    volume : float
        0 to 1.
    voice : str or None
        An engine ("hibari", "piper", "pyttsx3"), a voice's id ("hibari:heart", "gmw/en-us"), the last part of it
        ("en-us"), its name ("English (America)") or a part of that. With espeak-ng a timbre may follow a plus sign
        ("en-us+f3"). None takes the natural voice or, where it isn't there or doesn't speak `language`, the machine's
        own voice, or the first that does.
    language : str
        What it speaks, as in "en" or "en-gb".
    """

    rate_wpm: int = CALM_WPM
    volume: float = 1.0
    voice: str | None = None
    language: str = "en"


@dataclass(frozen=True, slots=True)
class InstalledVoice:
    """A voice that the machine has: its id, its name, and the languages it speaks ("en-us")."""

    id: str
    name: str
    languages: tuple[str, ...]

    def speaks(self, language: str) -> bool:
        """Whether it speaks `language`; a voice for "en-us" speaks "en"."""
        wanted = _tag(language)
        return any(tag == wanted or tag.startswith(f"{wanted}-") for tag in map(_tag, self.languages))

    @property
    def labels(self) -> frozenset[str]:
        """What it may be called, in lower case."""
        names = {self.id, self.id.rpartition("/")[2], self.name, *map(_tag, self.languages)}
        return frozenset(name.lower() for name in names)


def choose_voice(settings: VoiceSettings, voices: Sequence[InstalledVoice], current: str | None) -> str:
    """The id of the voice that the settings mean, among those the machine has.

    Parameters
    ----------
    settings : VoiceSettings
    voices : sequence of InstalledVoice
    current : str or None
        The id of the voice that speaks when nothing is chosen.

    Raises
    ------
    VoiceError
        There is no such voice, or several; the sentence lists some.
    """
    if settings.voice is None:
        return _own_voice(settings.language, voices, current)
    base, plus, timbre = settings.voice.partition("+")
    wanted = base.strip().lower()
    matches = [voice for voice in voices if wanted in voice.labels][:1]
    matches = matches or [voice for voice in voices if wanted and wanted in voice.name.lower()]
    if len(matches) == 1:
        return matches[0].id + plus + timbre
    if matches:
        raise VoiceError(f"Several voices are called '{base}': {_listed(matches)}. Which one?")
    others = [voice for voice in voices if voice.speaks(settings.language)] or list(voices)
    raise VoiceError(f"No voice called '{settings.voice}'. There are: {_listed(others)}. “assistant voices” lists all.")


def _own_voice(language: str, voices: Sequence[InstalledVoice], current: str | None) -> str:
    speaking = [voice for voice in voices if voice.speaks(language)]
    if not speaking:
        raise VoiceError(
            f"This machine has no voice that speaks '{language}'. "
            f"Install one in its settings, or name another voice. There are: {_listed(voices)}."
        )
    own = [voice for voice in speaking if voice.id == current]
    return (own or speaking)[0].id


def _listed(voices: Iterable[InstalledVoice]) -> str:
    names = [f"{voice.id} ({voice.name})" for voice in voices]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return (", ".join(names[:_LISTED]) + more) or "none at all"


def _tag(language: str) -> str:
    return language.replace("_", "-").lower()


class UnspeakableError(Exception):
    """There is nothing in a text that the voice can say: it has other letters. No fault of the voice's."""


class Engine(Protocol):
    """What turns text into a sound file. Every method is called on one and the same thread."""

    def open(self) -> None:
        """Get ready to speak."""

    def synthesise(self, text: str, path: Path) -> None:
        """Write the sound of `text` to `path`."""


def pyttsx3_voices() -> tuple[InstalledVoice, ...]:
    """The machine's own voices.

    Raises
    ------
    VoiceError
        The machine has no voice of its own.
    """
    return tuple(map(_installed, _start_pyttsx3()[1].getProperty("voices")))


class Pyttsx3Engine:
    """The machine's own voice, through pyttsx3.

    Parameters
    ----------
    settings : VoiceSettings
    """

    def __init__(self, settings: VoiceSettings) -> None:
        self._settings = settings
        self._errors: list[Exception] = []
        self._finished = threading.Event()

    def open(self) -> None:
        """Start the engine and choose the voice.

        Raises
        ------
        VoiceError
            espeak-ng or the chosen voice isn't installed.
        """
        self._name, self._engine = _start_pyttsx3()
        self._engine.connect("error", self._on_error)
        self._engine.connect("finished-utterance", self._on_finished)
        voices = [_installed(voice) for voice in self._engine.getProperty("voices")]
        voice = choose_voice(self._settings, voices, self._engine.getProperty("voice"))
        # The first runAndWait of an engine returns while the sound is still being made. This one has nothing to say.
        self._settle()
        self._engine.runAndWait()
        # The voice first: some engines forget rate and volume with it.
        self._engine.setProperty("voice", voice)
        self._engine.setProperty("rate", self._settings.rate_wpm)
        self._engine.setProperty("volume", self._settings.volume)
        self._raise_error(f"The voice '{self._settings.voice or voice}' can't be used")

    def synthesise(self, text: str, path: Path) -> None:
        """Write the sound of `text` to `path`: WAV, or AIFF on macOS.

        Raises
        ------
        VoiceError
            The engine failed.
        """
        self._finished.clear()
        self._settle()
        if self._name != "espeak":
            # Apple's and Microsoft's drivers must not start before their loop runs, or the loop's end cuts them off.
            self._engine.proxy.setBusy(True)
        self._engine.save_to_file(text, str(path))
        self._engine.runAndWait()
        self._raise_error("The voice failed")
        if self._name != "sapi5":  # whose driver reports no end, but returns only then
            self._finished.wait()

    def _settle(self) -> None:
        """Wait until espeak-ng has done what it was told, for runAndWait begins by calling off what is under way."""
        if self._name == "espeak":
            from pyttsx3.drivers import _espeak

            while _espeak.IsPlaying():
                time.sleep(_SETTLING_S)

    def _on_error(self, exception: Exception, **_: object) -> None:
        self._errors.append(exception)

    def _on_finished(self, **_: object) -> None:
        self._finished.set()

    def _raise_error(self, what: str) -> None:
        if self._errors:
            error = self._errors[-1]
            self._errors.clear()
            raise VoiceError(f"{what}: {error}.")


def _start_pyttsx3() -> tuple[str, Any]:
    """The name of this system's driver, and pyttsx3 with it."""
    from pyttsx3 import engine as pyttsx3

    name = pyttsx3.default_engine_by_sys_platform()
    try:
        if name == "espeak":
            _check_espeak_data()
        _quieten(importlib.import_module(f"pyttsx3.drivers.{name}"))
        return name, pyttsx3.Engine(name)
    except (ImportError, OSError, RuntimeError) as error:
        if name == "espeak":
            raise VoiceError(MISSING) from error
        raise VoiceError(
            f"This machine's own voice doesn't start ({error}). Go on without a voice: --no-voice."
        ) from error


def _quieten(driver: ModuleType) -> None:
    """Keep a pyttsx3 driver to itself: nothing on standard output, no handler on the root logger."""

    def unheard(*_: object, **__: object) -> None:
        """Stand in for what must not happen."""

    vars(driver)["print"] = unheard
    vars(driver)["logging"] = _log  # its logging.debug() would set up the root logger behind our back


def _check_espeak_data() -> None:
    """Make sure that espeak-ng's data are there: without them its library ends the whole program."""
    from pyttsx3.drivers import _espeak

    try:
        find_path = _espeak.dll.espeak_ng_InitializePath
        info = _espeak.dll.espeak_Info
    except AttributeError:  # a library older than espeak-ng, without these calls
        return
    find_path.argtypes, find_path.restype = [ctypes.c_char_p], None
    info.argtypes, info.restype = [ctypes.POINTER(ctypes.c_char_p)], ctypes.c_char_p
    folder = ctypes.c_char_p()
    find_path(None)
    info(ctypes.byref(folder))
    if folder.value and not Path(folder.value.decode(errors="surrogateescape"), "phontab").exists():
        raise VoiceError(
            f"The voice's data are missing from {folder.value.decode(errors='replace')}. Install espeak-ng-data "
            "(Debian, Ubuntu: apt-get install --reinstall espeak-ng-data), or go on without a voice: --no-voice."
        )


def _installed(voice: Any) -> InstalledVoice:  # noqa: ANN401 (pyttsx3's Voice)
    languages = tuple(str(language) for language in voice.languages or () if language)
    return InstalledVoice(str(voice.id), str(voice.name or voice.id), languages)
