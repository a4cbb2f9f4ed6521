"""Which sounds of an answer are fillers: the recogniser's guesses, checked by how they sound."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from assistant.audio.frame import RATE_HZ, Samples
from assistant.fillers.candidates import FEATURES, Candidate, candidates, features, merged
from assistant.fillers.network import ROWS_PER_S, FilledPauseNetwork
from assistant.fillers.second_ear import SecondEvidence, SecondOpinion, TwoEarClassifier
from assistant.turns.answer import Filler, Word
from assistant.turns.audio import AnswerAudio

_FED_SAMPLES: Final = RATE_HZ // 5
"""The network is fed this much at a time: pieces half as long would take twice the work."""

_LIVE_ODDS: Final = 0.8
"""A filler is reported live if the log-odds stay above this …"""
_LIVE_S: Final = 0.12
"""… for this long, …"""
_LIVE_AGAIN_S: Final = 0.25
"""… and the next one after they were below it for this long."""

_UNNAMED: Final = "uh"
"""How to write a filler that the recogniser didn't name, in the recogniser's spelling."""
_WITHIN: Final = 0.6
"""At least this share of a misheard word lies within the filler."""
_FEWEST_ROWS: Final = 3
"""Less sound than this has no features."""


@dataclass(frozen=True, slots=True)
class Detection:
    """The words and fillers of an answer.

    `dropped` counts fillers that the recogniser made up, with no word said in their place.
    """

    words: tuple[Word, ...]
    fillers: tuple[Filler, ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class _Judged:
    """A candidate with its probability to be a filler.

    `name` is how to write it, `replaces` the words that aren't any if they are inside it.
    """

    candidate: Candidate
    probability: float
    accepted: bool
    name: str
    replaces: Collection[Word]


class FilledPauseClassifier:
    """How probable it is that a candidate is a filler.

    Boosted trees over `FEATURES` (Friedman 2001, *Annals of Statistics* 29), grown so that stronger evidence for a
    filler never lowers the probability.

    For their training data, their accuracy and how to fit them again, see ``docs/fillers.md``.
    """

    def __init__(self) -> None:
        stored = np.load(str(files("assistant.fillers") / "classifier.npz"))
        self._feature: NDArray[np.int64] = stored["feature"].astype(np.int64)
        self._limit: NDArray[np.float32] = stored["limit"]
        self._below: NDArray[np.int64] = stored["below"].astype(np.int64)
        self._above: NDArray[np.int64] = stored["above"].astype(np.int64)
        self._value: NDArray[np.float32] = stored["value"]
        self._base = float(stored["base"])
        self.threshold = float(stored["threshold"])

    def probability(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Probability of a filler for each row of features; shapes (n, len(FEATURES)) and (n,)."""
        return np.asarray(1.0 / (1.0 + np.exp(-self.log_odds(rows))), np.float32)

    def log_odds(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Log-odds of a filler for each row of features; shapes (n, len(FEATURES)) and (n,)."""
        trees = np.arange(len(self._feature))
        node = np.zeros((len(rows), len(trees)), np.int64)
        row = np.arange(len(rows))[:, None]
        while True:
            feature = self._feature[trees, node]
            # A leaf has no feature, and leads to itself.
            if (feature < 0).all():
                break
            goes_below = rows[row, feature] <= self._limit[trees, node]
            node = np.where(goes_below, self._below[trees, node], self._above[trees, node])
        return np.asarray(self._base + self._value[trees, node].sum(axis=1), np.float32)


class ShortWords(Protocol):
    """A recogniser of the short words ("a", "her") that are most easily mistaken for a filler."""

    def in_place_of(self, refused: Candidate, words: Sequence[Word], sound: AnswerAudio) -> Word | None:
        """The word that was said in place of a refused filler; None if there was none."""


class FilledPauseDetector:
    """Finds the fillers of an answer, live and, more accurately, at the end.

    Parameters
    ----------
    fillers : collection of str
        What counts as a filler among the recogniser's words.
    misheard : collection of str
        Words that a recogniser writes for a filler that it doesn't know ("a", "and"): such a word is removed when a
        filler is found in its place.
    weak_forms : ShortWords, optional
        Listens again to what the recogniser mistook for a filler; without it, nothing counts as said there.
    """

    def __init__(
        self, fillers: Collection[str], misheard: Collection[str] = (), weak_forms: ShortWords | None = None
    ) -> None:
        self._names = frozenset(fillers)
        self._misheard = frozenset(misheard)
        self._weak_forms = weak_forms
        self._network = FilledPauseNetwork()
        self._judge = FilledPauseClassifier()
        self._judge_of_both = TwoEarClassifier.load()
        self.begin()

    def begin(self) -> None:
        """Start a new answer."""
        self._network.reset()
        self._read = 0
        self._judged = 0
        self._above = 0
        self._below = ROWS_PER_S
        self._told = False

    def feed(self, sound: AnswerAudio) -> list[float]:
        """Process new sound of the answer, and return the onsets of fillers noticed since, in seconds.

        A filler is noticed about half a second after its onset. `finish` is more reliable.
        """
        if len(sound) - self._read < _FED_SAMPLES:
            return []
        return self._onsets(self._network.feed(self._unread(sound)))

    def _unread(self, sound: AnswerAudio) -> Samples:
        samples = sound.since(self._read)
        self._read += len(samples)
        return samples

    def _onsets(self, odds: NDArray[np.float32]) -> list[float]:
        onsets = []
        for value in odds:
            self._judged += 1
            if value > _LIVE_ODDS:
                if self._below >= _LIVE_AGAIN_S * ROWS_PER_S:
                    self._above, self._told = 0, False
                self._above, self._below = self._above + 1, 0
                if not self._told and self._above >= _LIVE_S * ROWS_PER_S:
                    self._told = True
                    onsets.append((self._judged - self._above) / ROWS_PER_S)
            else:
                self._below += 1
        return onsets

    def finish(self, words: Sequence[Word], sound: AnswerAudio, second: SecondEvidence | None = None) -> Detection:
        """Separate the words and fillers of the whole answer.

        Parameters
        ----------
        words : sequence of Word
            All words from the recogniser, in order.
        sound : AnswerAudio
            All of its sound, including what was fed before; the words' second 0 is its first sample.
        second : SecondEvidence, optional
            What the second ear heard, with the same second 0. If it heard nothing, that says nothing.
        """
        if len(sound) > self._read:
            self._network.feed(self._unread(sound))
        self._network.finish()
        joined = merged(words, self._names)
        plain = [word for word in joined if word.word not in self._names]
        if second is None or not second.words:
            judged = self._judged_by_one(joined, plain)
        else:
            judged = self._judged_by_both(joined, plain, second)
        taken = [each for each in judged if each.accepted]
        fillers = tuple(
            Filler(
                each.name, round(each.candidate.start_s, 3), round(each.candidate.end_s, 3), round(each.probability, 3)
            )
            for each in taken
        )
        kept = [word for word in plain if not any(self._is_misheard(word, each) for each in taken)]
        refused = [each.candidate for each in judged if each.candidate.word is not None and not each.accepted]
        restored = self._restored(refused, kept, sound)
        words_said = tuple(sorted((*kept, *restored), key=lambda word: word.start_s))
        return Detection(words_said, fillers, dropped=len(refused) - len(restored))

    def _judged_by_one(self, joined: Sequence[Word], plain: Sequence[Word]) -> list[_Judged]:
        odds = self._network.odds
        found = candidates(joined, self._names, odds) if len(odds) >= _FEWEST_ROWS else []
        likely = self._judge.probability(self._features(found, plain))
        misheard = self._misheard_in(plain)
        return [
            _Judged(
                each,
                float(probability),
                bool(probability >= self._judge.threshold),
                each.word or _UNNAMED,
                misheard if each.word is None else (),
            )
            for each, probability in zip(found, likely, strict=True)
        ]

    def _judged_by_both(self, joined: Sequence[Word], plain: Sequence[Word], second: SecondEvidence) -> list[_Judged]:
        odds, rows = self._network.odds, self._network.rows
        if len(odds) < _FEWEST_ROWS:
            return []
        opinion = SecondOpinion(second, joined, self._names, len(odds) / ROWS_PER_S)
        found, written = opinion.assign(candidates(joined, self._names, odds), odds, rows)
        misheard, disputed = self._misheard_in(plain), opinion.disputed
        log_odds = self._judge.log_odds(self._features(found, plain))
        alone = 1.0 / (1.0 + np.exp(-log_odds))
        both = self._judge_of_both.probability(log_odds, np.array([each in written for each in found], bool))
        judged = []
        for each, by_one, by_both in zip(found, alone, both, strict=True):
            heard = each in written or opinion.heard(each)
            probability = float(by_both if heard else by_one)
            threshold = self._judge_of_both.threshold if heard else self._judge.threshold
            name = each.word or (_spelled(written[each].word) if each in written else _UNNAMED)
            replaces = disputed if each in written else misheard if each.word is None else ()
            judged.append(_Judged(each, probability, probability >= threshold, name, replaces))
        return judged

    def _misheard_in(self, plain: Sequence[Word]) -> frozenset[Word]:
        return frozenset(word for word in plain if word.word in self._misheard)

    def _features(self, found: Sequence[Candidate], plain: Sequence[Word]) -> NDArray[np.float32]:
        odds, rows = self._network.odds, self._network.rows
        table = [features(each, plain, odds, rows) for each in found]
        return np.array(table, np.float32).reshape(-1, len(FEATURES))

    def _restored(self, refused: Sequence[Candidate], words: Sequence[Word], sound: AnswerAudio) -> list[Word]:
        """The short words for which the recogniser wrote a filler."""
        if self._weak_forms is None:
            return []
        heard = [self._weak_forms.in_place_of(each, words, sound) for each in refused]
        return [word for word in heard if word is not None]

    @staticmethod
    def _is_misheard(word: Word, filler: _Judged) -> bool:
        shared_s = min(word.end_s, filler.candidate.end_s) - max(word.start_s, filler.candidate.start_s)
        return word in filler.replaces and shared_s >= _WITHIN * (word.end_s - word.start_s)


def _spelled(written: str) -> str:
    """A filler of the second ear in the recogniser's spelling."""
    return "um" if written.endswith("m") else _UNNAMED
