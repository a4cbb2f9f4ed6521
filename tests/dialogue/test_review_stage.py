"""The review stage of a conversation: corrections, questions back, and sending."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.asr.endpointing import TurnCompletion
from assistant.dialogue.actions import Action, Ask, Compose, Deliver, End, Revise, Say
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import default_script, parse_script
from assistant.films.catalogue import FilmCatalogue
from assistant.films.film import Film, FilmEntry
from assistant.films.film_table import EntryTable
from assistant.review import Passage, Review, Sentence
from assistant.turns.answer import Answer, TurnEnd
from assistant.turns.user_turn import UserTurn
from tests.support.answers import spoken

LONG = "the colors are warm and the music is a piano in the next room because somebody is lonely there " * 3
SENTENCES = ("I loved it.", "The rain looked sad.", "The music made me cry.")


class Reviewing:
    """A conversation in which the review has just been read."""

    def __init__(self, rating: str = "four and a half", films: Callable[[], FilmCatalogue] | None = None) -> None:
        self.conversation = Conversation(default_script(), films=films)
        self.turn = 0
        self.actions: list[Action] = self.conversation.start()
        for answer in ("romantic", "both", "i love them", "her", LONG, "that's all", rating):
            self.say(answer)
        assert self.actions[-1] == Compose()
        self.review = Review(
            Film("Her"),
            self.conversation.state.rating,
            "both",
            tuple(Sentence(text, (Passage(5, float(at), at + 1.0),)) for at, text in enumerate(SENTENCES)),
        )
        self.actions = self.conversation.composed(self.review)

    def say(self, text: str, as_expected: str | None = None) -> list[Action]:
        self.turn += 1
        self.actions = self.conversation.hear(UserTurn(self.turn, spoken(text), None, as_expected))
        return self.actions

    def break_in(self, text: str) -> None:
        """Break in on what is to be said, when `text` is being said."""
        texts = [action.text for action in self.actions if isinstance(action, Say | Ask)]
        self.conversation.cut_short(texts[texts.index(text) :])

    @property
    def read(self) -> list[str]:
        return [action.text for action in self.actions if isinstance(action, Say)]

    @property
    def asked(self) -> Ask:
        found = self.actions[-1]
        assert isinstance(found, Ask), self.actions
        return found

    @property
    def revised(self) -> Review | None:
        return next((action.review for action in self.actions if isinstance(action, Revise)), None)


def test_after_a_change_the_review_is_kept_and_only_the_changed_sentence_read():
    person = Reviewing()
    person.say("replace sad with happy")
    assert person.read == ["The rain looked happy."]
    assert person.revised is not None
    assert person.revised.text == "I loved it. The rain looked happy. The music made me cry."
    assert person.asked.question == "review"


def test_what_was_only_read_again_is_not_kept_again():
    person = Reviewing()
    person.say("read the whole thing")
    assert person.read == list(SENTENCES)
    assert person.revised is None


def test_words_that_were_put_in_are_among_what_the_person_said():
    person = Reviewing()
    person.say("replace sad with happy")
    last = person.conversation.state.said[-1]
    assert (last.number, last.question) == (person.turn, "review")
    assert person.revised is not None
    assert person.revised.sentences[1].sources[-1].turn == person.turn


@pytest.mark.parametrize(
    ("rating", "stars"),
    [("four and a half", "four and a half stars"), ("one", "one star"), ("half a star", "half a star")],
)
def test_sending_is_confirmed_once_with_title_and_stars(rating: str, stars: str):
    person = Reviewing(rating)
    person.say("send review")
    assert f"Her, {stars}" in person.asked.text
    assert person.asked.question == "review"
    assert person.say("yes") == [Deliver()]


@pytest.mark.parametrize("reply", ["yes", "okay", "go ahead", "send review", "yes send it", ""])
def test_whoever_does_not_object_to_what_is_read_back_sends(reply: str):
    person = Reviewing()
    person.say("send review")
    assert person.say(reply) == [Deliver()]


@pytest.mark.parametrize(
    "reply", ["no", "oh no", "okay no", "absolutely not", "replace sad with happy", "scratch that", "stop"]
)
def test_whoever_objects_does_not_send(reply: str):
    person = Reviewing()
    person.say("send review")
    person.say(reply)
    assert Deliver() not in person.actions
    assert isinstance(person.actions[-1], Ask)


def test_what_is_not_understood_is_asked_once_more_and_then_not_sent():
    person = Reviewing()
    person.say("send review")
    confirmation = person.asked
    person.say("the cat is on the piano again")
    assert person.asked.text == confirmation.text
    person.say("she likes it there")
    assert Deliver() not in person.actions
    assert "I haven't sent it." in person.read


@pytest.mark.parametrize("reply", ["yes", "okay", "go ahead"])
def test_what_is_not_a_command_is_neither_dropped_nor_put_in_without_asking(reply: str):
    person = Reviewing()
    person.say("my father would have loved the old captain")
    assert "My father would have loved the old captain." in person.asked.text
    assert person.revised is None
    person.say(reply)
    assert person.read == ["My father would have loved the old captain."]
    assert person.revised is not None
    assert person.revised.sentences[-1].text == "My father would have loved the old captain."


@pytest.mark.parametrize("reply", ["no", ""])
def test_what_is_not_wanted_in_stays_out(reply: str):
    person = Reviewing()
    person.say("my father would have loved the old captain")
    person.say(reply)
    assert "I'll leave it out." in person.read
    assert person.revised is None
    assert person.asked.question == "review"


def test_a_half_yes_that_nobody_asked_for_does_not_send():
    person = Reviewing()
    person.say("kind of sad")
    assert "I don't know the command" in person.asked.text
    person.say("")
    person.say("")
    assert person.say("")[-1] == End("unsent")


def test_an_unknown_command_is_said_to_be_one_with_the_three_nearest():
    person = Reviewing()
    person.say("delete the elephant")
    text = person.asked.text
    assert "I don't know the command “delete the elephant”" in text
    assert "delete X" in text
    assert person.revised is None


def test_literally_puts_a_command_into_the_text():
    person = Reviewing()
    person.say("literally send review")
    assert person.read == ["Send review."]
    assert Deliver() not in person.actions


def test_a_command_is_taken_from_the_hearing_that_expected_it():
    person = Reviewing()
    person.say("and you", as_expected="scratch that")
    assert person.revised is not None
    assert [sentence.text for sentence in person.revised.sentences] == list(SENTENCES[:2])


def test_what_may_be_expected_is_known_only_while_the_review_is_dictated():
    person = Reviewing()
    expected = person.conversation.expected
    assert expected is not None
    assert {"send review", "replace sad", "insert [unk] before"} <= set(expected.phrases)
    assert expected.margin("delete sad") is not None
    person.say("replace sad with happy")
    expected = person.conversation.expected
    assert expected is not None
    assert "replace happy" in expected.phrases
    assert expected.margin("delete sad") is None
    person.say("start over")
    assert person.conversation.expected is None


def test_a_sentence_can_be_said_again():
    person = Reviewing()
    person.break_in("The rain looked sad.")
    person.say("say that again in my words")
    assert person.asked.at_length
    person.say("the rain was grey and replace it with what you want")
    assert person.revised is not None
    texts = [sentence.text for sentence in person.revised.sentences]
    assert texts[0] == SENTENCES[0]
    assert texts[-1] == SENTENCES[2]
    assert "rain was grey" in texts[1]


def test_whoever_thinks_better_of_saying_it_again_can_say_so():
    person = Reviewing()
    person.say("say that again in my words")
    person.say("undo")
    assert "There is nothing to undo." in person.read
    person.say("say that again in my words")
    person.say("")
    assert person.asked.question == "review"
    assert person.revised is None


def test_a_reading_that_was_broken_off_stops_and_goes_on():
    person = Reviewing()
    person.break_in("I loved it.")
    person.say("stop")
    assert person.asked.question == "review"
    person.say("continue")
    assert person.read == list(SENTENCES)
    # Once it has stopped, "stop" means the conversation.
    person.break_in("I loved it.")
    person.say("stop")
    person.say("stop")
    assert person.asked.question is None


def test_who_breaks_in_before_the_first_sentence_has_heard_nothing_of_it():
    person = Reviewing()
    person.break_in("Hello, I'm here.")
    person.say("stop")
    person.say("continue")
    assert person.read == list(SENTENCES)


def test_who_breaks_in_with_a_word_or_two_wants_it_to_stop_and_with_more_says_something():
    person = Reviewing()
    for said in ("hey", "hold on", "the that"):
        person.say("read the whole thing")
        person.break_in("The rain looked sad.")
        person.say(said)
        assert person.asked.text.startswith("I've stopped."), said
    person.say("read the whole thing")
    person.break_in("The rain looked sad.")
    person.say("my brother watched it with his dog")
    assert person.asked.text.startswith("Shall I add")


def test_who_breaks_in_on_the_question_answers_it():
    person = Reviewing()
    person.break_in(person.asked.text)
    person.say("no")
    assert person.actions[-1] == End("unsent")


def test_a_cough_after_the_read_back_is_no_consent():
    cough = Answer(speech_start_s=0.5, speech_end_s=0.8, duration_s=1.5, ended=TurnEnd.SILENCE)
    person = Reviewing()
    person.say("send review")
    confirmation = person.asked.text
    person.actions = person.conversation.hear(UserTurn(99, cough))
    assert person.asked.text == confirmation
    person.say("")
    assert Deliver() not in person.actions
    assert "I haven't sent it." in person.read


def test_a_yes_in_the_middle_of_the_reading_sends_nothing_and_a_no_ends_nothing():
    person = Reviewing()
    person.break_in("The rain looked sad.")
    person.say("yeah")
    assert person.read == list(SENTENCES[1:])
    person.break_in("The rain looked sad.")
    person.say("no")
    assert person.asked.question == "review"
    assert not any(isinstance(action, End | Deliver) for action in person.actions)


def test_stop_after_the_reading_asks_whether_to_end():
    person = Reviewing()
    person.say("stop")
    assert person.asked.question is None
    person.say("no")
    assert person.asked.question == "review"
    person.say("stop")
    person.say("yes")
    assert person.actions[-1] == End("unsent")


def test_make_it_funnier_composes_in_that_voice_and_keeps_the_corrections():
    person = Reviewing()
    person.say("replace sad with happy")
    assert person.say("make it funnier") == [Compose()]
    assert person.conversation.state.profile["voice"] == "funny"
    last, first = person.review.sentences[2], person.review.sentences[1]
    person.actions = person.conversation.composed(Review(Film("Her"), 4.5, "funny", (last, first)))
    assert person.read == ["The music made me cry.", "The rain looked happy."]
    assert person.revised is not None
    assert person.revised.voice == "funny"
    person.say("undo")
    assert person.revised is not None
    assert (person.revised.voice, len(person.revised.sentences)) == ("both", 3)


def test_no_after_a_change_does_not_end_but_asks_whether_to_send():
    person = Reviewing()
    person.say("replace sad with happy")
    person.say("no")
    assert person.asked.text.startswith("Would you like to send it?")
    person.say("no")
    assert person.actions[-1] == End("unsent")


def test_every_kind_of_answer_is_said_in_words():
    person = Reviewing()
    for said, words in (
        ("undo", "nothing to undo"),
        ("redo", "nothing to redo"),
        ("continue", "heard all of it"),
        ("move that to the end", "already at the end"),
        ("another one", "no other way"),
        ("new paragraph", "begin a new paragraph"),
        ("delete the last paragraph", "only sentence left"),
        ("what can i say", "scratch that"),
    ):
        person.say(said)
        assert words in " ".join(person.read).lower(), said
        assert person.asked.question == "review"


def test_a_command_is_complete_at_once_but_words_to_put_in_may_go_on():
    asked = Reviewing().asked
    assert asked.completeness("scratch that") is TurnCompletion.ANSWERED
    assert asked.completeness("replace sad with happy") is TurnCompletion.UNKNOWN
    assert asked.completeness("go back") is TurnCompletion.ANSWERED
    assert asked.completeness("i think that") is TurnCompletion.INCOMPLETE


def test_a_script_can_word_the_corrections_its_own_way():
    from importlib import resources

    text = resources.files("assistant.dialogue").joinpath("interview.toml").read_text("utf-8")
    own = text.replace("[[question]]", '[says.editing]\nundone = "Zurück."\n\n[[question]]', 1)
    assert parse_script(own, "own").says.editing.undone == "Zurück."


@pytest.mark.parametrize("taking_back", ["undo", "scratch that"])
@pytest.mark.parametrize("reading", ["repeat that", "read that again"])
def test_what_was_read_and_is_gone_is_not_read_again(taking_back: str, reading: str):
    person = Reviewing()
    person.say("i saw it with my mother and we cried")
    person.say("yes")
    added = person.read
    person.say(taking_back)
    person.say(reading)
    assert person.read
    assert person.read != added


# stars and title


@pytest.mark.parametrize("said", ["make it four stars", "no change the stars to eight out of ten", "give it four"])
def test_stars_can_be_changed_and_are_read_back(said: str):
    person = Reviewing()
    person.say(said)
    assert person.read == ["Four stars, then."]
    assert person.revised is not None
    assert person.revised.rating == person.conversation.state.rating == 4.0
    person.say("send review")
    assert "Her, four stars" in person.asked.text


@pytest.mark.parametrize("said", ["no make it two stars", "no two stars"])
def test_stars_that_are_changed_at_the_last_moment_are_confirmed_again(said: str):
    person = Reviewing()
    person.say("send review")
    person.say(said)
    assert person.read == ["Two stars, then."]
    assert "Her, two stars" in person.asked.text
    assert person.say("yes") == [Deliver()]


def test_a_title_can_be_corrected():
    person = Reviewing()
    person.say("that's the wrong film")
    assert "title once more" in person.asked.text
    person.say("moonlight mile")
    assert person.revised is not None
    assert person.revised.film == person.conversation.state.film == Film("Moonlight Mile")


def in_doubt() -> Reviewing:
    person = Reviewing()
    person.conversation.state.film_is_sure = False
    person.say("send review")
    assert "I'm not sure of the title. Her" in person.asked.text
    return person


@pytest.mark.parametrize("reply", ["yes", "yes that's right", "send it"])
def test_a_title_in_doubt_goes_out_after_a_yes(reply: str):
    assert in_doubt().say(reply) == [Deliver()]


def test_silence_sends_no_title_that_is_in_doubt():
    person = in_doubt()
    for _ in range(5):
        assert Deliver() not in person.say("")
        if isinstance(person.actions[-1], End):
            break
    assert person.actions[-1] == End("unsent")


def test_after_a_no_to_a_title_in_doubt_it_is_asked_for_and_then_sure():
    person = in_doubt()
    person.say("no")
    assert "title once more" in person.asked.text
    person.say("hero")
    person.say("send review")
    assert "Hero, four and a half stars. I'll send it now" in person.asked.text
    assert person.say("") == [Deliver()]


def reviewing_with_films() -> Reviewing:
    films = FilmCatalogue(
        EntryTable([FilmEntry(Film("Her", 2013), renown=50), FilmEntry(Film("Paterson", 2016), renown=50)])
    )
    return Reviewing(films=lambda: films)


@pytest.mark.parametrize(
    "correction",
    ["no the film is paterson", "the title is paterson", "no wait it's called paterson", "no i said paterson"],
)
@pytest.mark.parametrize("before", [(), ("send review",)])
def test_the_right_title_can_be_said_at_once_even_when_asked_whether_to_send(correction: str, before: tuple[str, ...]):
    person = reviewing_with_films()
    for text in before:
        person.say(text)
    person.say(correction)
    assert person.revised is not None
    assert person.revised.film == Film("Paterson", 2016)
    assert "Paterson, from 2016" in " ".join(person.read)
    assert person.asked.question == "review"


def test_a_title_that_no_film_has_is_read_back_and_taken_after_a_yes():
    person = reviewing_with_films()
    person.say("the title is gravel and lace")
    assert "Gravel and Lace" in person.asked.text
    person.say("yes")
    assert person.revised is not None
    assert person.revised.film == Film("Gravel and Lace")


@pytest.mark.parametrize(
    "text", ["no it's too long", "the film is paterson's best", "it's called love", "i meant every word of it"]
)
def test_what_only_sounds_like_a_title_put_right_is_not(text: str):
    person = reviewing_with_films()
    person.say(text)
    assert person.conversation.state.film == Film("Her", 2013)
    assert person.revised is None
