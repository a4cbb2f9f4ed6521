"""A recogniser beside the free one. It expects commands, so it hears "send review" when that one hears "then".

It is Vosk with a grammar: the expected phrases, and "[unk]" for everything else. It doubles the cost, so it hears only
answers for which `expect` said what to expect. Wordings that the two disagree on, and what the second ear wrote, are
compared with the sound once more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from assistant.asr.biasing import BiasingContext
from assistant.asr.hypotheses import UNKNOWN, combined_hypotheses, joined, text_of
from assistant.asr.recogniser import Recogniser, words_in
from assistant.asr.reconcile import as_spoken
from assistant.asr.rescoring import Rescoring
from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import ModelError
from assistant.turns.answer import Word, WrittenWord
from assistant.turns.audio import AnswerAudio

_FEW: Final = 5
"""The most wordings to compare with the sound one by one: each takes about 0.1 s of processor time."""
_MARGIN_S: Final = 0.2
"""Sound to include before the first word and after the last, in seconds."""
_SECOND_EAR: Final = 30.0
"""How much less likely by its sound a wording may be if the second ear wrote it by itself, as a natural logarithm."""


class GrammarRecogniser:
    """Vosk with a grammar.

    Parameters
    ----------
    model : callable
        Returns the loaded `vosk.Model` of the free recogniser, so that it is in memory once. Its graph has to accept
        grammars, as small models' graphs do.

    Attributes
    ----------
    phrases : tuple of str
        What to expect from the next answer on, in lower-case words and "[unk]"; if empty, only "[unk]" is heard.
    """

    def __init__(self, model: Callable[[], Any]) -> None:
        self._model = model
        self._kaldi: Any = None
        self._words: list[Word] = []
        self._read = 0
        self.phrases: tuple[str, ...] = ()

    def begin(self) -> None:
        """Start a new answer.

        Raises
        ------
        ModelError
            The model doesn't accept grammars.
        """
        import vosk

        model = self._model()

        def knows(word: str) -> bool:
            return bool(model.vosk_model_find_word(word) >= 0)

        grammar = json.dumps([*_in_vocabulary(self.phrases, knows), UNKNOWN])
        try:
            # A new one for each answer (a few milliseconds): the grammar changes with the review.
            self._kaldi = vosk.KaldiRecognizer(model, RATE_HZ, grammar)
        except Exception as error:
            raise ModelError(
                f"The speech model accepts no grammar, so it can't listen for commands: Vosk says “{error}”. "
                "Use another model: “assistant models list” names them."
            ) from error
        self._kaldi.SetWords(True)
        self._words = []
        self._read = 0

    def accept(self, sound: AnswerAudio) -> None:
        """Process what has been added to `sound`."""
        samples = sound.since(self._read)
        self._read += len(samples)
        if self._kaldi.AcceptWaveform(samples.tobytes()):
            self._words += words_in(self._kaldi.Result())

    def finish(self, sound: AnswerAudio) -> tuple[Word, ...]:
        """Return all words of the answer, including "[unk]"."""
        if len(sound) > self._read:
            self.accept(sound)
        self._words += words_in(self._kaldi.FinalResult())
        return tuple(self._words)

    def release(self) -> None:
        """Let go of the last answer's recogniser."""
        self._kaldi = None


