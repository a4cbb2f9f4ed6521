"""What a second recogniser says of fillers: whether it wrote one here, or went from word to word without.

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
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from assistant.fillers.candidates import FEATURES, Candidate
from assistant.fillers.features import BANDS, Rows
from assistant.fillers.network import ROWS_PER_S
from assistant.turns.answer import Word

_FILLER = re.compile(r"u+h+m*|u+m+|e+r+m*|a+h+|h+m+|mm+|e+h+")
"""Fillers as Whisper spells them."""
_YES: Final = frozenset({("mm", "hmm"), ("mm", "hm"), ("m", "hm"), ("mm", "mm"), ("hm", "hm"), ("uh", "huh")})
"""Two words that are written for a "mm-hmm"."""
_SIMILAR: Final = 0.5
"""Least share of letters in common of two words that are one word, heard differently."""
_LOOSE_S: Final = 0.05
"""How far a filler may reach into the words before and after it: word times are off by some frames."""
_ROUGH_S: Final = 1.0
"""The second ear's times are off by this and more."""

_SHORTEST_ROWS: Final = 8
_LONGEST_ROWS: Final = 50
_VOICED_LEVEL: Final = -1.0
_FADING: Final = 2.0
"""A filler reaches as far as the log-odds are within this of their best."""


class Written(Protocol):
    """A word as a second recogniser writes it, with case and punctuation; times in seconds."""

    @property
    def text(self) -> str: ...  # noqa: D102
    @property
    def probability(self) -> float: ...  # noqa: D102
    @property
    def start_s(self) -> float: ...  # noqa: D102
    @property
    def end_s(self) -> float: ...  # noqa: D102


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


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the second ear says of a candidate.

    Attributes
    ----------
    filler : float
        The probability of the filler that it wrote there; 0 if it wrote none.
    instead : float
        The probability of the word that it wrote there instead; 0 if it wrote none.
    passed_over : bool
        Whether both recognisers heard the words before and after, and the second one heard nothing in between.
    """

    filler: float = 0.0
    instead: float = 0.0
    passed_over: bool = False


def evidence_of(written: Iterable[Written], offset_s: float = 0.0) -> SecondEvidence:
    """What a second recogniser's verbatim text says of fillers.

    "Mm-hmm" and "uh-huh" mean yes: they are words.

    Parameters
    ----------
    written : iterable of Written
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

    def agreed(self, word: Word) -> bool:
        """Whether the second ear heard this word of the first one, too."""
        return any(self._first[ours] is word for ours in self._back)

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

    def verdict(self, candidate: Candidate, filler: Word | None) -> Verdict:
        """What the second ear says of a candidate, given the filler assigned to it."""
        if filler is not None:
            return Verdict(filler=filler.confidence)
        if not self._second:
            return Verdict()
        middle_s = (candidate.start_s + candidate.end_s) / 2
        before = after = None
        for ours, word in enumerate(self._first):
            if word.word in self._fillers:
                continue
            inside = word.start_s <= middle_s <= word.end_s
            if ours in self._back and inside:
                return Verdict(instead=self._second[self._back[ours]].confidence)
            if inside:
                continue
            if word.end_s <= middle_s:
                before = ours
            elif after is None:
                after = ours
        left = -1 if before is None else self._back.get(before)
        right = len(self._second) if after is None else self._back.get(after)
        if left is None or right is None:
            return Verdict()
        between = [k for k in range(left + 1, right) if not is_filler(self._second[k].word)]
        if not between:
            return Verdict(passed_over=True)
        return Verdict(instead=max(self._second[k].confidence for k in between))


def _fitness(candidate: Candidate, word: Word, odds: NDArray[np.float32]) -> float:
    """How well a candidate suits a filler of the second ear."""
    first = min(int(candidate.start_s * ROWS_PER_S), max(0, len(odds) - 1))
    mean = float(odds[first : max(first + 1, int(candidate.end_s * ROWS_PER_S))].mean())
    middle_s = (candidate.start_s + candidate.end_s) / 2
    return mean + 2.0 * candidate.confidence - abs(middle_s - word.start_s) / _ROUGH_S


FEATURES_OF_BOTH: Final = (
    "second: filler",
    "second: log probability of the filler",
    "second: probability of a word instead",
    "second: passed over",
    "first: filler",
    "first: log confidence",
    "log duration",
    "best odds",
    "mean odds",
    "pitch movement",
    "spectral movement",
)
"""What a candidate is judged by if both ears heard the answer, in the order of the columns of `features_of_both`."""

_LEAST_PROBABILITY: Final = 0.01


def features_of_both(
    found: Sequence[Candidate], own: NDArray[np.float32], verdicts: Sequence[Verdict]
) -> NDArray[np.float32]:
    """The features to judge candidates by if both ears heard the answer.

    Parameters
    ----------
    found : sequence of Candidate
    own : float32 array, shape (n, len(FEATURES))
        As `assistant.fillers.candidates.features` has them.
    verdicts : sequence of Verdict
        What the second ear says of each.

    Returns
    -------
    float32 array, shape (n, len(FEATURES_OF_BOTH))
    """
    column = {name: own[:, number] for number, name in enumerate(FEATURES)}
    filler = np.array([verdict.filler for verdict in verdicts], np.float32)
    return np.stack(
        [
            filler > 0,
            np.where(filler > 0, np.log(np.maximum(filler, _LEAST_PROBABILITY)), 0.0),
            np.array([verdict.instead for verdict in verdicts], np.float32),
            np.array([verdict.passed_over for verdict in verdicts], np.float32),
            column["named"],
            column["named: log confidence"],
            column["named: log duration"] + column["unnamed: log duration"],
            column["best odds"],
            column["mean odds"],
            column["pitch movement"],
            column["spectral movement"],
        ],
        axis=1,
    ).astype(np.float32)


class TwoEarClassifier:
    """How probable it is that a candidate is a filler, by what both ears heard: a logistic regression.

    For its training data, its accuracy and how to fit it again, see ``docs/fillers.md``.

    Parameters
    ----------
    weights : float32 array, shape (len(FEATURES_OF_BOTH),)
    intercept : float
    threshold : float
        The least probability of what is taken for a filler.
    """

    def __init__(self, weights: NDArray[np.float32], intercept: float, threshold: float) -> None:
        self._weights = weights
        self._intercept = intercept
        self.threshold = threshold

    @classmethod
    def load(cls) -> TwoEarClassifier:
        """The one that is part of the program."""
        stored = json.loads((files("assistant.fillers") / "two_ears.json").read_text(encoding="utf-8"))
        weights = np.array([stored["weights"][name] for name in FEATURES_OF_BOTH], np.float32)
        return cls(weights, float(stored["intercept"]), float(stored["threshold"]))

    def save(self, path: Path) -> None:
        """Store it as `load` reads it."""
        weights = {name: round(float(weight), 4) for name, weight in zip(FEATURES_OF_BOTH, self._weights, strict=True)}
        stored = {"intercept": round(self._intercept, 4), "threshold": self.threshold, "weights": weights}
        path.write_text(json.dumps(stored, indent=2) + "\n", encoding="utf-8")

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability of a filler for each row of features; shapes (n, len(FEATURES_OF_BOTH)) and (n,)."""
        return np.asarray(1.0 / (1.0 + np.exp(-(rows @ self._weights + self._intercept))), np.float32)
