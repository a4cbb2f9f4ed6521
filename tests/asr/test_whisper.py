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
    WhisperRecogniser,
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
    words = whisper.decode(whisper.encode(recorded("her/voice")))
    assert text(words) == "I think a bit of both."
    assert all(0.5 < word.probability <= 1 for word in words)


def test_the_first_of_several_hypotheses_is_the_wording_and_the_others_say_how_likely_they_are(
    whisper: WhisperRecogniser,
):
    encoding = whisper.encode(recorded("her/about-1"))
    found = whisper.decode_hypotheses(encoding)
    assert found[0].words == whisper.decode(encoding)
    assert len(found) == 5
    odds = [each.log_probability for each in found]
    assert odds == sorted(odds, reverse=True)
    assert len({text(each.words) for each in found}) > 1
    own = [word for each in found[1:] for word in each.words if word not in found[0].words]
    assert own
    assert all(0 < word.probability <= 0.5 for word in own)


def test_one_encoding_gives_the_wording_and_the_fillers(whisper: WhisperRecogniser):
    encoding = whisper.encode(recorded("her/about-1"))
    fluent, verbatim = whisper.decode(encoding), whisper.decode_verbatim(encoding)
    said = json.loads((RECORDINGS / "her/about-1.json").read_text())["text"].split()
    assert plain(fluent) == [word for word in said if word not in {"um", "uh"}]
    assert plain(verbatim).count("um") + plain(verbatim).count("uh") == 2
    # What was decoded in between leaves no trace.
    assert whisper.decode(encoding) == fluent


def test_times_are_in_order_and_within_the_sound(whisper: WhisperRecogniser):
    samples = recorded("hesitant")
    words = whisper.decode_verbatim(whisper.encode(samples))
    assert words[0].start_s >= 0
    assert words[-1].end_s <= len(samples) / RATE_HZ
    assert all(word.start_s <= word.end_s <= after.end_s for word, after in pairwise(words))


def test_a_name_in_the_context_is_written_as_it_is_spelt_there(whisper: WhisperRecogniser):
    encoding = whisper.encode(recorded("films/hamlet"))
    assert "hamlet" not in plain(whisper.decode(encoding))
    assert plain(whisper.decode(encoding, ["Hamlet", "Laurence Olivier"])) == ["hamlet"]


def test_a_context_that_is_too_long_keeps_its_first_names_or_the_end_of_its_text(whisper: WhisperRecogniser):
    encoding = whisper.encode(recorded("films/hamlet"))
    others = [f"Jean-Baptiste Nobody the {number}th" for number in range(200)]
    assert plain(whisper.decode(encoding, ["Hamlet", *others])) == ["hamlet"]
    assert plain(whisper.decode(encoding, " and ".join([*others, "we watched Hamlet last night."]))) == ["hamlet"]


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
    encoding = whisper.encode(voiceless[name])
    assert whisper.decode(encoding) == ()
    assert whisper.decode(encoding, ["Her", "Spike Jonze", "Joaquin Phoenix", "Scarlett Johansson"]) == ()
    assert whisper.decode_verbatim(encoding) == ()


def test_no_sound_at_all_has_no_words(whisper: WhisperRecogniser):
    assert whisper.decode(whisper.encode(np.zeros(0, np.int16))) == ()


def test_sound_that_would_be_misread_is_refused(whisper: WhisperRecogniser):
    with pytest.raises(ValueError, match="int16, not float32"):
        whisper.encode(np.zeros(RATE_HZ, np.float32))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="too long to encode at once; at most 25 s"):
        whisper.encode(np.zeros(round((LONGEST_S + 1) * RATE_HZ), np.int16))


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
