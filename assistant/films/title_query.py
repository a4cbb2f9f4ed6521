"""What people say when asked for a film: a title, a year, a name, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from assistant.english.numbers import year_in
from assistant.english.titles import narrowed
from assistant.films.titles import words_heard

_BEFORE_A_YEAR = re.compile(
    r"(?: (?:the|that) (?:one|version|film|movie))?"
    r"(?: (?:that |which )?(?:came out|was released|was made|made|released))?(?: (?:from|in|of))?(?: the)?(?: year)?$"
)
_AFTER_A_YEAR = re.compile(r"^(?:film|movie|version|one)(?: of| called)? ")
_KINDS = frozenset("one version film movie remake original".split())
_PEOPLE = re.compile(r"^(?P<title>.+) (?:directed by|film by|movie by|by|starring|with) (?P<people>\w+(?: \w+){0,4})$")
_PEOPLE_FIRST = (
    re.compile(r"^(?:the |that |a )?(?P<people>\w+(?: \w+){0,3}?)s? (?:new |latest |last |first |old )?"
               r"(?:film|movie|picture)(?: called)? (?P<title>.+)$"),
    re.compile(r"^(?:the |that |a )(?:new |latest |last |first )?(?:\w+ )?(?:film|movie) (?:by|from|with) "
               r"(?P<people>\w+ \w+) (?:(?:is |its )?called )?(?P<title>.+)$"),
    re.compile(r"^(?P<people>\w+ \w+)s (?P<title>.+)$"),
)  # fmt: skip
"""A name that comes before a title: "Spike Jonze's film Her", "Greta Gerwig's Little Women"."""
_DECADES = {
    "forties": 1940, "fifties": 1950, "sixties": 1960, "seventies": 1970, "eighties": 1980, "nineties": 1990,
    "aughts": 2000, "twenties": 2020,
}  # fmt: skip
_MOST_STRIPPED = 5
_YEAR_LENGTHS = (5, 4, 3, 2, 1)
"""In words, the longest first: "two thousand and one" before "one"."""


@dataclass(frozen=True, slots=True)
class TitleReading:
    """One way to understand an answer.

    Attributes
    ----------
    words : tuple of str
        The title.
    years : tuple of int, optional
        The first and last year that it may be from.
    people : tuple of str
        Words of a name: director or player.
    stripped : int
        How many lead-ins, endings and hints were removed.
    """

    words: tuple[str, ...]
    years: tuple[int, int] | None = None
    people: tuple[str, ...] = ()
    stripped: int = 0

    @property
    def is_hinted(self) -> bool:
        """Whether a year or a name was understood."""
        return self.years is not None or bool(self.people)


def readings(spoken: str) -> list[TitleReading]:
    """The ways to understand an answer: first as it was said, then ever barer titles, then those with hints."""
    words = words_heard(spoken)
    if not words:
        return []
    found = [TitleReading(tuple(words))]
    for stripped, narrower in enumerate(islice(narrowed(words, boldly=True), _MOST_STRIPPED), start=1):
        found.append(TitleReading(tuple(narrower), stripped=stripped))
    for reading in (found[0], found[-1]) if len(found) > 1 else (found[0],):
        found += _with_hints(reading)
    return list(dict.fromkeys(found))


def _with_hints(reading: TitleReading) -> list[TitleReading]:
    """The same with a year or a name read as a hint, and with both."""
    found = []
    dated = _year_hint(reading)
    if dated is not None:
        found += [dated, *_people_hints(dated)]
    for named in _people_hints(reading):
        dated = _year_hint(named)
        found += [named] if dated is None else [named, dated]
    return found


def _people_hints(reading: TitleReading) -> Iterator[TitleReading]:
    """The same with each stretch of words that may be a name taken for one."""
    for form in (*_PEOPLE_FIRST, _PEOPLE):
        match = form.match(" ".join(reading.words))
        if match is not None:
            title = match["title"].removesuffix(" directed").removesuffix(" film").removesuffix(" movie")
            people = tuple(match["people"].split())
            yield TitleReading(tuple(title.split()), reading.years, people, reading.stripped + 1)


def _year_hint(reading: TitleReading) -> TitleReading | None:
    words = list(reading.words)
    if reading.years:
        return None
    while len(words) > 2 and words[-1] in _KINDS:
        words.pop()
    for length in _YEAR_LENGTHS:
        years = years_in(words[-length:]) if length < len(words) else None
        if years is not None:
            return _hinted(reading, _BEFORE_A_YEAR.sub("", " " + " ".join(words[:-length])), years)
    if words[:1] == ["the"]:
        words = words[1:]
    for length in _YEAR_LENGTHS:
        years = years_in(words[:length]) if length < len(words) else None
        if years is not None:
            return _hinted(reading, _AFTER_A_YEAR.sub("", " ".join(words[length:])), years)
    return None


def _hinted(reading: TitleReading, title: str, years: tuple[int, int]) -> TitleReading | None:
    words = tuple(title.split())
    return TitleReading(words, years, reading.people, reading.stripped + 1) if words else None


def years_in(words: list[str]) -> tuple[int, int] | None:
    """The first and last year that all the words together mean: "twenty thirteen", "the eighties", "in ninety nine"."""
    year = year_in(words)
    if year is not None:
        return year, year
    match words:
        case [*before, decade] if decade in _DECADES and before in ([], ["the"], ["nineteen"], ["the", "nineteen"]):
            return _DECADES[decade], _DECADES[decade] + 9
        case ["from" | "in", *short] if (year := year_in(["nineteen", *short])) is not None:
            return year, year
    return None
