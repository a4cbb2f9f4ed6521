"""The films' people: who is meant by a name, or by a part of one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from assistant.english.normalise import name_words
from assistant.english.words import NAME_PARTICLES

LONGEST = 5
"""Words in the longest name."""

_WELL_KNOWN = 250
"""With this much renown over all films, a person goes by one name alone."""

_SHORTEST = 4
"""Letters in the shortest part that is a name by itself; very common first names may be shorter."""

_SHARED = 2
_COMMON = 10
"""How many people share a first name that isn't unique; that anyone may have."""

_SUFFIXES = (" Jr.", " Sr.")


class People:
    """Names of people, found by their words.

    Parameters
    ----------
    named : iterable of (str, int)
        The written names of each film's people, and the film's renown; a person appears once per film.
    """

    def __init__(self, named: Iterable[tuple[str, int]]) -> None:
        renown = Counter[str]()
        for name, known in named:
            renown[_without_suffix(name)] += 1 + known
        self._whole: dict[str, str] = {}
        self._parts: dict[str, str] = {}
        self._first = Counter[str]()
        for name, known in renown.most_common():
            words = name_words(name)
            if not words:
                continue
            self._whole.setdefault(" ".join(words), name)
            self._first[words[0]] += len(words) > 1
            if known >= _WELL_KNOWN:
                self._add_parts(name)

    def _add_parts(self, name: str) -> None:
        pieces = name.split()
        for at, piece in enumerate(pieces):
            for part in [piece, *piece.split("-")]:
                if len(part) >= _SHORTEST and part[0].isupper():
                    self._parts.setdefault(" ".join(name_words(part)), part)
            if at and piece.lower() in NAME_PARTICLES:
                # It's "De Niro", not "de Niro", but "von Trier", not "Von Trier".
                last = " ".join(pieces[at:])
                self._parts.setdefault(" ".join(name_words(last)), last)
                break

    def called(self, words: Sequence[str]) -> str | None:
        """The written form of the name of several words that is exactly these."""
        return self._whole.get(" ".join(words)) if len(words) > 1 else None

    def called_for_short(self, words: Sequence[str]) -> str | None:
        """The written form of the part of a well-known person's name, or of the first name, that is these words."""
        text = " ".join(words)
        return self._parts.get(text) or (text.capitalize() if self.is_first_name(text) else None)

    def is_first_name(self, word: str) -> bool:
        """Whether several people have a word as their first name, no matter what else it is."""
        return self._first[word] >= (_SHARED if len(word) >= _SHORTEST else _COMMON)

    def is_common_first_name(self, word: str) -> bool:
        """Whether it is so common that anyone may have it ("mark")."""
        return self._first[word] >= _COMMON


def _without_suffix(name: str) -> str:
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return name.rstrip(",")
