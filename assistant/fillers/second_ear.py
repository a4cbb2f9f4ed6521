"""What a second recogniser says of fillers.

It writes fillers more reliably than the first one, but doesn't know when they were said. So its words are aligned with
those of the first one, whose times are right, and what lies between two words that both heard has a place.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from assistant.fillers.candidates import Candidate
from assistant.fillers.features import BANDS, Rows
from assistant.fillers.network import ROWS_PER_S
from assistant.turns.answer import Word, WrittenWord

_FILLER = re.compile(r"u+h+m*|u+m+|e+r+m*|a+h+|h+m+|mm+|e+h+")
"""Fillers as Whisper spells them."""
_YES: Final = frozenset({("mm", "hmm"), ("mm", "hm"), ("m", "hm"), ("mm", "mm"), ("hm", "hm"), ("uh", "huh")})
"""Two words that are written for a "mm-hmm"."""
_SIMILAR: Final = 0.5
"""Least share of letters in common of two words that are one word, heard differently."""
_MISSED: Final = 4
"""Words of the first ear in a row, with nothing from the second one, that it didn't hear: not even as other words."""
_LOOSE_S: Final = 0.05
"""How far a filler may reach into the words before and after it: word times are off by some frames."""
_ROUGH_S: Final = 1.0
"""The second ear's times are off by this and more."""

_SHORTEST_ROWS: Final = 8
_LONGEST_ROWS: Final = 50
_VOICED_LEVEL: Final = -1.0
_FADING: Final = 2.0
"""A filler reaches as far as the log-odds are within this of their best."""


@dataclass(frozen=True, slots=True)
class SecondEvidence:
    """What the second ear heard of an answer.

    Attributes
    ----------
    words : tuple of Word
        Its words with fillers, in order, in lower case and without punctuation. Confidences are probabilities of its
        own; times, in seconds from the start of the answer, are rough.
    """

    words: tuple[Word, ...]


def evidence_of(written: Iterable[WrittenWord], offset_s: float = 0.0) -> SecondEvidence:
    """What a second recogniser's verbatim text says of fillers.

    "Mm-hmm" and "uh-huh" mean yes: they are words.

    Parameters
    ----------
    written : iterable of WrittenWord
    offset_s : float
        Where second 0 of the evidence is in the recogniser's time.
    """
    words: list[Word] = []
    for each in written:
        for text in _parts(each.text):
            last = words[-1] if words else None
            start_s, end_s = each.start_s - offset_s, each.end_s - offset_s
            if last is not None and (last.word, text) in _YES:
                words[-1] = Word(f"{last.word}-{text}", last.start_s, end_s, min(last.confidence, each.probability))
            else:
                words.append(Word(text, start_s, end_s, each.probability))
    return SecondEvidence(tuple(words))


def _parts(text: str) -> list[str]:
    parts = [part for part in re.split(r"[^\w']+", text.lower()) if part.strip("'")]
    whole_word = len(parts) > 1 and any(map(is_filler, parts))
    return ["-".join(parts)] if whole_word else parts


def is_filler(text: str) -> bool:
    """Whether a word is a filler as Whisper spells it."""
    return _FILLER.fullmatch(text) is not None


def paired(first: Sequence[Word], second: Sequence[Word], fillers: Collection[str]) -> dict[int, int]:
    """Which words of the second recogniser are which of the first one, in order.

    Words are the same if they are spelled the same, or stand in each other's place with `_SIMILAR` letters; fillers are
    the same however they are spelled.
    """
    ours = ["*" if word.word in fillers else word.word for word in first]
    theirs = ["*" if is_filler(word.word) else word.word for word in second]
    pairs: dict[int, int] = {}
    for step in Levenshtein.opcodes(theirs, ours):
        their, our = (step.src_start, step.src_end), (step.dest_start, step.dest_end)
        if step.tag == "equal":
            pairs.update(zip(range(*their), range(*our), strict=True))
        elif step.tag == "replace":
            pairs.update(_similar(theirs, ours, their, our))
    return pairs


