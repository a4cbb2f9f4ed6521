"""The recogniser that expects commands, with the real model and real recordings."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest

from assistant.asr.biased_recogniser import BiasedRecogniser, GrammarRecogniser
from assistant.asr.biasing import BiasingContext
from assistant.asr.recogniser import VoskRecogniser
from assistant.asr.rescoring import Rescoring
from assistant.editing import CommandContext, parse_command, parse_heard
from assistant.intents import Intent
from assistant.models import find
from assistant.turns.answer import Word
from assistant.turns.audio import AnswerAudio
from tests.support.recordings import sound_of
from tools.notation import document_of
from tools.paths import RECORDINGS

DOCUMENT = document_of("I loved it. The rain looked sad. The music made me cry.")


@pytest.fixture(scope="module")
def vosk_model() -> Any:
    import vosk

    vosk.SetLogLevel(-2)
    return vosk.Model(str(find(None).path))


@pytest.fixture
def rescoring(vosk_model: Any) -> Rescoring:
    return Rescoring(lambda: vosk_model)


@pytest.fixture
def paired(vosk_model: Any, rescoring: Rescoring) -> BiasedRecogniser:
    free = VoskRecogniser(find(None).path)
    free.load()
    return BiasedRecogniser(free, GrammarRecogniser(lambda: vosk_model), rescoring)


def commands() -> BiasingContext:
    return CommandContext.of(DOCUMENT)


@dataclass(frozen=True, slots=True)
class Expecting(BiasingContext):
    """Expects a few wordings, each with its margin."""

    margins: dict[str, float | None] = field(kw_only=True)

    def margin(self, wording: str) -> float | None:
        return self.margins.get(wording)


def hear(recogniser: BiasedRecogniser, samples: Any) -> str:
    recogniser.begin()
    sound = AnswerAudio()
    for start in range(0, len(samples), 320):
        sound.append(samples[start : start + 320])
        recogniser.accept(sound)
    return " ".join(word.word for word in recogniser.finish(sound))


@pytest.mark.parametrize(
    ("name", "intent"),
    [("send-review", Intent.SEND), ("not-now", Intent.NOT_NOW), ("read-that-again", Intent.READ_AGAIN),
     ("what-can-i-say", Intent.HELP)],
)  # fmt: skip
def test_recorded_commands_are_heard_by_the_grammar_alone(vosk_model: Any, name: str, intent: Intent):
    recogniser = GrammarRecogniser(lambda: vosk_model)
    recogniser.phrases = commands().phrases
    recogniser.begin()
    heard = " ".join(
        word.word for word in recogniser.finish(AnswerAudio(sound_of(RECORDINGS / f"commands/{name}.flac")))
    )
    command = parse_command(heard, DOCUMENT)
    assert command is not None, heard
    assert command.intent is intent


def test_words_are_timed_from_the_beginning_of_each_answer(vosk_model: Any):
    recogniser = GrammarRecogniser(lambda: vosk_model)
    recogniser.phrases = commands().phrases
    sound = sound_of(RECORDINGS / "commands/send-review.flac")
    times = []
    for _ in range(2):
        recogniser.begin()
        words = recogniser.finish(AnswerAudio(sound))
        times.append((words[0].start_s, words[-1].end_s))
    assert times[0] == times[1]
    assert 0 <= times[0][0] < times[0][1] <= len(sound) / 16_000


def test_a_dictated_sentence_that_contains_a_command_stays_a_sentence(paired: BiasedRecogniser):
    paired.expect(commands())
    heard = hear(paired, sound_of(RECORDINGS / "contains-send-review.flac"))
    assert "review" in heard
    assert parse_heard(heard, paired.as_expected(), DOCUMENT) is None


@pytest.mark.parametrize("name", ["fluent/about-1", "her/about-1", "her/about-2", "her/romance"])
def test_answers_about_a_film_are_no_commands(paired: BiasedRecogniser, name: str):
    paired.expect(commands())
    heard = hear(paired, sound_of(RECORDINGS / f"{name}.flac"))
    assert heard
    assert parse_heard(heard, paired.as_expected(), DOCUMENT) is None


def test_nothing_is_expected_and_nothing_spent_unless_somebody_said_what(paired: BiasedRecogniser, monkeypatch):
    def spent(*_: object) -> None:
        raise AssertionError("the second recogniser was used")

    monkeypatch.setattr(GrammarRecogniser, "begin", spent)
    monkeypatch.setattr(GrammarRecogniser, "accept", spent)
    sound = sound_of(RECORDINGS / "commands/send-review.flac")
    hear(paired, sound)
    paired.expect(None)
    hear(paired, sound)
    assert paired.as_expected() is None
    assert paired.as_title is None


def test_to_a_listener_the_pair_is_the_free_recogniser(paired: BiasedRecogniser):
    sound = sound_of(RECORDINGS / "her/about-1.flac")
    alone = hear(paired, sound)
    paired.expect(commands())
    assert hear(paired, sound) == alone
    assert paired.caption == alone


def test_words_that_the_model_does_not_know_do_not_fall_out_of_the_grammar(vosk_model: Any):
    recogniser = GrammarRecogniser(lambda: vosk_model)
    recogniser.phrases = ("delete xyzzyqux", "send review")
    recogniser.begin()
    assert recogniser.finish(AnswerAudio(np.zeros(16_000, np.int16))) == ()


@pytest.mark.parametrize(
    ("name", "wording", "other"),
    [("send-review", "send review", "then review"), ("not-now", "not now", "not know"),
     ("read-that-again", "read that again", "lead the game")],
)  # fmt: skip
def test_what_was_said_is_likelier_by_its_sound_than_what_resembles_it(
    rescoring: Rescoring, name: str, wording: str, other: str
):
    sound = sound_of(RECORDINGS / f"commands/{name}.flac")
    assert rescoring.likeliest(sound, [other, wording]) == wording
    ratio = rescoring.log_ratio(sound, wording, other)
    assert ratio > 0
    assert rescoring.log_ratio(sound, other, wording) == -ratio


def test_what_does_not_fit_the_sound_at_all_is_infinitely_less_likely(rescoring: Rescoring):
    sound = sound_of(RECORDINGS / "commands/not-now.flac")
    long = "replace the colors with a piano in the next room and everything else with rain"
    assert rescoring.log_ratio(sound, long, "not now") == float("-inf")
    assert rescoring.log_ratio(sound, "not now", long) == float("inf")


def test_a_command_that_is_heard_otherwise_is_told_where_its_sound_allows(paired: BiasedRecogniser, monkeypatch):
    sound = sound_of(RECORDINGS / "commands/send-review.flac")
    monkeypatch.setattr(
        VoskRecogniser, "finish", lambda *_: (Word("then", 0.0, 0.6, 1.0), Word("review", 0.6, 1.1, 1.0))
    )
    for allowed, told in ((10.0, "send review"), (None, None)):
        paired.expect(Expecting(commands().phrases, margins={"send review": allowed}))
        assert hear(paired, sound) == "then review"
        assert paired.as_expected() == told


def test_what_is_much_less_likely_than_what_was_heard_is_not_told(paired: BiasedRecogniser):
    paired.expect(Expecting(("continue", "not now"), margins={"continue": 3.0}))
    hear(paired, sound_of(RECORDINGS / "her/romance.flac"))
    assert paired.as_expected() is None


def test_a_command_that_the_second_ear_wrote_may_be_less_likely_by_its_sound(paired: BiasedRecogniser, monkeypatch):
    sound = sound_of(RECORDINGS / "commands/send-review.flac")
    monkeypatch.setattr(
        VoskRecogniser, "finish", lambda *_: (Word("then", 0.0, 0.6, 1.0), Word("review", 0.6, 1.1, 1.0))
    )
    paired.expect(Expecting(commands().phrases, margins={"send review": -20.0}))
    hear(paired, sound)
    assert paired.as_expected() is None
    assert paired.as_expected("They send a review to me.") is None
    assert paired.as_expected("Send review.") == "send review"


def test_what_the_second_ear_wrote_is_not_told_where_it_does_not_fit_the_sound(paired: BiasedRecogniser):
    paired.expect(Expecting(("continue", "not now"), margins={"continue": 3.0}))
    hear(paired, sound_of(RECORDINGS / "her/romance.flac"))
    assert paired.as_expected("continue") is None


def test_what_the_second_ear_wrote_counts_for_nothing_where_nothing_is_expected(paired: BiasedRecogniser):
    hear(paired, sound_of(RECORDINGS / "commands/send-review.flac"))
    assert paired.as_expected("send review") is None


def test_a_command_that_two_heard_alike_needs_no_sound(paired: BiasedRecogniser, monkeypatch):
    monkeypatch.setattr(Rescoring, "log_ratio", lambda *_: -1000.0)
    said = (Word("continue", 0.0, 0.5, 1.0),)
    monkeypatch.setattr(GrammarRecogniser, "finish", lambda *_: said)
    paired.expect(Expecting(("continue", "not now"), margins={"continue": 3.0, "not now": 3.0}))
    hear(paired, sound_of(RECORDINGS / "commands/send-review.flac"))
    assert paired.as_expected() is None
    assert paired.as_expected("Not now.") is None
    compared: list[object] = []
    monkeypatch.setattr(Rescoring, "_decoded", lambda *given: compared.append(given))
    assert paired.as_expected("Continue.") == "continue"
    assert not compared
    monkeypatch.setattr(VoskRecogniser, "finish", lambda *_: (Word("not", 0.0, 0.2, 1.0), Word("now", 0.2, 0.5, 1.0)))
    monkeypatch.setattr(Rescoring, "likeliest", lambda *_: "continue")
    monkeypatch.setattr(Rescoring, "log_ratio", lambda *_: 1000.0)
    hear(paired, sound_of(RECORDINGS / "commands/not-now.flac"))
    assert paired.as_expected() == "continue"
    assert paired.as_expected("Not now.") == "not now"


def test_a_command_that_the_free_recogniser_heard_stays_one_whatever_the_second_ear_wrote(
    paired: BiasedRecogniser, monkeypatch
):
    monkeypatch.setattr(VoskRecogniser, "finish", lambda *_: (Word("not", 0.0, 0.2, 1.0), Word("now", 0.2, 0.5, 1.0)))
    paired.expect(Expecting(("continue", "not now"), margins={"not now": 3.0}))
    hear(paired, sound_of(RECORDINGS / "commands/not-now.flac"))
    assert paired.as_expected() is None
    assert paired.as_expected("Not, no.") == "not now"


def test_a_title_that_both_recognisers_heard_is_told_in_case_the_second_ear_hears_another(paired: BiasedRecogniser):
    paired.expect(commands())
    heard = hear(paired, sound_of(RECORDINGS / "commands/not-now.flac"))
    assert heard == paired.as_title == "not now"
