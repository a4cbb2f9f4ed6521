"""A second hearing of an answer, by another recogniser, of which only the words count, not the times."""

from __future__ import annotations

import importlib.metadata
import logging
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import UsageError

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Engine:
    """An engine's distribution, how to install it, and the language to listen for."""

    distribution: str
    install: str
    language: str


OFFLINE = MappingProxyType(
    {
        "sphinx": _Engine("pocketsphinx", "'voice-review-assistant[sphinx]'", "en-US"),
        "whisper": _Engine("openai-whisper", "openai-whisper", "en"),
        "faster-whisper": _Engine("faster-whisper", "faster-whisper", "en"),
    }
)
"""The engines by name. All run on this machine; the Whispers download their model once, at first use."""

_ONLINE = frozenset(
    "amazon assemblyai azure bing cohere cohere-api google google-cloud groq houndify ibm lex openai wit".split()
)


class SecondHearing:
    """Transcribes an answer once more with one of SpeechRecognition's engines.

    Parameters
    ----------
    engine : str
        "sphinx", "whisper" or "faster-whisper".
    on_trouble : callable, optional
        Called once with a sentence if the second hearing has failed for good; by default, the sentence is logged.
    """

    def __init__(self, engine: str, on_trouble: Callable[[str], None] | None = None) -> None:
        self.engine = engine.strip().lower().replace("_", "-")
        self._on_trouble = on_trouble or _log.warning
        self._recognise: Callable[..., Any] | None = None
        self._audio: Callable[[bytes, int, int], Any] | None = None

    def load(self) -> None:
        """Check that the engine is installed and allowed.

        Raises
        ------
        UsageError
            There is no such engine, it isn't installed, or it would send the recording away.
        """
        engine = OFFLINE.get(self.engine)
        if engine is None:
            raise UsageError(f"{_why_not(self.engine)} There are: {', '.join(OFFLINE)}.")
        try:
            importlib.metadata.version(engine.distribution)
        except importlib.metadata.PackageNotFoundError as error:
            raise UsageError(
                f"The second hearing by '{self.engine}' isn't installed: pip install {engine.install}"
            ) from error
        import speech_recognition  # type: ignore[import-untyped]

        name = f"recognize_{self.engine.replace('-', '_')}"
        self._recognise = getattr(speech_recognition.Recognizer(), name)
        self._audio = speech_recognition.AudioData

    def transcribe(self, samples: Samples) -> str | None:
        """Return what the engine understands. Its errors aren't raised, since the first hearing is good enough.

        Parameters
        ----------
        samples : ndarray of int16, shape (n,)
            Mono, 16 kHz.

        Returns
        -------
        str or None
            In lower case, with punctuation if the engine gives it; None if it understood nothing or has failed.
        """
        if self._recognise is None or self._audio is None or not len(samples):
            return None
        from speech_recognition import UnknownValueError

        audio = self._audio(samples.astype("<i2").tobytes(), RATE_HZ, 2)
        try:
            heard = self._recognise(audio, language=OFFLINE[self.engine].language)
        except UnknownValueError:
            return None
        except Exception as error:  # no answer may be lost because of an engine's error
            self._recognise = None
            self._on_trouble(
                f"The second hearing by '{self.engine}' failed ({str(error) or type(error).__name__}). "
                "Going on with the first alone."
            )
            return None
        return " ".join(str(heard).lower().split()) or None


def _why_not(engine: str) -> str:
    if engine == "vosk":
        return "Vosk is the first hearing already."
    if engine in _ONLINE:
        return f"'{engine}' would send what was said over the network; with this program nothing leaves the machine."
    return f"No second hearing called '{engine}'."
