"""Finding out which film is meant, with a clarifying question or two if the answer isn't clear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.asr.biasing import BiasingContext
from assistant.dialogue.actions import Ask, Say
from assistant.dialogue.prompts import Prompts
from assistant.dialogue.turn_completion import yes_or_no
from assistant.dialogue.understanding import (
    objected,
    tells_of_film,
    understand_film,
    understand_title_correction,
    understand_yes_no,
)
from assistant.english.normalise import find_phrase, words_said
from assistant.films.catalogue import FilmCatalogue
from assistant.films.decision import Decision, Found, Unknown, Which, choose, decide, namesakes, otherwise
from assistant.films.film import Film
from assistant.films.titles import words_heard

_MOST_QUESTIONS = 5
"""The most clarifying questions; after that, the title is taken as it was said."""

_MOST_PROPOSED = 2
"""The most films read back; after a no to all of them, the question is for the title itself."""

_GOES_ON_WORDS = 12
"""A longer answer to a clarifying question is already about the film."""

_PRESUMED_LIKENESS = 0.95
"""A film whose title is this similar to what was said, and that comes first for every recogniser, is what somebody goes
on to talk about who doesn't say no; so is one whose title contains the exact words."""

_SURE_LIKENESS = 0.97
"""A title this similar to that of a film is known, even if it isn't known which film of that title is meant."""


@dataclass(frozen=True, slots=True)
class Settled:
    """The question about the film is answered.

    Attributes
    ----------
    film : Film or None
    says : tuple of Say
        What to say about it.
    names : tuple of str
        The film's makers and cast, if known.
    goes_on : bool
        Whether the last utterance was already about the film, not an answer to a clarifying question.
    is_sure : bool
        Whether the film is beyond doubt, or was confirmed by a yes.
    """

    film: Film | None
    says: tuple[Say, ...] = ()
    names: tuple[str, ...] = ()
    goes_on: bool = False
    is_sure: bool = True


