"""What people say round a title, and how titles are written."""

from __future__ import annotations

import pytest

from assistant.english.titles import barest, in_title_case, narrowed


@pytest.mark.parametrize(
    ("spoken", "title"),
    [("the film is called anora", "anora"), ("well um i just watched past lives i think", "past lives"),
     ("my review is about the brutalist please", "the brutalist"), ("a fish called wanda", "a fish called wanda"),
     ("my favorite movie is tar", "tar"), ("scary movie six", "scary movie six"), ("the film", "the film"),
     ("no it's called hero", "hero"), ("no i meant the master", "the master"), ("the film's called her", "her"),
     ("no country for old men", "no country for old men"), ("it's a wonderful life", "it's a wonderful life"),
     ("the lego movie", "the lego movie"), ("i'd like to review fargo", "fargo"), ("", "")],
)  # fmt: skip
def test_lead_ins_and_ends_are_taken_off(spoken: str, title: str):
    assert " ".join(barest(spoken.split())) == title


def test_what_may_belong_to_the_title_is_taken_off_only_where_each_try_is_looked_up():
    said = "no it's a wonderful life film".split()
    assert [" ".join(words) for words in narrowed(said, boldly=True)] == [
        "it's a wonderful life film", "a wonderful life film", "a wonderful life",
    ]  # fmt: skip
    assert list(narrowed(["her"], boldly=True)) == []


def test_small_words_inside_a_title_stay_small():
    assert in_title_case("the end of the affair".split()) == "The End of the Affair"
    assert in_title_case(["of"]) == "Of"
