"""How what the person said becomes words with times."""

from __future__ import annotations

import pytest

from assistant.turns.answer import Answer, Pause, Word
from assistant.turns.user_turn import UserTurn
from tests.support.source_answers import said


def test_words_keep_their_times_and_the_silence_before_them() -> None:
    first, filler, last = said("lovely um (0.8) film").tokens
    assert (first.word, first.start_s, first.pause_s) == ("lovely", 0.4, 0.0)
    assert filler.filler
    assert last.pause_s == pytest.approx(0.8)
    assert last.start_s == pytest.approx(filler.end_s + 0.8)


def test_a_silence_counts_even_where_the_recogniser_stretched_the_word_before_it() -> None:
    answer = Answer((Word("so", 0.0, 1.0, 1.0), Word("sad", 1.0, 1.4, 1.0)), (), (Pause(0.4, 1.0, "sad"),))
    assert UserTurn(1, answer).tokens[1].pause_s == pytest.approx(0.6)


def test_a_filler_that_the_recogniser_took_for_a_word_is_a_filler() -> None:
    assert [token.filler for token in said("erm hmm sad").tokens] == [True, True, False]


def test_a_second_hearing_gives_the_words_and_the_whole_answer_gives_the_times() -> None:
    answer = said("i loved walking phoenix").answer
    heard = UserTurn(3, answer, second_wording="I loved Joaquin Phoenix. Didn’t you?").tokens
    assert [token.word for token in heard] == ["i", "loved", "joaquin", "phoenix", "didn't", "you"]
    assert {(token.start_s, token.end_s) for token in heard} == {(0.4, answer.words[-1].end_s)}
    assert [token.word for token in heard if token.name] == ["joaquin", "phoenix"]
    assert [token.mark for token in heard] == ["", "", "", ".", "", "?"]


def test_a_second_hearing_in_capitals_names_nobody() -> None:
    assert not any(token.name for token in said("so sad", text="IT WAS SO SAD").tokens)


def test_an_empty_second_hearing_leaves_the_first() -> None:
    assert [token.word for token in said("so sad", text=" ").tokens] == ["so", "sad"]
