"""Audio files of every kind, good and bad."""

import os
import re
import sys
import tracemalloc
from contextlib import contextmanager

import numpy as np
import pytest
import soundfile

from assistant.audio.level import rms_dbfs
from assistant.audio.recording import Recording, scan_recording
from assistant.errors import AudioFileError
from tools.simulation.sound_room import tone


def heard(path):
    with Recording(path) as recording:
        blocks = []
        while (block := recording.read()) is not None:
            blocks.append(block)
    return np.concatenate(blocks), recording.note


def complaint(path):
    with pytest.raises(AudioFileError) as caught, Recording(path) as recording:
        while recording.read() is not None:
            pass
    assert caught.value.exit_code == 3
    assert str(path) in caught.value.sentence
    return caught.value.sentence


@contextmanager
def as_an_ordinary_user():
    """Root may read everything, so step down where the tests run as root."""
    before = os.geteuid()
    if before == 0:
        os.seteuid(65_534)
    try:
        yield
    finally:
        os.seteuid(before)


@pytest.mark.parametrize(
    ("name", "rate_hz", "subtype"),
    [
        ("plain.wav", 16_000, "PCM_16"),
        ("telephone.wav", 8_000, "PCM_16"),
        ("eight_bit.wav", 22_050, "PCM_U8"),
        ("studio.wav", 96_000, "PCM_24"),
        ("float.wav", 48_000, "FLOAT"),
        ("double.wav", 48_000, "DOUBLE"),
        ("law.wav", 8_000, "ULAW"),
        ("cd.flac", 44_100, "PCM_16"),
        ("apple.aiff", 44_100, "PCM_16"),
        ("free.ogg", 44_100, "VORBIS"),
        ("everywhere.mp3", 44_100, None),
    ],
)
def test_every_common_kind_of_file_is_heard_at_its_length_and_level(tmp_path, name, rate_hz, subtype):
    path = tmp_path / name
    soundfile.write(path, tone(1.5, rate_hz) / 32_768, rate_hz, subtype=subtype)
    samples, note = heard(path)
    assert note is None
    assert samples.dtype == np.int16
    assert len(samples) == pytest.approx(24_000, abs=1)
    assert rms_dbfs(samples[2_000:-2_000]) == pytest.approx(-9.03, abs=0.3)


