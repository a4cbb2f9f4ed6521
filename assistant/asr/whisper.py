"""The second ear: Whisper, which writes down what was said but neither when nor how.

faster-whisper's ``transcribe`` isn't used: it encodes 30 s however short the sound is, and then decides by itself what
to drop. Here an answer is encoded once, with just enough silence after it, and then decoded as often as needed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from rapidfuzz.distance import Levenshtein

from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import ModelError
from assistant.fillers.second_ear import is_filler
from assistant.turns.answer import WrittenWord

LONGEST_S: Final = 25.0
"""The longest sound to encode at once, in seconds: Whisper takes 30 s, and needs silence after the words."""

_SILENCE_AFTER_S: Final = 3.0
_LEAST_S: Final = 12.0
"""How much is encoded at least. With less silence after the words, Whisper says them over and over."""
_VECTORS_A_SECOND: Final = 50
_FEATURES_A_SECOND: Final = 100
_CONTEXT_TOKENS: Final = 448
_PROMPT_TOKENS: Final = 223
"""What the decoder can hold, and the longest prompt: half of that, less one for the token that begins it."""
_TOKENS_A_SECOND: Final = 12
_TOKENS_ANYWAY: Final = 16
"""The longest text, so that a loop costs little: nobody says more than 12 tokens (about 8 words) a second for long."""

_NO_VOICE: Final = 0.3
"""Probability of no speech at which words must be likely by their sound."""
_LIKELY: Final = -0.8
_POSSIBLE: Final = -2.0
"""Mean log-probability of a token without a prompt, below which words are invented: if there may be no speech, and
always. In eight sounds without a voice, the probabilities of no speech were .32 to .92, the means −0.95 and less."""

_DISFLUENT: Final = "uh so uh i uh i think um it was uh you know uh um the uh the thing uh"
"""Whisper learned from captions, which leave fillers out. After a prompt that has them, it writes them, too. Without
punctuation, it writes none either, which takes a quarter less time and misses no more fillers (``docs/fillers.md``)."""
_HYPOTHESES: Final = 5
"""How many texts are followed at once: the beam."""
_FRESH_WORDS: Final = 4
"""In verbatim text, no four tokens come twice: a prompt full of fillers invites loops."""

_BRACKETS: Final = {"(": ")", "[": "]", "*": "*"}
_MARKS: Final = frozenset({",", ".", "...", "?", "!", ";", ":", "…", "–", "—", '"', "'", ")", "]"})
_ROUNDS: Final = 4
_ROUNDS_OF_A_WORD: Final = 6
"""How often a phrase or a word comes in a row before it is a loop. People do say "no no no no"."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One of the texts that Whisper finds likely.

    Attributes
    ----------
    words : tuple of WrittenWord
    log_probability : float
        Natural logarithm of the text's probability.
    """

    words: tuple[WrittenWord, ...]
    log_probability: float


@dataclass(frozen=True, slots=True)
class Encoding:
    """A sound as Whisper's encoder represents it.

    Attributes
    ----------
    output : ctranslate2.StorageView
        For the decoder.
    duration_s : float
        Length of the sound, without the silence after it.
    """

    output: Any
    duration_s: float


class WhisperRecogniser:
    """Whisper by CTranslate2, in 8-bit integers and on one thread.

    The same sound gives the same result every time. All methods may be called in any thread, one at a time;
    CTranslate2 lets other threads run meanwhile.

    Parameters
    ----------
    model : Path
        Folder of a Whisper model for CTranslate2, with its ``tokenizer.json``.
    """

    def __init__(self, model: Path) -> None:
        self._model_dir = model
        self._whisper: Any = None
        self._tokenizer: Any = None

    def load(self) -> None:
        """Load the model (about 0.6 s for Whisper base).

        Raises
        ------
        ModelError
            If CTranslate2 can't read it.
        """
        # faster-whisper would fetch a tokenizer from the network.
        if not (self._model_dir / "tokenizer.json").is_file():
            raise ModelError(
                f"The second ear's model in {self._model_dir} can't be loaded: tokenizer.json is missing. "
                "Copy it from the model that it was converted from."
            )
        from faster_whisper import WhisperModel
        from faster_whisper.tokenizer import Tokenizer

        try:
            whisper = WhisperModel(str(self._model_dir), device="cpu", compute_type="int8", cpu_threads=1)
            multilingual = whisper.model.is_multilingual
            self._tokenizer = Tokenizer(whisper.hf_tokenizer, multilingual, task="transcribe", language="en")
        except Exception as error:
            raise ModelError(
                f"The second ear's model in {self._model_dir} can't be loaded: CTranslate2 says “{error}”. "
                "“assistant models verify” says what is wrong; “assistant models install” repairs it."
            ) from error
        self._whisper = whisper

    def encode(self, samples: Samples) -> Encoding:
        """Encode sound in which somebody speaks. Whisper invents words where nobody does.

        Parameters
        ----------
        samples : ndarray of int16, shape (n,)
            Mono, 16 kHz, at most `LONGEST_S`.

        Raises
        ------
        ValueError
            The sound is too long, or not int16.
        """
        if samples.dtype != np.int16:
            raise ValueError(f"Sound to encode has to be int16, not {samples.dtype}.")
        duration_s = len(samples) / RATE_HZ
        if duration_s > LONGEST_S:
            raise ValueError(f"{duration_s:.1f} s of sound are too long to encode at once; at most {LONGEST_S:g} s.")
        padded = np.zeros(round(max(_LEAST_S, duration_s + _SILENCE_AFTER_S) * RATE_HZ), np.float32)
        padded[: len(samples)] = samples
        features = self._whisper.feature_extractor(padded / 32768, padding=0)
        return Encoding(self._whisper.encode(features), duration_s)

    def decode(self, encoding: Encoding, context: str | Sequence[str] = "") -> tuple[WrittenWord, ...]:
        """Write down what was said, without fillers and restarts, with case and punctuation.

        Parameters
        ----------
        encoding : Encoding
        context : str or sequence of str
            What it may be about: running text, of which the end counts most, or names and phrases with the most
            important ones first. Only as much is used as fits.

        Returns
        -------
        tuple of WrittenWord
            Empty if there is no speech.
        """
        return _best(self._decode(encoding, self._prompt(context)))

    def decode_hypotheses(self, encoding: Encoding, context: str | Sequence[str] = "") -> tuple[Hypothesis, ...]:
        """Write down what may have been said, the likeliest first. This takes no longer than `decode`.

        The first is what `decode` gives. In the others, a word that isn't in the first has the other's share of both
        probabilities, and no duration.
        """
        return self._decode(encoding, self._prompt(context), num_hypotheses=_HYPOTHESES)

    def decode_verbatim(self, encoding: Encoding) -> tuple[WrittenWord, ...]:
        """Write down what was said, with fillers. The words are a little less reliable than those of `decode`."""
        prompt = self._prompt(_DISFLUENT)
        return _best(self._decode(encoding, prompt, suppress_tokens=[], no_repeat_ngram_size=_FRESH_WORDS))

    def _prompt(self, context: str | Sequence[str]) -> list[int]:
        if isinstance(context, str):
            tokens: list[int] = self._tokens(context)[-_PROMPT_TOKENS:]
        else:
            tokens = []
            for phrase in context:
                more = self._tokens(f"{phrase},")
                if len(tokens) + len(more) <= _PROMPT_TOKENS:
                    tokens += more
        return [self._tokenizer.sot_prev, *tokens] if tokens else []

    def _tokens(self, text: str) -> list[int]:
        spaced = " ".join(text.split())
        tokens: list[int] = self._tokenizer.encode(f" {spaced}") if spaced else []
        return tokens

    def _decode(self, encoding: Encoding, prompt: list[int], **options: object) -> tuple[Hypothesis, ...]:
        if not encoding.duration_s:
            return ()
        sequence: list[int] = self._tokenizer.sot_sequence
        start = [*prompt, *sequence, self._tokenizer.no_timestamps]
        most = _TOKENS_ANYWAY + round(_TOKENS_A_SECOND * encoding.duration_s)
        (result,) = self._whisper.model.generate(
            encoding.output,
            [start],
            # CTranslate2 allows text half of this length, and all of it together with the prompt.
            max_length=min(_CONTEXT_TOKENS, max(2 * most, len(start) + most)),
            beam_size=_HYPOTHESES,
            return_scores=True,
            return_no_speech_prob=True,
            **options,
        )
        text, *others = ([token for token in each if token < self._tokenizer.eot] for each in result.sequences_ids)
        if not text:
            return ()
        aligned = self._aligned(encoding, [*prompt, *sequence], text)
        likelihood = _mean_log(aligned.text_token_probs)
        maybe_none = result.no_speech_prob >= _NO_VOICE
        if prompt and (maybe_none or likelihood < _LIKELY or self._has_only_fillers(text)):
            # A prompt must not vouch for its own words: where nobody speaks, they are what Whisper invents.
            likelihood = _mean_log(self._aligned(encoding, sequence, text).text_token_probs)
        if likelihood < (_LIKELY if maybe_none else _POSSIBLE):
            return ()
        # CTranslate2 gives the mean of a token, the last one included.
        best, *scores = (score * (len(each) + 1) for score, each in zip(result.scores, (text, *others), strict=True))
        words = self._words(text, aligned, encoding.duration_s)
        hypotheses = [Hypothesis(_spoken(words), best)]
        for other, score in zip(others, scores, strict=True):
            share = 1.0 / (1.0 + math.exp(best - score))
            hypotheses.append(Hypothesis(_spoken(_alike(self._texts(other), words, share)), score))
        return tuple(hypotheses)

    def _has_only_fillers(self, text: list[int]) -> bool:
        return all(is_filler(word) for word in re.findall(r"[\w'-]+", self._tokenizer.decode(text).lower()))

    def _aligned(self, encoding: Encoding, start: list[int], text: list[int]) -> Any:  # noqa: ANN401 - it has no types
        features = max(1, round(encoding.duration_s * _FEATURES_A_SECOND))
        return self._whisper.model.align(encoding.output, start, [text], features)[0]

    def _words(self, tokens: list[int], aligned: Any, duration_s: float) -> list[WrittenWord]:  # noqa: ANN401
        begins = np.full(len(tokens) + 1, duration_s)
        # From the last pair to the first, so that each token begins at its first moment.
        for token, moment in reversed(aligned.alignments):
            begins[token] = moment / _VECTORS_A_SECOND
        words: list[WrittenWord] = []
        at = 0
        for text, size in self._texts(tokens):
            end = at + size
            start_s, end_s = (min(float(begins[index]), duration_s) for index in (at, end))
            if any(char.isalnum() for char in text):
                probability = math.exp(_mean_log(aligned.text_token_probs[at:end]))
                words.append(WrittenWord(text, probability, start_s, end_s))
            elif words and text in _MARKS:
                # It belongs to the word before it.
                words[-1] = replace(words[-1], text=words[-1].text + text)
            at = end
        return words

    def _texts(self, tokens: list[int]) -> list[tuple[str, int]]:
        """The words that tokens spell, and how many each takes."""
        split = zip(*self._tokenizer.split_to_word_tokens(tokens), strict=True)
        return [(piece.strip().removeprefix("-"), len(own)) for piece, own in split]


def _best(hypotheses: Sequence[Hypothesis]) -> tuple[WrittenWord, ...]:
    return hypotheses[0].words if hypotheses else ()


def _spoken(words: Sequence[WrittenWord]) -> tuple[WrittenWord, ...]:
    return without_loops(without_descriptions(words))


def _alike(texts: Sequence[tuple[str, int]], words: Sequence[WrittenWord], share: float) -> list[WrittenWord]:
    """Another text's words: those of `words` where it has them, too, and its own between them."""
    spelled: list[str] = []
    for text, _ in texts:
        if any(char.isalnum() for char in text):
            spelled.append(text)
        elif spelled and text in _MARKS:
            spelled[-1] += text
    found: list[WrittenWord] = []
    for change in Levenshtein.opcodes([word.text for word in words], spelled):
        if change.tag == "equal":
            found += words[change.src_start : change.src_end]
        else:
            at_s = found[-1].end_s if found else 0.0
            found += [WrittenWord(text, share, at_s, at_s) for text in spelled[change.dest_start : change.dest_end]]
    return found