def _similar(theirs: list[str], ours: list[str], their: tuple[int, int], our: tuple[int, int]) -> dict[int, int]:
    pairs: dict[int, int] = {}
    at = our[0]
    for k in range(*their):
        likeness = [(Levenshtein.normalized_similarity(theirs[k], ours[i]), -i) for i in range(at, our[1])]
        best, place = max(likeness, default=(0.0, 0))
        if best >= _SIMILAR:
            pairs[k] = -place
            at = -place + 1
    return pairs


class SecondOpinion:
    """The second ear's evidence, laid over the first ear's words.

    Parameters
    ----------
    evidence : SecondEvidence
    words : sequence of Word
        The first ear's words with its fillers, as `merged` returns them.
    fillers : collection of str
        What counts as a filler among them.
    duration_s : float
        Of the sound.
    """

    def __init__(
        self, evidence: SecondEvidence, words: Sequence[Word], fillers: Collection[str], duration_s: float
    ) -> None:
        self._first = words
        self._second = evidence.words
        self._fillers = fillers
        self._duration_s = duration_s
        self._pairs = paired(words, evidence.words, fillers)
        self._back = {ours: theirs for theirs, ours in self._pairs.items()}
        self._written = [number for number, word in enumerate(evidence.words) if is_filler(word.word)]

    @property
    def disputed(self) -> frozenset[Word]:
        """The words of the first ear that the second one didn't hear."""
        return frozenset(word for number, word in enumerate(self._first) if number not in self._back)

    def heard(self, candidate: Candidate) -> bool:
        """Whether the second ear heard this stretch at all: its verbatim text sometimes ends early, or leaves out much.

        It didn't if it has no word between two that both heard, and the first ear has several.
        """
        middle_s = (candidate.start_s + candidate.end_s) / 2
        both = sorted(self._back)
        left = max((ours for ours in both if self._first[ours].end_s <= middle_s), default=-1)
        right = min((ours for ours in both if self._first[ours].start_s >= middle_s), default=len(self._first))
        theirs = self._back.get(right, len(self._second)) - self._back.get(left, -1) - 1
        missed = sum(word.word not in self._fillers for word in self._first[left + 1 : right])
        return theirs > 0 or missed < _MISSED

    def _room(self, theirs: int) -> tuple[float, float]:
        """Where a word of the second ear has to be: between the words before and after it that both heard."""
        before = [self._pairs[k] for k in range(theirs) if k in self._pairs]
        after = [self._pairs[k] for k in range(theirs + 1, len(self._second)) if k in self._pairs]
        start_s = self._first[before[-1]].end_s if before else 0.0
        end_s = self._first[after[0]].start_s if after else self._duration_s
        return start_s - _LOOSE_S, end_s + _LOOSE_S

    def assign(
        self, found: Sequence[Candidate], odds: NDArray[np.float32], rows: Rows
    ) -> tuple[list[Candidate], dict[Candidate, Word]]:
        """Give each filler that the second ear wrote to a candidate, or a place of its own where there is a voice.

        Returns
        -------
        list of Candidate
            Those found, and the new ones, in order.
        dict
            The second ear's filler of a candidate.
        """
        every = list(found)
        theirs_of: dict[Candidate, Word] = {}
        waiting: list[int] = []
        for number in self._written:
            ours = self._pairs.get(number)
            same = None if ours is None else self._named(found, self._first[ours])
            if same is None or same in theirs_of:
                waiting.append(number)
            else:
                theirs_of[same] = self._second[number]
        for number in waiting:
            start_s, end_s = self._room(number)
            word = self._second[number]
            near = [
                each for each in every if each not in theirs_of and start_s <= (each.start_s + each.end_s) / 2 <= end_s
            ]
            if near:
                chosen = max(near, key=lambda each: _fitness(each, word, odds))
            else:
                placed = self._placed(start_s, end_s, word, every, odds, rows)
                if placed is None:
                    continue
                chosen = placed
                every.append(chosen)
            theirs_of[chosen] = word
        return sorted(every, key=lambda each: each.start_s), theirs_of

    @staticmethod
    def _named(found: Sequence[Candidate], word: Word) -> Candidate | None:
        return next((each for each in found if each.word is not None and each.start_s == word.start_s), None)

    def _placed(
        self,
        start_s: float,
        end_s: float,
        word: Word,
        taken: Sequence[Candidate],
        odds: NDArray[np.float32],
        rows: Rows,
    ) -> Candidate | None:
        """The stretch between two moments that sounds most like a filler; None if there is no voice, or no room."""
        free = rows[: len(odds), BANDS + 2] > _VOICED_LEVEL
        spans = [(word.start_s, word.end_s) for word in map(self._first.__getitem__, self._back)]
        spans += [(each.start_s, each.end_s) for each in taken]
        for from_s, to_s in spans:
            free[max(0, int((from_s + _LOOSE_S) * ROWS_PER_S)) : max(0, int((to_s - _LOOSE_S) * ROWS_PER_S))] = False
        first, last = max(0, int(start_s * ROWS_PER_S)), min(len(odds), int(end_s * ROWS_PER_S) + 1)
        free[:first] = False
        free[last:] = False
        best, place = -np.inf, None
        for at in range(first, last - _SHORTEST_ROWS + 1):
            if not free[at : at + _SHORTEST_ROWS].all():
                continue
            middle_s = (at + _SHORTEST_ROWS / 2) / ROWS_PER_S
            value = float(odds[at : at + _SHORTEST_ROWS].mean()) - abs(middle_s - word.start_s) / _ROUGH_S
            if value > best:
                best, place = value, at
        if place is None:
            return None
        least = float(odds[place : place + _SHORTEST_ROWS].mean()) - _FADING
        start, end = place, place + _SHORTEST_ROWS
        while start > 0 and free[start - 1] and odds[start - 1] >= least and end - start < _LONGEST_ROWS:
            start -= 1
        while end < len(odds) and free[end] and odds[end] >= least and end - start < _LONGEST_ROWS:
            end += 1
        return Candidate(start / ROWS_PER_S, end / ROWS_PER_S, None, 0.0)


