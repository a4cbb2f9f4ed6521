"""What to do with the films that were found: take one, ask which of several, or take the title as it was said."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.english.letters import letters_in
from assistant.english.normalise import find_phrase
from assistant.english.titles import barest, in_title_case
from assistant.films.catalogue import FilmCatalogue, Match
from assistant.films.film import FilmEntry
from assistant.films.people import is_named
from assistant.films.title_query import years_in
from assistant.films.titles import core, ways_said, words_heard

_KNOWN_LIKENESS = 0.80
"""Anything less similar to every title isn't in the catalogue. For the measurements see docs/films.md."""

_SURE_LIKENESS = 0.97
_SURE_GAP = 6.0
_LONG_TITLE = 7
"""A title with this many letters that was heard word for word is hardly heard by chance."""
_FAR_BETTER_KNOWN = 20
"""In renown: of films with the same title, one this much better known than the others is meant."""

_RECENT = 2015
"""From this year on, a film is likelier to be meant than its renown says: people review what they saw lately."""
_REMAKE_RENOWN = 45
"""A recent film this well-known may be meant, however famous the older film of its title is."""
_CLASSIC_RENOWN = 60
"""An older film has to be this well-known to be meant rather than a recent one of its title."""
_OBSCURE = 40
"""In renown: about half of all films before 2015 are less known than this. They are only taken after a yes."""

_MOST_ASKED = 3
_LOOKED_AT = 8

_FIRST = frozenset("first older oldest old earlier earliest original".split())
_LAST = frozenset("last newer newest new later latest second recent remake".split())
_MIDDLE = frozenset("middle".split())


@dataclass(frozen=True, slots=True)
class Found:
    """One film is meant.

    Attributes
    ----------
    match : Match
    sure : bool
        Whether there is hardly any doubt; otherwise, read it back for a yes.
    others : tuple of Match
        Other films that may be meant, in case the answer is no; likeliest first.
    """

    match: Match
    sure: bool
    others: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class Which:
    """Several films with the same title may be meant: ask for what distinguishes them.

    Attributes
    ----------
    matches : tuple of Match
        Two or three, the oldest first.
    by : str
        "year" or "director".
    """

    matches: tuple[Match, ...]
    by: Literal["year", "director"]


@dataclass(frozen=True, slots=True)
class Unknown:
    """No film in the catalogue has a title like that.

    Attributes
    ----------
    title : str or None
        What was said, written as a title; None if nothing was.
    spelled : bool
        Whether it was spelled, so that there is nothing to ask.
    near : tuple of Match
        The closest films.
    """

    title: str | None
    spelled: bool = False
    near: tuple[Match, ...] = ()


Decision = Found | Which | Unknown


def decide(catalogue: FilmCatalogue, spoken: str, also: Sequence[str] = ()) -> Decision:
    """What to do about an answer to the question about the film.

    Parameters
    ----------
    catalogue : FilmCatalogue
    spoken : str
        As it was heard.
    also : sequence of str
        What other recognisers made of it.
    """
    matches = catalogue.find(spoken, also, _LOOKED_AT)
    if not matches or matches[0].likeness < _KNOWN_LIKENESS:
        letters = letters_in(words_heard(spoken))
        title = in_title_case(letters or barest(words_heard(spoken)))
        return Unknown(title or None, letters is not None, tuple(matches))
    best, others = matches[0], tuple(matches[1:])
    rivals = [match for match in others if _is_namesake(match, best) and match.hinted == best.hinted]
    well_known = [match for match in rivals if _may_be_meant(match.entry, best.entry)]
    if best.entry.own and not any(match.entry.own for match in well_known):
        well_known = []
    if well_known:
        return _which([best, *well_known])
    words = core(barest(words_heard(spoken)))
    is_title = " ".join(words) in _names_of(best.entry)
    # Who says a whole title means that film, not one whose title goes on: "Joker", not "Joker: Folie à Deux".
    longer = [match for match in others if is_title and _has_inside(match.entry, words)]
    next_cost = min((match.cost for match in others if match not in rivals and match not in longer), default=math.inf)
    # Its year, which is said, is enough to tell a recent film from old ones that few people know.
    apart = next_cost - best.cost >= _SURE_GAP and (not rivals or _is_recent(best.entry))
    known = best.entry.renown >= _OBSCURE or best.entry.own or best.hinted
    # A recogniser that listens for some titles alone can't hear others; one that knows no titles hardly makes one up.
    is_all = is_title and words == core(words_heard(spoken))
    agreed = best.agreed or (is_all and sum(map(len, words)) >= _LONG_TITLE)
    alike = best.likeness >= _SURE_LIKENESS and agreed and not best.missed
    return Found(best, alike and apart and known, others)


