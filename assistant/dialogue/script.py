"""The interview script: the questions, their wording, and the answers that are understood.

A script is a TOML file; ``docs/interviews.md`` describes it. Errors name every mistake with its line or key.
"""

from __future__ import annotations

import string
from importlib import resources
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator
from typing_extensions import Self

from assistant.config import Table, load, parse
from assistant.errors import ScriptError
from assistant.films.aspects import Aspect


def _spoken(*placeholders: str) -> AfterValidator:
    """A check that a sentence isn't empty and has no placeholders but these."""

    def check(text: str) -> str:
        try:
            names = {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
        except ValueError as error:
            raise ValueError(f"has a brace that isn't closed or opened ({error})") from error
        unknown = sorted(names - set(placeholders))
        if unknown:
            known = ", ".join(f"{{{name}}}" for name in placeholders)
            raise ValueError(f"has the placeholder {{{unknown[0]}}}, which isn't known here. There are: {known}")
        if not text.strip():
            raise ValueError("is empty")
        return text

    return AfterValidator(check)


Spoken = Annotated[str, _spoken("film", "site")]
"""A sentence that the assistant says."""

SpokenToPerson = Annotated[str, _spoken("person", "site")]
"""A sentence with the person's name in it."""

SpokenOfWord = Annotated[str, _spoken("word", "film", "site")]
"""A sentence about a word that the person said."""

SpokenCount = Annotated[str, _spoken("count", "site")]
"""A sentence with a number in it, in words."""

SpokenOfWords = Annotated[str, _spoken("words", "nearest", "film", "site")]
"""A sentence about what the person said: {words}, as said or as a sentence; {nearest}, the closest commands."""

SpokenOfReview = Annotated[str, _spoken("film", "stars", "site")]
"""A sentence about the review that is to be sent."""

SpokenOfRecap = Annotated[str, _spoken("review", "site")]
"""A sentence that says back what was understood."""

SpokenOfStars = Annotated[str, _spoken("stars", "site")]
"""A sentence about stars, which it begins with."""

SpokenOfFilm = Annotated[str, _spoken("film", "details", "years", "directors", "site")]
"""A sentence about a film that may be meant: its title; year and director; those of all films with that title."""

SpokenHelp = Annotated[str, _spoken("commands", "film", "site")]
"""A sentence about what people can say: {commands}, the commands available there."""

SpokenFilmHelp = Annotated[str, _spoken("commands", "film", "details", "years", "directors", "site")]
"""The same at the question about the film."""

SpokenDetail = Annotated[str, _spoken("year", "director")]
"""A part of a film's details."""

Phrase = Annotated[str, Field(min_length=1)]


class EditingSays(Table):
    """What the assistant says while the review is corrected, with defaults."""

    what_next: Spoken = "Say send review, or what to change."
    removed: Spoken = "Removed."
    undone: Spoken = "Undone."
    redone: Spoken = "Redone."
    moved: Spoken = "It's at the end now."
    paragraph: Spoken = "What you add next will begin a new paragraph."
    stopped: Spoken = "I've stopped. Say continue, or what to change."
    nothing_to_undo: Spoken = "There is nothing to undo."
    nothing_to_redo: Spoken = "There is nothing to redo."
    nothing_unread: Spoken = "You've heard all of it."
    not_found: Spoken = "I can't find those words in the review."
    last_sentence: Spoken = "That's the only sentence left, so I'll keep it."
    at_end: Spoken = "That's already at the end."
    not_shorter: Spoken = "It can't get any shorter."
    no_other: Spoken = "I have no other way to put it."
    in_your_words: Spoken = "Say that sentence again in your own words."
    add: SpokenOfWords = "Shall I add: {words}"
    add_long: SpokenOfWords = "Shall I add the part that begins: {words}"
    unknown: SpokenOfWords = (
        "I don't know the command “{words}”. The closest are: {nearest}. Shall I add it as a sentence?"
    )
    not_added: Spoken = "I'll leave it out."
    confirm: SpokenOfReview = "You said send review. {film}, {stars}. I'll send it now, unless you say no."
    confirm_title: SpokenOfReview = (
        "I'm not sure of the title. {film}, {stars}: is that right? Say yes, and I'll send it."
    )
    held: Spoken = "I haven't sent it."


class FilmSays(Table):
    """What the assistant says to find out which film is meant, with defaults."""

    found: SpokenOfFilm = "{film}{details}. Thank you."
    read_back: SpokenOfFilm = "Do you mean {film}{details}?"
    presumed: SpokenOfFilm = "Is it {film}{details}? Please say yes or no."
    which_year: SpokenOfFilm = "There are several films called {film}: {years}. Which year is yours from?"
    which_director: SpokenOfFilm = "There are several films called {film}: by {directors}. Who directed yours?"
    as_said: SpokenOfFilm = (
        "I don't know that film, so I'll take the title as I heard it: {film}. Is that right? "
        "You can also say it again, or spell it."
    )
    once_more: SpokenOfFilm = "Then say the title once more, or spell it letter by letter."
    forgotten: SpokenOfFilm = "Who directed it, or who is in it? Any word of the title helps, too."
    untitled: SpokenOfFilm = "That's all right. We'll do without the title."
    year: SpokenDetail = ", from {year}"
    director: SpokenDetail = ", by {director}"
    help: SpokenFilmHelp = (
        "You can say the film's title, with its year or director if you like, or spell it letter by letter. "
        "You can also say: {commands}."
    )


class Says(Table):
    """What the assistant says besides its questions."""

    the_film: Phrase
    greeting: SpokenToPerson
    greeting_unnamed: Spoken
    introduction: Spoken
    introduction_sensing: Spoken | None = None
    introduction_typed: Spoken = "Type your answers. I can't hear you, so I won't sense how you say them."
    sensing_discomfort: Spoken
    sensing_hesitation: Spoken
    sensed_yes: Spoken
    sensed_no: Spoken
    sensed_unsure: Spoken
    sensing_again: Spoken = "Would you say that's right?"
    sensing_explained: Spoken = (
        "I listen for pauses, ums, and sentences that break off. "
        "They may mean that something is hard to say, or only that you're thinking."
    )
    sensing_off: Spoken = "From now on I'll only listen to what you say. I've deleted my notes on how you said it."
    refused: Spoken
    trailed_off: Spoken
    thanks: Spoken
    go_on: Spoken = "Go on."
    take_your_time: Spoken = "Take your time."
    spoken_over: Spoken = "I spoke over you. Please say that again."
    film_named: Spoken
    stars_noted: SpokenOfStars = "{stars}, then."
    skipped: Spoken
    nothing_before: Spoken
    moving_on: Spoken
    help: SpokenHelp
    help_about: SpokenHelp
    help_review: SpokenHelp
    who: Spoken = "I'm a computer program. I ask, you talk, and I make a review of it in your own words."
    how_long: SpokenCount = "That's up to you. I have at most {count} more questions, this one included."
    last_one: Spoken = "This is the last question."
    nearly_done: Spoken = "Two more questions."
    confirm_stop: Spoken
    going_on: Spoken
    stopped: Spoken
    left: Spoken
    understood: SpokenOfRecap = "So: {review}."
    generating: Spoken
    hello: Spoken
    no_review: Spoken
    starting_over: Spoken
    sent: Spoken
    sent_later: Spoken
    not_everywhere: Spoken = (
        "Your review is finished, but it couldn't be delivered everywhere. I've noted the reason. "
        "Thank you for talking with me."
    )
    not_sent: Spoken
    editing: EditingSays = EditingSays()
    film: FilmSays = FilmSays()


class Choice(Table):
    """One of the answers to a choice question.

    `phrases` express it; `past` are ways to say that another one is over, such as "used to be", which imply this one;
    `explain` is said to a person who asks what it means.
    """

    value: Phrase
    phrases: tuple[Phrase, ...] = Field(min_length=1)
    past: tuple[Phrase, ...] = ()
    explain: Spoken | None = None


class _Question(Table):
    """What all questions have: `text`, the same in other words (`again`), and what is said if people ask back."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    text: Spoken
    again: Spoken
    explain: Spoken | None = None


class ChoiceQuestion(_Question):
    """A question with named answers."""

    kind: Literal["choice"]
    offer: Spoken
    choice: tuple[Choice, ...] = Field(min_length=2)


class OpenQuestion(_Question):
    """A question that is answered in the person's own words."""

    kind: Literal["open"]


class FilmQuestion(_Question):
    """Which film the review is about."""

    kind: Literal["film"]
    offer: Spoken


class FollowUpRules(Table):
    """Questions about how something was said; {word} is the word in question."""

    contrast: SpokenOfWord
    pause: SpokenOfWord


class AboutQuestion(_Question):
    """What the person has to say about the film: the first question, and the follow-ups by aspect."""

    kind: Literal["about"]
    fewest: int = Field(default=2, ge=1, le=20)
    most: int = Field(default=6, ge=1, le=20)
    follow_up: FollowUpRules
    touched: dict[Aspect, Spoken]
    untouched: dict[Aspect, Spoken]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.fewest > self.most:
            raise ValueError(f"fewest ({self.fewest}) is more than most ({self.most})")
        return self


class StarsQuestion(_Question):
    """How many stars."""

    kind: Literal["stars"]
    offer: Spoken


class ReviewQuestion(_Question):
    """What to do with the finished review."""

    kind: Literal["review"]
    offer: Spoken


Question = ChoiceQuestion | OpenQuestion | FilmQuestion | AboutQuestion | StarsQuestion | ReviewQuestion


class SensingRules(Table):
    """Whether to ask about what was heard in the voice: at most once in `answers_apart` answers.

    Asked more often, people feel watched.
    """

    asks: bool = True
    answers_apart: int = Field(default=3, ge=1, le=100)


class Script(Table):
    """A whole interview."""

    format: Literal[1]
    name: Phrase
    site: Phrase
    says: Says
    sensing: SensingRules = SensingRules()
    question: tuple[Annotated[Question, Field(discriminator="kind")], ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _one_way_through(self) -> Self:
        ids = [question.id for question in self.question]
        doubled = sorted({name for name in ids if ids.count(name) > 1})
        if doubled:
            raise ValueError(f"two questions have the id “{doubled[0]}”")
        for kind in ("film", "about", "stars", "review"):
            if sum(question.kind == kind for question in self.question) > 1:
                raise ValueError(f"there can be only one question of the kind “{kind}”")
        if self.question[-1].kind != "review":
            raise ValueError("the last question has to be of the kind “review”")
        if not any(question.kind == "about" for question in self.question):
            raise ValueError("a question of the kind “about” is missing: the review is made of its answers")
        return self

    @property
    def ids(self) -> tuple[str, ...]:
        """Names of the questions, in order."""
        return tuple(question.id for question in self.question)


def default_script() -> Script:
    """The interview that comes with the program."""
    text = resources.files("assistant.dialogue").joinpath("interview.toml").read_text(encoding="utf-8")
    return parse_script(text, "the default interview")


def load_script(path: Path) -> Script:
    """Read an interview script.

    Raises
    ------
    ScriptError
        If it can't be read or has mistakes; all of them are named.
    """
    return load(path, Script, "interview script", ScriptError)


def parse_script(text: str, name: str) -> Script:
    """Parse a script from TOML; `name` is what errors call it."""
    return parse(text, Script, f"The interview script {name}", ScriptError)
