"""What the second ear is to the listener: it hears each answer once more, while that is being spoken."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.asr.pieces import Piece
from assistant.asr.voice_activity import SpeechSegment
from assistant.asr.whisper import Hypothesis, Transcription
from assistant.audio.frame import Samples
from assistant.turns.answer import Word, WrittenWord
from assistant.turns.audio import AnswerAudio


class SecondRecogniser(Protocol):
    """Writes down what was said; see `assistant.asr.whisper.WhisperRecogniser`."""

    def load(self) -> None:
        """Load the model; may raise an `AssistantError`."""

    def hear(
        self,
        samples: Samples,
        context: Sequence[str] = (),
        *,
        verbatim: bool = True,
        go_on: Callable[[], object] = lambda: None,
    ) -> Transcription:
        """Write down what was said in a sound in which somebody speaks."""


_WEAKER = -3.0
"""PocketSphinx mishears more than Vosk: what it says can confirm a word, and hardly ever replaces one."""
_ON_TELEPHONES = 2.0
"""There, Vosk's small models mishear a word in four, Whisper one in seven. The weight is a regression's, together with
those of `assistant.asr.reconcile`."""


def trust_in(engine: str, *, narrow_band: bool) -> float:
    """What to add to the log-odds of the second ear's words where the first one heard others.

    Parameters
    ----------
    engine : str
        "whisper" or "sphinx".
    narrow_band : bool
        Whether the sound has a telephone's band.
    """
    return _WEAKER if engine == "sphinx" else _ON_TELEPHONES if narrow_band else 0.0


@dataclass(frozen=True, slots=True)
class HeardPiece:
    """A piece of an answer as the second ear heard it.

    Attributes
    ----------
    piece : Piece
    words, verbatim : tuple of WrittenWord
        What was said, without fillers and with them; times in seconds from the beginning of the answer. `verbatim` is
        empty if fillers weren't asked for.
    hypotheses : tuple of Hypothesis
        All that may have been said, the likeliest first, which is `words`.
    """

    piece: Piece
    words: tuple[WrittenWord, ...]
    verbatim: tuple[WrittenWord, ...]
    hypotheses: tuple[Hypothesis, ...] = ()

    def words_of(self, heard: Sequence[Word]) -> list[Word]:
        """Those of the first ear's words that are in this piece; times in seconds from the beginning of the answer."""
        return [word for word in heard if self.piece.start_s <= (word.start_s + word.end_s) / 2 < self.piece.end_s]


class SecondEar(Protocol):
    """Hears an answer piece by piece, beside the first ear.

    Attributes
    ----------
    engine : str
        "whisper" or "sphinx".
    model : str or None
        The name of its model, if it can have several.
    """

    engine: str
    model: str | None

    def begin(self, context: Sequence[str] = (), *, verbatim: bool = True) -> None:
        """Start a new answer.

        Parameters
        ----------
        context : sequence of str
            Names and phrases that may come, the most important ones first.
        verbatim : bool
            Whether fillers are wanted, too.
        """

    def accept(self, sound: AnswerAudio, speech: Sequence[SpeechSegment], judged_s: float) -> None:
        """Start on what is complete by now; arguments as for `assistant.asr.pieces.PieceCutter.settled`."""

    def expect_end(self, sound: AnswerAudio, speech: Sequence[SpeechSegment]) -> None:
        """Start on the rest, as if the answer ended here. If it goes on, that work is thrown away."""

    def foreseen(self) -> tuple[HeardPiece, ...]:
        """The whole answer if it ends where it was expected to; empty until all of that has been heard."""

    def finish(self, sound: AnswerAudio, speech: Sequence[SpeechSegment], judged_s: float) -> tuple[HeardPiece, ...]:
        """Return the whole answer, in order, waiting for what is still being heard. Empty if the ear has failed."""
