"""A second recogniser beside the free one. It expects commands, so it hears "send review" when that one hears "then".

It is Vosk with a grammar: the expected phrases, and "[unk]" for everything else. It doubles the cost, so it hears only
answers for which `expect` said what to expect. Wordings that the two disagree on are compared with the sound once
more.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any, Final

from assistant.asr.biasing import BiasingContext
from assistant.asr.hypotheses import UNKNOWN, combined_hypotheses, joined
from assistant.asr.recogniser import Recogniser, words_in
from assistant.asr.rescoring import Rescoring
from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import ModelError
from assistant.turns.answer import Word
from assistant.turns.audio import AnswerAudio

_FEW: Final = 5
"""The most wordings to compare with the sound one by one: each takes about 0.1 s of processor time."""
_MARGIN_S: Final = 0.2
"""Sound to include before the first word and after the last, in seconds."""


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

    To callers, it looks like the free one. After `finish`, `as_expected` is what was said, if that was expected.

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
    as_expected : str or None
        The last answer in an expected wording that the sound makes likely enough; None if there is none, or if it is
        what the free recogniser heard.
    as_title : str or None
        The answer as the other recogniser heard it, with the free one's words where it had none, likely or not; a
        look-up among films will show whether it is a title. None if it is the same as the free one's.
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
        self.as_expected: str | None = None
        self.as_title: str | None = None

    def expect(self, expected: BiasingContext | None) -> None:
        """Set what to expect from the next answer on; None, or no phrases, for nothing."""
        self._expected = expected if expected is not None and expected.phrases else None

    def begin(self) -> None:
        """Start a new answer."""
        self.as_expected = self.as_title = None
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
    def caption(self) -> str:
        """What the free recogniser has understood so far."""
        return self._free.caption

    def finish(self, sound: AnswerAudio) -> tuple[Word, ...]:
        """Return all words of the answer, as the free recogniser heard them."""
        words = self._free.finish(sound)
        if self._hearing is not None:
            constrained = self._commands.finish(sound)
            if any(word.word != UNKNOWN for word in constrained):
                heard, title = _text(words), joined(words, constrained)
                self.as_title = title if title != heard else None
                self.as_expected = self._settled(words, constrained, self._hearing, sound)
        return words

    def release(self) -> None:
        """Let go of the memory that only the last answers needed."""
        self._free.release()
        self._commands.release()

    def _settled(
        self, free: Sequence[Word], constrained: Sequence[Word], expected: BiasingContext, sound: AnswerAudio
    ) -> str | None:
        heard = _text(free)
        possible = dict.fromkeys(
            (
                *combined_hypotheses(free, constrained, self._fillers),
                *expected.resembling(heard),
                *expected.resembling(joined(free, constrained)),
            )
        )
        likely = [wording for wording in possible if expected.margin(wording) is not None]
        if not likely or likely == [heard]:
            return None
        spoken = _sound_of([*free, *constrained], sound)
        likeliest = self._rescoring.likeliest(spoken, likely)
        if expected.margin(likeliest) is None:
            # It mixed several wordings, and the result isn't an expected one.
            likeliest = max(
                likely[:_FEW],
                key=lambda wording: self._rescoring.log_likelihood(spoken, wording) + (expected.margin(wording) or 0),
            )
        least = expected.margin(likeliest)
        if likeliest == heard or least is None:
            return None
        return likeliest if not heard or self._rescoring.log_ratio(spoken, likeliest, heard) >= -least else None


def _sound_of(words: Sequence[Word], sound: AnswerAudio) -> Samples:
    start_s = min(word.start_s for word in words) - _MARGIN_S
    end_s = max(word.end_s for word in words) + _MARGIN_S
    return sound.between(start_s, end_s)


def _text(words: Iterable[Word]) -> str:
    return " ".join(word.word for word in words)


def _in_vocabulary(phrases: Iterable[str], knows: Callable[[str], bool]) -> list[str]:
    """The phrases, with "[unk]" for words that the model doesn't know, which Vosk would silently drop."""
    known: dict[str, bool] = {UNKNOWN: True}
    for phrase in phrases:
        for word in phrase.split():
            if word not in known:
                known[word] = knows(word)
    return [" ".join(word if known[word] else UNKNOWN for word in phrase.split()) for phrase in phrases]
