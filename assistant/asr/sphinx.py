"""PocketSphinx as the second ear, by way of SpeechRecognition: much weaker than Whisper, and very small."""

from __future__ import annotations

import importlib.metadata
from collections.abc import Callable, Sequence
from typing import Any, Final

from assistant.asr.whisper import Hypothesis, Transcription
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

    def hear(
        self,
        samples: Samples,
        context: Sequence[str] = (),
        *,
        verbatim: bool = True,
        go_on: Callable[[], object] = lambda: None,
    ) -> Transcription:
        """Write down what was said; the context is no use to PocketSphinx, and it knows no fillers.

        Its other texts differ in a sound here and there, so only the likeliest counts.
        """
        words = self._words(samples)
        return Transcription((Hypothesis(words, 0.0),) if words else ())

    def _words(self, samples: Samples) -> tuple[WrittenWord, ...]:
        if self._recognise is None or self._audio is None or not len(samples):
            return ()
        audio = self._audio(samples.astype("<i2").tobytes(), RATE_HZ, 2)
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
