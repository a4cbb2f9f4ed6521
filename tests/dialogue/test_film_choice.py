"""The question for the film, each way through: answers in, actions out, with the films that come with the program."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.asr.endpointing import TurnCompletion
from assistant.dialogue.actions import Action, Ask, End, Say
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import default_script, parse_script
from assistant.films.catalogue import FilmCatalogue
from assistant.films.film import Film, FilmEntry
from assistant.films.film_table import EntryTable
from assistant.turns.answer import SecondTranscript
from assistant.turns.user_turn import UserTurn
from tests.support.answers import spoken

HER = Film("Her", 2013, "tt1798709")
INHERENT_VICE = Film("Inherent Vice", 2014, "tt1791528")
HEARD_WRONG = "in hair and vice"
UNKNOWN = "nine herons"


@pytest.fixture(scope="module")
def catalogue() -> FilmCatalogue:
    return FilmCatalogue()


class Choosing:
    """Somebody who has come to the question for the film."""

    def __init__(self, catalogue: FilmCatalogue) -> None:
        self.conversation = Conversation(default_script(), films=lambda: catalogue)
        self.conversation.start()
        self.turn = 0
        self.actions: list[Action] = []
        for answer in ("romantic", "funny", "i love them"):
            self.say(answer)
        assert self.question == "film"

    def say(self, text: str, as_title: str | None = None, second: str | None = None) -> Choosing:
        self.turn += 1
        transcript = SecondTranscript("whisper", "base", second) if second is not None else None
        answer = replace(spoken(text), second_hearing=transcript)
        self.actions = self.conversation.hear(UserTurn(self.turn, answer, as_title=as_title))
        return self

    @property
    def asked(self) -> str:
        assert isinstance(self.actions[-1], Ask), self.actions
        return self.actions[-1].text

    @property
    def question(self) -> str | None:
        assert isinstance(self.actions[-1], Ask), self.actions
        return self.actions[-1].question

    @property
    def said(self) -> list[str]:
        return [action.text for action in self.actions if isinstance(action, Say)]

    @property
    def film(self) -> Film | None:
        """The film, once the question for it is behind us."""
        assert self.question == "about", self.actions
        return self.conversation.state.film


@pytest.fixture
def person(catalogue: FilmCatalogue) -> Choosing:
    return Choosing(catalogue)


# found


@pytest.mark.parametrize(
    ("said", "film"),
    [("her", HER), ("hur", HER), ("well i just saw the movie her", HER),
     ("punch drunk love", Film("Punch-Drunk Love", 2002, "tt0272338"))],
)  # fmt: skip
def test_a_film_there_is_no_doubt_about_is_named_in_passing(person: Choosing, said: str, film: Film):
    person.say(said)
    assert person.film == film
    assert str(film.year) in person.said[0]
    assert film.title in person.asked


def test_the_people_of_the_film_are_known_to_the_review(person: Choosing):
    person.say("her")
    assert {"Spike Jonze", "Joaquin Phoenix", "Scarlett Johansson"} <= set(person.conversation.state.names)


@pytest.mark.parametrize(
    ("said", "title"), [(HEARD_WRONG, "Inherent Vice"), ("eternal sunshine", "Eternal Sunshine of the Spotless Mind")]
)
def test_a_film_in_doubt_is_read_back_for_a_yes(person: Choosing, said: str, title: str):
    person.say(said)
    assert person.question == "film"
    assert person.asked.startswith(f"Do you mean {title}, from 20")
    film = person.say("yes").film
    assert film is not None
    assert film.title == title
    assert film.imdb_id is not None


def test_its_title_once_more_is_a_yes(person: Choosing):
    assert person.say(HEARD_WRONG).say("inherent vice").film == INHERENT_VICE


def test_what_the_other_recogniser_heard_counts_too(person: Choosing):
    person.say("hell", "elf")
    assert "Elf" in person.asked


def test_what_the_second_ear_wrote_counts_too(person: Choosing):
    person.say("hell", second="I watched Elf.")
    assert "Elf" in person.asked


def test_a_short_title_taken_for_a_filler_is_what_the_other_recogniser_heard(person: Choosing):
    person.say("uh", "up")
    assert "Do you mean Up, from 2009" in person.asked
    assert person.say("yes").film == Film("Up", 2009, "tt1049413")


def test_a_filler_and_nothing_else_is_silence(person: Choosing):
    assert person.say("uh").asked == "Which film would you like to talk about?"


def test_after_a_no_the_next_one_like_it_is_read_back(person: Choosing):
    first = person.say("the ghost riders").asked
    second = person.say("no").asked
    assert first != second
    assert second.startswith("Do you mean")


def test_after_two_noes_the_title_is_taken_as_heard_and_can_be_spelled(person: Choosing):
    person.say("the ghost riders").say("no").say("no that's not it")
    assert "as I heard it: The Ghost Riders" in person.asked
    assert "spell" in person.asked
    assert person.say("yes").film == Film("The Ghost Riders")


@pytest.mark.parametrize(
    ("answer", "year"),
    [("no the one from nineteen fifty three", 1953), ("no the oldest one", 1943), ("the one by james cameron", 1997)],
)
def test_a_no_may_tell_which_one_it_is(person: Choosing, answer: str, year: int):
    film = person.say("titanic").say(answer).film
    assert film is not None
    assert film.year == year


def test_a_no_may_come_with_another_title(person: Choosing):
    assert person.say(HEARD_WRONG).say("no i said inception").film == Film("Inception", 2010, "tt1375666")
    assert "Inception, from 2010" in person.said[0]


# several


def test_of_several_films_of_one_title_the_year_tells(person: Choosing):
    person.say("hamlet")
    assert person.question == "film"
    assert "1948, 1996, 2000" in person.asked
    film = person.say("ninety six").film
    assert film is not None
    assert (film.title, film.year) == ("Hamlet", 1996)


def test_of_several_of_one_year_the_director_tells():
    leos = [FilmEntry(Film("Leo", 2023), (name,), renown=50) for name in ("Lokesh Kanagaraj", "Robert Marianetti")]
    person = Choosing(FilmCatalogue(EntryTable(leos)))
    person.say("leo")
    assert "by Lokesh Kanagaraj, Robert Marianetti" in person.asked
    person.say("the one by robert marianetti")
    assert person.conversation.state.names == ("Robert Marianetti",)


def test_who_does_not_know_which_one_goes_on_with_the_title(person: Choosing):
    assert person.say("hamlet").say("i don't know").film == Film("Hamlet")


def test_an_answer_that_tells_nothing_is_asked_for_once_more(person: Choosing):
    asked = person.say("hamlet").asked
    assert person.say("my dog barked").asked == asked
    assert person.say("the dog barked again").film == Film("Hamlet")


# unknown


def test_a_title_that_nobody_knows_is_taken_as_said(person: Choosing):
    person.say(UNKNOWN)
    assert person.question == "film"
    assert "Nine Herons" in person.asked
    assert person.say("yes that's right").film == Film("Nine Herons")


def test_an_unknown_title_said_twice_is_no_longer_asked_about(person: Choosing):
    assert person.say(UNKNOWN).say(UNKNOWN).film == Film("Nine Herons")


def test_an_unknown_title_can_be_spelled_at_once_or_after_a_no(catalogue: FilmCatalogue):
    assert Choosing(catalogue).say(UNKNOWN).say("k a n g u v a").film == Film("Kanguva")
    person = Choosing(catalogue).say(UNKNOWN).say("no")
    assert "spell it" in person.asked
    assert person.say("it's spelled k a n g u v a").film == Film("Kanguva")


def test_an_unknown_title_can_be_said_again(person: Choosing):
    assert person.say(UNKNOWN).say("no").say("her").film == HER


# no title


@pytest.mark.parametrize(
    ("told", "title"),
    [
        ("oh i can not remember the title it was something about a lighthouse and two men", "The Lighthouse"),
        ("the one with ryan gosling and emma stone", "La La Land"),
        ("that movie with brad pitt on a bullet train i forgot what it's called", "Bullet Train"),
    ],
)
def test_who_cannot_think_of_the_title_is_offered_the_film_that_they_tell_of(person: Choosing, told: str, title: str):
    person.say(told)
    assert person.asked.startswith(f"Do you mean {title}, from ")
    film = person.say("yes").film
    assert film is not None
    assert film.title == title


def test_a_title_that_was_forgotten_is_asked_for_by_its_people(person: Choosing):
    person.say("i can't remember what it was called")
    assert "Who directed it" in person.asked
    person.say("robert eggers")
    assert "by Robert Eggers?" in person.asked
    first = person.asked
    assert "by Robert Eggers?" in person.say("no").asked
    assert person.asked != first


def test_a_title_that_comes_back_to_them_is_taken(person: Choosing):
    person.say("it's on the tip of my tongue")
    assert person.say("oh it was inception").film == Film("Inception", 2010, "tt1375666")


@pytest.mark.parametrize("answer", ["", "i really don't know", "some men on an island go mad"])
def test_without_a_title_the_talk_goes_on_and_there_is_no_film(person: Choosing, answer: str):
    person.say("i forgot the title").say(answer)
    assert person.film is None
    assert "We'll do without the title." in person.said[0]


@pytest.mark.parametrize(
    "answer",
    ["i really loved it", "yes yes it does", "we went there with my mother",
     "hello can you hear me", "i saw it on a rainy day last october in an old cinema with my sister and her friend"],
)  # fmt: skip
def test_what_is_no_title_is_not_taken_for_one(person: Choosing, answer: str):
    person.say(answer)
    assert person.question == "film"
    assert person.asked == "Just say the title."


@pytest.mark.parametrize(
    "title", ["It Follows", "I, Daniel Blake", "I'm Still Here", "There Will Be Blood", "I'm Thinking of Ending Things"]
)
def test_a_title_may_look_like_an_answer(person: Choosing, title: str):
    film = person.say(title.lower().replace(",", "")).film
    assert film is not None
    assert film.title == title


@pytest.mark.parametrize("said", ["spike jonze's film her", "it was spike jonze's film her"])
def test_a_name_before_the_title_is_no_part_of_it(person: Choosing, said: str):
    assert person.say(said).film == HER


def test_without_a_catalogue_titles_are_taken_as_they_are_said():
    conversation = Conversation(default_script())
    conversation.start()
    for turn, answer in enumerate(("romantic", "funny", "i love them", "hur")):
        conversation.hear(UserTurn(turn, spoken(answer)))
    assert conversation.state.film == Film("Hur")


# silence, and going on regardless


def test_silence_never_takes_a_film_that_was_read_back(person: Choosing):
    person.say(HEARD_WRONG).say("")
    assert person.asked == "Is it Inherent Vice, from 2014, by Paul Thomas Anderson? Please say yes or no."
    assert person.say("").film == Film("In Hair and Vice")
    assert not person.conversation.state.film_is_sure


def test_a_yes_after_silence_takes_it(person: Choosing):
    assert person.say(HEARD_WRONG).say("").say("yes").film == INHERENT_VICE
    assert person.conversation.state.film_is_sure


@pytest.mark.parametrize(
    ("answers", "film", "is_sure"),
    [(("hamlet", "", ""), Film("Hamlet"), True), ((UNKNOWN, ""), Film("Nine Herons"), False)],
)
def test_silence_at_any_question_back_takes_the_title_as_said(
    person: Choosing, answers: tuple[str, ...], film: Film, is_sure: bool
):
    for answer in answers:
        person.say(answer)
    assert person.film == film
    assert person.conversation.state.film_is_sure == is_sure


def test_who_was_silent_and_stays_silent_has_left(person: Choosing):
    person.say("hamlet").say("").say("").say("").say("")
    assert person.actions[-1] == End("abandoned")


def test_who_talks_about_the_film_instead_has_not_said_no_and_nothing_of_it_is_lost(person: Choosing):
    told = "well i loved the colors and the music and how he walks through the town all alone"
    person.say(HEARD_WRONG).say(told)
    assert person.film == INHERENT_VICE
    assert not person.conversation.state.film_is_sure
    last = person.conversation.state.said[-1]
    assert (last.question, last.answer.spoken) == ("about", told)


@pytest.mark.parametrize("answer", ["no", "the weather is fine", "the ghost rider", "hamlet", UNKNOWN, "", "hell"])
def test_the_questions_come_to_an_end_whatever_is_answered(person: Choosing, answer: str):
    person.say("the ghost rider")
    for _ in range(8):
        if person.question != "film":
            return
        person.say(answer)
    pytest.fail(f"still asked: {person.asked}")


# commands


def test_skip_goes_on_with_the_title_as_it_was_said(person: Choosing):
    assert person.say("hamlet").say("skip").film == Film("Hamlet")


def test_go_back_asks_for_the_film_anew_and_then_for_what_was_before(person: Choosing):
    assert person.say("hamlet").say("go back").asked == "Which film is your review about?"
    assert person.say("go back").question == "emotional_movies"


def test_go_back_from_the_questions_about_the_film_asks_for_it_anew(person: Choosing):
    person.say(HEARD_WRONG).say("yes").say("go back")
    assert person.asked == "Which film is your review about?"
    assert person.conversation.state.film is None
    assert person.conversation.state.names == ()
    assert person.say("her").film == HER


def test_repeat_and_help_and_a_stop_taken_back_come_to_the_question_back_again(person: Choosing):
    asked = person.say("hamlet").asked
    assert person.say("repeat that").asked == asked
    person.say("what can i say")
    assert "spell" in person.said[0]
    assert person.asked == asked
    person.say("stop")
    assert person.question is None
    assert person.say("no").asked == asked


def test_stop_ends_the_session(person: Choosing):
    assert person.say("hamlet").say("stop").say("yes").actions[-1] == End("abandoned")


def test_start_over_begins_with_the_first_question(person: Choosing):
    assert person.say("hamlet").say("start over").question == "romance"
    assert person.conversation.state.said == []


# objections


@pytest.mark.parametrize("objection", ["no", "that's the wrong film", "no that's not what i said"])
def test_a_film_named_in_passing_can_be_objected_to(person: Choosing, objection: str):
    person.say("her").say(objection)
    assert person.question == "film"
    assert "spell it" in person.asked
    person.say("hero")
    assert "Hero: 2002, 2021" in person.asked
    assert person.say("two thousand two").film == Film("Hero", 2002, "tt0299977")


def test_an_objection_may_say_which_film_it_is(person: Choosing):
    assert person.say("her").say("no i meant inception").film == Film("Inception", 2010, "tt1375666")


def test_a_film_that_was_objected_to_is_not_understood_again(person: Choosing):
    person.say("her").say("no").say("her")
    assert person.conversation.state.film != HER


def test_a_no_to_a_later_question_is_none_to_the_film(person: Choosing):
    person.say("her").say("it made me sad").say("no")
    assert person.film == HER


# what is expected


def test_titles_are_expected_at_the_question_for_the_film_alone(person: Choosing):
    assert person.conversation.expected is not None
    assert "inherent vice" in person.conversation.expected.phrases
    assert person.conversation.expected.margin("inherent vice") is None
    person.say("stop")
    assert person.conversation.expected is None
    person.say("no").say("her")
    assert person.conversation.expected is not None
    assert not person.conversation.expected.phrases


def test_once_the_film_is_known_the_second_ear_is_told_its_title_and_its_people(person: Choosing):
    person.say("her")
    assert person.conversation.expected is not None
    title, *people = person.conversation.expected.hints
    assert title == "Her"
    assert {"Spike Jonze", "Joaquin Phoenix", "Scarlett Johansson"} <= set(people)
    assert person.say("it made me sad").conversation.expected is not None


def test_whoever_spells_is_given_time(person: Choosing):
    [asked] = person.say(HEARD_WRONG).say("go back").actions
    assert isinstance(asked, Ask)
    assert asked.completeness("h") is TurnCompletion.INCOMPLETE
    assert asked.completeness("h e") is TurnCompletion.INCOMPLETE
    assert asked.completeness("her") is TurnCompletion.UNKNOWN
    assert asked.completeness("skip") is TurnCompletion.ANSWERED


def test_a_script_has_its_own_sentences(catalogue: FilmCatalogue):
    from importlib import resources

    text = resources.files("assistant.dialogue").joinpath("interview.toml").read_text(encoding="utf-8")
    text = text.replace(
        "[[question]]", '[says.film]\nread_back = "Ah, {film}{details}?"\nyear = " ({year})"\n\n[[question]]', 1
    )
    conversation = Conversation(parse_script(text, "mine.toml"), films=lambda: catalogue)
    conversation.start()
    for turn, answer in enumerate(("romantic", "funny", "i love them")):
        conversation.hear(UserTurn(turn, spoken(answer)))
    [asked] = conversation.hear(UserTurn(3, spoken(HEARD_WRONG)))
    assert isinstance(asked, Ask)
    assert asked.text == "Ah, Inherent Vice (2014), by Paul Thomas Anderson?"
