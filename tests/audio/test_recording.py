"""Audio files of every kind, good and bad."""

import os
import re
import signal
import struct
import sys
import tracemalloc
from contextlib import contextmanager

import av
import numpy as np
import pytest
import soundfile

from assistant.audio.decoding import _Nameless
from assistant.audio.level import rms_dbfs
from assistant.audio.recording import Recording, scan_recording
from assistant.errors import AudioFileError
from tests.support.encoded import encode
from tools.simulation.sound_room import tone


def heard(path):
    with Recording(path) as recording:
        blocks = []
        while (block := recording.read()) is not None:
            blocks.append(block)
    return np.concatenate(blocks), recording.note


def chirp(seconds=2.0):
    """A tone that rises evenly, so that its every moment can be told from every other."""
    time_s = np.arange(round(seconds * 16_000)) / 16_000
    return np.rint(9_000 * np.sin(2 * np.pi * (300 + 700 * time_s / seconds) * time_s)).astype(np.int16)


def late_by_s(samples, truth):
    """How much later than the truth a recording is heard, in seconds."""
    size = 2 ** int(np.ceil(np.log2(2 * max(len(samples), len(truth)))))
    likeness = np.fft.irfft(np.fft.rfft(samples.astype(float), size) * np.conj(np.fft.rfft(truth.astype(float), size)))
    lag = int(np.argmax(likeness))
    return (lag - size if lag > size // 2 else lag) / 16_000


def wav(path, sound, *, data_size=None, riff_size=None, behind=b""):
    """A WAV at 16 kHz whose header may give other sizes than it has."""
    data = sound.tobytes()
    head = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, 1, 16_000, 32_000, 2, 16)
    head += struct.pack("<4sI", b"data", len(data) if data_size is None else data_size)
    size = 4 + len(head) + len(data) + len(behind) if riff_size is None else riff_size
    path.write_bytes(struct.pack("<4sI4s", b"RIFF", size, b"WAVE") + head + data + behind)
    return path


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
    said = re.fullmatch(rf"{name} is broken off: ([0-9.]+) of the 4\.0 s that it promises are missing\.", note)
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


@pytest.mark.parametrize(
    ("name", "container", "codec", "rate_hz", "options"),
    [
        ("memo.m4a", "ipod", "aac", 44_100, {}),
        ("lossless.m4a", "ipod", "alac", 44_100, {}),
        ("dashcam.mp4", "mp4", "aac", 48_000, {"movflags": "frag_keyframe+empty_moov"}),
        ("phone.3gp", "3gp", "aac", 16_000, {}),
        ("phone.amr", "amr", "libopencore_amrnb", 8_000, {}),
        ("browser.webm", "webm", "libopus", 48_000, {}),
        ("messenger.ogg", "ogg", "libopus", 48_000, {}),
        ("screen.mkv", "matroska", "aac", 44_100, {}),
        ("radio.aac", "adts", "aac", 44_100, {}),
        ("camera.avi", "avi", "libmp3lame", 44_100, {}),
        ("named_wrongly.wav", "mp3", "libmp3lame", 44_100, {}),
    ],
)
def test_what_phones_browsers_and_cameras_write_is_heard_in_its_place(
    tmp_path, name, container, codec, rate_hz, options
):
    sound = chirp()
    samples, note = heard(encode(tmp_path / name, sound, container, codec, rate_hz, options=options))
    assert note is None
    assert len(samples) / 16_000 == pytest.approx(2.0, abs=0.06)
    assert late_by_s(samples, sound) == pytest.approx(0, abs=0.006)


@pytest.mark.parametrize("rate_hz", [16_000, 44_100])
@pytest.mark.parametrize("how", [{"piped": True, "quality": 6}, {"options": {"write_xing": "0"}, "quality": 2}])
@pytest.mark.parametrize("order", [1, -1])
def test_an_mp3_of_varying_bit_rate_that_does_not_say_how_long_it_is_is_heard_to_its_end(tmp_path, rate_hz, how, order):
    # Silence first makes a decoder guess too long a file, noise first too short a one.
    noise = np.random.default_rng(1).normal(0, 3_000, 48_000).astype(np.int16)
    sound = np.concatenate((noise, np.zeros(48_000, np.int16), chirp())[::order])
    samples, note = heard(encode(tmp_path / "stream.mp3", sound, "mp3", "libmp3lame", rate_hz, **how))
    assert note is None
    assert len(samples) / 16_000 == pytest.approx(8.0, abs=0.08)
    assert late_by_s(samples, sound) == pytest.approx(0, abs=0.001)


def test_a_flac_out_of_a_pipe_misses_nothing(tmp_path):
    sound = chirp()
    samples, note = heard(encode(tmp_path / "pipe.flac", sound, "flac", "flac", piped=True))
    assert note is None
    assert np.array_equal(samples, sound)


