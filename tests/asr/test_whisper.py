"""Whisper itself, with recorded speech, and with sound in which nobody speaks."""

from __future__ import annotations

import json
import shutil
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.asr.whisper import (
    LONGEST_S,
    Encoding,
    Hypothesis,
    Transcription,
    WhisperRecogniser,
    says_again,
    without_descriptions,
    without_loops,
)
from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import ModelError
from assistant.models.directory import models_dir
from assistant.turns.answer import WrittenWord
from tools.paths import RECORDINGS

MODEL = models_dir() / "whisper-base"


def recorded(name: str) -> Samples:
    samples: Samples = soundfile.read(str(RECORDINGS / f"{name}.flac"), dtype="int16")[0]
    return samples


def text(words: tuple[WrittenWord, ...]) -> str:
    return " ".join(word.text for word in words)


def plain(words: tuple[WrittenWord, ...]) -> list[str]:
    return [word.text.lower().strip(",.?!") for word in words]


def written(phrase: str) -> tuple[WrittenWord, ...]:
    return tuple(WrittenWord(word, 0.9, float(at), at + 1.0) for at, word in enumerate(phrase.split()))


@pytest.fixture(scope="module")
def whisper() -> WhisperRecogniser:
    recogniser = WhisperRecogniser(MODEL)
    recogniser.load()
    return recogniser


def test_words_come_with_case_marks_and_probabilities(whisper: WhisperRecogniser):
    (words, *_) = [each.words for each in whisper.hear(recorded("her/voice")).hypotheses]
    assert text(words) == "I think a bit of both."
    assert all(0.5 < word.probability <= 1 for word in words)


def test_other_hypotheses_say_how_likely_they_are(whisper: WhisperRecogniser):
    found = whisper.hear(recorded("her/about-1"), verbatim=False).hypotheses
    assert len(found) == 5
    odds = [each.log_probability for each in found]
    assert odds == sorted(odds, reverse=True)
    assert len({text(each.words) for each in found}) > 1
    own = [word for each in found[1:] for word in each.words if word not in found[0].words]
    assert own
    assert all(0 < word.probability <= 0.5 for word in own)


def test_fillers_are_found_between_the_words_where_they_were_said(whisper: WhisperRecogniser):
    heard = whisper.hear(recorded("her/about-1"))
    said = json.loads((RECORDINGS / "her/about-1.json").read_text())["text"].split()
    assert plain(heard.hypotheses[0].words) == [word for word in said if word not in {"um", "uh"}]
    assert plain(heard.verbatim) == said


def test_fluent_speech_has_no_fillers(whisper: WhisperRecogniser):
    heard = whisper.hear(recorded("fluent/about-1"))
    assert heard.verbatim == heard.hypotheses[0].words


def test_fillers_are_written_only_if_they_are_asked_for(whisper: WhisperRecogniser):
    assert whisper.hear(recorded("her/voice"), verbatim=False).verbatim == ()


def test_times_are_in_order_and_within_the_sound(whisper: WhisperRecogniser):
    samples = recorded("hesitant")
    words = whisper.hear(samples).verbatim
    assert words[0].start_s >= 0
    assert words[-1].end_s <= len(samples) / RATE_HZ
    assert all(word.start_s <= word.end_s <= after.end_s for word, after in pairwise(words))


def test_a_name_in_the_context_is_written_as_it_is_spelt_there(whisper: WhisperRecogniser):
    sound = recorded("films/hamlet")
    others = [f"Jean-Baptiste Nobody the {number}th" for number in range(200)]
    for context, is_known in (([], False), (["Hamlet", "Laurence Olivier"], True), (["Hamlet", *others], True)):
        heard = [plain(each.words) for each in whisper.hear(sound, context, verbatim=False).hypotheses]
        assert (heard[:1] == [["hamlet"]]) is is_known


def test_work_that_is_no_longer_wanted_ends_between_two_steps(whisper: WhisperRecogniser):
    class EnoughError(RuntimeError): ...

    def enough() -> None:
        raise EnoughError

    with pytest.raises(EnoughError):
        whisper.hear(recorded("her/voice"), go_on=enough)


