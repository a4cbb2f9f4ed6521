"""What somebody says when asked for a film: a title, a year, a name, and the words around them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.english.numbers import year_in
from assistant.english.words import ARTICLES
from assistant.films.titles import words_heard

_LEAD_INS = re.compile(
    r"(?:"
    r"(?:well|so|okay|ok|yes|yeah|no|oh|um|uh|er|hmm|maybe|probably|actually|like|i think|i guess|i mean|i said"
    r"|i meant|lets say|you know) |"
    r"(?:its|it is|it was|it would be|thats|that is|that was|that would be|this is|this was|id say|lets take|lets do) |"
    r"(?:last night |yesterday |today |recently )?(?:i|we|ive|weve|i have|we have) "
    r"(?:just |recently |finally |last )?(?:watched|rewatched|saw|seen|chose|picked|went to see) |"
    r"(?:i|we|id|ill|wed) (?:want|wanted|would like|like|will|d like)? ?(?:to )?"
    r"(?:talk|speak|write|tell you|say something) about |"
    r"(?:id|ill|well|i will|i would) (?:like to )?(?:take|choose|pick|review|say|go with) |"
    r"(?:my|the|this) (?:\w+ )?review (?:is|will be|was) (?:about|on|of) |its about |"
    r"(?:the )?(?:title|name)(?: of (?:the|this) (?:film|movie|picture))?(?: is| was) |"
    r"(?:(?:the|a|this|that|my) )?(?:new |last |latest |old |great |favou?rite )?(?:film|movie|picture)"
    r"(?: i saw| i watched)?(?: is| was| s)?"
    r"(?: called| named| titled| entitled)? |"
    r"(?:(?:it|its|is|as|was|the|this|that|film|movie|picture|one|a) ){0,4}(?:called|named|titled|entitled) "
    r")"
)
_TAIL = re.compile(
    r" (?:i guess|i think|i believe|please|thank you|thanks|you know|the film|the movie|its called|film|movie)$"
)
_BEFORE_A_YEAR = re.compile(
    r"(?: (?:the|that) (?:one|version|film|movie))?"
    r"(?: (?:that |which )?(?:came out|was released|was made|made|released))?(?: (?:from|in|of))?(?: the)?(?: year)?$"
)
_AFTER_A_YEAR = re.compile(r"^(?:film|movie|version|one)(?: of| called)? ")
_KINDS = frozenset("one version film movie remake original".split())
_PEOPLE = re.compile(r"^(?P<title>.+) (?:directed by|film by|movie by|by|starring|with) (?P<people>\w+(?: \w+){0,4})$")
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
        How many lead-ins, ends and hints were taken off.
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
    """The ways to understand an answer, as it was said first, the barest title last."""
    words = words_heard(spoken)
    if not words:
        return []
    found = [TitleReading(tuple(words))]
    text = " ".join(words)
    for stripped in range(1, _MOST_STRIPPED + 1):
        shorter = _without_lead_in(text) or _without_tail(text)
        if shorter is None:
            break
        text = shorter
        found.append(TitleReading(tuple(text.split()), stripped=stripped))
    for reading in (found[0], found[-1]) if len(found) > 1 else (found[0],):
        found += _with_hints(reading)
    return list(dict.fromkeys(found))


def barest(spoken: str) -> list[str]:
    """The words of the title in an answer whose film nobody knows, lead-ins and ends taken off."""
    text = " ".join(words_heard(spoken))
    while (shorter := _without_lead_in(text) or _without_tail(text)) is not None:
        text = shorter
    return text.split()


def _without_lead_in(text: str) -> str | None:
    match = _LEAD_INS.match(text)
    return text[match.end() :] if match and match.end() < len(text) else None


def _without_tail(text: str) -> str | None:
    match = _TAIL.search(text)
    # "The film" is nothing more than an article without its end.
    return text[: match.start()] if match and text[: match.start()] not in ARTICLES else None


def _with_hints(reading: TitleReading) -> list[TitleReading]:
    """The same with a year or a name taken for a hint, and with both."""
    found = []
    for one in (_year_hint, _people_hint):
        first = one(reading)
        if first is not None:
            found.append(first)
            second = (_people_hint if one is _year_hint else _year_hint)(first)
            if second is not None:
                found.append(second)
    return found


def _people_hint(reading: TitleReading) -> TitleReading | None:
    match = _PEOPLE.match(" ".join(reading.words))
    if reading.people or match is None:
        return None
    title = match["title"].removesuffix(" directed").removesuffix(" film").removesuffix(" movie")
    return TitleReading(tuple(title.split()), reading.years, tuple(match["people"].split()), reading.stripped + 1)


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
    """The first and the last year that words mean, all of them: "twenty thirteen", "the eighties", "in ninety nine"."""
    year = year_in(words)
    if year is not None:
        return year, year
    match words:
        case [*before, decade] if decade in _DECADES and before in ([], ["the"], ["nineteen"], ["the", "nineteen"]):
            return _DECADES[decade], _DECADES[decade] + 9
        case ["from" | "in", *short] if (year := year_in(["nineteen", *short])) is not None:
            return year, year
    return None
