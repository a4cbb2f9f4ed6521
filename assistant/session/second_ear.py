"""The second ear at work: in a thread of its own, while the person goes on speaking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Event

from assistant.asr.pieces import Piece, PieceCutter
from assistant.asr.second_ear import HeardPiece, SecondRecogniser
from assistant.asr.voice_activity import SpeechSegment
from assistant.turns.answer import WrittenWord
from assistant.turns.audio import AnswerAudio


class SecondEarWorker:
    """Hears the pieces of an answer one after another, in one thread, which begins with loading the model.

    A thread does, since the recogniser lets others run while it computes. What it hears doesn't depend on when it was
    asked, so a recording gives the same result every time.

    Parameters
    ----------
    recogniser : SecondRecogniser
    engine : str
        "whisper" or "sphinx".
    model : str or None
        The name of its model, if it can have several.
    on_trouble : callable
        Called once with a sentence if the recogniser has failed; from then on, nothing is heard a second time.
    """

    def __init__(
        self, recogniser: SecondRecogniser, engine: str, model: str | None, on_trouble: Callable[[str], None]
    ) -> None:
        self.engine = engine
        self.model = model
        self._recogniser = recogniser
        self._on_trouble = on_trouble
        self._failed = False
        self._thread = ThreadPoolExecutor(1, "second-ear")
        self._loading = self._thread.submit(recogniser.load)
        self._reset((), verbatim=True)

    def _reset(self, context: Sequence[str], *, verbatim: bool) -> None:
        self._context = tuple(context)
        self._verbatim = verbatim
        self._cutter = PieceCutter()
        self._jobs: list[_Job] = []
        self._guess: _Job | None = None

    def load(self) -> None:
        """Wait for the model to be loaded, which otherwise goes on while the person is greeted.

        Raises
        ------
        AssistantError
            If it can't be.
        """
        self._loading.result()

    def begin(self, context: Sequence[str] = (), *, verbatim: bool = True) -> None:
        """Start a new answer; see `assistant.asr.second_ear.SecondEar`."""
        for job in self._jobs:
            job.abandon()
        self._drop_guess()
        self._reset(context, verbatim=verbatim)

    def accept(self, sound: AnswerAudio, speech: Sequence[SpeechSegment], judged_s: float) -> None:
        """Start on the pieces that are complete by now."""
        if self._failed:
            return
        for piece in self._cutter.settled(sound, speech, judged_s):
            self._jobs.append(self._job(piece, sound))

    def expect_end(self, sound: AnswerAudio, speech: Sequence[SpeechSegment]) -> None:
        """Start on the rest, as if the answer ended here."""
        rest = self._cutter.rest(sound, speech)
        if rest is not None and not self._failed:
            self._guess = self._job(rest, sound)

    def foreseen(self) -> tuple[HeardPiece, ...]:
        """The whole answer if it ends where it was expected to; empty until all of that has been heard."""
        jobs = [*self._jobs, *([self._guess] if self._guess is not None else [])]
        if not all(job.is_heard for job in jobs):
            return ()
        return tuple(job.result.result() for job in jobs)

    def finish(self, sound: AnswerAudio, speech: Sequence[SpeechSegment], judged_s: float) -> tuple[HeardPiece, ...]:
        """Return the whole answer, waiting for what is still being heard."""
        self.accept(sound, speech, judged_s)
        rest = self._cutter.rest(sound, speech)
        if rest is not None and not self._failed:
            self._jobs.append(self._job(rest, sound))
        self._drop_guess()
        return self._results()

    def close(self) -> None:
        """Stop. May be called twice."""
        self.begin()
        self._thread.shutdown()

    def _job(self, piece: Piece, sound: AnswerAudio) -> _Job:
        """The guess if it was right, or new work."""
        guess = self._guess
        if guess is not None and guess.piece == piece:
            self._guess = None
            return guess
        self._drop_guess()
        job = _Job(piece)
        samples, context, verbatim = piece.samples(sound), self._context, self._verbatim

        def heard() -> HeardPiece:
            self._loading.result()
            found = self._recogniser.hear(samples, context, verbatim=verbatim, go_on=job.go_on)
            hypotheses = tuple(replace(each, words=_placed(each.words, piece)) for each in found.hypotheses)
            words = hypotheses[0].words if hypotheses else ()
            return HeardPiece(piece, words, _placed(found.verbatim, piece), hypotheses)

        job.result = self._thread.submit(heard)
        return job

    def _drop_guess(self) -> None:
        if self._guess is not None:
            self._guess.abandon()
            self._guess = None

    def _results(self) -> tuple[HeardPiece, ...]:
        try:
            return tuple(job.result.result() for job in self._jobs)
        except Exception as error:  # no answer may be lost because of the second ear
            self._failed = True
            self._on_trouble(
                f"The second ear failed ({str(error) or type(error).__name__}). Going on with the first alone."
            )
            return ()


@dataclass
class _Job:
    """A piece that is heard or waits for that."""

    piece: Piece
    result: Future[HeardPiece] = field(default_factory=Future)
    _abandoned: Event = field(default_factory=Event)

    @property
    def is_heard(self) -> bool:
        return self.result.done() and not self.result.cancelled() and self.result.exception() is None

    def abandon(self) -> None:
        self._abandoned.set()
        self.result.cancel()

    def go_on(self) -> None:
        if self._abandoned.is_set():
            raise CancelledError


def _placed(words: Iterable[WrittenWord], piece: Piece) -> tuple[WrittenWord, ...]:
    """Words of a piece with their times in the answer."""
    return tuple(
        replace(word, start_s=round(piece.moment_s(word.start_s), 3), end_s=round(piece.moment_s(word.end_s), 3))
        for word in words
    )