def test_what_comes_over_again_for_want_of_silence_is_encoded_with_more_of_it(whisper: WhisperRecogniser, monkeypatch):
    lengths: list[int] = []
    decode = WhisperRecogniser.decode

    def saying_again(self: WhisperRecogniser, encoding: Encoding, prompt: list[int]) -> tuple[Hypothesis, ...]:
        """What Whisper does with one in twenty pieces of telephone speech, none of which is here."""
        lengths.append(encoding.output.shape[1])
        (best, *_) = decode(self, encoding, prompt)
        return (Hypothesis(best.words * 2, -1.0) if len(lengths) == 1 else best,)

    monkeypatch.setattr(WhisperRecogniser, "decode", saying_again)
    (heard,) = whisper.hear(recorded("her/film"), verbatim=False).hypotheses
    assert text(heard.words) == "It's the movie her."
    assert lengths == [400, 600]


@pytest.mark.parametrize(
    ("phrase", "again"),
    [("here we go now here we go now", True), ("I said that I think, I think so.", False), ("no no no", False),
     ("So it was. It was good, it was good.", True), ("", False)],
)  # fmt: skip
def test_three_words_and_more_that_come_twice_in_a_row_are_said_again(phrase: str, again: bool):
    assert says_again(written(phrase)) is again


@pytest.fixture(scope="module")
def voiceless() -> dict[str, Samples]:
    random = np.random.default_rng(1)
    moments = np.arange(5 * RATE_HZ) / RATE_HZ
    noise = random.normal(size=len(moments))
    sounds = {
        "zeros": 0 * moments,
        "a quiet room": noise * 0.001,
        "noise": noise * 0.03,
        "mains hum": 0.05 * np.sin(2 * np.pi * 50 * moments),
        "clicks": np.where(np.arange(len(moments)) % RATE_HZ == 100, 0.8, 0.0) + noise * 0.001,
    }
    return {name: (sound * 32767).astype(np.int16) for name, sound in sounds.items()}


@pytest.mark.parametrize("name", ["zeros", "a quiet room", "noise", "mains hum", "clicks"])
def test_where_nobody_speaks_nothing_is_written_whatever_the_prompt_says(
    whisper: WhisperRecogniser, voiceless: dict[str, Samples], name: str
):
    for context in ((), ("Her", "Spike Jonze", "Joaquin Phoenix", "Scarlett Johansson")):
        assert whisper.hear(voiceless[name], context) == Transcription()


def test_no_sound_at_all_has_no_words(whisper: WhisperRecogniser):
    assert whisper.hear(np.zeros(0, np.int16)) == Transcription()


def test_sound_that_would_be_misread_is_refused(whisper: WhisperRecogniser):
    with pytest.raises(ValueError, match="int16, not float32"):
        whisper.hear(np.zeros(RATE_HZ, np.float32))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="too long to encode at once; at most 25 s"):
        whisper.hear(np.zeros(round((LONGEST_S + 1) * RATE_HZ), np.int16))


def test_a_model_without_a_tokenizer_is_refused_before_the_network_is_asked(tmp_path: Path):
    with pytest.raises(ModelError, match=r"tokenizer\.json is missing"):
        WhisperRecogniser(tmp_path).load()


def test_a_model_that_is_cut_off_is_reported(tmp_path: Path):
    for name in ("config.json", "tokenizer.json", "vocabulary.json", "vocabulary.txt"):
        if (MODEL / name).exists():
            shutil.copy(MODEL / name, tmp_path)
    (tmp_path / "model.bin").write_bytes((MODEL / "model.bin").open("rb").read(1_000_000))
    with pytest.raises(ModelError, match="can't be loaded: CTranslate2 says"):
        WhisperRecogniser(tmp_path).load()


@pytest.mark.parametrize(
    ("looped", "once"),
    [
        ("I liked it. I liked it. I liked it. I liked it. I liked", "I liked it. I liked"),
        ("well you you you you you you you", "well you"),
        ("Thank you, thank you. Thank you! thank you and so on", "Thank you, and so on"),
        ("no no no no, it was bad", "no no no no, it was bad"),
        ("it was very, very, very good", "it was very, very, very good"),
    ],
)
def test_loops_are_cut_and_what_people_repeat_is_kept(looped: str, once: str):
    assert text(without_loops(written(looped))) == once


def test_what_captions_describe_was_not_said():
    assert text(without_descriptions(written("(laughs) I [door opens] left *sighs* then."))) == "I left then."
