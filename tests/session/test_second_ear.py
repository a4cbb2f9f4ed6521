"""The second ear at work beside a listener, with Whisper itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from assistant.asr.second_ear import HeardPiece
from assistant.asr.voice_activity import VoiceActivity
from assistant.asr.whisper import Transcription, WhisperRecogniser
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Samples
from assistant.cli.doctor import CheckResult, check_up
from assistant.errors import ModelError, UsageError
from assistant.models.directory import models_dir
from assistant.session.assembly import make_second_ear
from assistant.session.second_ear import SecondEarWorker
from assistant.turns.answer import WrittenWord
from assistant.turns.audio import AnswerAudio
from tools.paths import RECORDINGS
from tools.simulation.pace import wait_until


def recorded(name: str) -> Samples:
    samples: Samples = soundfile.read(str(RECORDINGS / f"{name}.flac"), dtype="int16")[0]
    return samples


class Counting(WhisperRecogniser):
    """Counts what it hears."""

    heard = 0

    def hear(self, samples: Samples, context: Sequence[str] = (), **options: Any) -> Transcription:
        self.heard += 1
        return super().hear(samples, context, **options)


@pytest.fixture(scope="module")
def whisper() -> Counting:
    recogniser = Counting(models_dir() / "whisper-base")
    recogniser.load()
    return recogniser


@pytest.fixture
def ear(whisper: Counting) -> Iterator[SecondEarWorker]:
    whisper.heard = 0
    worker = SecondEarWorker(whisper, "whisper", "base", pytest.fail)
    yield worker
    worker.close()


def hear(
    ear: SecondEarWorker, samples: Samples, expect_at_s: Sequence[float] = (), *, step: int = FRAME_SAMPLES
) -> tuple[HeardPiece, ...]:
    activity, sound = VoiceActivity(), AnswerAudio()
    activity.reset()
    for at in range(0, len(samples), step):
        sound.append(samples[at : at + step])
        activity.feed(samples[at : at + step])
        ear.accept(sound, activity.stretches, activity.judged_s)
        if any(at <= moment_s * RATE_HZ < at + step for moment_s in expect_at_s):
            ear.expect_end(sound, activity.stretches)
    return ear.finish(sound, activity.stretches, activity.judged_s)


def text(words: Sequence[WrittenWord]) -> str:
    return " ".join(word.text for word in words)


def test_an_answer_is_heard_in_pieces_whose_times_are_those_of_the_answer(ear: SecondEarWorker):
    samples = np.concatenate((recorded("hesitant"), recorded("fluent")))
    ear.begin()
    heard = hear(ear, samples)
    assert len(heard) >= 2
    words = [word for each in heard for word in each.words]
    assert text(words).startswith("I went to the cinema")
    assert text(words).endswith("without saying a word.")
    assert [word.start_s for word in words] == sorted(word.start_s for word in words)
    assert words[-1].end_s == pytest.approx(len(samples) / RATE_HZ - 0.5, abs=0.5)
    assert sum(word.text.strip(",.").lower() in {"um", "uh"} for each in heard for word in each.verbatim) >= 3


def test_how_the_sound_comes_in_and_what_was_guessed_changes_nothing(ear: SecondEarWorker):
    samples = recorded("her/romance")
    ear.begin()
    at_once = hear(ear, samples, step=len(samples))
    ear.begin()
    guessed = hear(ear, samples, expect_at_s=(2.0, 3.5, 5.0))
    assert [(each.piece, each.words, each.verbatim) for each in guessed] == [
        (each.piece, each.words, each.verbatim) for each in at_once
    ]


def test_a_guess_that_was_right_is_not_heard_again(ear: SecondEarWorker, whisper: Counting):
    samples = recorded("her/film")
    ear.begin(verbatim=False)
    (heard,) = hear(ear, samples, expect_at_s=[len(samples) / RATE_HZ - 0.1])
    assert text(heard.words) == "It's the movie her."
    assert heard.verbatim == ()
    assert whisper.heard == 1


def test_what_the_answer_would_be_is_known_before_it_ends(ear: SecondEarWorker):
    samples = recorded("her/film")
    sound, activity = AnswerAudio(samples), VoiceActivity()
    activity.reset()
    activity.feed(samples)
    ear.begin()
    assert ear.foreseen() == ()
    ear.expect_end(sound, activity.stretches)
    wait_until(ear.foreseen)
    assert ear.foreseen() == ear.finish(sound, activity.stretches, activity.judged_s)


def test_names_that_may_come_are_spelt_as_they_are(ear: SecondEarWorker):
    ear.begin(["Hamlet"])
    (heard,) = hear(ear, recorded("films/hamlet"))
    assert text(heard.words) == "Hamlet."


def test_an_answer_without_a_voice_has_no_pieces(ear: SecondEarWorker):
    ear.begin()
    assert hear(ear, recorded("silence")) == ()


def test_an_ear_that_fails_says_so_once_and_loses_no_answer():
    class Broken(WhisperRecogniser):
        def load(self) -> None:
            pass

        def hear(self, samples: Samples, context: Sequence[str] = (), **options: Any) -> Transcription:
            raise RuntimeError("out of memory")

    troubles: list[str] = []
    ear = SecondEarWorker(Broken(models_dir() / "nowhere"), "whisper", None, troubles.append)
    for _ in range(2):
        ear.begin()
        assert hear(ear, recorded("her/film"), expect_at_s=[1.5]) == ()
    ear.close()
    assert troubles == ["The second ear failed (out of memory). Going on with the first alone."]


def test_a_model_that_cannot_be_loaded_is_reported_with_the_first_answer(tmp_path: Path):
    troubles: list[str] = []
    ear = SecondEarWorker(WhisperRecogniser(tmp_path), "whisper", None, troubles.append)
    ear.begin()
    assert hear(ear, recorded("her/film")) == ()
    with pytest.raises(ModelError, match="tokenizer"):
        ear.load()
    ear.close()
    assert len(troubles) == 1
    assert "tokenizer.json is missing" in troubles[0]


@pytest.mark.parametrize("ear", ["google", "Google_Cloud", "azure"])
def test_an_ear_that_would_send_the_voice_away_is_refused(ear: str):
    with pytest.raises(UsageError, match=r"nothing leaves the machine.*base, tiny\.en, sphinx, none"):
        make_second_ear(ear, pytest.fail)


@pytest.mark.parametrize(
    ("ear", "why"), [("vosk", "first ear already"), ("whisper", "no second ear called"), ("trumpet", "'trumpet'")]
)
def test_a_name_that_is_none_is_answered_with_those_there_are(ear: str, why: str):
    with pytest.raises(UsageError, match=rf"{why}.*base, tiny\.en, sphinx, none; or name a folder"):
        make_second_ear(ear, pytest.fail)


def test_where_the_usual_model_is_not_installed_everything_goes_on_with_one_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path))
    troubles: list[str] = []
    assert make_second_ear(None, troubles.append) is None
    (trouble,) = troubles
    assert "assistant models install whisper-base" in trouble
    assert trouble.endswith("Without a second ear, more words are misheard, names above all.")
    with pytest.raises(ModelError, match="whisper-base is not installed"):
        make_second_ear("base", pytest.fail)
    assert make_second_ear("none", pytest.fail) is None


def test_the_doctor_says_what_is_lost_without_it_and_that_a_conversation_goes_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    def checked(wanted: str | None) -> CheckResult:
        results = check_up(model=None, second_hearing=wanted, microphone=None, speaker=None)
        return next(result for result in results if result.part == "second ear")

    assert checked("base").what == "whisper base loads"
    assert checked("none").what == "none is wanted. Without a second ear, more words are misheard, names above all."
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path))
    missing = checked(None)
    assert missing.trouble is not None
    assert "assistant models install whisper-base" in missing.trouble.sentence
    assert not missing.needed
