"""What is counted and timed in an answer."""

from __future__ import annotations

import pytest

from assistant.assessment.measures import measure
from assistant.assessment.syllables import count_syllables
from assistant.turns.answer import Answer
from assistant.turns.assessment import Measures
from tests.support.answers import spoken


def measured(text: str, *, latency_s: float = 0.5) -> Measures:
    return measure(spoken(text, latency_s=latency_s))


def words(found: tuple) -> list[str]:
    return [each.word for each in found]


def before(found: tuple) -> list[str]:
    return [each.before for each in found]


# times and rates


def test_rates_and_times_have_their_units():
    found = measured("the old (0.4) man was um (1.2) happy in the garden", latency_s=0.8)
    assert found.latency_s == 0.8
    assert found.words == 8
    assert found.syllables == 10
    assert found.speaking_s == pytest.approx(9 * 0.3 + 1.6)
    assert found.phonation_s == pytest.approx(8 * 0.3)
    assert found.articulation_rate == pytest.approx(10 / 2.4)
    assert found.speech_rate == pytest.approx(10 / 4.3)
    assert found.fillers_per_100_words == pytest.approx(12.5)
    assert found.pauses_per_minute == pytest.approx(60 * 2 / 4.3)
    assert found.pause_share == pytest.approx(1.6 / 4.3)
    assert found.pause_mean_s == pytest.approx((0.4 * 1.2) ** 0.5)
    assert found.longest_pause is not None
    assert found.longest_pause.before == "happy"
    assert found.mean_run_syllables == pytest.approx(10 / 3)
    assert before(found.long_pauses) == ["happy"]


def test_silence_has_no_rates():
    found = measure(Answer())
    assert found.words == 0
    for figure in (
        found.latency_s, found.fillers_per_100_words, found.pauses_per_minute, found.pause_mean_s, found.pause_share,
        found.speech_rate, found.articulation_rate, found.mean_run_syllables, found.longest_pause, found.trailing,
    ):  # fmt: skip
        assert figure is None


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("i", 1), ("the", 1), ("made", 1), ("walked", 1), ("wanted", 2), ("little", 2), ("movie", 2), ("people", 2),
        ("beautiful", 3), ("faces", 2), ("lion", 2), ("nation", 2), ("stayed", 1), ("didn't", 2), ("it's", 1),
        ("loneliness", 3), ("magnificent", 4), ("understand", 3), ("lately", 2), ("rhythm", 2), ("boss's", 2),
    ],
)  # fmt: skip
def test_syllables_are_counted_by_vowel_groups(word: str, number: int):
    assert count_syllables(word) == number


# where pauses and fillers are


@pytest.mark.parametrize(
    "text",
    [
        "we drove home without (0.6) saying a word",
        "i saw it with my (0.6) father",
        "she was (0.6) sad",
        "i love (0.6) the ending",
        "and (0.6) we went home",
        "the old (0.6) woman sings",
    ],
)
def test_a_silence_that_parts_what_belongs_together_is_inside_a_clause(text: str):
    found = measured(text)
    assert len(found.pauses_inside) == 1
    assert not found.resting_pauses


@pytest.mark.parametrize(
    "text",
    [
        "he is tall (0.6) and i am not",
        "it was late (0.6) we went home",
        "he is so tall (0.6) the ending made us quiet",
        "i cried (0.6) because it was true",
        "that was all (0.6) nobody said a word",
    ],
)
def test_a_silence_before_a_new_clause_is_between(text: str):
    found = measured(text)
    assert len(found.resting_pauses) == 1
    assert not found.pauses_inside


def test_a_pause_beside_a_filler_is_judged_by_the_words_round_both():
    found = measured("i saw it with my um (0.8) father (0.5) uh and we went home")
    assert before(found.pauses_inside) == ["father"]
    assert words(found.fillers_inside) == ["um"]
    assert words(found.fillers) == ["um", "uh"]


