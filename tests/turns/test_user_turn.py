"""How what the person said becomes words with times."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant.turns.answer import Answer, Pause, SecondTranscript, Word
from assistant.turns.user_turn import UserTurn
from tests.support.answers import spoken
from tests.support.source_answers import said, written_by_both


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


def test_how_the_second_ear_wrote_a_word_says_what_is_a_name_and_where_a_sentence_ends() -> None:
    heard = written_by_both("I loved Joaquin Phoenix. Didn’t you? He said “no.” So…").tokens
    assert [token.word for token in heard if token.name] == ["joaquin", "phoenix"]
    assert [token.word for token in heard if token.mark] == ["phoenix", "you", "no"]
    assert [token.mark for token in heard if token.mark] == [".", "?", "."]


def test_a_capital_after_a_silence_names_nobody() -> None:
    assert not any(token.name for token in written_by_both("it was (0.6) Sad and so").tokens)


def test_a_second_ear_that_writes_all_in_capitals_names_nobody() -> None:
    assert not any(token.name for token in written_by_both("IT WAS SO SAD").tokens)


@pytest.mark.parametrize(
    ("said", "as_title", "second", "others"),
    [
        ("the boys", "footloose", "For boys.", ("footloose", "For boys.")),
        ("footloose", "footloose", "Footloose.", ()),
        ("footloose", "um footloose", "Footlose.", ("Footlose.",)),
        ("her", None, None, ()),
    ],
)
def test_every_hearing_that_differs_in_its_words_counts(
    said: str, as_title: str | None, second: str | None, others: tuple[str, ...]
):
    transcript = SecondTranscript("whisper", "base", second) if second is not None else None
    turn = UserTurn(1, replace(spoken(said), second_hearing=transcript), as_title=as_title)
    assert turn.otherwise_heard == others