def _fitness(candidate: Candidate, word: Word, odds: NDArray[np.float32]) -> float:
    """How well a candidate suits a filler of the second ear."""
    first = min(int(candidate.start_s * ROWS_PER_S), max(0, len(odds) - 1))
    mean = float(odds[first : max(first + 1, int(candidate.end_s * ROWS_PER_S))].mean())
    middle_s = (candidate.start_s + candidate.end_s) / 2
    return mean + 2.0 * candidate.confidence - abs(middle_s - word.start_s) / _ROUGH_S


class TwoEarClassifier:
    """How probable it is that a candidate is a filler, by what both ears heard: a logistic regression.

    For its training data, its accuracy, how to fit it again, and what was tried besides, see ``docs/fillers.md``.

    Parameters
    ----------
    first : float
        Weight of the log-odds from the first ear's `FilledPauseClassifier`.
    second : float
        Weight of the second ear having written a filler there.
    intercept : float
    threshold : float
        The least probability of what is taken for a filler.
    """

    def __init__(self, first: float, second: float, intercept: float, threshold: float) -> None:
        self._first = first
        self._second = second
        self._intercept = intercept
        self.threshold = threshold

    @classmethod
    def load(cls) -> TwoEarClassifier:
        """The one that is part of the program."""
        return cls(**json.loads((files("assistant.fillers") / "two_ears.json").read_text(encoding="utf-8")))

    def save(self, path: Path) -> None:
        """Store it as `load` reads it."""
        weights = {"first": self._first, "second": self._second, "intercept": self._intercept}
        stored = {name: round(weight, 3) for name, weight in weights.items()} | {"threshold": self.threshold}
        path.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")

    def probability(self, log_odds: NDArray[np.float32], written: NDArray[np.bool_]) -> NDArray[np.float32]:
        """Probability of a filler for each candidate.

        Parameters
        ----------
        log_odds : float32 array, shape (n,)
            Of a filler, by the first ear alone.
        written : bool array, shape (n,)
            Whether the second ear wrote a filler there.
        """
        odds = self._first * log_odds + self._second * written + self._intercept
        return np.asarray(1.0 / (1.0 + np.exp(-odds)), np.float32)
