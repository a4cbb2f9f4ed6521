"""What the second ear is to the listener: it hears each answer once more, while that is being spoken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from assistant.asr.pieces import Piece
from assistant.asr.voice_activity import SpeechSegment
from assistant.asr.whisper import Hypothesis
from assistant.audio.frame import Samples
from assistant.turns.answer import Word, WrittenWord
from assistant.turns.audio import AnswerAudio


class SecondRecogniser(Protocol):
    """Writes down sound that it has encoded; see `assistant.asr.whisper.WhisperRecogniser`."""

    def load(self) -> None:
        """Load the model; may raise an `AssistantError`."""

    def encode(self, samples: Samples) -> Any:  # noqa: ANN401 - each has its own
        """Encode sound in which somebody speaks, to be decoded as often as needed."""

    def decode_hypotheses(self, encoding: Any, context: str | Sequence[str] = "") -> tuple[Hypothesis, ...]:  # noqa: ANN401
        """Write down what may have been said, the likeliest first; `context` is what it may be about."""

    def decode_verbatim(self, encoding: Any) -> tuple[WrittenWord, ...]:  # noqa: ANN401
        """Write down what was said, with fillers."""


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
