"""What films are called and how that sounds, indexed to search tens of thousands in milliseconds."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from rapidfuzz import process
from rapidfuzz.distance import Indel

from assistant.english.normalise import find_phrase
from assistant.english.phonetics import distance_key, sounds_of
from assistant.english.words import is_content

Costs = npt.NDArray[np.float32]
"""For each form, its edit distance from what was heard, in letters of the phonetic spelling: a missing sound costs 4,
an unvoiced one for its voiced counterpart 2."""

SAME_SOUND = -3.0
SAME_WORDS = -3.0
"""Bonuses for a form that sounds exactly the same, and for one that is also spelled the same."""

_A_PART = 2.0
_INSIDE = 4.0
_INSIDE_A_LETTER = 0.3
_AROUND_A_LETTER = 0.6
_NOT_AT_THE_START = 3.0
_PART_WORDS = 2
"""A part of a title with at least this many words gets the bonuses if it was said word for word."""

_COMMON = 1200
"""A word in more forms than this doesn't help to find one."""

_RARE = 7.5
"""How rare a word is by which a title is found in a description: "lighthouse", but not "friend"."""

_MOST_SHARING = 32
_SPELLED_LETTER = 3.0


class SoundsIndex:
    """Forms of titles, by their sounds.

    Parameters
    ----------
    forms : iterable of (int, str, bool)
        A film's number, something it is called, whether that is only a part of its title.
    sounds : mapping
        How words sound, for those precomputed.

    Attributes
    ----------
    films : ndarray of int, shape (n,)
        For each form, the number of its film.
    texts : list of str
        For each form, its words.
    """

    def __init__(self, forms: Iterable[tuple[int, str, bool]], sounds: Mapping[str, str]) -> None:
        listed = list(forms)
        self.texts = [text for _, text, _ in listed]
        self.films = np.array([film for film, _, _ in listed], np.int32)
        self._parts = _A_PART * np.array([is_part for _, _, is_part in listed], np.float32)
        self._keys_of_words = _keys(sounds)
        self._numbers_of_words: dict[str, list[int]] = defaultdict(list)
        key_of = self._keys_of_words.get
        numbers_of = self._numbers_of_words
        self._keys = []
        for number, text in enumerate(self.texts):
            words = text.split(" ")
            for word in words:
                numbers_of[word].append(number)
            self._keys.append("".join([key_of(word) or self.key(word) for word in words]))

    def key(self, word: str) -> str:
        """A word in phonetic spelling."""
        if word not in self._keys_of_words:
            self._keys_of_words[word] = distance_key(sounds_of(word))
        return self._keys_of_words[word]

    def length(self, words: Sequence[str]) -> int:
        """How many letters words have in phonetic spelling."""
        return sum(len(self.key(word)) for word in words)

    def costs(self, utterances: Sequence[Sequence[str]]) -> list[Costs]:
        """The costs of every form, for each of several utterances."""
        if not self.texts:
            return [np.zeros(0, np.float32) for _ in utterances]
        heard = ["".join(map(self.key, words)) for words in utterances]
        rows = process.cdist(heard, self._keys, scorer=Indel.distance, dtype=np.int32)
        return [self._with_bonuses(row, words) for row, words in zip(rows, utterances, strict=True)]

    def _with_bonuses(self, row: npt.NDArray[np.int32], words: Sequence[str]) -> Costs:
        costs: Costs = row.astype(np.float32)
        costs[row == 0] += SAME_SOUND
        for number in np.flatnonzero(row == 0).tolist():
            if self.texts[number] == " ".join(words):
                costs[number] += SAME_WORDS
        for number in self._sharing(words):
            costs[number] = min(costs[number], self._part_cost(words, self.texts[number].split(" ")))
        costs += self._parts
        return costs

    def spelled(self, letters: str) -> Costs:
        """The costs of every form for a title that was spelled."""
        compact = [text.replace(" ", "") for text in self.texts]
        if not compact:
            return np.zeros(0, np.float32)
        row = process.cdist([letters], compact, scorer=Indel.distance, dtype=np.int32)[0]
        costs: Costs = _SPELLED_LETTER * row.astype(np.float32) + self._parts
        costs[row == 0] += SAME_SOUND + SAME_WORDS
        return costs

    def has(self, words: Sequence[str]) -> bool:
        """Whether a film is called exactly this."""
        return bool(self.called(words))

    def called(self, words: Sequence[str]) -> list[int]:
        """The numbers of the films whose title, or a part of it, is exactly this."""
        text = " ".join(words)
        return [int(self.films[number]) for number in self._rarest(words) if self.texts[number] == text]

    def titled_with(self, words: Sequence[str]) -> dict[int, float]:
        """The films with a form of which all words that carry content are among `words`, and how rare those are.

        Rarity is the sum of the logarithms of how few forms have each word; forms without a rare one are left out.
        """
        said = {form for word in words if is_content(word) for form in (word, word.removesuffix("s"), f"{word}s")}
        numbers = {number for word in said for number in self._numbers_of_words.get(word, ())}
        found: dict[int, float] = {}
        for number in numbers:
            content = [word for word in self.texts[number].split(" ") if is_content(word)]
            if content and said.issuperset(content):
                rarities = [math.log(len(self.texts) / len(self._numbers_of_words[word])) for word in content]
                film = int(self.films[number])
                if max(rarities) >= _RARE:
                    found[film] = max(sum(rarities), found.get(film, 0.0))
        return found

    def _rarest(self, words: Sequence[str]) -> list[int]:
        return min((self._numbers_of_words.get(word, []) for word in words), key=len, default=[])

    def _sharing(self, words: Sequence[str]) -> list[int]:
        """The forms that share the rarest words."""
        shared: dict[int, float] = defaultdict(float)
        for word in set(words):
            numbers = self._numbers_of_words.get(word, ())
            if 0 < len(numbers) <= _COMMON:
                rarity = math.log(len(self.texts) / len(numbers))
                for number in numbers:
                    shared[number] += rarity
        return sorted(shared, key=lambda number: (-shared[number], number))[:_MOST_SHARING]

    def _part_cost(self, heard: Sequence[str], form: Sequence[str]) -> float:
        """The cost if what was heard is a part of the form, or the form a part of what was heard."""
        inside = len(heard) <= len(form)
        short, long = (heard, form) if inside else (form, heard)
        sought = "".join(map(self.key, short))
        keys = list(map(self.key, long))
        total = sum(map(len, keys))
        least = math.inf
        for start in range(len(long)):
            for length in range(max(1, len(short) - 1), len(short) + 2):
                if start + length > len(long):
                    break
                stretch = "".join(keys[start : start + length])
                left_over = (_INSIDE_A_LETTER if inside else _AROUND_A_LETTER) * (total - len(stretch))
                cost = Indel.distance(sought, stretch) + left_over + (_NOT_AT_THE_START if start else 0.0)
                least = min(least, cost)
        if inside and len(heard) >= _PART_WORDS and find_phrase(form, heard) is not None:
            least += SAME_SOUND + SAME_WORDS
        return least + _INSIDE


def _keys(sounds: Mapping[str, str]) -> dict[str, str]:
    """All words in phonetic spelling: converted in one go, which takes a tenth of the time of one by one."""
    return dict(zip(sounds, distance_key("\n".join(sounds.values())).split("\n"), strict=True)) if sounds else {}
