"""The check that the review says nothing that wasn't said."""

from __future__ import annotations

import pytest

from assistant.review import Passage, Sentence
from assistant.review.grounding import keep_grounded
from tests.support.source_answers import said

SAID = [said("the colours are warm (0.9) i didn't like the four games", 4), said("the music is a soft piano", 6)]
WHOLE = Passage(4, 0.0, 20.0)


@pytest.mark.parametrize(
    ("text", "said_so"),
    [
        ("The colours are warm.", True),
        ("I didn't like the four games.", True),
        ("Were the colours warm?", False),
        ("The colours are cold.", False),
        ("I like the five games.", False),
        ("The colours are not warm.", False),
        ("Theodore is warm.", False),
        ("The piano is warm.", False),
    ],
)
def test_only_a_sentence_that_was_said_in_its_passage_is_kept(text: str, said_so: bool) -> None:
    sentence = Sentence(text, (WHOLE,))
    assert (keep_grounded(sentence, SAID) is sentence) == said_so


def test_only_the_passage_counts_and_not_the_rest_of_the_answer() -> None:
    passage = Passage(4, 0.4, SAID[0].answer.words[3].end_s)
    assert keep_grounded(Sentence("The games are warm.", (passage,)), SAID).text == "The colours are warm."


def test_a_sentence_that_fails_becomes_its_plain_source() -> None:
    source = Passage(6, 0.0, 20.0)
    assert keep_grounded(Sentence("The score is a triumph.", (source,)), SAID) == Sentence(
        "The music is a soft piano.", (source,)
    )


def test_a_sentence_that_passes_is_left_as_it_is() -> None:
    sentence = Sentence("The colours are warm.", (WHOLE,))
    assert keep_grounded(sentence, SAID) is sentence


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
    sentence = Sentence(text, (whole,))
    assert keep_grounded(sentence, [heard]) is sentence
