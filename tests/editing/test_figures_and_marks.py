"""Numbers, abbreviations and punctuation in corrections: said in words, written in figures and marks."""

from __future__ import annotations

import pytest

from assistant.editing import Editor, parse_command
from assistant.review import Passage, Review, Sentence
from assistant.turns.user_turn import UserTurn
from tests.support.answers import spoken
from tools.notation import document_of


def corrected(text: str, said: str) -> str:
    lines = document_of(text).lines
    sentences = tuple(Sentence(line.text, (Passage(1, float(at), at + 1.0),)) for at, line in enumerate(lines))
    editor = Editor(Review(None, None, None, sentences))
    command = parse_command(said, editor.document)
    assert command is not None, said
    editor.obey(command, UserTurn(3, spoken(said)))
    return editor.review.text


@pytest.mark.parametrize(
    ("text", "said", "left"),
    [
        ("There were 200 people.", "replace two hundred with three hundred", "There were 300 people."),
        ("It was 1994.", "replace nineteen ninety four with nineteen ninety five", "It was 1995."),
        ("It was 2013.", "replace two thousand and thirteen with two thousand and fourteen", "It was 2014."),
        ("Set in the 1960s.", "replace nineteen sixties with nineteen seventies", "Set in the 1970s."),
        ("The nineteen sixties.", "replace nineteen sixties with nineteen twenties", "The nineteen twenties."),
        ("It cost $250.", "replace two hundred and fifty dollars with three hundred dollars", "It cost 300 dollars."),
        ("I saw it 1,000 times.", "replace one thousand with two thousand", "I saw it 2000 times."),
        ("There were 12 of us.", "replace twelve with thirteen", "There were thirteen of us."),
        ("I liked 50% of it.", "replace fifty percent with sixty percent", "I liked sixty percent of it."),
        ("We were two people.", "replace two people with two hundred people", "We were 200 people."),
        ("I met Mrs Brown there.", "replace missus brown with missus green", "I met Mrs Green there."),
        ("I saw it on BBC.", "replace bbc with c n n", "I saw it on CNN."),
        ("I saw it on CNN.", "replace c n n with b b c", "I saw it on BBC."),
    ],
)  # fmt: skip
def test_what_is_written_in_figures_is_found_as_it_is_said_and_written_so_again(text: str, said: str, left: str):
    assert corrected(text, said) == left


def test_another_number_is_not_taken_for_it():
    document = document_of("There were 200 people in 1994.")
    assert parse_command("replace three hundred with four hundred", document) is None
    assert parse_command("replace nineteen ninety five with nineteen ninety six", document) is None


@pytest.mark.parametrize(
    ("text", "said", "left"),
    [
        ("There were people I knew.", "put a full stop after people", "There were people. I knew."),
        ("It was wonderful but long.", "insert comma after wonderful", "It was wonderful, but long."),
        ("It was wonderful but long.", "insert a comma before but", "It was wonderful, but long."),
        ("It was wonderful.", "put an exclamation mark after wonderful", "It was wonderful!"),
        ("It was wonderful, but long.", "delete the comma after wonderful", "It was wonderful but long."),
        ("It was wonderful!", "replace the exclamation mark with a full stop", "It was wonderful."),
        ("She says “it was sad.”", "delete the full stop", "She says “it was sad”"),
        ("It was sad.", "replace sad with sad comma but lovely", "It was sad, but lovely."),
    ],
)
def test_marks_are_put_in_and_taken_out_by_name(text: str, said: str, left: str):
    assert corrected(text, said) == left
