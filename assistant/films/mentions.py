"""Films and people that somebody names while they talk: "it's a bit like lost in translation", "bill murray is"."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.films.catalogue import Catalogue
from assistant.films.people import LONGEST, PARTICLES, People, name_words
from assistant.films.wording import words_heard
from assistant.review.capitals import with_capitals
from assistant.review.lexicon import can_be_noun, is_everyday, tags_of
from assistant.review.words import DEMONSTRATIVES, DETERMINERS, FILLERS, GRAMMAR, NUMBERS, SUBJECTS

_LONGEST = 9
_PLAINLY = 4
"""A title of so many words needs nothing before it that says that it is one."""

_RENOWN = 45
"""Less known films than about the best-known quarter are hardly meant: their titles are mostly everyday words."""

_SHORTEST = 5
"""In letters, of a title of one word."""

_BEFORE_FILMS = ("film", "movie", "called", "watched", "rewatched", "watching", "saw", "seen", "seeing",
                 "because of", "reminded me of", "reminds me of")  # fmt: skip
_BEFORE_LONGER = (*_BEFORE_FILMS, "like", "than")
"""What titles of several words come after, and everyday words as well."""

_BETWEEN = (["and"], ["or"])

_CALLED_BY_NAME = frozenset(
    "uncle aunt auntie brother sister cousin son daughter husband wife boyfriend girlfriend friend mate neighbour "
    "neighbor named".split()
)
"""What a first name comes after, even if it is an everyday word as well."""


def films_named(catalogue: Catalogue, text: str) -> Iterator[str]:
    """The titles, as they are written, of well-known films that are named in `text`.

    Nothing but whole titles counts, and only where they can hardly be everyday words: titles of four words and more,
    and shorter ones behind words that films are spoken of with ("I saw", "like").
    """
    words = words_heard(text)
    at, named_to = 0, -1
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            cues = _BEFORE_FILMS if size == 1 else _BEFORE_LONGER
            is_next = named_to >= 0 and words[named_to:at] in _BETWEEN
            if not (is_next or size >= _PLAINLY or _is_after(cues, words[:at])):
                continue
            title = _title(catalogue, words[at : at + size])
            if title is not None:
                yield title
                at = named_to = at + size
                break
        else:
            at += 1


def _is_after(cues: tuple[str, ...], before: list[str]) -> bool:
    text = " " + " ".join(before[-3:])
    return any(text.endswith(f" {cue}") for cue in cues)


def _title(catalogue: Catalogue, words: list[str]) -> str | None:
    if len(words) == 1 and len(words[0]) < _SHORTEST:
        return None
    entry = catalogue.called(words)
    return entry.film.title if entry is not None and entry.renown >= _RENOWN else None


def people_named(catalogue: Catalogue, text: str) -> Iterator[str]:
    """The names of people, as they are written, that are said in `text`.

    Whole names of the films' people count, and a part of a well-known one ("dench") or a first name ("maureen"), alone
    or with a last name, where they are no everyday words; one that is ("uncle mark") only behind what names come after.
    """
    said = [word.removesuffix("'s") for word in name_words(text)]
    at = 0
    while at < len(said):
        for size in range(min(LONGEST, len(said) - at), 0, -1):
            name = _person(catalogue.people, said, at, at + size)
            if name is not None:
                yield name
                at += size
                break
        else:
            at += 1


def _person(people: People, said: list[str], start: int, stop: int) -> str | None:
    words = said[start:stop]
    whole = people.called(words)
    if whole is not None:
        return whole if not all(map(is_everyday, words)) or _stands_as_name(people, said, start, stop) else None
    if not is_everyday(words[-1]):
        return people.called_for_short(words) or _newcomer(people, words)
    if len(words) == 1 and start and said[start - 1] in _CALLED_BY_NAME and _can_be_called(people, words[0]):
        return f"{said[start - 1]} {words[0].capitalize()}"
    return None


def _newcomer(people: People, words: list[str]) -> str | None:
    """The name of somebody who isn't in the catalogue: a first name, and behind it what is no everyday word."""
    first, last = words[0], words[-1]
    is_name = (
        len(words) > 1
        and people.is_first_name(first)
        and not is_everyday(first)
        and all(word in PARTICLES for word in words[1:-1])
        and last.isalpha()
        and last not in PARTICLES | FILLERS
        # A word with capitals of its own needs none ("on emma's dvd").
        and with_capitals([last]) == [last]
    )
    return " ".join(word if word in PARTICLES else word.capitalize() for word in words) if is_name else None


def _can_be_called(people: People, word: str) -> bool:
    """Whether "my uncle" can go on with a word as his name; no "my uncle will", "my sister drew"."""
    return people.is_common_first_name(word) and word not in GRAMMAR and "VBD" not in tags_of(word)


def _stands_as_name(people: People, said: list[str], start: int, stop: int) -> bool:
    """Whether a name made of everyday words stands where only a name can: no "i will smith", no "an ice cube"."""
    before, following = said[max(0, start - 1) : start], said[stop : stop + 1]
    is_first_name = people.is_common_first_name(said[start])
    if SUBJECTS.intersection(before) or not GRAMMAR.isdisjoint(said[start + is_first_name : stop]):
        return False
    if (DETERMINERS | DEMONSTRATIVES | NUMBERS).isdisjoint(before):
        return True
    # "a spike lee film"
    has_first_name = any(map(people.is_common_first_name, said[start:stop]))
    return has_first_name and any(can_be_noun(word) and word not in GRAMMAR for word in following)
