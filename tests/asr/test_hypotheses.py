"""Two hearings of the same sound, put together."""

from __future__ import annotations

from assistant.asr.hypotheses import combined_hypotheses, joined
from assistant.turns.answer import Word


def hearing(*words: tuple[str, float]) -> list[Word]:
    """Words one after another, each with its length in seconds."""
    at_s, found = 0.0, []
    for word, length_s in words:
        found.append(Word(word, round(at_s, 2), round(at_s + length_s, 2), 1.0))
        at_s += length_s
    return found


def test_each_part_may_go_with_either_hearing():
    free = hearing(("and", 0.2), ("search", 0.3), ("slowly", 0.4), ("after", 0.3), ("leaf", 0.4))
    expected = hearing(("insert", 0.5), ("lonely", 0.4), ("after", 0.3), ("leaves", 0.4))
    assert set(combined_hypotheses(free, expected)) == {
        f"{first} {second} after {last}"
        for first in ("and search", "insert")
        for second in ("slowly", "lonely")
        for last in ("leaf", "leaves")
    }


def test_words_that_end_at_different_moments_are_changed_together():
    free = hearing(("the", 0.2), ("lead", 0.4), ("it", 0.2))
    expected = hearing(("delete", 0.4), ("that", 0.4))
    assert set(combined_hypotheses(free, expected)) == {"the lead it", "delete that"}


def test_small_differences_of_time_are_none():
    free = hearing(("but", 0.25), ("this", 0.25))
    expected = hearing(("put", 0.31), ("this", 0.19))
    assert set(combined_hypotheses(free, expected)) == {"but this", "put this"}


def test_where_the_grammar_has_no_word_the_free_one_stands():
    free = hearing(("replays", 0.5), ("had", 0.3), ("with", 0.2), ("unhappy", 0.6))
    expected = hearing(("replace", 0.5), ("sad", 0.3), ("with", 0.2), ("[unk]", 0.6))
    assert joined(free, expected) == "replace sad with unhappy"
    assert all(wording.endswith("with unhappy") for wording in combined_hypotheses(free, expected))


def test_a_filler_may_be_none():
    free = hearing(("undo", 0.4), ("uh", 0.1), ("that", 0.3))
    assert set(combined_hypotheses(free, hearing(("undo", 0.5), ("that", 0.3)), {"uh"})) == {
        "undo uh that",
        "undo that",
    }


def test_the_free_hearing_is_one_of_the_wordings_also_where_there_would_be_too_many():
    free = hearing(*((f"a{at}", 0.3) for at in range(12)))
    expected = hearing(*((f"b{at}", 0.3) for at in range(12)))
    assert combined_hypotheses(free, expected) == (joined(free, free), joined(expected, expected))


def test_nothing_heard_is_nothing_to_put_together():
    assert combined_hypotheses([], []) == ("",)
    assert set(combined_hypotheses([], hearing(("undo", 0.4)))) == {"", "undo"}
