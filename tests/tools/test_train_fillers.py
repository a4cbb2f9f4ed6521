"""What the filled-pause network learns from: texts, labels, rooms, and what is known of real recordings."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.audio.frame import RATE_HZ
from assistant.fillers import network as filled_pause
from assistant.fillers.features import BANDS, COLUMNS
from assistant.fillers.network import FilledPauseNetwork
from tools.command import ToolError, run_program
from tools.corpus import acoustics, forced_durations
from tools.corpus.forced_durations import HeldPhone, filler_phones
from tools.corpus.utterance import PAUSE, Filler, Span, drawn, sentences
from tools.paths import ROOT
from tools.training import amazon_queen, examples, voices
from tools.training.examples import FILLER, LINE_ROWS, OTHER, UNKNOWN, Example
from tools.training.real_speech import kind_of


def tone(length_s: float, rate_hz: int = RATE_HZ, hertz: float = 150.0) -> np.ndarray:
    """A voiced sound: a tone with some overtones."""
    t = np.arange(int(length_s * rate_hz)) / rate_hz
    return (sum(np.sin(2 * np.pi * hertz * k * t) / k for k in range(1, 6)) / 4).astype(np.float32)


def silence(length_s: float, rate_hz: int = RATE_HZ) -> np.ndarray:
    return np.zeros(int(length_s * rate_hz), np.float32)


def example(count: int, label: int, value: float = 0.0) -> Example:
    return Example(np.full((count, COLUMNS), value, np.float16), np.full(count, label, np.int8))


# What is said


def test_every_sentence_has_places_to_hesitate_and_can_be_spoken_by_every_voice():
    texts = sentences()
    assert len(texts) == len(set(texts)) >= 100
    for text in texts:
        assert len(text) == 3
        # A double quote would end the text in a script for Festival, and a figure isn't read alike by all.
        assert all(piece.replace(" ", "").isalpha() and piece.isascii() for piece in text), text


def test_an_utterance_of_a_number_is_always_the_same_and_those_of_others_differ():
    texts, names = sentences(), ["kokoro:af_sky", "kokoro:am_adam", "kokoro:bm_george"]
    first = [drawn("kokoro", number, names, texts) for number in range(50)]
    assert first == [drawn("kokoro", number, names, texts) for number in range(50)]
    assert len({(each.voice, each.parts) for each in first}) > 45


@pytest.fixture(scope="module")
def utterances():
    return [drawn("piper", number, ["piper:joe"], sentences()) for number in range(2000)]


def test_about_half_of_the_utterances_are_fluent_so_that_fluency_is_learnt_too(utterances):
    hesitant = [each for each in utterances if any(isinstance(part, Filler) for part in each.parts)]
    assert 0.45 < len(hesitant) / len(utterances) < 0.6


def test_a_drawn_filler_is_as_long_as_people_make_them(utterances):
    fillers = [part for each in utterances for part in each.parts if isinstance(part, Filler)]
    lengths_s = [sum(length_s for sound, length_s in filler.sounds if sound != PAUSE) for filler in fillers]
    assert min(lengths_s) > 0.1
    assert max(lengths_s) < 1.1
    assert 0.3 < np.median(lengths_s) < 0.45


# When a filler sounds


def test_the_times_of_a_filler_end_where_it_has_faded():
    um = Filler("um", (("ʌ", 0.2), ("m", 0.1), (PAUSE, 0.3)))
    phones = [HeldPhone("a"), *filler_phones(um), HeldPhone("b")]
    sound = np.concatenate([tone(0.1), tone(0.25), 0.01 * tone(0.35), tone(0.2)])
    # What comes before the first phone ends at 0.02 s; the filler is held from 0.1 to 0.4 s but fades at 0.35.
    found = forced_durations.spans(phones, [0.02, 0.1, 0.3, 0.4, 0.7, 0.9], sound, RATE_HZ)
    assert [each.filler for each in found] == ["um"]
    assert found[0].start_s == pytest.approx(0.1, abs=0.011)
    assert found[0].end_s == pytest.approx(0.35, abs=0.011)


def test_a_sound_that_would_die_away_is_said_over_and_over():
    uh = Filler("uh", ((PAUSE, 0.2), ("ə", 0.4)))
    held = filler_phones(uh, longer=1.25, longest_s=0.1)
    assert [phone.letter for phone in held] == [",", *"ə" * 5]
    assert sum(phone.held_s for phone in held[1:]) == pytest.approx(0.5)
    assert all(phone.filler is uh for phone in held[1:])
    assert held[0].filler is None


def test_two_fillers_side_by_side_are_two():
    one, other = Filler("uh", (("ə", 0.2),)), Filler("uh", (("ə", 0.2),))
    phones = [*filler_phones(one), *filler_phones(other)]
    assert len(forced_durations.spans(phones, [0.0, 0.2, 0.4], tone(0.4), RATE_HZ)) == 2


def test_a_network_holds_each_sound_as_long_as_it_is_told(tmp_path: Path):
    onnx = pytest.importorskip("onnx")
    pytest.importorskip("onnxruntime")
    helper, kinds = onnx.helper, onnx.TensorProto
    graph = helper.make_graph(
        [
            helper.make_node("Cast", ["letters"], ["durations"], to=kinds.INT64),
            helper.make_node("Mul", ["durations", "durations"], ["sound"]),
        ],
        "speaks",
        [helper.make_tensor_value_info("letters", kinds.FLOAT, [1, "length"])],
        [helper.make_tensor_value_info("sound", kinds.INT64, [1, "length"])],
    )
    path = tmp_path / "speaks.onnx"
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8), str(path))
    network = forced_durations.forced_session(path, "durations", 0, whole=True)
    sound, durations = network.run(None, {"letters": np.float32([[2, 3, 4]]), "force": np.array([[0, 9, 0]])})
    assert durations.tolist() == [[2, 9, 4]]
    assert sound.tolist() == [[4, 81, 16]]


# Labels


def test_rows_inside_a_filler_are_labelled_and_those_at_its_edges_are_left_out():
    labels = examples.span_labels(100, [(0.3, 0.6)])
    assert (labels[32:59] == FILLER).all()
    assert (labels[27:32] == UNKNOWN).all()
    assert (labels[59:65] == UNKNOWN).all()
    assert (labels[:27] == OTHER).all()
    assert (labels[65:] == OTHER).all()


def test_labels_move_with_the_speed():
    labels = examples.span_labels(200, [(1.0, 1.5)], speed=1.25)
    filler = np.flatnonzero(labels == FILLER)
    assert (filler[0], filler[-1]) == (82, 118)


def test_a_filler_at_either_end_of_the_sound_is_labelled_too():
    labels = examples.span_labels(50, [(0.0, 0.2), (0.4, 0.6)])
    assert (labels[2:19] == FILLER).all()
    assert (labels[42:] == FILLER).all()


def test_in_a_recording_of_nothing_but_a_filler_only_its_sound_is_the_filler():
    sound = np.concatenate([silence(0.4), tone(0.5), silence(0.4)]) + np.random.default_rng(0).normal(0, 1e-3, 20_800)
    samples = (sound * 20_000).astype(np.int16)
    rows = np.zeros((130, COLUMNS), np.float16)
    rows[:, BANDS] = 0.9
    labels = examples.real_labels("fillers", rows, samples)
    assert (labels[42:88] == FILLER).all()
    assert (labels[:38] == UNKNOWN).all()
    assert (labels[92:] == UNKNOWN).all()
    rows[50:60, BANDS] = -0.5
    assert (examples.real_labels("fillers", rows, samples)[50:60] == UNKNOWN).all(), "breath isn't a filler"


def test_where_a_filler_of_unknown_length_comes_first_nothing_is_learnt_from_there():
    rows = np.zeros((300, COLUMNS), np.float16)
    labels = examples.real_labels("filler first", rows, np.zeros(48_000, np.int16))
    assert (labels[:150] == UNKNOWN).all()
    assert (labels[150:] == OTHER).all()


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("She went home to her mother.", "fluent"),
        ("Ummm...", "fillers"),
        ("Er, uh.", "fillers"),
        ("Err, I think I left it in the car.", "filler first"),
        ("I think, um, I left it.", None),
        ("Uh, I think, um, I left it.", None),
        ("Uh oh!", None),
        ("Oh, there you are.", None),
        ("Uh-huh.", None),
    ],
)
def test_what_is_said_tells_whether_there_are_fillers(text: str, kind: str | None):
    assert kind_of(text) == kind


def test_real_fillers_are_put_between_other_speech():
    fluent = [example(250, OTHER, value) for value in (1.0, 2.0, 3.0, 4.0)]
    fillers = [example(40, FILLER, 9.0), example(30, FILLER, 9.0)]
    lines = examples.lines_of([*fluent, *fillers], np.random.default_rng(0))
    assert all(len(line.labels) == len(line.rows) >= LINE_ROWS for line in lines)
    joined = np.concatenate([line.labels for line in lines])
    edges = np.flatnonzero(np.diff((joined == FILLER).astype(int)) == 1)
    assert len(edges) == 2
    for edge in edges:
        assert (joined[edge - 150 : edge + 1] == OTHER).all()


def test_four_recordings_in_ten_are_kept_for_the_classifier_and_always_the_same():
    names = [f"piper-{number:04d}.flac" for number in range(2000)]
    kept = [name for name in names if examples.kept_for_classifier(name)]
    assert 0.37 < len(kept) / len(names) < 0.43
    assert kept == [name for name in names if examples.kept_for_classifier(name)]


# Rooms


@pytest.mark.parametrize("seed", range(12))
def test_in_any_room_and_over_any_line_sounds_stay_where_they_were(seed: int):
    rate_hz = 24_000
    sound = np.concatenate([silence(1.0, rate_hz), tone(0.5, rate_hz, 300.0), silence(1.0, rate_hz)])
    there = acoustics.in_drawn_room(sound, rate_hz, np.random.default_rng(seed), (0.8, 1.28))
    assert 0.8 <= there.speed <= 1.28
    assert len(there.samples) == pytest.approx(2.5 * RATE_HZ / there.speed, abs=2)
    level = np.square(there.samples[: len(there.samples) // 160 * 160].astype(float)).reshape(-1, 160).mean(axis=1)
    loud = np.flatnonzero(level > level.max() / 4) / 100
    assert loud[0] == pytest.approx(1.0 / there.speed, abs=0.03)
    # Reverberation makes it longer, nothing makes it shorter.
    assert 1.5 / there.speed - 0.03 < loud[-1] < 1.5 / there.speed + 0.3


def test_a_room_drawn_twice_from_the_same_seed_is_the_same():
    one, other = (acoustics.in_drawn_room(tone(0.5), RATE_HZ, np.random.default_rng(3), (0.8, 1.28)) for _ in range(2))
    assert one.speed == other.speed
    assert (one.samples == other.samples).all()
    another = acoustics.in_drawn_room(tone(0.5), RATE_HZ, np.random.default_rng(4), (0.8, 1.28))
    assert another.speed != one.speed


def test_silence_goes_through_every_room_without_trouble():
    for seed in range(12):
        with np.errstate(all="raise", under="ignore"):
            assert (
                acoustics.in_drawn_room(silence(0.5), RATE_HZ, np.random.default_rng(seed), (1.0, 1.01)).samples.dtype
                == np.int16
            )


# The game's speech


def padded(data_: bytes, size: int) -> bytes:
    return data_.ljust(size, b"\0")


def numbered(number: int, text: str) -> bytes:
    entry = struct.pack(">HHB", 0, number, len(text)) + text.encode()
    return padded(entry, len(entry) + -len(entry) % 4)


def game_of(contents: dict[str, bytes]) -> bytes:
    at = 15 + 21 * len(contents)
    table, body = b"", b""
    for name, content in contents.items():
        table += padded(name.encode(), 12) + b"\0" + struct.pack(">II", at + len(body), len(content))
        body += content
    return bytes(13) + struct.pack(">H", len(contents)) + table + body


def test_the_game_tells_what_is_said_in_which_of_its_recordings(tmp_path: Path):
    hero, other = numbered(0x2B, "Er...*AN12I can explain."), numbered(7, "Explain what?")
    dialogue = bytes(20) + padded(struct.pack(">5h", 0, 0, 5, 1, 1), 22) + struct.pack(">h", 32 + len(hero))
    contents = {
        "T5.DOG": padded(dialogue, 20 + 32) + hero + other,
        "05002BJ1.SB": b"\xff\xf3one",
        "05002BJ2.SB": b"\xff\xf3two",
        "050007P1.SB": b"\xff\xf3three",
        "QUEEN2.JAS": b"First remark.\r\nSecond remark.\r\n",
        "JOE0042A.SB": b"\xff\xf3four",
        "C10A.CUT": bytes(20) + b"\x0bIt is over.\0\x09And begun\0",
        "C10A_010.SB": b"\xff\xf3five",
        "C10A_020.SB": b"not MP3",
        "C99_____.SB": b"\xff\xf3of no known text",
    }
    path = tmp_path / "queen.1c"
    path.write_bytes(game_of(contents))
    found = {line.name: line for line in amazon_queen.lines(path)}
    assert {name: line.text for name, line in found.items()} == {
        "05002bj1": "Er...",
        "05002bj2": "I can explain.",
        "050007p1": "Explain what?",
        "joe0042a": "Second remark.",
        "c10a_010": "It is over.",
    }
    line = found["05002bj2"]
    assert path.read_bytes()[line.at : line.at + line.size] == b"\xff\xf3two"


# What is written, and what goes wrong


def test_what_is_written_is_what_the_program_hears_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    torch = pytest.importorskip("torch")
    from tools.training import network

    layers = network.train([example(500, OTHER, -0.5), example(500, FILLER, 0.5)], 5, 1)
    network.write(layers, tmp_path / "filled_pause.npz")
    monkeypatch.setattr(filled_pause, "files", lambda _: tmp_path)
    hearing = FilledPauseNetwork()
    sound = np.concatenate([silence(0.5), tone(0.7), silence(0.5)]) + np.random.default_rng(0).normal(0, 1e-3, 27_200)
    hearing.feed((sound * 20_000).astype(np.int16))
    hearing.finish()
    with torch.no_grad():
        odds = network.log_odds(layers, torch.from_numpy(hearing.rows.T[None].copy()), dropped=0.0)[0].numpy()
    assert hearing.odds == pytest.approx(odds, abs=0.01)


def test_training_without_voices_says_which_step_comes_first(tmp_path: Path):
    with pytest.raises(ToolError, match="train_fillers voices --work"):
        voices.spoken(tmp_path)


def test_spoken_utterances_are_found_with_their_times(tmp_path: Path):
    folder = voices.folder(tmp_path)
    folder.mkdir()
    spans = [{"filler": "um", "start_s": 1.5, "end_s": 1.9}]
    (folder / "piper-0001.json").write_text(json.dumps({"voice": "piper:joe", "spans": spans}))
    assert voices.spoken(tmp_path) == [(folder / "piper-0001.flac", (Span("um", 1.5, 1.9),))]


def test_a_missing_program_is_named():
    with pytest.raises(ToolError, match=r"Speaking needs “no-such-voice”, which isn't installed"):
        run_program(["no-such-voice"], what="Speaking")


def test_a_failing_program_is_quoted():
    with pytest.raises(ToolError, match=r"Fetching it failed: no such package"):
        run_program([sys.executable, "-c", "import sys; sys.exit('first line\\nno such package')"], what="Fetching it")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["voices"], "--work"),
        (["voices", "--work", "x", "--piper", "many"], "'many' isn't a number"),
        (["network", "--work", "x", "--steps", "0"], "at least 1"),
        (["network", "--work", "x", "--out", "weights.bin"], "must end in .npz"),
        (["classifier", "--work", "x", "--cross-validate"], "--cross-validate needs --annotated DIR"),
    ],
)
def test_a_wrong_option_is_told_in_a_sentence(arguments: list[str], told: str):
    command = [sys.executable, "-m", "tools.training.train_fillers", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert told in done.stderr
    assert "Traceback" not in done.stderr
