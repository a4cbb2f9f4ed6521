"""Names in what was said: which words always have capitals, and the people who are named.

Places, peoples, languages, days, abbreviations, "Mrs Brown": most of them are in the dictionary, which has 5,600 words
only with a capital, including first and last names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.english.lexicon import can_be_noun, is_everyday, is_known, is_proper, tags_of
from assistant.english.normalise import name_words
from assistant.english.words import (
    DEMONSTRATIVES,
    DETERMINERS,
    FILLERS,
    GRAMMAR,
    NAME_PARTICLES,
    NUMBERS,
    PLACES,
    PLACES_OF_SEVERAL_WORDS,
    SUBJECTS,
)
from assistant.films.people import LONGEST, People

_SHORTEST_NAME = 3
# Where films are made, shown, and talked about.
_CINEMA = frozenset("bollywood netflix facebook instagram pixar letterboxd".split())
# Countries and months that are everyday words, too, and the words after which they are hardly ever anything else.
_MEANT_BEHIND = dict.fromkeys(("china", "turkey", "chile"), frozenset(("in", "from", "to"))) | dict.fromkeys(
    ("march", "may", "august"), frozenset(("in", "since", "last"))
)

# A word without a vowel is an abbreviation, except for these.
_NO_VOWEL = re.compile(r"^[bcdfghjklmnpqrstvwxz]{2,5}$")
_NO_ABBREVIATIONS = FILLERS | frozenset("hmmm shh shhh psst pfft pff tsk brr grr zzz nth vs st th nd rd".split())
_ABBREVIATIONS = {
    word.lower(): word
    for word in (
        "CGI CIA DNA EU FBI HBO HIV IMAX IMDb IQ IRA KGB LGBT NASA NATO SUV UFO UK USA USSR "
        "CDs DJs DVDs PCs SUVs TVs UFOs VCRs PhD YouTube"
    ).split()
}

_TITLES = frozenset("mr mrs ms mister missus dr".split())
# Followed by a name, each is the beginning of a name.
_SIDES = frozenset("north south east west saint san santa".split())
_FIRST_OF_SEVERAL = frozenset(name[0] for name in PLACES_OF_SEVERAL_WORDS)
_PARTICLE = "de"

_CALLED_BY_NAME = frozenset(
    "uncle aunt auntie brother sister cousin son daughter husband wife boyfriend girlfriend friend mate neighbour "
    "neighbor named".split()
)
"""After these, even a first name that is also an everyday word is a name."""


def with_capitals(words: Sequence[str]) -> list[str]:
    """The words of a sentence with the capitals that they always have."""
    written = [_written(words, at) for at in range(len(words))]
    for at, word in enumerate(words[:-1]):
        following = words[at + 1]
        if word in _TITLES and following not in GRAMMAR:
            written[at : at + 2] = _capital(word), _capital(following)
        elif word in _SIDES and written[at + 1][0].isupper() and _stem(following) != "i":
            written[at] = _capital(word)
        elif word in _FIRST_OF_SEVERAL:
            stop = at + _length_of_name(words[at:])
            written[at:stop] = [each if each == _PARTICLE else _capital(each) for each in words[at:stop]]
    return written


def _length_of_name(words: Sequence[str]) -> int:
    """How many words at the start form the name of a place."""
    stems = tuple(_stem(word) for word in words)
    return next((len(name) for name in PLACES_OF_SEVERAL_WORDS if stems[: len(name)] == name), 0)


def _written(words: Sequence[str], at: int) -> str:
    word = words[at]
    stem = _stem(word)
    if stem in _ABBREVIATIONS:
        return _ABBREVIATIONS[stem] + word[len(stem) :]
    if _NO_VOWEL.match(stem) and stem not in _NO_ABBREVIATIONS | _TITLES and not is_known(stem):
        return stem.upper() + word[len(stem) :]
    if stem in _MEANT_BEHIND:
        return _capital(word) if at and words[at - 1] in _MEANT_BEHIND[stem] else word
    proper = len(stem) >= _SHORTEST_NAME and is_proper(stem)
    return _capital(word) if proper or stem == "i" or stem in PLACES | _CINEMA else word


def _stem(word: str) -> str:
    return word.partition("'")[0]


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]


def people_named(people: People, text: str) -> Iterator[str]:
    """The written names of the films' people, and of others, that are said in `text`.

    Whole names of the films' people count; so does a part of a well-known one ("dench"), or a first name ("maureen"),
    alone or with a last name, unless it's an everyday word. One that is needs a cue before it ("uncle mark").
    """
    said = [word.removesuffix("'s") for word in name_words(text)]
    at = 0
    while at < len(said):
        for size in range(min(LONGEST, len(said) - at), 0, -1):
            name = _person(people, said, at, at + size)
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
    """The name of a person who isn't in the catalogue: a first name, then a word that isn't an everyday one."""
    first, last = words[0], words[-1]
    is_name = (
        len(words) > 1
        and people.is_first_name(first)
        and not is_everyday(first)
        and all(word in NAME_PARTICLES for word in words[1:-1])
        and last.isalpha()
        and last not in NAME_PARTICLES | FILLERS
        # A word that always has capitals isn't a last name ("on emma's dvd").
        and with_capitals([last]) == [last]
    )
    return " ".join(word if word in NAME_PARTICLES else word.capitalize() for word in words) if is_name else None


def _can_be_called(people: People, word: str) -> bool:
    """Whether a word can be a name after "my uncle": not in "my uncle will", "my sister drew"."""
    return people.is_common_first_name(word) and word not in GRAMMAR and "VBD" not in tags_of(word)


def _stands_as_name(people: People, said: list[str], start: int, stop: int) -> bool:
    """Whether a name made of everyday words stands where only a name can: not in "i will smith", "an ice cube"."""
    before, following = said[max(0, start - 1) : start], said[stop : stop + 1]
    is_first_name = people.is_common_first_name(said[start])
    if SUBJECTS.intersection(before) or not GRAMMAR.isdisjoint(said[start + is_first_name : stop]):
        return False
    if (DETERMINERS | DEMONSTRATIVES | NUMBERS).isdisjoint(before):
        return True
    # "a spike lee film"
    has_first_name = any(map(people.is_common_first_name, said[start:stop]))
    return has_first_name and any(can_be_noun(word) and word not in GRAMMAR for word in following)