@pytest.mark.parametrize("sizes", [{"data_size": 0}, {"data_size": 0, "riff_size": 0}, {"data_size": 16_000}])
def test_a_wav_whose_recorder_died_is_heard_to_its_end_and_says_so(tmp_path, sizes):
    sound = chirp()
    samples, note = heard(wav(tmp_path / "died.wav", sound, **sizes))
    assert np.array_equal(samples, sound)
    assert note == "died.wav is longer than its header says, and is heard to its end."


def test_recordings_joined_as_if_they_were_texts_are_all_heard(tmp_path):
    sound = chirp()
    one = wav(tmp_path / "one.wav", sound).read_bytes()
    (tmp_path / "two.wav").write_bytes(one + one)
    assert len(heard(tmp_path / "two.wav")[0]) == pytest.approx(2 * len(sound), abs=30)
    ogg = tmp_path / "one.ogg"
    soundfile.write(ogg, sound, 16_000)
    (tmp_path / "two.ogg").write_bytes(2 * ogg.read_bytes())
    assert len(heard(tmp_path / "two.ogg")[0]) == pytest.approx(2 * len(sound), abs=2_000)


def test_what_lies_behind_the_sound_of_a_wav_is_not_heard(tmp_path):
    sound = chirp()
    words = struct.pack("<4sI4s", b"LIST", 30, b"INFO") + b"IART" + struct.pack("<I", 18) + b"a name of 18 bytes"
    samples, note = heard(wav(tmp_path / "tagged.wav", sound, behind=words))
    assert (len(samples), note) == (len(sound), None)
    for name, more in (("filled_up.wav", bytes(20_000)), ("old_tag.wav", b"TAG" + b"a song, of somebody" * 6)):
        samples, note = heard(wav(tmp_path / name, sound, behind=more))
        assert (len(samples), note) == (len(sound), None)
    assert "not a single sample" in complaint(wav(tmp_path / "tag_only.wav", sound[:0], behind=words))


@pytest.mark.parametrize(("container", "codec"), [("mp3", "libmp3lame"), ("flac", "flac")])
def test_damage_inside_a_file_leaves_a_hole_and_what_comes_after_stays_in_its_place(tmp_path, container, codec):
    sound = chirp(6)
    path = encode(tmp_path / f"hurt.{container}", sound, container, codec)
    data = bytearray(path.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4_000] = bytes(4_000)
    path.write_bytes(data)
    samples, note = heard(path)
    assert "hole" in note
    assert late_by_s(samples[-16_000:], sound[-16_000:]) == pytest.approx(0, abs=0.08)


def test_an_mpeg4_file_whose_index_was_never_written_is_told_from_what_is_not_audio(tmp_path):
    path = encode(tmp_path / "memo.m4a", chirp(), "ipod", "aac")
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    assert "MPEG-4 file without its index" in complaint(path)


def test_a_video_without_a_sound_track_is_told_from_what_is_not_audio(tmp_path):
    path = tmp_path / "mute.mp4"
    with av.open(str(path), "w") as file:
        track = file.add_stream("mpeg4", rate=25)
        track.width = track.height = 64
        for _ in range(5):
            file.mux(track.encode(av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))))
        file.mux(track.encode(None))
    assert "without a sound track" in complaint(path)


def test_a_playlist_opens_no_other_file(tmp_path):
    soundfile.write(tmp_path / "other.wav", tone(1, 16_000), 16_000)
    for name, text in (
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nother.wav\n#EXT-X-ENDLIST\n"),
        ("list.ffconcat", "ffconcat version 1.0\nfile other.wav\n"),
    ):
        (tmp_path / name).write_text(text)
        assert "is not audio" in complaint(tmp_path / name)


def test_an_interrupt_while_ffmpeg_reads_a_file_is_not_lost(tmp_path):
    path = tmp_path / "tone.flac"
    soundfile.write(path, tone(3.0, 16_000), 16_000)

    class Came(BaseException):
        pass

    def come(*_):
        raise Came

    def interrupt_once(frame, event, _):
        if event == "call" and frame.f_code is _Nameless.seek.__code__:
            sys.setprofile(None)
            signal.raise_signal(signal.SIGTERM)

    before = signal.signal(signal.SIGTERM, come)
    sys.setprofile(interrupt_once)
    try:
        with pytest.raises(Came), Recording(path) as recording:
            while recording.read() is not None:
                pass
    finally:
        sys.setprofile(None)
        signal.signal(signal.SIGTERM, before)


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
        for _ in range(75):
            file.write(np.zeros((44_100, 2), np.int16))
    tracemalloc.start()
    try:
        assert scan_recording(path).duration_s == 75
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    # As floats the whole of it would take 26 MB.
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
