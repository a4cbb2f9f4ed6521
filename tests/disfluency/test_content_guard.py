"""What was said in full stays, also where something was broken off near it."""

from __future__ import annotations

import pytest

from tests.support.cleaning_pairs import left_of, without_pauses


@pytest.mark.parametrize(
    "spoken",
    [
        "it's far too loud (0.6) and the trouble is it's also boring",
        "it's a gift (0.7) and the strange thing is it's free",
        "i'd rather talk about the book (0.6) could i tell you the ending",
        "she never forgave him (0.6) did he know that",
        "he speaks about war and it's kind of about peace too",
        "they wanted to get out of in my opinion a bad marriage",
        "he's alone with his thoughts (0.6) and it's with his brother that he talks",
    ],
)
def test_a_statement_that_is_complete_and_is_not_made_again_is_no_false_start(spoken: str) -> None:
    assert left_of(spoken) == without_pauses(spoken)


@pytest.mark.parametrize(
    ("spoken", "left"),
    [
        ("he won't see it (0.4) he just (0.6) they're standing there", "he won't see it they're standing there"),
        ("they can't say that (0.3) she almost (0.5) he's asleep", "they can't say that he's asleep"),
        ("it was fun and it was it was like a party", "it was fun and it was like a party"),
    ],
)
def test_what_was_given_up_after_a_statement_goes_alone(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize(
    "spoken", ["my sister and i (0.6) we held hands", "the boy and he (0.5) they met", "my dad and i we drove home"]
)
def test_two_who_were_named_together_are_taken_up_by_one_pronoun(spoken: str) -> None:
    assert left_of(spoken) == without_pauses(spoken)


@pytest.mark.parametrize(
    ("spoken", "left"),
    [
        ("a goodbye can be (0.4) you know (0.3) a beginning", "a goodbye can be a beginning"),
        ("it goes on for (0.4) i don't know (0.4) an hour", "it goes on for an hour"),
        ("i wept for about (0.3) i don't know twenty minutes", "i wept for about twenty minutes"),
        ("the ending was how do you say (0.4) bitter", "the ending was bitter"),
        ("nobody knows how to say (0.4) goodbye", "nobody knows how to say goodbye"),
    ],
)
def test_whoever_looks_for_a_word_gives_up_nothing(spoken: str, left: str) -> None:
    assert left_of(spoken) == left


@pytest.mark.parametrize(
    ("spoken", "left"),
    [
        ("and the uncle (0.4) well nobody listens to him", "and the uncle nobody listens to him"),
        ("what did it mean then (0.6) well (0.4) it meant the end", "what did it mean then it meant the end"),
        ("he's a hero (0.5) well (0.3) she calls him that", "he's a hero she calls him that"),
        ("he's a teacher well (0.4) a priest", "he's a priest"),
        ("it was funny well (0.4) odd", "it was odd"),
    ],
)
def test_a_well_before_another_sentence_takes_nothing_back(spoken: str, left: str) -> None:
    assert left_of(spoken) == left
