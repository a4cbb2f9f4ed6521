"""The recogniser that expects commands, with the real model and real recordings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from sounds import sound_of

from assistant.hearing.answer import Word
from assistant.hearing.command_recogniser import CommandRecogniser, PairedRecogniser, as_command
from assistant.hearing.recogniser import VoskRecogniser
from assistant.models.installed import find
from assistant.review.editing.document import Document
from assistant.review.editing.grammar import grammar
from assistant.review.editing.orders import Order
from assistant.review.editing.parse import parse_command, parse_heard

RECORDINGS = Path(__file__).parent / "recordings"
DOCUMENT = Document.of_text("I loved it. The rain looked sad. The music made me cry.")


@pytest.fixture(scope="module")
def vosk_model() -> Any:
    import vosk

    vosk.SetLogLevel(-2)
    return vosk.Model(str(find(None).path))


@pytest.fixture
def paired(vosk_model: Any) -> Iterator[PairedRecogniser]:
    free = VoskRecogniser(find(None).path)
    free.load()
    yield PairedRecogniser(free, CommandRecogniser(lambda: vosk_model))


def hear(recogniser: PairedRecogniser, samples: Any) -> str:
    recogniser.begin()
    for start in range(0, len(samples), 320):
        recogniser.accept(samples[start : start + 320])
    return " ".join(word.word for word in recogniser.finish())


@pytest.mark.parametrize(
    ("name", "order"),
    [("send-review", Order.SEND), ("not-now", Order.NOT_NOW), ("read-that-again", Order.READ_AGAIN),
     ("what-can-i-say", Order.HELP)],
)  # fmt: skip
def test_recorded_commands_are_heard_by_the_grammar_alone(vosk_model: Any, name: str, order: Order):
    recogniser = CommandRecogniser(lambda: vosk_model)
    recogniser.phrases = grammar(DOCUMENT)
    recogniser.begin()
    recogniser.accept(sound_of(RECORDINGS / f"commands/{name}.flac"))
    heard = " ".join(word.word for word in recogniser.finish())
    command = parse_command(heard, DOCUMENT)
    assert command is not None, heard
    assert command.order is order


def test_words_are_timed_from_the_beginning_of_each_answer(vosk_model: Any):
    recogniser = CommandRecogniser(lambda: vosk_model)
    recogniser.phrases = grammar(DOCUMENT)
    sound = sound_of(RECORDINGS / "commands/send-review.flac")
    times = []
    for _ in range(2):
        recogniser.begin()
        recogniser.accept(sound)
        words = recogniser.finish()
        times.append((words[0].start_s, words[-1].end_s))
    assert times[0] == times[1]
    assert 0 <= times[0][0] < times[0][1] <= len(sound) / 16_000


def test_a_dictated_sentence_that_contains_a_command_stays_a_sentence(paired: PairedRecogniser):
    paired.expect(grammar(DOCUMENT))
    heard = hear(paired, sound_of(RECORDINGS / "contains-send-review.flac"))
    assert "review" in heard
    assert parse_heard(heard, paired.as_command, DOCUMENT) is None


@pytest.mark.parametrize("name", ["fluent/about-1", "her/about-1", "her/about-2", "her/romance"])
def test_answers_about_a_film_are_no_commands(paired: PairedRecogniser, name: str):
    paired.expect(grammar(DOCUMENT))
    heard = hear(paired, sound_of(RECORDINGS / f"{name}.flac"))
    assert heard
    assert parse_heard(heard, paired.as_command, DOCUMENT) is None


def test_nothing_is_expected_and_nothing_spent_unless_somebody_said_what(paired: PairedRecogniser, monkeypatch):
    def spent(*_: object) -> None:
        raise AssertionError("the second recogniser was used")

    monkeypatch.setattr(CommandRecogniser, "begin", spent)
    monkeypatch.setattr(CommandRecogniser, "accept", spent)
    sound = sound_of(RECORDINGS / "commands/send-review.flac")
    hear(paired, sound)
    paired.expect(())
    paired.expect(None)
    hear(paired, sound)
    assert paired.as_command is None
    assert paired.as_title is None


def test_to_a_listener_the_pair_is_the_free_recogniser(paired: PairedRecogniser):
    sound = sound_of(RECORDINGS / "her/about-1.flac")
    alone = hear(paired, sound)
    paired.expect(grammar(DOCUMENT))
    assert hear(paired, sound) == alone
    assert paired.caption == alone


def test_words_that_the_model_does_not_know_do_not_fall_out_of_the_grammar(vosk_model: Any):
    recogniser = CommandRecogniser(lambda: vosk_model)
    recogniser.phrases = ("delete xyzzyqux", "send review")
    recogniser.begin()
    recogniser.accept(np.zeros(16_000, np.int16))
    assert recogniser.finish() == ()


def word(text: str, start_s: float, confidence: float = 1.0) -> Word:
    return Word(text, start_s, start_s + 0.4, confidence)


def test_where_the_grammar_has_no_word_the_free_one_is_taken():
    free = [word("replays", 0.0), word("had", 0.5), word("with", 1.0), word("unhappy", 1.5)]
    constrained = [word("replace", 0.0), word("sad", 0.5), word("with", 1.0), word("[unk]", 1.45)]
    assert as_command(free, constrained) == "replace sad with unhappy"


def test_what_is_not_sure_or_nothing_new_is_not_told():
    free = [word("then", 0.0), word("review", 0.5)]
    assert as_command(free, [word("send", 0.0), word("review", 0.5, 0.3)]) is None
    assert as_command(free, [word("[unk]", 0.0), word("[unk]", 0.5)]) is None
    assert as_command(free, [word("then", 0.0), word("review", 0.5)]) is None
    assert as_command(free, []) is None
    assert as_command(free, [word("send", 0.0), word("review", 0.5)]) == "send review"


def test_a_title_is_told_however_unsure_it_is():
    assert as_command([word("then", 0.0)], [word("rent", 0.0, 0.1)], sure=0.0) == "rent"
