"""The catalogue: finds the film that a person means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from assistant.english.letters import letters_in
from assistant.films.film import FilmEntry
from assistant.films.film_table import EntryTable, FilmTable, vendored
from assistant.films.index import Costs, SoundsIndex
from assistant.films.people import People, is_named
from assistant.films.title_query import TitleReading, readings
from assistant.films.titles import core, title_variants, ways_said, words_heard

_RENOWN_WORTH = 20.0
"""How much more the best-known film may cost than an unknown one and still come first, in letters of sounds."""

_OWN_WORTH = 4.0
"""The head start of the person's own films."""

_STRIPPED_COST = 1.0
_OTHER_HEARING_COST = 2.0
_ALL_AGREE = 2
"""Up to this many hearings all have to agree for a film to be certain; of more, one may differ."""
_YEAR_FITS = -8.0
_YEAR_NEXT_DOOR = 1.0
_YEAR_MISSES = 12.0
_NAME_FITS = -10.0
_MOST_READINGS = 3
_SHORT_ANSWER = 4
"""In words: in an answer this short, what looks like a lead-in may be the title, misheard."""

_PERSON_WORTH = 12.0
"""What a person of the film is worth in a description; a rare word of its title is worth its rarity, at most 10."""
_DESCRIBED_RENOWN = 40
"""Films that are less well-known aren't looked for by a word of their title alone."""
_ABOUT_ANY_FILM = frozenset("film movie picture title name called remember know think forgot something someone".split())
"""Words of a description that don't tell one film from another."""
_DESCRIBED_LIKENESS = 0.9
"""A film that was described isn't like what was said, but is one to propose."""

_AMONG = 60
"""Names are compared for this many films, those whose titles fit best."""

PHRASES = 8000
"""How many films a recogniser can listen for at once; measurements show that more of them mask each other."""

_SAME_YEAR = 1
"""An own film whose year differs from the catalogue's by no more is the same film: some lists give the first showing,
others the release."""


@dataclass(frozen=True, slots=True)
class Match:
    """A film that may be meant.

    Attributes
    ----------
    entry : FilmEntry
    likeness : float
        How similar its title is to what was said, 0 to 1; 1 is spelled or sounds the same.
    cost : float
        Sorts the matches, lowest first: dissimilarity minus renown, adjusted by hints; about 4 per sound.
    hinted : bool
        Whether a year or name that was said fits.
    agreed : bool
        Whether this film comes first for every recogniser, or of three or more, for all but one.
    missed : bool
        Whether a year was said that isn't this film's.
    """

    entry: FilmEntry
    likeness: float
    cost: float
    hinted: bool = False
    agreed: bool = True
    missed: bool = False