def test_a_silence_beside_a_filler_or_of_a_second_is_no_rest_even_between_clauses():
    found = measured("it was late (0.5) uh and we went home (1.1) and we slept (0.5) and then it was over")
    assert before(found.searching_pauses) == ["uh", "and"]
    assert before(found.resting_pauses) == ["and"]
    assert before(found.long_pauses) == ["and"]
    assert not found.pauses_inside


# what the words show


def test_words_meant_twice_are_no_repeats_and_phrases_said_twice_are():
    assert measured("it was very very good no no really").repeats == ()
    assert words(measured("i used to i used to go the the sea").repeats) == ["i", "the"]


def test_a_clause_begun_anew_is_a_restart():
    assert words(measured("i was i used to be a flirt").restarts) == ["i"]
    assert words(measured("it has a (0.5) i loved the colours").restarts) == ["i"]
    assert measured("i think i began with the music").restarts == ()


@pytest.mark.parametrize(
    ("text", "anew"),
    [
        ("it makes you (0.4) it made me feel small", "it"),
        ("we saw it on monday no on tuesday in the rain", "on"),
        ("the story was the story is about a man", "the"),
        ("the end the ending was wonderful", "the"),
        ("i went to the (0.5) you could feel the cold", "you"),
    ],
)
def test_a_phrase_begun_again_or_taken_back_is_a_restart_too(text: str, anew: str):
    assert words(measured(text).restarts) == [anew]


@pytest.mark.parametrize(
    "text",
    [
        "half of it is music and half of it is silence",
        "the one i like is the one i saw with my mother",
        "there is no hope in it and no light",
        "i loved it and i would see it again",
    ],
)
def test_what_is_said_in_step_is_no_restart(text: str):
    assert measured(text).restarts == ()


def test_half_a_word_before_the_whole_one_is_cut_off():
    assert words(measured("ro romantic films are good").cut_offs) == ["ro"]
    assert words(measured("he was a- angry").cut_offs) == ["a-"]
    assert measured("the then and a art i in into to tomorrow so some").cut_offs == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("i loved the ending but", "but"),
        ("i loved the ending but i guess", "but"),
        ("he left because of", "of"),
        ("it was about the", "the"),
        ("i loved the ending but um", "but"),
        ("i think so", None),
        ("it was good though", None),
        ("that is what i was looking for", None),
        ("i don't want to", None),
        ("the lights went on", None),
        ("but", None),
        ("i loved it i guess", None),
    ],
)
def test_an_answer_is_left_hanging_on_a_conjunction_preposition_or_article(text: str, word: str | None):
    trailing = measured(text).trailing
    assert (trailing.word if trailing else None) == word


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("i guess it was kind of sad", ["i", "kind"]),
        ("it was maybe a bit long i don't know", ["maybe", "i"]),
        ("i'm not sure it works", ["i'm"]),
        ("it was like (0.4) um really sad", ["like"]),
        ("i like this", []),
        ("it looks like (0.5) a painting", []),
        ("this kind of film", []),
        ("i don't know him", []),
        ("i felt like a child", []),
    ],
)
def test_hedges_count_where_they_fill_time(text: str, found: list[str]):
    assert words(measured(text).hedges) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("sorry i lost my thread", ["sorry"]),
        ("well i'm sorry if that was unclear", ["i'm"]),
        ("that sounds silly", ["that"]),
        ("i'm sorry for her", []),
        ("i was sorry", []),
        ("i felt sorry for the man", []),
    ],
)
def test_apologies_are_for_the_answer_and_not_in_the_film(text: str, found: list[str]):
    assert words(measured(text).apologies) == found


def test_corrections_take_back_what_was_said():
    assert words(measured("the acting no wait the music was good").corrections) == ["no"]
    assert words(measured("it was long i mean slow").corrections) == ["i"]
    assert measured("i mean it").corrections == ()


@pytest.mark.parametrize("text", ["i don't know", "well i don't know", "um no idea sorry", "i'd rather not say"])
def test_to_say_that_there_is_no_answer_is_a_non_answer(text: str):
    assert measured(text).non_answer


@pytest.mark.parametrize("text", ["i don't know why he left", "no", "i don't know the film", "well", ""])
def test_what_says_anything_is_an_answer(text: str):
    assert not measured(text).non_answer
