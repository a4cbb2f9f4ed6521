"""Whether what was said may end where it does."""

from __future__ import annotations

import pytest

from assistant.english.endings import REACH, Ending, ends_on_verb, has_verb, may_end, may_end_at_once


@pytest.mark.parametrize(
    "text",
    ["i loved the ending but", "he left because of", "it reminds me of the", "it was about my", "and", "i went with"],
)
def test_nobody_ends_on_what_leads_on_who_isnt_trailing_off(text: str):
    assert may_end(text.split()) is Ending.HANGING


@pytest.mark.parametrize(
    "text",
    ["it was", "and he makes", "the light was very", "i think", "i loved it and slowly", "we gave in",
     "it was good though", "i think so"],
)  # fmt: skip
def test_a_word_that_wants_another_leaves_the_end_open(text: str):
    assert may_end(text.split()) is Ending.OPEN


@pytest.mark.parametrize("text", ["i would", "i really don't", "i loved all of that", "not really", "maybe"])
def test_a_short_answer_may_be_the_beginning_of_more(text: str):
    assert may_end(text.split()) is Ending.SHORT


@pytest.mark.parametrize(
    "text",
    ["i love them", "never", "yes absolutely", "he isn't handsome is he", "it was long i think", "it was over",
     "i haven't told anybody yet", "the best film that he ever made", "i don't want any more", "he was so lonely",
     "as good a cry as i have ever had", ""],
)  # fmt: skip
def test_a_whole_sentence_may_end(text: str):
    assert may_end(text.split()) is Ending.WHOLE


@pytest.mark.parametrize(
    "text", ["we stayed for a while", "that is what i was looking for", "i don't want to", "it was sad just because"]
)
def test_what_looks_as_if_it_hung_may_be_complete(text: str):
    assert may_end(text.split()) > Ending.HANGING


def test_no_more_words_than_reach_tell():
    said = "that was the film that we had been looking for all the long way from".split()
    assert len(said) > REACH
    assert may_end(said) is may_end(said[-REACH:]) is Ending.HANGING


def test_a_verb_shows_without_a_dictionary():
    for text in ("she was wonderful", "i liked the ending", "it's long", "we never talked"):
        assert has_verb(text.split())
    for text in ("the ending", "my brother", "romantic", ""):
        assert not has_verb(text.split())


def test_a_verb_right_after_its_subject_mostly_has_an_object():
    assert ends_on_verb("and then i liked".split())
    for text in ("i liked the ending", "she cried", "i would", "liked"):
        assert not ends_on_verb(text.split())


@pytest.mark.parametrize("text", ["it reminds me of the", "i cried", "and that", "i really love that", "it was"])
def test_at_once_an_ending_is_judged_as_with_a_dictionary_but_for_that(text: str):
    at_once = may_end_at_once(text.split())
    assert at_once is may_end(text.split()) or (text.endswith("that") and at_once is Ending.SHORT)
