"""The second ear: Whisper, which writes down what was said but neither when nor how.

faster-whisper's ``transcribe`` isn't used: it encodes 30 s however short the sound is, and then decides by itself what
to drop. Here an answer is encoded once, with just enough silence after it, and then decoded as often as needed.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
from rapidfuzz.distance import Levenshtein

from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import ModelError
from assistant.turns.answer import WrittenWord

LONGEST_S: Final = 25.0
"""The longest sound to encode at once, in seconds: Whisper takes 30 s, and needs silence after the words."""

_SILENCE_AFTER_S: Final = 3.0
_LEAST_S: Final = 8.0
"""How much is encoded at least. With little silence after the words, Whisper may say them over again; then …"""
_AMPLE_S: Final = 12.0
"""… it is given this much, with which it doesn't (``docs/hearing.md``)."""
_SAID_AGAIN: Final = 3
"""Words in a row that come twice: said again, or Whisper's doing."""
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
"""Whisper learned from captions, which leave fillers out. After a prompt that has them, it expects them, too."""
_LIKELY_FILLER: Final = 0.4
"""Probability, after that prompt, at which a filler was said. Chosen on telephone speech (``docs/fillers.md``)."""
_MOST_TRIED: Final = 60
"""Places in a text where fillers are tried, at most: with the longest text, the decoder holds no more."""
_HYPOTHESES: Final = 5
"""How many texts are followed at once: the beam."""

_WORD = re.compile(r"[0-9A-Za-z\u00c0-\u024f]")
"""What makes a piece of text a word: of a sound it can't make out, Whisper may write a syllable in another script."""
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