class FilmChoice:
    """Finds out which film is meant.

    Parameters
    ----------
    catalogue : FilmCatalogue or None
        The known films; without any, titles are taken as they are said.
    prompts : Prompts
    ask : Ask
        The script's question about the film.
    offer : str
        What to say if no title was heard.

    Attributes
    ----------
    asked : Ask
        What was asked last.
    """

    def __init__(self, catalogue: FilmCatalogue | None, prompts: Prompts, ask: Ask, offer: str) -> None:
        self._catalogue = catalogue
        self._prompts = prompts
        self._ask = ask
        self._offer = offer
        self._title: str | None = None
        self._read_back: Found | Which | Film | None = None
        self._refused: set[Film] = set()
        self._questions = 0
        self._offered = False
        self._unclear = False
        self._told: list[str] = []
        """What was said about a film whose title they can't think of."""
        self.asked = ask

    @property
    def is_underway(self) -> bool:
        """Whether a clarifying question was asked."""
        return self._questions > 0

    @property
    def expected(self) -> BiasingContext | None:
        """What the biased recogniser may expect: titles."""
        return BiasingContext(self._catalogue.titles) if self._catalogue is not None else None

    def handle(self, text: str, otherwise_heard: Sequence[str] = ()) -> Ask | Settled:
        """Go on from an answer.

        Parameters
        ----------
        text : str
        otherwise_heard : sequence of str
            The same as understood by other recognisers.
        """
        also = list(otherwise_heard)
        if self.is_underway and len(words_said(text)) > _GOES_ON_WORDS and objected(text) is None:
            return self._without_a_word()
        match self._read_back:
            case Found() as found:
                return self._hear_whether_meant(found, text, also)
            case Which() as which:
                return self._hear_which(which, text, also)
            case Film():
                return self._hear_whether_heard(text, also)
        return self._hear_title(text, also)

    def silence(self) -> Ask | Settled | None:
        """Go on from silence; None if no clarifying question was asked."""
        if not self.is_underway:
            return None
        if not self._unclear:
            if isinstance(self._read_back, Found):
                return self._once_more(self._prompts.of_entry("presumed", self._read_back.match.entry))
            if isinstance(self._read_back, Which):
                return self._once_more(self.asked.text)
        return self._as_said(is_sure=self._knows_title)

    def title_in(self, text: str) -> str | None:
        """The title in "no, the film is Paterson"; None if no title is put right.

        "The title is …" may be followed by anything; after a mere "no, it's …" there has to be a film of that name, for
        people say "no, it's too long", too.
        """
        said = understand_title_correction(text)
        if said is None:
            return None
        return said.title if said.is_explicit or self._is_title(words_said(said.title)) else None

    def refuse(self, film: Film) -> Ask:
        """Ask again, because `film`, which was understood before, isn't meant."""
        self._refused.add(film)
        self._questions += 1
        return self._asking(self._prompts.of_film("once_more"))

    def skip(self) -> Settled:
        """Go on without an answer to a clarifying question: the film is what they called it."""
        return Settled(Film(self._title) if self._title is not None else None, is_sure=self._knows_title)

    # answers

    def _hear_title(self, text: str, also: list[str], instead: str | None = None) -> Ask | Settled:
        """Understand a title; `instead` is the part of `text` after a no."""
        refused = self.is_underway and not instead and objected(text) == ""
        # If the free recogniser mistook a short title for a filler, the biased one may have it.
        said = instead or text or " ".join(also)
        title = None if refused else understand_film(said, self._is_title)
        if not refused and (self._told or (title is None and tells_of_film(said))):
            return self._hear_description(said, also)
        if title is None:
            if self._offered or self.is_underway:
                return self._as_said()
            self._offered = True
            return self._asking(self._offer)
        said_again = title == self._title
        self._title = title if text else None
        if self._catalogue is None:
            return self._as_said(is_sure=True)
        decision = self._decided(decide(self._catalogue, text, also))
        if decision is None and said_again:
            return self._as_said(is_sure=True)
        return decision or self._ask_whether_heard()

    def _is_title(self, words: list[str]) -> bool:
        """Whether a film is called exactly this."""
        return self._catalogue is not None and self._catalogue.called(words_heard(" ".join(words))) is not None

    def _hear_description(self, said: str, also: list[str]) -> Ask | Settled:
        """Look for a film by what is told of it: its people, and words of its title."""
        is_first = not self._told
        self._told.append(said)
        if self._catalogue is None:
            return self._as_said()
        if not is_first:
            decision = decide(self._catalogue, said, also)
            if not isinstance(decision, Unknown) and self._is_close(decision):
                self._title = understand_film(said)
                return self._decided(decision) or self._as_said()
        matches = [
            match for match in self._catalogue.described(" ".join(self._told)) if match.entry.film not in self._refused
        ]
        if matches:
            return self._decided(Found(matches[0], False, tuple(matches[1:]))) or self._as_said()
        return self._ask_back(None, self._prompts.of_film("forgotten")) if is_first else self._as_said()

    def _is_close(self, decision: Found | Which) -> bool:
        match = decision.match if isinstance(decision, Found) else decision.matches[0]
        return match.likeness >= _PRESUMED_LIKENESS

    def _hear_whether_meant(self, found: Found, text: str, also: list[str]) -> Ask | Settled:
        """Understand a yes or no to a film, or a hint at another one: a year, a director, another title."""
        alike = namesakes(found)
        chosen = choose(alike, text) if alike is not None else None
        if chosen is not None and (answer := self._decided(chosen)) is not None:
            return answer
        instead, agreed = objected(text), understand_yes_no(text)
        if instead is not None or agreed is False:
            self._refused.add(found.match.entry.film)
            if instead and understand_film(instead) is not None:
                return self._hear_title(text, also, instead)
            return self._decided(otherwise(found)) or self._ask_whether_heard()
        if agreed:
            return self._taken(found)
        return self._known(text, also) or self._not_understood()

    def _hear_which(self, which: Which, text: str, also: list[str]) -> Ask | Settled:
        chosen = choose(which, text)
        if chosen is not None:
            return self._decided(chosen) or self._as_said(is_sure=self._knows_title)
        if understand_film(text) is None or understand_yes_no(text) is not None:
            return self._as_said(is_sure=self._knows_title)
        return self._known(text, also) or self._not_understood()

    def _hear_whether_heard(self, text: str, also: list[str]) -> Ask | Settled:
        """Understand a yes or no to the title as heard; people may also just say it again or spell it."""
        instead, agreed = objected(text), understand_yes_no(text)
        if instead and understand_film(instead) is not None:
            return self._hear_title(text, also, instead)
        if instead is not None or agreed is False:
            self._title = None
            return self._ask_back(None, self._prompts.of_film("once_more"))
        return self._as_said(is_sure=True) if agreed else self._hear_title(text, also)

    def _known(self, text: str, also: list[str]) -> Ask | Settled | None:
        """Go on from a title, another or the same, instead of a yes or no; None if no film is called that."""
        title = understand_film(text)
        if title is None or self._catalogue is None:
            return None
        decision = decide(self._catalogue, text, also)
        if isinstance(decision, Unknown) or (isinstance(decision, Found) and not self._may_be_presumed(decision)):
            return None
        match self._read_back, decision:
            case Found() as found, Found() if decision.match.entry.film == found.match.entry.film:
                return self._taken(decision)
            case Which(), Which():
                return None
        self._title = title
        return self._decided(decision)

    # what follows from a decision

    def _decided(self, decision: Decision | None) -> Ask | Settled | None:
        """Take the film, or read it back, or ask which; None if only refused films, or none, are called that."""
        while isinstance(decision, Found) and decision.match.entry.film in self._refused:
            decision = otherwise(decision)
        match decision:
            case Found(sure=True):
                return self._taken(decision)
            case Found() if len(self._refused) < _MOST_PROPOSED:
                return self._ask_back(decision, self._prompts.of_entry("read_back", decision.match.entry))
            case Which():
                return self._ask_back(decision, self._prompts.which_film(decision))
            case Unknown(title=str() as title, spelled=True):
                self._title = title
                return self._as_said(is_sure=True)
        return None

    @property
    def _knows_title(self) -> bool:
        """Whether the title is beyond doubt, even if the film isn't: several films are called that."""
        return isinstance(self._read_back, Which) and self._read_back.matches[0].likeness >= _SURE_LIKENESS

    def _may_be_presumed(self, found: Found) -> bool:
        match = found.match
        is_part = (
            self._title is not None
            and find_phrase(words_said(match.entry.film.title), words_said(self._title)) is not None
        )
        return match.agreed and (is_part or match.likeness >= _PRESUMED_LIKENESS)

    # clarifying questions

    def _ask_whether_heard(self) -> Ask | Settled:
        if self._title is None:
            return self._ask_back(None, self._prompts.of_film("once_more"))
        film = Film(self._title)
        return self._ask_back(film, self._prompts.of_film("as_said", film))

    def _not_understood(self) -> Ask | Settled:
        return self._as_said(is_sure=self._knows_title) if self._unclear else self._once_more(self.asked.text)

    def _once_more(self, text: str) -> Ask:
        self._unclear = True
        return self._asking(text)

    def _ask_back(self, read_back: Found | Which | Film | None, text: str) -> Ask | Settled:
        self._questions += 1
        if self._questions > _MOST_QUESTIONS:
            return self._as_said()
        self._read_back = read_back
        self._unclear = False
        return self._asking(text)

    def _asking(self, text: str) -> Ask:
        wants_yes = isinstance(self._read_back, Found | Film)
        completeness = yes_or_no if wants_yes else self._ask.completeness
        self.asked = Ask(text, self._ask.question, completeness=completeness)
        return self.asked

    # the end of it

    def _taken(self, found: Found, *, goes_on: bool = False) -> Settled:
        entry = found.match.entry
        says = (Say(self._prompts.of_entry("found", entry)),)
        return Settled(entry.film, says, (*entry.directors, *entry.players), goes_on, is_sure=not goes_on)

    def _without_a_word(self) -> Settled:
        """Who goes on to talk about the film that was read back hasn't said no; before sending, they are asked."""
        if isinstance(self._read_back, Found) and self._may_be_presumed(self._read_back):
            return self._taken(self._read_back, goes_on=True)
        return self._as_said(goes_on=True, is_sure=self._knows_title)

    def _as_said(self, *, goes_on: bool = False, is_sure: bool = False) -> Settled:
        """Take the title as it was said, or do without one."""
        if self._title is None:
            return Settled(None, (Say(self._prompts.of_film("untitled")),), (), goes_on)
        film = Film(self._title)
        return Settled(film, (self._prompts.film_named(film),), (), goes_on, is_sure)