class BiasedRecogniser:
    """The free recogniser, with the other beside it for answers with expected wordings.

    To callers, it looks like the free one. After `finish`, `as_expected` says what was said, if that was expected.

    Parameters
    ----------
    free : Recogniser
    commands : GrammarRecogniser
    rescoring : Rescoring
        Decides what was said if the two hear different things.
    fillers : collection of str
        What counts as a filler among the free recogniser's words.

    Attributes
    ----------
    as_title : str or None
        The answer as the other recogniser heard it, with the free one's words where it had none, likely or not; a
        look-up among films will show whether it is a title. None if the other recogniser had none at all.
    """

    def __init__(
        self, free: Recogniser, commands: GrammarRecogniser, rescoring: Rescoring, fillers: Collection[str] = ()
    ) -> None:
        self._free = free
        self._commands = commands
        self._rescoring = rescoring
        self._fillers = frozenset(fillers)
        self._expected: BiasingContext | None = None
        self._hearing: BiasingContext | None = None
        self._heard: _Heard | None = None
        self.as_title: str | None = None

    def expect(self, expected: BiasingContext | None) -> None:
        """Set what to expect from the next answer on; None, or no phrases, for nothing."""
        self._expected = expected if expected is not None and expected.phrases else None

    def begin(self) -> None:
        """Start a new answer."""
        self.as_title = self._heard = None
        self._free.begin()
        # Which of the two hear an answer is fixed when it begins.
        self._hearing = self._expected
        if self._hearing is not None:
            self._commands.phrases = self._hearing.phrases
            self._commands.begin()

    def accept(self, sound: AnswerAudio) -> None:
        """Process what has been added to `sound`."""
        self._free.accept(sound)
        if self._hearing is not None:
            self._commands.accept(sound)

    @property
    def freely(self) -> str:
        """The last answer as the free recogniser alone heard it, fillers and all; empty if nothing was expected."""
        return self._heard.freely if self._heard is not None else ""

    @property
    def caption(self) -> str:
        """What the free recogniser has understood so far."""
        return self._free.caption

    def finish(self, sound: AnswerAudio) -> tuple[Word, ...]:
        """Return all words of the answer, as the free recogniser heard them."""
        words = self._free.finish(sound)
        if self._hearing is not None:
            heard = _Heard(words, self._commands.finish(sound), sound, self._hearing)
            if any(word.word != UNKNOWN for word in heard.constrained):
                self.as_title = heard.joined
            self._heard = heard
        return words

    def release(self) -> None:
        """Let go of the memory that only the last answers needed."""
        self._free.release()
        self._commands.release()
        self._heard = None

    def as_expected(self, written: str | None = None) -> str | None:
        """The last answer in an expected wording that the sound makes likely enough; None if there is none.

        An expected wording that both the second ear and one of the two recognisers heard was said. Otherwise, wordings
        are compared with the sound, which may take a tenth of a second and more.

        Parameters
        ----------
        written : str, optional
            What the second ear wrote. Without it, the answer is None, too, if the free recogniser heard what was
            expected.
        """
        heard = self._heard
        if heard is None:
            return None
        if written is None:
            return self._by_first(heard)
        expected = self._by_both(heard, written)
        # The words of both ears together may be others than the free recogniser's.
        return heard.freely if expected is None and heard.expected.margin(heard.freely) is not None else expected

    def _by_first(self, heard: _Heard) -> str | None:
        return self._settled(heard) if any(word.word != UNKNOWN for word in heard.constrained) else None

    def _by_both(self, heard: _Heard, written: str) -> str | None:
        words = [WrittenWord(word, 1.0, 0.0, 0.0) for word in written.split()]
        wording = " ".join(each.word for each in as_spoken(words, heard.freely.split()))
        if heard.expected.margin(wording) is None:
            return self._by_first(heard)
        return wording if wording in (heard.freely, heard.joined) else self._settled(heard, wording)

    def _settled(self, heard: _Heard, second: str | None = None) -> str | None:
        """The likeliest of the expected wordings, if it is likely enough; `second` is the second ear's, if expected."""
        expected = heard.expected
        possible = dict.fromkeys(self._possible(heard, second))
        likely = [wording for wording in possible if expected.margin(wording) is not None]
        if not likely or likely == [heard.freely]:
            return None
        spoken = heard.spoken
        likeliest = self._rescoring.likeliest(spoken, likely)
        if expected.margin(likeliest) is None:
            # It mixed several wordings, and the result isn't an expected one.
            likeliest = max(
                likely[:_FEW],
                key=lambda wording: self._rescoring.log_likelihood(spoken, wording) + (expected.margin(wording) or 0),
            )
        if second is not None and self._rescoring.log_ratio(spoken, second, likeliest) >= -_SECOND_EAR:
            likeliest = second
        least = expected.margin(likeliest)
        if likeliest == heard.freely or least is None:
            return None
        if likeliest == second:
            least += _SECOND_EAR
        if not heard.freely or self._rescoring.log_ratio(spoken, likeliest, heard.freely) >= -least:
            return likeliest
        return None

    def _possible(self, heard: _Heard, second: str | None) -> Iterator[str]:
        if second is not None:
            yield second
        yield from combined_hypotheses(heard.free, heard.constrained, self._fillers)
        yield from heard.expected.resembling(heard.freely)
        yield from heard.expected.resembling(heard.joined)


@dataclass(frozen=True, slots=True)
class _Heard:
    """An answer as heard by the free recogniser and by the one that expected something."""

    free: tuple[Word, ...]
    constrained: tuple[Word, ...]
    sound: AnswerAudio
    expected: BiasingContext

    @property
    def freely(self) -> str:
        return text_of(self.free)

    @property
    def joined(self) -> str:
        return joined(self.free, self.constrained)

    @property
    def spoken(self) -> Samples:
        words = [*self.free, *self.constrained]
        start_s = min((word.start_s for word in words), default=0.0) - _MARGIN_S
        end_s = max((word.end_s for word in words), default=self.sound.duration_s) + _MARGIN_S
        return self.sound.between(start_s, end_s)


def _in_vocabulary(phrases: Iterable[str], knows: Callable[[str], bool]) -> list[str]:
    """The phrases, with "[unk]" for words that the model doesn't know, which Vosk would silently drop."""
    known: dict[str, bool] = {UNKNOWN: True}
    for phrase in phrases:
        for word in phrase.split():
            if word not in known:
                known[word] = knows(word)
    return [" ".join(word if known[word] else UNKNOWN for word in phrase.split()) for phrase in phrases]