def _mean_log(probabilities: Sequence[float]) -> float:
    return float(np.mean(np.log(np.maximum(probabilities, 1e-10))))


def without_descriptions(words: Sequence[WrittenWord]) -> tuple[WrittenWord, ...]:
    """The words without what captions put in brackets: "(laughs)", "[door opens]"."""
    kept = []
    closing = ""
    for word in words:
        closing = closing or _BRACKETS.get(word.text[0], "")
        if not closing:
            kept.append(word)
        elif closing in word.text:
            closing = ""
    return tuple(kept)


def without_loops(words: Sequence[WrittenWord]) -> tuple[WrittenWord, ...]:
    """The words with only the first round of each loop: a phrase that Whisper wrote over and over."""
    kept = list(words)
    at = 0
    while at < len(kept):
        for length in range(1, (len(kept) - at) // _ROUNDS + 1):
            rounds = _rounds(kept, at, length)
            if rounds >= (_ROUNDS if length > 1 else _ROUNDS_OF_A_WORD):
                del kept[at + length : at + rounds * length]
                break
        at += 1
    return tuple(kept)


def _rounds(words: Sequence[WrittenWord], at: int, length: int) -> int:
    """How often the `length` words from `at` on come in a row."""
    spelled = [re.sub(r"[\W_]", "", word.text).lower() for word in words[at:]]
    rounds = 1
    while spelled[rounds * length : (rounds + 1) * length] == spelled[:length]:
        rounds += 1
    return rounds
