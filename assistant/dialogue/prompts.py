"""Turns the script into spoken sentences: fills in names, and says when each question is answered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from assistant.dialogue.actions import Ask, Say
from assistant.dialogue.script import AboutQuestion, OpenQuestion, Question, Script
from assistant.dialogue.turn_completion import completeness_for, yes_or_no
from assistant.english.numbers import in_words
from assistant.films.decision import Which
from assistant.films.film import Film, FilmEntry
from assistant.intents import Context, command_table
from assistant.turns.assessment import EstimateName

_MOST_WORDS_BACK = 20
"""A longer sentence is read back by its first words only."""

_FIRST_WORDS_BACK = 8

_KINDS = {
    "funny": "a funny review",
    "introspective": "an introspective review",
    "both": "a funny and introspective review",
}

_FILM_FIRST = re.compile(r"(?:^|(?<=[.!?] ))\{film\}")

SENSED = "discomfort"
"""Name of the question of whether the person agrees with what was sensed."""


class Prompts:
    """Makes spoken sentences out of the script's.

    Parameters
    ----------
    script : Script
    person : str or None
        The person to greet.
    site : str or None
        The film site; the script's if None.
    sensing : bool
        Whether the assistant listens to how the person speaks, and tells them so.
    typed : bool
        Whether answers are typed, so that nothing is heard at all, and tells them that.
    """

    def __init__(
        self, script: Script, person: str | None, site: str | None, *, sensing: bool = True, typed: bool = False
    ) -> None:
        self._script = script
        self._typed = typed
        self._sensing = sensing
        self._person = person
        self._site = site or script.site

    def greeting(self) -> list[Say]:
        """Greet, by name if there is one, and say what is going to happen."""
        says = self._script.says
        greeting = says.greeting if self._person else says.greeting_unnamed
        told = [greeting, says.introduction]
        if self._sensing and says.introduction_sensing is not None:
            told.append(says.introduction_sensing)
        if self._typed:
            told.append(says.introduction_typed)
        return [Say(self._fill(text, None)) for text in told]

    def say(self, key: str) -> Say:
        """One of the sentences under ``[says]``."""
        return Say(self._fill(getattr(self._script.says, key), None))

    def of_editing(self, key: str) -> Say:
        """One of the sentences under ``[says.editing]``."""
        return Say(self._fill(getattr(self._script.says.editing, key), None))

    def shall_add(self, sentence: str) -> str:
        """Ask whether to add a sentence."""
        words = sentence.split()
        if len(words) <= _MOST_WORDS_BACK:
            return self._fill(self._script.says.editing.add, None, words=sentence)
        return self._fill(self._script.says.editing.add_long, None, words=" ".join(words[:_FIRST_WORDS_BACK]))

    def unknown_command(self, said: str, nearest: Iterable[str]) -> str:
        """Say that there is no such command and which come closest, and ask whether to add it as a sentence."""
        return self._fill(self._script.says.editing.unknown, None, words=said, nearest=", ".join(nearest))

    def confirm_sending(self, film: Film | None, rating: float | None, *, film_is_sure: bool = True) -> str:
        """Read back what is about to be sent; ask for a yes if the title is in doubt."""
        says = self._script.says.editing
        return self._fill(says.confirm if film_is_sure else says.confirm_title, film, stars=stars_in_words(rating))

    def stars_noted(self, rating: float | None) -> Say:
        """Read back stars that were corrected or worked out."""
        stars = stars_in_words(rating)
        return Say(self._fill(self._script.says.stars_noted, None, stars=stars[0].upper() + stars[1:]))

    def of_film(self, key: str, film: Film | None = None) -> str:
        """One of the sentences under ``[says.film]`` that need no more than a title."""
        return self._fill(getattr(self._script.says.film, key), film, details="", years="", directors="")

    def of_entry(self, key: str, entry: FilmEntry) -> str:
        """One of the sentences under ``[says.film]``, with the details of a film."""
        says, film = self._script.says.film, entry.film
        year = says.year.format(year=film.year, director="") if film.year else ""
        director = says.director.format(director=" and ".join(entry.directors), year="") if entry.directors else ""
        return self._fill(getattr(says, key), film, details=year + director, years="", directors="")

    def which_film(self, which: Which) -> str:
        """Ask which of several films with the same title is meant."""
        entries = [match.entry for match in which.matches]
        says = self._script.says.film
        return self._fill(
            says.which_year if which.by == "year" else says.which_director,
            entries[0].film,
            details="",
            years=", ".join(str(entry.film.year) for entry in entries),
            directors=", ".join(" and ".join(entry.directors) for entry in entries),
        )

    def explain(self, text: str, film: Film | None) -> Say:
        """Explain a question or a choice."""
        return Say(self._fill(text, film))

    def questions_left(self, count: int) -> Say:
        """Say how many questions are left at most, including the one being asked."""
        if count == 1:
            return self.say("last_one")
        return Say(self._fill(self._script.says.how_long, None, count=" ".join(in_words(count))))

    def film_named(self, film: Film) -> Say:
        """Acknowledge the film."""
        return Say(self._fill(self._script.says.film_named, film))

    def understood(self, film: Film | None, voice: str | None, rating: float | None, topic: str | None) -> Say:
        """Say back what was understood: "So: a funny review of Her, four stars, and above all the ending."."""
        parts = [_KINDS.get(voice or "", "a review") + (f" of {film.title}" if film is not None else "")]
        if rating is not None:
            parts.append(stars_in_words(rating))
        if topic is not None:
            parts.append(f"and above all {topic}")
        return Say(self._fill(self._script.says.understood, None, review=", ".join(parts)))

    def help(self, question: Question) -> Say:
        """What can be said here."""
        says = self._script.says
        context, text = {
            "about": (Context.ABOUT, says.help_about),
            "film": (Context.FILM, says.film.help),
            "review": (Context.REVIEW, says.help_review),
        }.get(question.kind, (Context.INTERVIEW, says.help))
        commands = command_table().spoken_help(context)
        return Say(self._fill(text, None, commands=commands, details="", years="", directors=""))

    def ask(
        self, question: Question, film: Film | None, text: str | None = None, *, about_delivery: bool = False
    ) -> Ask:
        """Ask `question`, in its own words or those of `text`, which may be about how something was said."""
        return Ask(
            text=self._fill(text or question.text, film),
            question=question.id,
            at_length=isinstance(question, AboutQuestion | OpenQuestion),
            completeness=completeness_for(question),
            about_delivery=about_delivery,
        )

    def again(self, ask: Ask, question: Question, film: Film | None) -> Ask:
        """Ask in other words."""
        return replace(ask, text=self._fill(question.again, film))

    def offer(self, ask: Ask, text: str) -> Ask:
        """Ask the same, with the possible answers."""
        return replace(ask, text=self._fill(text, None))

    def sensing(self, about: EstimateName) -> Ask:
        """Say what was sensed, and ask whether they agree."""
        return Ask(self.say(f"sensing_{about}").text, SENSED, completeness=yes_or_no, about_delivery=True)

    def sensing_again(self, ask: Ask) -> Ask:
        """Ask again whether they agree with what was sensed, in other words."""
        return replace(ask, text=self.say("sensing_again").text)

    def confirm_stop(self) -> Ask:
        """Ask whether they want to stop."""
        return Ask(self.say("confirm_stop").text, None, completeness=yes_or_no)

    def _fill(self, text: str, film: Film | None, **names: str) -> str:
        title = film.title if film else self._script.says.the_film
        # "the film" begins a sentence like any other words.
        text = _FILM_FIRST.sub(lambda _: _in_braces(title[:1].upper() + title[1:]), text)
        return text.format(person=self._person or "", site=self._site, film=title, **names)

    def known_ahead(self) -> list[str]:
        """Sentences that will be said no matter what the person answers, so that they can be rendered ahead."""
        asked = [self.ask(question, None).text for question in self._script.question if question.kind != "about"]
        keys = ("thanks", "generating", "hello", "sent", *(("sensing_hesitation",) if self._sensing else ()))
        said = [self.say(key).text for key in keys]
        return [*(say.text for say in self.greeting()), *asked, *said]


def stars_in_words(rating: float | None) -> str:
    """A rating as it is said: "four and a half stars"."""
    if rating is None:
        return "no stars"
    whole, half = divmod(round(2 * rating), 2)
    if not whole:
        return "half a star" if half else "no stars"
    number = " ".join(in_words(whole))
    return f"{number} and a half stars" if half else f"{number} star{'s' if whole > 1 else ''}"


def _in_braces(text: str) -> str:
    """A text with its braces doubled, to go through `str.format` as it is."""
    return text.replace("{", "{{").replace("}", "}}")
