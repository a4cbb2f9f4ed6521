"""What answers mean."""

from __future__ import annotations

import pytest

from assistant.dialogue.script import ChoiceQuestion, default_script
from assistant.dialogue.understanding import (
    is_nothing_more,
    is_refusal,
    names_choice,
    understand_choice,
    understand_film,
    understand_yes_no,
)


def question(name: str) -> ChoiceQuestion:
    found = next(question for question in default_script().question if question.id == name)
    assert isinstance(found, ChoiceQuestion)
    return found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("romantic", "romantic"),
        ("i'm a hopeless romantic", "romantic"),
        ("romantic i'm not sure why", "romantic"),
        ("non romantic", "non-romantic"),
        ("i'm not really all that romantic", "non-romantic"),
        ("i was never very romantic", "non-romantic"),
        ("i haven't been in a while i used to be a flirt", "non-romantic"),
        ("i guess i really haven't been lately but i'm not sure if that counts", "non-romantic"),
        ("both", "unsure"),
        ("i'm a bit of both i guess", "unsure"),
        ("um i don't know", "unsure"),
        ("my brother is a plumber", None),
        ("i'd rather not say", None),
    ],
)
def test_romantic_or_not_is_understood_directly_and_indirectly(text: str, value: str | None):
    assert understand_choice(text, question("romance").choice) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("funny", "funny"),
        ("make it funny please", "funny"),
        ("introspective", "introspective"),
        ("something serious", "introspective"),
        ("a little bit of both i guess", "both"),
        ("funny and introspective", "both"),
        ("funny but i'm not sure", "funny"),
        ("not funny", None),
        ("i like both of them", "both"),
        ("we sat in the last row and the ending made both of us very quiet", None),
    ],
)
def test_the_voice_of_the_review_is_understood(text: str, value: str | None):
    assert understand_choice(text, question("voice").choice) == value


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("voice", "serious or no both", "both"),
        ("voice", "introspective no wait funny", "funny"),
        ("voice", "something sad with no jokes", "introspective"),
        ("romance", "romantic no i'm not romantic", "non-romantic"),
        ("romance", "romantic no doubt", "romantic"),
        ("romance", "in no way romantic", "non-romantic"),
    ],
)
def test_of_a_choice_that_is_corrected_the_last_one_counts(name: str, text: str, value: str):
    assert understand_choice(text, question(name).choice) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("romance", "well what is romantic"),
        ("romance", "how do you mean non romantic"),
        ("voice", "what does introspective mean"),
        ("voice", "funny in what sense"),
    ],
)
def test_who_asks_what_a_choice_means_has_named_none(name: str, text: str):
    choices = question(name).choice
    assert understand_choice(text, choices) is None
    assert not names_choice(text, choices)


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("romance", "i'm a romantic if you know what i mean", "romantic"),
        ("voice", "how about funny", "funny"),
        ("voice", "can it be both", "both"),
    ],
)
def test_a_choice_may_be_put_as_a_question(name: str, text: str, value: str):
    assert understand_choice(text, question(name).choice) == value


def test_only_a_choice_named_outright_ends_a_turn_early():
    choices = question("romance").choice
    assert names_choice("i'm non romantic", choices)
    assert names_choice("both i guess", choices)
    assert not names_choice("i'm not romantic", choices)
    assert not names_choice("well i haven't been", choices)
    assert not names_choice("romantic is a word that i", choices)


@pytest.mark.parametrize("text", ["i'd rather not say", "i don't want to talk about that", "none of your business"])
def test_a_refusal_is_heard(text: str):
    assert is_refusal(text)


def test_a_long_answer_with_a_reluctant_phrase_is_no_refusal():
    assert not is_refusal("i don't want to sound like a snob but the ending really was a let down for all of us")


@pytest.mark.parametrize(
    ("text", "agreed"),
    [
        ("yes", True),
        ("maybe a little", True),
        ("was i maybe a bit yes", True),
        ("i was", True),
        ("no not really", False),
        ("no i'm fine", False),
        ("i don't think so", False),
        ("was i", None),
        ("was i am", None),
        ("well sorry if i was", None),
        ("i don't know", None),
        ("", None),
        ("absolutely not", False),
        ("definitely not", False),
        ("no of course not", False),
        ("i think not", False),
        ("that isn't right", False),
        ("i don't think that's right", False),
        ("not exactly", False),
        ("exactly", True),
        ("sure why not", True),
        ("no that's right", None),
        ("yes that's not true", None),
    ],
)
def test_agreement_is_a_yes_a_no_or_neither(text: str, agreed: bool | None):
    assert understand_yes_no(text) is agreed


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("it's the movie her", "Her"),
        ("the movie is called her", "Her"),
        ("as called her", "Her"),
        ("a fish called wanda", "A Fish Called Wanda"),
        ("i just saw inherent vice", "Inherent Vice"),
        ("um i want to talk about the master", "The Master"),
        ("eternal sunshine of the spotless mind", "Eternal Sunshine of the Spotless Mind"),
        ("it's a wonderful life", "It's a Wonderful Life"),
        ("about time", "About Time"),
        ("lost in translation i think", "Lost in Translation"),
        ("i don't know", None),
        ("", None),
    ],
)
def test_a_film_title_is_taken_out_of_what_is_said_around_it(text: str, title: str | None):
    assert understand_film(text) == title


def test_there_is_nothing_more_after_a_plain_no():
    assert is_nothing_more("no not really")
    assert not is_nothing_more("no the thing is that i miss her")
