"""PocketSphinx as the second ear, by way of SpeechRecognition: much weaker than Whisper, and very small."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Sequence
from typing import Any, Final

from assistant.asr.whisper import Hypothesis
from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import UsageError
from assistant.turns.answer import WrittenWord

_FRAMES_A_SECOND: Final = 100
_LANGUAGE: Final = "en-US"


class SphinxRecogniser:
    """Writes down what was said with PocketSphinx: in lower case, without marks, and without fillers."""

    def __init__(self) -> None:
        self._recognise: Callable[..., Any] | None = None
        self._audio: Callable[[bytes, int, int], Any] | None = None

    def load(self) -> None:
        """Check that it is installed.

        Raises
        ------
        UsageError
            It isn't.
        """
        try:
            importlib.metadata.version("pocketsphinx")
        except importlib.metadata.PackageNotFoundError as error:
            raise UsageError("PocketSphinx isn't installed: pip install 'voice-review-assistant[sphinx]'") from error
        import speech_recognition  # type: ignore[import-untyped]

        self._recognise = speech_recognition.Recognizer().recognize_sphinx
        self._audio = speech_recognition.AudioData

    def encode(self, samples: Samples) -> Samples:
        """Return the sound as it is: PocketSphinx has no form of it to keep."""
        return samples

    def decode(self, encoding: Samples, context: str | Sequence[str] = "") -> tuple[WrittenWord, ...]:
        """Write down what was said; the context is no use to it."""
        if self._recognise is None or self._audio is None or not len(encoding):
            return ()
        audio = self._audio(encoding.astype("<i2").tobytes(), RATE_HZ, 2)
        decoder = self._recognise(audio, language=_LANGUAGE, show_all=True)
        return tuple(
            WrittenWord(
                # Another pronunciation of the same word has its number behind it.
                found.word.partition("(")[0],
                min(1.0, found.prob),
                found.start_frame / _FRAMES_A_SECOND,
                (found.end_frame + 1) / _FRAMES_A_SECOND,
            )
            for found in (decoder.seg() or ())
            if found.word[0].isalpha()
        )

    def decode_hypotheses(self, encoding: Samples, context: str | Sequence[str] = "") -> tuple[Hypothesis, ...]:
        """Return what `decode` gives: PocketSphinx's other texts differ in a sound here and there."""
        words = self.decode(encoding, context)
        return (Hypothesis(words, 0.0),) if words else ()

    def decode_verbatim(self, encoding: Samples) -> tuple[WrittenWord, ...]:
        """Return nothing: PocketSphinx knows no fillers."""
        return ()
