"""People named in an answer: "bill murray is", "my uncle mark"."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.english.lexicon import can_be_noun, is_everyday, tags_of
from assistant.english.normalise import name_words
from assistant.english.words import DEMONSTRATIVES, DETERMINERS, FILLERS, GRAMMAR, NAME_PARTICLES, NUMBERS, SUBJECTS
from assistant.films.people import LONGEST, People
from assistant.review.capitals import with_capitals

_CALLED_BY_NAME = frozenset(
    "uncle aunt auntie brother sister cousin son daughter husband wife boyfriend girlfriend friend mate neighbour "
    "neighbor named".split()
)
"""After these, even a first name that is also an everyday word is a name."""


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
