"""A second recogniser beside the free one, which expects commands: it hears "send review" where that one has "then".

It is Vosk with a grammar: the phrases that are expected, and "[unk]" for everything else. It costs about as much
again as the free one, so it hears only answers for which `expect` said what to expect.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import ModelError
from assistant.hearing.answer import Word
from assistant.hearing.recogniser import Recogniser, words_in

UNKNOWN = "[unk]"
"""What stands in a grammar, and in what is heard with it, for words that aren't in it."""

_SURE = 0.5
"""A word of the grammar counts as heard from this confidence on."""


class CommandRecogniser:
    """Vosk with a grammar.

    Parameters
    ----------
    model : callable
        Gives the loaded `vosk.Model`; the free recogniser's, so that it is in memory once. It has to have a graph that
        takes grammars, as small models do.

    Attributes
    ----------
    phrases : tuple of str
        What is expected from the next answer on, in lower-case words and "[unk]"; nothing but "[unk]" is heard where
        it is empty.
    """

    def __init__(self, model: Callable[[], Any]) -> None:
        self._model = model
        self._kaldi: Any = None
        self._words: list[Word] = []
        self.phrases: tuple[str, ...] = ()

    def begin(self) -> None:
        """Start a new answer.

        Raises
        ------
        ModelError
            The model takes no grammar.
        """
        import vosk

        model = self._model()

        def knows(word: str) -> bool:
            return bool(model.vosk_model_find_word(word) >= 0)

        grammar = json.dumps([*_in_vocabulary(self.phrases, knows), UNKNOWN])
        try:
            # Made anew for each answer (some milliseconds): the grammar changes as the review does.
            self._kaldi = vosk.KaldiRecognizer(model, RATE_HZ, grammar)
        except Exception as error:
            raise ModelError(
                f"The speech model takes no grammar, so commands can't be listened for: Vosk says “{error}”. "
                "Use another model: “assistant models list” names them."
            ) from error
        self._kaldi.SetWords(True)
        self._words = []

    def accept(self, samples: Samples) -> None:
        """Hear more: int16 mono at 16 kHz."""
        if self._kaldi.AcceptWaveform(samples.tobytes()):
            self._words += words_in(self._kaldi.Result())

    def finish(self) -> tuple[Word, ...]:
        """All words since `begin`, "[unk]" among them."""
        self._words += words_in(self._kaldi.FinalResult())
        return tuple(self._words)


class PairedRecogniser:
    """The free recogniser, with the other beside it for answers in which commands are expected.

    To whoever listens it is the free one. After `finish`, `as_command` is what the other understood.

    Parameters
    ----------
    free : Recogniser
    commands : CommandRecogniser

    Attributes
    ----------
    as_command : str or None
        The last answer as the other heard it, with the free one's words where it had none; None where it heard no
        more than the free one, wasn't sure, or wasn't asked.
    as_title : str or None
        The same, sure or not: whoever looks it up among films finds out whether it is one.
    """

    def __init__(self, free: Recogniser, commands: CommandRecogniser) -> None:
        self._free = free
        self._commands = commands
        self._expecting = False
        self._hearing = False
        self.as_command: str | None = None
        self.as_title: str | None = None

    def expect(self, phrases: Iterable[str] | None) -> None:
        """From the next answer on, expect these phrases; None for no commands at all."""
        self._expecting = phrases is not None
        self._commands.phrases = tuple(phrases or ())

    def begin(self) -> None:
        """Start a new answer."""
        self.as_command = self.as_title = None
        self._free.begin()
        # Which of the two hear an answer is settled where it begins.
        self._hearing = self._expecting
        if self._hearing:
            self._commands.begin()

    def accept(self, samples: Samples) -> None:
        """Hear more: int16 mono at 16 kHz."""
        self._free.accept(samples)
        if self._hearing:
            self._commands.accept(samples)

    @property
    def caption(self) -> str:
        """What the free recogniser understood so far."""
        return self._free.caption

    def finish(self) -> tuple[Word, ...]:
        """All words since `begin`, as the free recogniser heard them."""
        words = self._free.finish()
        if self._hearing:
            constrained = self._commands.finish()
            self.as_command = as_command(words, constrained)
            self.as_title = as_command(words, constrained, sure=0.0)
        return words


def as_command(free: Sequence[Word], constrained: Sequence[Word], sure: float = _SURE) -> str | None:
    """What was said if it was a command.

    Parameters
    ----------
    free, constrained : sequence of Word
        The same sound as heard without and with a grammar.
    sure : float
        Confidence from which a word of the grammar counts, 0 to 1.

    Returns
    -------
    str or None
        The words of the grammar, with those of `free` that lie where it has "[unk]". None where no word of the grammar
        was heard, one of them isn't sure, or it comes to the same as `free`.
    """
    known = [word for word in constrained if word.word != UNKNOWN]
    if not known or any(word.confidence < sure for word in known):
        return None
    words: list[str] = []
    for word in constrained:
        if word.word != UNKNOWN:
            words.append(word.word)
            continue
        inside = [other.word for other in free if word.start_s <= (other.start_s + other.end_s) / 2 <= word.end_s]
        words += inside
    text = " ".join(words)
    return text if text != " ".join(word.word for word in free) else None


def _in_vocabulary(phrases: Iterable[str], knows: Callable[[str], bool]) -> list[str]:
    """The phrases, with "[unk]" for words that the model doesn't know: left in, they would fall out unseen."""
    known: dict[str, bool] = {UNKNOWN: True}
    for phrase in phrases:
        for word in phrase.split():
            if word not in known:
                known[word] = knows(word)
    return [" ".join(word if known[word] else UNKNOWN for word in phrase.split()) for phrase in phrases]
