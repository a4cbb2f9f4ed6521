"""Which utterances are commands while the review is dictated, and which are words of the review."""

from __future__ import annotations

import pytest

from assistant.editing import parse_command
from assistant.editing.location import locate
from assistant.intents import Context, Intent, command_table, escaped, nearest
from tools.notation import document_of

DOCUMENT = document_of(command_table().example_review)

# Heard wrong; the words of the review that were meant.
MISHEARD = [
    ("replace sat with happy", "sad"),
    ("replace the reign with the snow", "the rain"),
    ("delete late at knight", "late at night"),
    ("delete a lone", "alone"),
    ("insert very before said", "sad"),
    ("capitalise letter", "letters"),
    ("remove on the widow", "on the window"),
    ("replace never lice with always lies", "never lies"),
    ("delete samantha's", "Samantha"),
]


@pytest.mark.parametrize(("said", "meant"), MISHEARD)
def test_words_that_sound_like_those_of_the_review_are_taken_for_them(said: str, meant: str):
    command = parse_command(said, DOCUMENT)
    assert command is not None
    words = command.slots["place" if "place" in command.slots else "old"].split()
    location = locate(DOCUMENT, words, len(DOCUMENT.lines) - 1)
    assert location is not None
    assert DOCUMENT.lines[location.line].text[location.start : location.stop].lower() == meant.lower()


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("then review", Intent.SEND),
        ("sand review", Intent.SEND),
        ("reed that again", Intent.READ_AGAIN),
        ("not know", Intent.NOT_NOW),
        ("it was lovely", None),
        ("i told them to send review copies", None),
        ("the end", None),
        ("", None),
    ],
)
def test_a_misheard_command_is_taken_for_the_one_it_resembles(said: str, intent: Intent | None):
    command = parse_command(said, DOCUMENT)
    assert (command.intent if command else None) is intent


def test_an_order_about_words_that_the_review_does_not_have_is_none():
    assert parse_command("delete the elephant", DOCUMENT) is None
    assert parse_command("replace the elephant with a mouse", DOCUMENT) is None


def test_literally_keeps_a_command_as_text_and_any_other_sentence_as_it_is():
    assert escaped("literally scratch that", Context.EDITING) == "scratch that"
    assert escaped("literally replace the dog with a cat", Context.EDITING) == "replace the dog with a cat"
    assert escaped("literally the best film", Context.EDITING) is None
    assert escaped("scratch that", Context.EDITING) is None


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("delete the elephant", Intent.DELETE),
        ("replace the elephant", Intent.REPLACE),
        ("make it blue", Intent.SHORTER),
        ("send a letter", Intent.SEND),
        ("move it up", Intent.MOVE),
    ],
)
def test_the_three_nearest_orders_are_told(said: str, intent: Intent):
    found = nearest(said, Context.EDITING)
    assert intent in found
    assert len(set(found)) == 3
