"""The lists of words, and making words of text."""

from __future__ import annotations

from importlib.resources import files

import pytest

from assistant.config import parse_toml
from assistant.english import words
from assistant.english.normalise import find_phrase, is_one_of, name_words, normal_words, plain, words_of, words_said

LISTS = parse_toml((files("assistant.english") / "word_lists.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", [name for name, listed in LISTS.items() if isinstance(listed, str)])
def test_no_list_names_a_word_twice(name: str):
    listed = LISTS[name].split()
    assert sorted(listed) == sorted(set(listed))


def test_every_list_has_a_name_in_the_module():
    parts = {"scales", "other_grammar", "phrases"}
    assert {name.upper() for name in LISTS.keys() - parts} <= vars(words).keys()
    public = [listed for name, listed in vars(words).items() if name.isupper() and not name.startswith("_")]
    phrases = {phrase for listed in public for phrase in listed if isinstance(phrase, tuple)}
    assert {tuple(phrase.split()) for listed in LISTS["phrases"].values() for phrase in listed} == phrases


def test_a_text_is_its_words_without_marks():
    assert words_of("Well, it’s the non-romantic “café” one …") == [
        "well",
        "it's",
        "the",
        "non",
        "romantic",
        "café",
        "one",
    ]
    assert words_said("Um, it was, uh, good.") == ["it", "was", "good"]


def test_what_can_be_written_in_several_ways_has_one_form():
    assert normal_words("I'm gonna see it – don't wai- wait") == "i am going to see it do not wait".split()
    assert normal_words("The color of a Café, 90%") == "the colour of a cafe 90 per cent".split()


def test_names_are_compared_without_accents_and_hyphens():
    assert name_words("Penélope Cruz-O'Hara") == ["penelope", "cruz", "o'hara"]
    assert plain("Æon & 8½") == "aeon  and  8 and a half "


def test_an_utterance_is_a_phrase_whatever_leads_in():
    assert is_one_of("no wait stop please", ["stop"])
    assert not is_one_of("oh no wait stop", ["stop"])
    assert not is_one_of("the last stop", ["stop"])
    assert find_phrase(["i", "want", "to", "stop"], ["to", "stop"]) == 2
    assert find_phrase(["i", "stop"], ["to", "stop"]) is None
