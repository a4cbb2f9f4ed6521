"""Which words have capitals wherever they are said, and which everyday words don't."""

from __future__ import annotations

import pytest

from assistant.english.lexicon import is_proper
from assistant.review.writing import write
from tests.support.source_answers import tokens


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("we saw it in lisbon with two norwegians", "We saw it in Lisbon with two Norwegians."),
        ("the brazilian one is brazil's best film", "The Brazilian one is Brazil's best film."),
        ("it was a british film on a tuesday in may", "It was a British film on a Tuesday in May."),
        ("they moved to south africa and then to new zealand", "They moved to South Africa and then to New Zealand."),
        ("a night in buenos aires", "A night in Buenos Aires."),
        ("rio de janeiro is all blue", "Rio de Janeiro is all blue."),
        ("she came from turkey with a turkey", "She came from Turkey with a turkey."),
    ],
)  # fmt: skip
def test_places_and_peoples_have_capitals(spoken: str, sentence: str) -> None:
    assert write(tokens(spoken)) == sentence


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("i have it on vhs and on two dvds", "I have it on VHS and on two DVDs."),
        ("the cgi is better than on hbo", "The CGI is better than on HBO."),
        ("my tv's too small for imax", "My TV's too small for IMAX."),
        ("pfft the nth sequel", "Pfft the nth sequel."),
    ],
)
def test_abbreviations_are_written_in_capitals(spoken: str, sentence: str) -> None:
    assert write(tokens(spoken)) == sentence


@pytest.mark.parametrize(
    ("spoken", "sentence"),
    [
        ("i cried when mrs potter left", "I cried when Mrs Potter left."),
        ("then mister grey turns round", "Then Mister Grey turns round."),
        ("no mister you don't", "No mister you don't."),
    ],
)
def test_a_title_makes_a_name_of_the_word_behind_it(spoken: str, sentence: str) -> None:
    assert write(tokens(spoken)) == sentence


@pytest.mark.parametrize("word", "will may rose grace hope mark art rich penny china polish us it who burger".split())
def test_an_everyday_word_is_no_proper_noun(word: str) -> None:
    assert not is_proper(word)


def test_fluent_english_has_no_capitals_but_at_its_start() -> None:
    spoken = "the hunter drew a map of the reef and the baker in his pale coat rose with grace to hope for a jack"
    assert write(tokens(spoken)) == spoken[0].upper() + spoken[1:] + "."