class FilmCatalogue:
    """Films, found by their spoken titles.

    Parameters
    ----------
    table : FilmTable, optional
        The films; by default those that come with the program.
    own : sequence of FilmEntry
        The person's own films, and newer ones: those missing from the table are added, those in it get the higher
        renown of the two, and the IMDb number and people that it lacks.
    """

    def __init__(self, table: FilmTable | None = None, own: Sequence[FilmEntry] = ()) -> None:
        self._table: FilmTable = table if table is not None else vendored()
        forms = list(self._table.forms())
        self._own, added = _match_own_films(self._table, forms, own)
        self._added = EntryTable(added)
        self._first_added = len(self._table.titles)
        forms += [(self._first_added + number, words, is_part) for number, words, is_part in self._added.forms()]
        self._index = SoundsIndex(forms, self._table.sounds)
        renown = np.array([*self._table.renown, *self._added.renown], np.float32)
        for number, entry in self._own.items():
            renown[number] = max(renown[number], entry.renown)
        self._renown = renown
        worth: Costs = np.float32(_RENOWN_WORTH / 99) * renown
        own_added = [self._first_added + number for number, entry in enumerate(added) if entry.own]
        worth[[*(number for number, entry in self._own.items() if entry.own), *own_added]] += _OWN_WORTH
        self._worth = worth[self._index.films]
        self._years = np.array([*self._table.years, *self._added.years], np.int32)[self._index.films]

    def __len__(self) -> int:
        return self._first_added + len(self._added.titles)

    def __deepcopy__(self, memo: object) -> FilmCatalogue:
        # It never changes, and copies of a conversation share it.
        return self

    def entries(self) -> list[FilmEntry]:
        """All films."""
        return [self._entry(film) for film in range(len(self))]

    @cached_property
    def titles(self) -> tuple[str, ...]:
        """The `phrases`, computed once (about 0.2 s)."""
        return tuple(self.phrases())

    @cached_property
    def people(self) -> People:
        """The films' makers and casts, computed once (about 0.1 s and 6 MB)."""
        return People([*self._table.people(), *self._added.people()])

    def phrases(self, most: int = PHRASES) -> list[str]:
        """What people call the best-known films and the person's own, for a recogniser that listens for only these.

        Parameters
        ----------
        most : int
            How many films; they may have more phrases than that.
        """
        best = np.argsort(-self._worth, kind="stable")
        films: dict[int, None] = {}
        for number in best:
            films[int(self._index.films[number])] = None
            if len(films) == most:
                break
        spoken = (way for film in films for way in ways_said(self._entry(film).film.title))
        return sorted({" ".join(words) for words in spoken})

    def called(self, words: list[str]) -> FilmEntry | None:
        """The best-known film whose whole title is exactly these words, articles and all; None if there is none."""
        entries = [self._entry(film) for film in self._index.called(core(words))]
        named = [entry for entry in entries if words in ways_said(entry.film.title)]
        return max(named, key=lambda entry: entry.renown, default=None)

    def described(self, text: str, most: int = 3) -> list[Match]:
        """The films that a description may mean, the likeliest first: by their people, and by words of their titles.

        Parameters
        ----------
        text : str
            What was told: "something about a lighthouse", "the one with Robert Pattinson".
        most : int
            The most films to return.
        """
        words = [word for word in words_heard(text) if word not in _ABOUT_ANY_FILM]
        people = {
            name
            for size in (4, 3, 2)
            for start in range(len(words) - size + 1)
            if (name := self.people.called(words[start : start + size])) is not None
        }
        scores = self._index.titled_with(words)
        for film in [film for name in people for film in self._films_of.get(name, ())]:
            scores[film] = scores.get(film, 0.0) + _PERSON_WORTH
        renown = {film: int(self._renown[film]) for film in scores}
        likely = [film for film in scores if renown[film] >= _DESCRIBED_RENOWN or scores[film] >= _PERSON_WORTH]
        likely.sort(key=lambda film: (-scores[film] - _RENOWN_WORTH / 99 * renown[film] / 4, film))
        return [Match(self._entry(film), _DESCRIBED_LIKENESS, -scores[film]) for film in likely[:most]]

    @cached_property
    def _films_of(self) -> dict[str, list[int]]:
        """The films of each person, by name."""
        films: dict[str, list[int]] = {}
        for film in range(len(self)):
            entry = self._entry(film)
            for name in (*entry.directors, *entry.players):
                films.setdefault(name, []).append(film)
        return films

    def find(self, spoken: str, also: Sequence[str] = (), most: int = 5) -> list[Match]:
        """The films that may be meant, the likeliest first.

        Parameters
        ----------
        spoken : str
            What was said, as a recogniser writes it: a title, or an answer with one in it; a year ("from twenty
            thirteen") and a name ("by Spike Jonze") are hints, single letters are spelling.
        also : sequence of str
            What other recognisers made of the same sound.
        most : int
            The most films to return.
        """
        found: dict[int, Match] = {}
        firsts: dict[str, int | None] = {}
        hearings = [spoken, *also]
        for number, heard in enumerate(dict.fromkeys(hearings)):
            matches = self._matches_for(heard, _OTHER_HEARING_COST if number else 0.0, most)
            firsts[heard] = min(matches, key=lambda each: _order(each[1]), default=(None, None))[0]
            for film, match in matches:
                if film not in found or match.cost < found[film].cost:
                    found[film] = match
        best = sorted(found.items(), key=lambda each: _order(each[1]))[:most]
        votes = Counter(firsts[heard] for heard in hearings)
        enough = len(hearings) - (len(hearings) > _ALL_AGREE)
        return [replace(match, agreed=votes[film] >= enough) for film, match in best]

    def _matches_for(self, heard: str, extra: float, most: int) -> list[tuple[int, Match]]:
        words = words_heard(heard)
        letters = letters_in(words)
        if letters is not None and not self._index.has(core(words)):
            costs = self._index.spelled("".join(letters))
            return self._best(TitleReading(tuple(letters)), costs, extra, most, spelled=True)
        chosen = self._readings(heard)
        if not chosen or not len(self):
            return []
        found = []
        for reading, costs in zip(chosen, self._index.costs([core(list(one.words)) for one in chosen]), strict=True):
            found += self._best(reading, costs, extra + _STRIPPED_COST * reading.stripped, most)
        return found

    def _readings(self, heard: str) -> list[TitleReading]:
        """The readings worth looking up."""
        every = readings(heard)
        if not every:
            return []
        plain = [reading for reading in every if not reading.is_hinted]
        as_said = plain[:1] if len(plain[0].words) <= _SHORT_ANSWER else []
        # If a film is called exactly this, no other reading counts: "I Saw the Devil" isn't about seeing "The Devil".
        for reading in plain:
            if self._index.has(core(list(reading.words))):
                return [reading, *as_said] if reading.stripped else [reading]
        hinted = [reading for reading in every if reading.is_hinted]
        exact = [reading for reading in hinted if self._index.has(core(list(reading.words)))]
        chosen = [plain[-1], *as_said, *(exact or hinted[::-1])]
        return list(dict.fromkeys(chosen))[:_MOST_READINGS]

    def _best(
        self, reading: TitleReading, costs: Costs, extra: float, most: int, *, spelled: bool = False
    ) -> list[tuple[int, Match]]:
        bare = costs
        costs = costs + extra - self._worth
        fits = near = np.zeros(len(costs), bool)
        if reading.years is not None:
            first, last = reading.years
            fits = (self._years >= first) & (self._years <= last)
            near = (self._years >= first - 1) & (self._years <= last + 1)
            costs += np.where(fits, _YEAR_FITS, np.where(near, _YEAR_NEXT_DOOR, _YEAR_MISSES)).astype(np.float32)
        wanted = max(_AMONG, 4 * most)
        top = np.argpartition(costs, wanted)[:wanted] if len(costs) > wanted else np.arange(len(costs))
        found = []
        heard_length = len("".join(reading.words)) if spelled else self._index.length(core(list(reading.words)))
        for number in top:
            film = int(self._index.films[number])
            text = self._index.texts[number]
            cost = float(costs[number])
            hinted = bool(fits[number])
            missed = reading.years is not None and not near[number]
            if reading.people:
                entry = self._entry(film)
                # Otherwise what looked like a name isn't one: "Gone with the Wind" isn't "Gone" starring The Wind.
                if not any(is_named(reading.people, name) for name in (*entry.directors, *entry.players)):
                    continue
                cost += _NAME_FITS
                hinted = True
            length = len(text.replace(" ", "")) if spelled else self._index.length(text.split(" "))
            scale = 3.0 if spelled else 1.0
            unlikeness = max(0.0, float(bare[number])) / (scale * max(1, heard_length + length))
            found.append((cost, film, max(0.0, 1.0 - unlikeness), hinted, missed))
        found.sort(key=lambda each: (each[0], each[1]))
        best: dict[int, Match] = {}
        for cost, film, likeness, hinted, missed in found:
            if film not in best:
                best[film] = Match(self._entry(film), likeness, cost, hinted, missed=missed)
            if len(best) == most:
                break
        return list(best.items())

    def _entry(self, film: int) -> FilmEntry:
        if film >= self._first_added:
            return self._added.entry(film - self._first_added)
        entry = self._table.entry(film)
        if film not in self._own:
            return entry
        return _merge(entry, self._own[film])