def _has_inside(entry: FilmEntry, words: Sequence[str]) -> bool:
    """Whether a film's title has these words, and more."""
    return any(find_phrase(name.split(" "), words) is not None for name in _names_of(entry))


def _is_recent(entry: FilmEntry) -> bool:
    return (entry.film.year or 0) >= _RECENT


def _may_be_meant(entry: FilmEntry, best: FilmEntry) -> bool:
    """Whether a film is well-known enough to be meant rather than the likeliest one with its title."""
    if _is_recent(entry) and not _is_recent(best):
        return entry.renown >= _REMAKE_RENOWN
    if _is_recent(best) and not _is_recent(entry):
        return entry.renown >= _CLASSIC_RENOWN
    return entry.renown > best.renown - _FAR_BETTER_KNOWN


def otherwise(found: Found) -> Found | None:
    """What to propose after a no to `found`; None if nothing else is similar: ask again, or for the spelling."""
    for at, match in enumerate(found.others):
        if match.likeness >= _KNOWN_LIKENESS:
            return Found(match, False, found.others[at + 1 :])
    return None


def namesakes(found: Found) -> Which | None:
    """All films with the title of the one that was found, oldest first; None if it is the only one.

    `choose` looks up an answer that names a year or a director among these.
    """
    alike = [match for match in found.others if _is_namesake(match, found.match)]
    return _which([found.match, *alike]) if alike else None


def choose(which: Which, spoken: str) -> Decision | None:
    """What an answer to "which one?" means; None if it doesn't say.

    Understands years and decades ("the nineties one"), directors and players ("the one by Kenneth Branagh"), and
    "the first", "the newer one". If that leaves several, ask about those next.
    """
    words = words_heard(spoken)
    for length in (5, 4, 3, 2, 1):
        for start in range(len(words) - length + 1):
            years = years_in(words[start : start + length]) or _short_year(words[start : start + length])
            if years is not None:
                fits = [each for each in which.matches if years[0] <= (each.entry.film.year or 0) <= years[1]]
                if fits:
                    return _decide_among(fits, which)
    named = [
        match
        for match in which.matches
        if any(
            is_named(words[start : start + length], name)
            for name in (*match.entry.directors, *match.entry.players)
            for length in (3, 2, 1)
            for start in range(len(words) - length + 1)
        )
    ]
    if named and len(named) < len(which.matches):
        return _decide_among(named, which)
    said = set(words)
    if "third" in said and len(which.matches) > 2:
        return _decide_among([which.matches[2]], which)
    if "second" in said or said & _MIDDLE:
        return _decide_among([which.matches[1]], which)
    if said & _FIRST:
        return _decide_among([which.matches[0]], which)
    if said & _LAST:
        return _decide_among([which.matches[-1]], which)
    return None


def _decide_among(matches: list[Match], which: Which) -> Decision:
    if len(matches) > 1:
        return _which(matches)
    return Found(matches[0], True, tuple(match for match in which.matches if match != matches[0]))


def _which(matches: Sequence[Match]) -> Which:
    asked = sorted(matches[:_MOST_ASKED], key=lambda match: match.entry.film.year or 0)
    years = [match.entry.film.year for match in asked]
    return Which(tuple(asked), "year" if len(set(years)) == len(years) else "director")


def _is_namesake(match: Match, best: Match) -> bool:
    """Whether a film has exactly the same title as the best, no matter how it was heard."""
    return bool(_names_of(match.entry) & _names_of(best.entry))


def _names_of(entry: FilmEntry) -> set[str]:
    return {" ".join(core(way)) for way in ways_said(entry.film.title)}


def _short_year(words: list[str]) -> tuple[int, int] | None:
    """The year in an answer to a question for one: "ninety six" is 1996."""
    return years_in(["nineteen", *words]) if len(words) <= 2 and words[0] not in ("nineteen", "twenty") else None