@dataclass(frozen=True, slots=True)
class Transcription:
    """What a second recogniser writes of a sound.

    Attributes
    ----------
    hypotheses : tuple of Hypothesis
        What may have been said, without fillers, the likeliest first.
    verbatim : tuple of WrittenWord
        The likeliest with the fillers that were said between its words; empty if they weren't asked for.
    """

    hypotheses: tuple[Hypothesis, ...] = ()
    verbatim: tuple[WrittenWord, ...] = ()


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

    def hear(
        self,
        samples: Samples,
        context: Sequence[str] = (),
        *,
        verbatim: bool = True,
        go_on: Callable[[], object] = lambda: None,
    ) -> Transcription:
        """Write down what was said in a sound in which somebody speaks. Whisper invents words where nobody does.

        Parameters
        ----------
        samples : ndarray of int16, shape (n,)
            Mono, 16 kHz, at most `LONGEST_S`.
        context : sequence of str
            Names and phrases that may come, with the most important ones first. Only as many are used as fit.
        verbatim : bool
            Whether to write fillers, too.
        go_on : callable
            Called between two steps, a tenth of a second to half a second apart; an exception from it ends the work.

        Raises
        ------
        ValueError
            The sound is too long, or not int16.
        """
        prompt = self._prompt(context)
        encoding = self.encode(samples)
        go_on()
        hypotheses = self.decode(encoding, prompt)
        go_on()
        if hypotheses and says_again(hypotheses[0].words) and encoding.duration_s + _SILENCE_AFTER_S < _AMPLE_S:
            encoding = self.encode(samples, _AMPLE_S)
            hypotheses = self.decode(encoding, prompt)
            go_on()
        written = hypotheses[0].words if hypotheses else ()
        return Transcription(hypotheses, self.with_fillers(encoding, written) if verbatim else ())

    def encode(self, samples: Samples, least_s: float = _LEAST_S) -> Encoding:
        """Encode a sound with silence after it, at least `least_s` seconds in all; see `hear`."""
        if samples.dtype != np.int16:
            raise ValueError(f"Sound to encode has to be int16, not {samples.dtype}.")
        duration_s = len(samples) / RATE_HZ
        if duration_s > LONGEST_S:
            raise ValueError(f"{duration_s:.1f} s of sound are too long to encode at once; at most {LONGEST_S:g} s.")
        padded = np.zeros(round(max(least_s, duration_s + _SILENCE_AFTER_S) * RATE_HZ), np.float32)
        padded[: len(samples)] = samples
        features = self._whisper.feature_extractor(padded / 32768, padding=0)
        return Encoding(self._whisper.encode(features), duration_s)

    def _prompt(self, context: Sequence[str]) -> list[int]:
        tokens: list[int] = []
        for phrase in context:
            more = self._tokens(f"{phrase},")
            if len(tokens) + len(more) <= _PROMPT_TOKENS:
                tokens += more
        return [self._tokenizer.sot_prev, *tokens] if tokens else []

    def _tokens(self, text: str) -> list[int]:
        spaced = " ".join(text.split())
        tokens: list[int] = self._tokenizer.encode(f" {spaced}") if spaced else []
        return tokens

    def decode(self, encoding: Encoding, prompt: list[int]) -> tuple[Hypothesis, ...]:
        """Write down what may have been said, the likeliest first; `prompt` has the tokens that come before.

        In all but the first, a word that isn't in the first has the other's share of both probabilities, and no
        duration.
        """
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
            num_hypotheses=_HYPOTHESES,
            return_scores=True,
            return_no_speech_prob=True,
        )
        text, *others = ([token for token in each if token < self._tokenizer.eot] for each in result.sequences_ids)
        if not text:
            return ()
        aligned = self._aligned(encoding, [*prompt, *sequence], text)
        likelihood = _mean_log(aligned.text_token_probs)
        maybe_none = result.no_speech_prob >= _NO_VOICE
        if prompt and (maybe_none or likelihood < _LIKELY):
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

    def with_fillers(self, encoding: Encoding, words: Sequence[WrittenWord]) -> tuple[WrittenWord, ...]:
        """The words, and the fillers that were said between them.

        Nothing is searched for: after a prompt full of fillers, the sound says how likely each word is to come next,
        and where that isn't likely, whether a filler is. This takes a third of the time that writing the whole text
        with such a prompt would.
        """
        texts = [self._tokens(re.sub(r"[^\w' ]+", " ", word.text.lower())) for word in words]
        if not any(texts):
            return tuple(words)
        uh, um, end = self._tokens("uh"), self._tokens("um"), len(texts)
        # No word follows the last one, so a filler is tried there at once.
        chances = self._chances(encoding, texts, {end: uh})
        fillers = {end: ("uh", chances[end])}
        doubtful = [at for at, text in enumerate(texts) if text and chances[at] <= 1.0 - _LIKELY_FILLER]
        doubtful = doubtful[:_MOST_TRIED]
        if doubtful:
            chances = self._chances(encoding, texts, dict.fromkeys(doubtful, uh))
            fillers |= {at: ("uh", chances[at]) for at in doubtful}
        unheard = [at for at, (_, chance) in fillers.items() if chance < _LIKELY_FILLER]
        if unheard:
            others = self._chances(encoding, texts, {at: um if at in unheard else uh for at in fillers})
            for at in unheard:
                chance = fillers[at][1]
                fillers[at] = "um" if others[at] > chance else "uh", chance + others[at]
        return tuple(_inserted(words, {at: each for at, each in fillers.items() if each[1] >= _LIKELY_FILLER}))

    def _chances(
        self, encoding: Encoding, texts: Sequence[list[int]], fillers: Mapping[int, list[int]]
    ) -> dict[int, float]:
        """How likely each text is to come next after those before it, or the filler in front of it if it has one.

        Texts and fillers are lists of tokens, of which the first one decides. The place behind the last text counts,
        too, if it has a filler.
        """
        tokens: list[int] = []
        firsts: dict[int, int] = {}
        for at, text in enumerate((*texts, [])):
            firsts[at] = len(tokens)
            tokens += [*fillers.get(at, ()), *text]
        start = [self._tokenizer.sot_prev, *self._tokens(_DISFLUENT), *self._tokenizer.sot_sequence]
        likely = self._aligned(encoding, start, tokens).text_token_probs
        return {at: float(likely[first]) for at, first in firsts.items() if first < len(likely)}

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
            if _WORD.search(text):
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


def _spoken(words: Sequence[WrittenWord]) -> tuple[WrittenWord, ...]:
    return without_loops(without_descriptions(words))


def _alike(texts: Sequence[tuple[str, int]], words: Sequence[WrittenWord], share: float) -> list[WrittenWord]:
    """Another text's words: those of `words` where it has them, too, and its own between them."""
    spelled: list[str] = []
    for text, _ in texts:
        if _WORD.search(text):
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


def _inserted(words: Sequence[WrittenWord], fillers: Mapping[int, tuple[str, float]]) -> Iterator[WrittenWord]:
    """The words with fillers before some of them, given by their place with their probability."""
    for at in range(len(words) + 1):
        if at in fillers:
            at_s = words[at].start_s if at < len(words) else words[-1].end_s
            yield WrittenWord(*fillers[at], at_s, at_s)
        yield from words[at : at + 1]


def says_again(words: Sequence[WrittenWord]) -> bool:
    """Whether some words in a row come twice, one time after the other."""
    spelled = [_spelled(word.text) for word in words]
    return any(
        spelled[at : at + length] == spelled[at + length : at + 2 * length]
        for length in range(_SAID_AGAIN, len(spelled) // 2 + 1)
        for at in range(len(spelled) - 2 * length + 1)
    )


def _spelled(text: str) -> str:
    return re.sub(r"[\W_]", "", text).lower()


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
    spelled = [_spelled(word.text) for word in words[at:]]
    rounds = 1
    while spelled[rounds * length : (rounds + 1) * length] == spelled[:length]:
        rounds += 1
    return rounds