def _order(match: Match) -> tuple[float, str, int]:
    return match.cost, match.entry.film.title, match.entry.film.year or 0


def _match_own_films(
    table: FilmTable, forms: Sequence[tuple[int, str, bool]], own: Sequence[FilmEntry]
) -> tuple[dict[int, FilmEntry], list[FilmEntry]]:
    """Those of the person's own films and newer ones that are in the table, by number; and those that aren't."""
    numbers: dict[str, list[int]] = {}
    if own:
        for number, text, is_part in forms:
            if not is_part:
                numbers.setdefault(text, []).append(number)
    known: dict[int, FilmEntry] = {}
    added: list[FilmEntry] = []
    places: dict[str, list[int]] = {}
    for entry in own:
        year = entry.film.year
        same = {
            number
            for way in title_variants(entry.film.title).whole
            for number in numbers.get(way, ())
            if _may_be_same_year(year, table.years[number])
        }
        if same:
            # Of several films of its title, one without a year is the best-known.
            apart = {number: 0 if year is None else abs(table.years[number] - year) for number in same}
            nearest = min(same, key=lambda number: (apart[number], -table.renown[number], number))
            known[nearest] = _merge(known[nearest], entry) if nearest in known else entry
            continue
        alike = places.setdefault(entry.film.title.casefold(), [])
        twin = next((place for place in alike if _may_be_same_year(year, added[place].film.year)), None)
        if twin is not None:
            added[twin] = _merge(added[twin], entry)
        else:
            alike.append(len(added))
            added.append(entry)
    return known, added


def _may_be_same_year(year: int | None, other: int | None) -> bool:
    """Whether two years may be of the same film."""
    return year is None or other is None or abs(year - other) <= _SAME_YEAR


def _merge(one: FilmEntry, other: FilmEntry) -> FilmEntry:
    """What two lists know of a film."""
    return FilmEntry(
        replace(one.film, imdb_id=one.film.imdb_id or other.film.imdb_id),
        one.directors or other.directors,
        one.players or other.players,
        max(one.renown, other.renown),
        one.own or other.own,
    )
