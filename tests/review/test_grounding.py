"""The check that the review says nothing that wasn't said."""

from __future__ import annotations

import pytest

from assistant.review import Passage, Sentence
from assistant.review.grounding import keep_grounded, source_words, ungrounded
from tests.support.source_answers import said

SAID = [said("the colours are warm (0.9) i didn't like the four games", 4), said("the music is a soft piano", 6)]
WHOLE = Passage(4, 0.0, 20.0)


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("The colours are warm.", []),
        ("I didn't like the four games.", []),
        ("Were the COLOURS warm?", []),
        ("The colours are cold.", ["cold"]),
        ("I like the five games.", ["five"]),
        ("The colours are not warm.", ["not"]),
        ("Theodore is warm.", ["theodore"]),
        ("The piano is warm.", ["piano"]),
    ],
)
def test_words_that_were_not_said_there_are_found(text: str, missing: list[str]) -> None:
    assert ungrounded(Sentence(text, (WHOLE,)), SAID) == missing


def test_only_the_passage_counts_and_not_the_rest_of_the_answer() -> None:
    last = SAID[0].answer.words[3]
    assert ungrounded(Sentence("The games are warm.", (Passage(4, 0.4, last.end_s),)), SAID) == ["games"]


def test_a_sentence_from_two_answers_is_grounded_in_both() -> None:
    assert ungrounded(Sentence("Warm colours, soft piano.", (WHOLE, Passage(6, 0.0, 9.0))), SAID) == []


def test_a_sentence_without_a_source_has_no_ground() -> None:
    assert ungrounded(Sentence("The colours are warm.", ()), SAID) == ["colours", "warm"]
    assert ungrounded(Sentence("The colours are warm.", (Passage(5, 0.0, 9.0),)), SAID) == ["colours", "warm"]


def test_a_sentence_that_fails_becomes_its_plain_source() -> None:
    source = Passage(6, 0.0, 20.0)
    assert keep_grounded(Sentence("The score is a triumph.", (source,)), SAID) == Sentence(
        "The music is a soft piano.", (source,)
    )


def test_a_sentence_that_passes_is_left_as_it_is() -> None:
    sentence = Sentence("The colours are warm.", (WHOLE,))
    assert keep_grounded(sentence, SAID) is sentence


def test_a_second_hearing_is_the_source_where_there_is_one() -> None:
    heard = [said("walking feelings", turn=2, text="Joaquin Phoenix")]
    whole = Passage(2, 0.4, heard[0].answer.words[-1].end_s)
    assert source_words(whole, heard) == ["joaquin", "phoenix"]
    assert ungrounded(Sentence("Joaquin is walking.", (whole,)), heard) == ["walking"]


@pytest.mark.parametrize(
    ("spoken", "text"),
    [
        ("missus brown saw two hundred people", "Mrs Brown saw 200 people."),
        ("it was on c n n in the u s a", "It was on CNN in the USA."),
    ],
)
def test_short_forms_are_grounded_in_what_they_stand_for(spoken: str, text: str) -> None:
    heard = said(spoken)
    whole = Passage(heard.number, 0.0, heard.answer.words[-1].end_s)
    assert ungrounded(Sentence(text, (whole,)), [heard]) == []
    assert keep_grounded(Sentence(text, (whole,)), [heard]).text == text