@pytest.mark.skipif(sys.platform != "linux", reason="file names are text elsewhere")
def test_a_file_whose_name_is_no_text_is_named_all_the_same(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff.wav")
    path.write_bytes(b"RIFF")
    with pytest.raises(AudioFileError, match=r"udcff\.wav.*Rename it"):
        Recording(path).open()


def test_six_channels_become_one(tmp_path):
    path = tmp_path / "cinema.wav"
    soundfile.write(path, np.repeat(tone(1, 48_000)[:, None], 6, axis=1), 48_000)
    samples, _ = heard(path)
    assert len(samples) == 16_000
    assert rms_dbfs(samples[1_000:-1_000]) == pytest.approx(-9.03, abs=0.05)


def test_a_float_file_with_nan_in_it_is_heard_and_says_how_many(tmp_path):
    path = tmp_path / "broken_float.wav"
    sound = tone(1, 16_000).astype(np.float32) / 32_768
    sound[8_000:8_010] = np.nan
    soundfile.write(path, sound, 16_000, subtype="FLOAT")
    samples, note = heard(path)
    assert not samples[8_000:8_010].any()
    assert note == "broken_float.wav holds 10 values that aren't numbers, which are heard as silence."


@pytest.mark.parametrize("name", ["cut.wav", "cut.aiff", "cut.flac", "cut.mp3"])
def test_a_file_that_is_broken_off_is_used_as_far_as_it_goes_and_says_how_much_is_missing(tmp_path, name):
    path = tmp_path / name
    noise = np.random.default_rng(1).integers(-9_000, 9_000, 64_000).astype(np.int16)
    soundfile.write(path, noise, 16_000)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    samples, note = heard(path)
    said = re.fullmatch(rf"{name} is broken off: ([0-9.]+) s of what it promises are missing\.", note)
    assert 1.0 < len(samples) / 16_000 < 2.3
    assert float(said[1]) == pytest.approx(4 - len(samples) / 16_000, abs=0.06)


def test_a_wav_whose_writer_did_not_know_its_length_is_whole(tmp_path):
    path = tmp_path / "streamed.wav"
    soundfile.write(path, tone(1, 16_000), 16_000)
    data = bytearray(path.read_bytes())
    where = data.index(b"data") + 4
    data[4:8] = data[where : where + 4] = b"\xff\xff\xff\xff"
    path.write_bytes(data)
    samples, note = heard(path)
    assert (len(samples), note) == (16_000, None)


def test_a_recording_can_be_heard_again_from_its_beginning(tmp_path):
    path = tmp_path / "twice.flac"
    soundfile.write(path, tone(0.5, 44_100), 44_100)
    recording = Recording(path)
    lengths = []
    for _ in range(2):
        with recording:
            lengths.append(0)
            while (block := recording.read()) is not None:
                lengths[-1] += len(block)
    assert lengths == [8_000, 8_000]


def test_a_long_recording_needs_little_memory(tmp_path):
    path = tmp_path / "long.flac"
    with soundfile.SoundFile(path, "w", 44_100, 2) as file:
        for _ in range(600):
            file.write(np.zeros((44_100, 2), np.int16))
    tracemalloc.start()
    try:
        assert scan_recording(path).duration_s == 600
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # As floats the whole of it would take 210 MB.
    assert peak < 15e6


def test_a_file_that_is_not_there_is_named(tmp_path):
    assert "is not there" in complaint(tmp_path / "nowhere.wav")


def test_a_folder_in_place_of_a_file_is_named(tmp_path):
    assert "is a folder" in complaint(tmp_path)


def test_an_empty_file_is_named(tmp_path):
    path = tmp_path / "empty.wav"
    path.touch()
    assert "is empty (0 bytes)" in complaint(path)


def test_a_file_without_samples_is_named(tmp_path):
    path = tmp_path / "header_only.wav"
    soundfile.write(path, np.zeros(0, np.int16), 16_000)
    assert "not a single sample" in complaint(path)


@pytest.mark.parametrize("name", ["letter.txt", "letter.wav", "letter.raw", "letter.mp3"])
def test_a_text_is_not_audio_whatever_it_is_called(tmp_path, name):
    path = tmp_path / name
    path.write_text("Dear diary, today I saw Her. " * 100)
    sentence = complaint(path)
    assert "is not audio that can be read" in sentence
    assert "WAV, FLAC, OGG" in sentence


def test_a_compressed_file_cut_off_before_its_first_sound_is_damaged(tmp_path):
    path = tmp_path / "stub.flac"
    soundfile.write(path, np.random.default_rng(1).integers(-9_000, 9_000, 64_000).astype(np.int16), 16_000)
    path.write_bytes(path.read_bytes()[:2_000])
    assert "breaks off before its first sound" in complaint(path)


@pytest.mark.parametrize("rate_hz", [1, 3_000_000])
def test_a_rate_that_no_recording_of_speech_has_is_named(tmp_path, rate_hz):
    path = tmp_path / "odd.wav"
    soundfile.write(path, tone(1, 16_000), rate_hz)
    assert f"says it has {rate_hz} samples a second" in complaint(path)


def test_a_file_that_may_not_be_read_is_named(tmp_path):
    path = tmp_path / "secret.wav"
    soundfile.write(path, tone(1, 16_000), 16_000)
    path.chmod(0)
    with as_an_ordinary_user():
        assert "may not be read by you" in complaint(path)


def test_a_pipe_is_refused_and_not_waited_for(tmp_path):
    path = tmp_path / "pipe.wav"
    os.mkfifo(path)
    assert "not an ordinary file" in complaint(path)
