"""The films' people: who is meant by a name or a part of one, also by one that was misheard ("spike jones")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise

from rapidfuzz.distance import Indel

from assistant.english.lexicon import is_everyday
from assistant.english.normalise import name_words
from assistant.english.phonetics import sound_of
from assistant.english.words import NAME_PARTICLES
from assistant.films.titles import words_heard
from assistant.turns.answer import Word

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


_ALIKE = 0.78
_SHORTEST_LAST = 8
"""In letters of the phonetic spelling, two sounds: shorter last names are only found by the whole name."""

_MISHEARD = 0.85
"""How alike a name and what was heard must sound for the name to have been said, if nobody asked for one."""
_MARKS = ".,;:!?"


def is_named(heard: Sequence[str], name: str) -> bool:
    """Whether words sound like a person's name, or like its last part."""
    parts = words_heard(name)
    if not parts or not heard:
        return False
    sought, last = sound_of(heard), sound_of(parts[-1:])
    if Indel.normalized_similarity(sought, sound_of(parts)) >= _ALIKE:
        return True
    return len(heard) == 1 and len(last) >= _SHORTEST_LAST and Indel.normalized_similarity(sought, last) >= _ALIKE


@dataclass(frozen=True, slots=True)
class _Said:
    """A name that was said: the places of its first word and of the one after it, and how alike the two sound."""

    start: int
    stop: int
    words: tuple[str, ...]
    written: tuple[str, ...]
    alike: float


def with_names(words: Sequence[Word], names: Sequence[str]) -> tuple[Word, ...]:
    """The words of an answer with the names in it spelled as they are written.

    A name counts as said if words sound much like all of it, or if a word that isn't an everyday one sounds much like
    its last part: "stephen tobolowski" is Stephen Tobolowsky.

    Parameters
    ----------
    words : sequence of Word
    names : sequence of str
        Of several words each; others are left alone.
    """
    spelled = list(words)
    found = sorted((said for name in names for said in _places(words, name)), key=lambda said: -said.alike)
    taken: set[int] = set()
    changes = []
    for said in found:
        places = set(range(said.start, said.stop))
        if taken.isdisjoint(places):
            taken |= places
            changes.append(said)
    for said in sorted(changes, key=lambda said: -said.start):
        spelled[said.start : said.stop] = _respelled(words[said.start : said.stop], said)
    return tuple(spelled)


def _places(words: Sequence[Word], name: str) -> Iterator[_Said]:
    """The places at which a name may have been said, whether it was spelled right or not."""
    parts = [(tuple(name_words(piece)), piece) for piece in name.split()]
    parts = [(said, piece) for said, piece in parts if len(said) == 1]
    if len(parts) < 2 or len(parts) < len(name.split()):
        return
    whole, written = tuple(said[0] for said, _ in parts), tuple(piece for _, piece in parts)
    heard = [word.word.removesuffix("'s") for word in words]
    for size in (len(whole), len(whole) - 1, len(whole) + 1):
        for start in range(len(heard) - size + 1):
            here = heard[start : start + size]
            alike = _alike(here, whole)
            if alike == 1.0 or (alike >= _MISHEARD and not all(map(is_everyday, here))):
                yield _Said(start, start + size, whole, written, alike)
    last = whole[-1:]
    if len(sound_of(last)) < _SHORTEST_LAST or is_everyday(last[0]):
        return
    for start, word in enumerate(heard):
        alike = _alike([word], last)
        if alike == 1.0 or (alike >= _MISHEARD and not is_everyday(word)):
            yield _Said(start, start + 1, last, written[-1:], alike - len(whole))


def _alike(heard: Sequence[str], name: Sequence[str]) -> float:
    """1 for the same words, less for others, even if they sound the same."""
    if tuple(heard) == tuple(name):
        return 1.0
    return min(0.99, Indel.normalized_similarity(sound_of(heard), sound_of(name)))


def _respelled(words: Sequence[Word], said: _Said) -> list[Word]:
    """The words in the name's spelling, with its capitals and the marks and "'s" of what was heard."""
    last = words[-1]
    own = "'s" if last.word.endswith("'s") else ""
    marks = (last.written or "")[len((last.written or "").rstrip(_MARKS)) :]
    spelled = [*said.words[:-1], said.words[-1] + own]
    written = [*said.written[:-1], said.written[-1] + own + marks]
    if len(spelled) == len(words):
        return [
            replace(word, word=name, written=text) for word, name, text in zip(words, spelled, written, strict=True)
        ]
    # Longer words take longer to say.
    start_s, end_s = words[0].start_s, last.end_s
    letters = sum(map(len, spelled))
    moments = [start_s + (end_s - start_s) * sofar / letters for sofar in accumulate(map(len, spelled), initial=0)]
    return [
        replace(
            words[0], word=name, written=text, start_s=round(begin, 3), end_s=round(end, 3),
            confidence=min(word.confidence for word in words),
        )
        for name, text, (begin, end) in zip(spelled, written, pairwise(moments), strict=True)
    ]  # fmt: skip
