"""What the person said, as the review's tests write it down; and how it becomes words with times."""

from __future__ import annotations

import re

import pytest

from assistant.disfluency.clean import clean
from assistant.english.sentences import sentences_of
from assistant.english.token import Token
from assistant.review.request import SourceAnswer
from assistant.review.writing import write
from assistant.turns.answer import Answer, Filler, Pause, Word

_PAUSE = re.compile(r"\(([\d.]+)\)")
_FIRST_WORD_S = 0.4


def answer_of(script: str) -> Answer:
    """An answer from its words, with silences in seconds in brackets: "i um (0.8) loved it"."""
    words: list[Word] = []
    fillers: list[Filler] = []
    pauses: list[Pause] = []
    now, silence = _FIRST_WORD_S, 0.0
    for item in script.split():
        if match := _PAUSE.fullmatch(item):
            silence = float(match[1])
            continue
        if silence and (words or fillers):
            pauses.append(Pause(now, now + silence, item))
            now += silence
        silence = 0.0
        end = now + 0.12 + 0.04 * len(item)
        if item in {"um", "uh"}:
            fillers.append(Filler(item, now, end, 0.9))
        else:
            words.append(Word(item, now, end, 1.0))
        now = end
    return Answer(
        tuple(words),
        tuple(fillers),
        tuple(pauses),
        speech_start_s=_FIRST_WORD_S,
        speech_end_s=now,
        duration_s=now + 0.7,
    )


def said(script: str, turn: int = 1, question: str = "about", text: str | None = None) -> SourceAnswer:
    """An answer to a question, from its script."""
    return SourceAnswer(turn, question, answer_of(script), text)


def tokens(script: str) -> tuple[Token, ...]:
    """The words of a script, cleaned."""
    return clean(said(script).tokens).tokens


def written(script: str, title: str | None = None) -> list[str]:
    """The sentences that a script becomes."""
    return [write(sentence, title) for sentence in sentences_of(tokens(script))]


def test_words_keep_their_times_and_the_silence_before_them() -> None:
    first, filler, last = said("lovely um (0.8) film").tokens
    assert (first.word, first.start_s, first.pause_s) == ("lovely", 0.4, 0.0)
    assert filler.filler
    assert last.pause_s == pytest.approx(0.8)
    assert last.start_s == pytest.approx(filler.end_s + 0.8)


def test_a_silence_counts_even_where_the_recogniser_stretched_the_word_before_it() -> None:
    answer = Answer((Word("so", 0.0, 1.0, 1.0), Word("sad", 1.0, 1.4, 1.0)), (), (Pause(0.4, 1.0, "sad"),))
    assert SourceAnswer(1, "about", answer).tokens[1].pause_s == pytest.approx(0.6)


def test_a_filler_that_the_recogniser_took_for_a_word_is_a_filler() -> None:
    assert [token.filler for token in said("erm hmm sad").tokens] == [True, True, False]


def test_a_second_hearing_gives_the_words_and_the_whole_answer_gives_the_times() -> None:
    answer = answer_of("i loved walking phoenix")
    heard = SourceAnswer(3, "about", answer, "I loved Joaquin Phoenix. Didn’t you?").tokens
    assert [token.word for token in heard] == ["i", "loved", "joaquin", "phoenix", "didn't", "you"]
    assert {(token.start_s, token.end_s) for token in heard} == {(0.4, answer.words[-1].end_s)}
    assert [token.word for token in heard if token.name] == ["joaquin", "phoenix"]
    assert [token.mark for token in heard] == ["", "", "", ".", "", "?"]


def test_a_second_hearing_in_capitals_names_nobody() -> None:
    assert not any(token.name for token in SourceAnswer(1, "about", answer_of("so sad"), "IT WAS SO SAD").tokens)


def test_an_empty_second_hearing_leaves_the_first() -> None:
    assert [token.word for token in said("so sad", text=" ").tokens] == ["so", "sad"]
