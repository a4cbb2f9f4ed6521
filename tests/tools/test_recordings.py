"""The recordings agree with their truth, and their script is checked."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
import pytest
import soundfile

from tools.command import ToolError
from tools.corpus.clip import longest_silence, voiced_span
from tools.corpus.script import load
from tools.corpus.word_times import Phone, place_words
from tools.notation import FillerCue, PauseCue, Phrase, parse, words_of
from tools.paths import RECORDINGS as FOLDER

FILES = sorted(str(path.relative_to(FOLDER)) for path in FOLDER.rglob("*.flac"))
QUIET_ROOM = [name for name in FILES if name != "noisy.flac"]

SCRIPT = load(FOLDER / "scripts.toml")


@dataclass(frozen=True)
class Taped:
    truth: dict
    sound: np.ndarray
    rate_hz: int
    channels: int

    def level_db(self, start_s: float, end_s: float) -> float:
        piece = self.sound[round(start_s * self.rate_hz) : round(end_s * self.rate_hz)]
        return float(10 * np.log10(np.mean(np.square(piece)) + 1e-12))

    def items(self, *kinds: str) -> list[dict]:
        return [item for item in self.truth["items"] if item["kind"] in kinds]

    def levels_db(self, *kinds: str) -> list[float]:
        return [self.level_db(item["start_s"], item["end_s"]) for item in self.items(*kinds)]


@cache
def taped(name: str) -> Taped:
    path = FOLDER / name
    sound, rate_hz = soundfile.read(path, always_2d=True)
    truth = json.loads(path.with_suffix(".json").read_text("utf-8"))
    return Taped(truth, sound.mean(axis=1), rate_hz, sound.shape[1])


def test_what_is_there_is_what_the_script_says():
    assert sorted(recording.file for recording in SCRIPT) == FILES
    truths = sorted(str(path.relative_to(FOLDER).with_suffix(".flac")) for path in FOLDER.rglob("*.json"))
    assert truths == FILES


@pytest.mark.parametrize("recording", SCRIPT, ids=lambda recording: recording.file)
def test_the_truth_has_every_word_of_the_script_in_order(recording):
    said = [each.say for each in SCRIPT if each.file in recording.answers] or [recording.say]
    truth = taped(recording.file).truth
    assert truth["text"].split() == words_of(" ".join(said))
    assert [item["word"] for item in truth["items"] if item["word"]] == truth["text"].split()


@pytest.mark.parametrize("name", FILES)
def test_times_lie_in_order_within_the_file(name):
    recording = taped(name)
    truth = recording.truth
    assert truth["duration_s"] == pytest.approx(len(recording.sound) / recording.rate_hz, abs=1e-3)
    for span in (*truth["items"], *truth["questions"]):
        assert 0 <= span["start_s"] < span["end_s"] <= truth["duration_s"]
    for one, other in pairwise(truth["items"]):
        assert one["end_s"] <= other["start_s"] + 1e-9
    for one, other in pairwise(truth["questions"]):
        assert one["end_s"] < other["start_s"]


@pytest.mark.parametrize("name", FILES)
def test_rate_and_channels_are_as_the_truth_says(name):
    recording = taped(name)
    expected = {"telephone.flac": (8_000, 1), "stereo-44100.flac": (44_100, 2)}.get(name, (16_000, 1))
    assert (recording.rate_hz, recording.channels) == expected
    assert (recording.truth["rate_hz"], recording.truth["channels"]) == expected
    assert soundfile.info(FOLDER / name).subtype == "PCM_16"


@pytest.mark.parametrize("name", QUIET_ROOM)
def test_every_pause_is_far_quieter_than_every_word(name):
    recording = taped(name)
    for pause_db in recording.levels_db("pause"):
        assert pause_db < min(recording.levels_db("word", "filler")) - 20


@pytest.mark.parametrize("name", QUIET_ROOM)
def test_nothing_is_said_outside_the_words(name):
    recording = taped(name)
    rest = recording.sound.copy()
    for item in recording.items("word", "filler"):
        # Sounds die away for some milliseconds.
        first, last = item["start_s"] - 0.03, item["end_s"] + 0.03
        rest[max(round(first * recording.rate_hz), 0) : round(last * recording.rate_hz)] = 0
    assert np.max(np.abs(rest)) < 0.01


# A telephone takes away most of an m, and its noise hides the rest.
@pytest.mark.parametrize("name", [name for name in QUIET_ROOM if name != "telephone.flac"])
def test_a_word_after_a_silence_begins_and_one_before_it_ends_when_the_truth_says(name):
    recording = taped(name)
    for pause in recording.items("pause"):
        before = recording.level_db(pause["start_s"] - 0.03, pause["start_s"])
        after = recording.level_db(pause["end_s"], pause["end_s"] + 0.03)
        assert min(before, after) > recording.level_db(pause["start_s"] + 0.03, pause["end_s"] - 0.03) + 3


def test_every_silence_of_a_quarter_second_between_words_is_a_pause():
    for name in set(FILES) - {"her.flac"}:
        for one, other in pairwise(taped(name).truth["items"]):
            assert other["start_s"] - one["end_s"] < 0.25, f"{name}: {one} {other}"


def test_fillers_are_as_long_as_people_make_them():
    fillers = taped("her.flac").items("filler")
    assert len(fillers) >= 12
    for filler in fillers:
        assert 0.25 <= filler["end_s"] - filler["start_s"] <= 0.7


def test_the_noise_is_ten_decibels_below_the_speaker():
    recording = taped("noisy.flac")
    pause_db = recording.levels_db("pause")[0]
    words = recording.items("word")
    heard_db = recording.level_db(words[0]["start_s"], recording.items("pause")[0]["start_s"])
    speech_db = 10 * np.log10(10 ** (heard_db / 10) - 10 ** (pause_db / 10))
    assert speech_db - pause_db == pytest.approx(10, abs=3)
    assert recording.truth["snr_db"] == 10


def test_the_telephone_lets_only_its_band_through():
    recording = taped("telephone.flac")
    power = np.abs(np.fft.rfft(recording.sound)) ** 2
    hertz = np.fft.rfftfreq(len(recording.sound), 1 / recording.rate_hz)
    outside = power[(hertz < 200) | (hertz > 3_800)].sum()
    assert outside < power.sum() / 1_000


def test_the_stereo_speaker_sits_to_the_left():
    sound, _ = soundfile.read(FOLDER / "stereo-44100.flac")
    left, right = np.sqrt(np.mean(np.square(sound), axis=0))
    assert 1.3 < left / right < 3


def test_one_answer_is_there_hesitant_and_fluent_in_the_same_words_by_the_same_voice():
    hesitant, fluent = taped("hesitant.flac"), taped("fluent.flac")
    assert [item["word"] for item in hesitant.items("word")] == [item["word"] for item in fluent.items("word")]
    assert hesitant.truth["voice"] == fluent.truth["voice"]
    assert len(hesitant.items("filler")) >= 4
    assert not fluent.items("filler")
    assert len(hesitant.items("pause")) > 3 * len(fluent.items("pause"))


def test_the_one_file_conversation_holds_the_folders_answers_with_silence_for_a_patient_listener_between_them():
    whole = taped("her.flac")
    parts = [recording.file for recording in SCRIPT if recording.file.startswith("her/")]
    questions = whole.truth["questions"]
    assert [each["text"] for each in questions] == [taped(part).truth["text"] for part in parts]
    assert [each["question"] for each in questions] == [taped(part).truth["questions"][0]["question"] for part in parts]
    silences = [(one["end_s"], other["start_s"]) for one, other in pairwise(questions)]
    silences.append((questions[-1]["end_s"], whole.truth["duration_s"]))
    for start_s, end_s in silences:
        assert end_s - start_s >= 2.6
        assert whole.level_db(start_s + 0.03, end_s - 0.03) < -70


def test_silence_has_a_room_in_it_and_nobody():
    recording = taped("silence.flac")
    assert recording.truth["items"] == recording.truth["questions"] == []
    assert recording.truth["duration_s"] == 6
    assert -70 < recording.level_db(0, 6) < -60


def test_all_of_them_stay_below_six_megabytes():
    assert sum((FOLDER / name).stat().st_size for name in FILES) < 6_000_000


def test_the_notation_knows_phrases_fillers_and_pauses():
    assert parse("Well, um (0.8) I forgot, uh. And (1) so") == (
        Phrase("Well,"),
        FillerCue("um"),
        PauseCue(0.8),
        Phrase("I forgot,"),
        FillerCue("uh"),
        Phrase("And"),
        PauseCue(1.0),
        Phrase("so"),
    )
    assert parse("A drum and a summer hum") == (Phrase("A drum and a summer hum"),)


@pytest.mark.parametrize(
    ("script", "complaint"),
    [
        (
            '[[recording]]\nfile = "a.flac"\nabout = "x"\nsey = "hello"',
            "Unknown key 'sey' in 'a.flac'. There are: file,",
        ),
        ('[[recording]]\nfile = "a.flac"', "has no 'about'"),
        ('[[recording]]\nfile = "a.flac"\nabout = "x"\nanswers = ["b.flac"]', "'b.flac', which isn't above it"),
        ('[[recording]]\nfile = "a.flac"\nabout = "x"\n' * 2, "twice"),
        ("[[recording", "isn't TOML"),
        ("", "There is no"),
    ],
)
def test_a_mistake_in_a_script_is_named(tmp_path, script, complaint):
    path = tmp_path / "scripts.toml"
    path.write_text(script, "utf-8")
    with pytest.raises(ToolError) as caught:
        load(path)
    assert complaint in str(caught.value)


def test_words_that_a_voice_runs_together_are_told_apart_and_silence_between_words_belongs_to_neither():
    rate_hz = 1_000
    sound = np.full(1_000, 0.5, dtype=np.float32)
    sound[500:800] = 0
    lengths = [("o", 0.0, 0.1), ("v", 0.1, 0.2), ("dh", 0.2, 0.3), ("ax", 0.3, 0.5), (" ", 0.5, 0.8), ("s", 0.8, 1.0)]
    placed = place_words(
        [Phone(*each) for each in lengths],
        ["of", "the", "sea"],
        [["o", "v"], ["dh", "iy"], ["s", "iy"]],
        sound,
        rate_hz,
    )
    assert [(each.word, round(each.start_s, 3), round(each.end_s, 3)) for each in placed] == [
        ("of", 0.0, 0.2),
        ("the", 0.2, 0.5),
        ("sea", 0.8, 1.0),
    ]


@pytest.mark.parametrize("rate_hz", [8_000, 16_000, 22_050])
def test_the_edges_of_a_voice_are_found_to_five_milliseconds_at_any_rate(rate_hz):
    sound = np.zeros(8 * rate_hz, dtype=np.float32)
    sound[round(0.2 * rate_hz) : round(7.5 * rate_hz)] = 0.5
    sound[round(6.0 * rate_hz) : round(6.4 * rate_hz)] = 0.001
    assert voiced_span(sound, rate_hz) == pytest.approx((0.2, 7.5), abs=0.005)
    assert longest_silence(sound, rate_hz, 5.9, 6.5) == pytest.approx((6.0, 6.4), abs=0.005)
    assert longest_silence(sound, rate_hz, 1.0, 5.0) is None
