"""Recordings in place of the microphone."""

import numpy as np
import pytest
import soundfile

from assistant.audio.recording import scan_recording
from assistant.audio.replay import find_recordings, replay_of
from assistant.errors import AudioFileError
from tools.simulation.sound_room import tone

QUESTIONS = ("romance", "film", "about", "emotional_movies", "review")
RNG = np.random.default_rng(3)


def voice(seconds, hertz=440.0):
    """A tone that swells and fades like syllables do; its pitch tells the files apart."""
    sound = tone(seconds, 16_000, hertz=hertz)
    return (sound * np.abs(np.sin(np.pi * 4 * np.arange(len(sound)) / 16_000))).astype(np.int16)


def silence(seconds):
    return np.zeros(round(seconds * 16_000), np.int16)


def write(path, *parts, rate_hz=16_000):
    soundfile.write(path, np.concatenate(parts), rate_hz)
    return path


def pitch(samples):
    """Which voice is heard, in Hz; 0 for none."""
    if not samples.any():
        return 0
    spectrum = np.abs(np.fft.rfft(samples, 16_000))
    return 10 * round(float(np.argmax(spectrum)) / 10)


def read(replay, seconds):
    """Some seconds, or fewer where a file ends; and whether it did."""
    parts, wanted = [], round(seconds * 16_000)
    while sum(map(len, parts)) < wanted:
        frame = replay.read()
        if frame is None:
            return np.concatenate(parts), True
        parts.append(frame.samples)
    return np.concatenate(parts), False


def answer(replay, question=None):
    """Attend and hear until the file ends or, as a listener would, until nobody has spoken for 0.7 s."""
    replay.attend(question)
    heard, quiet = np.zeros(0, np.int16), 0
    while (frame := replay.read()) is not None:
        heard = np.concatenate((heard, frame.samples))
        quiet = 0 if frame.samples.any() else quiet + len(frame.samples)
        if quiet > 0.7 * 16_000:
            break
    return pitch(heard)


def test_files_are_heard_one_after_another_and_then_silence_without_end(tmp_path):
    files = [write(tmp_path / "b.wav", voice(0.5, 400)), write(tmp_path / "a.wav", voice(0.5, 900))]
    with replay_of(files, QUESTIONS) as replay:
        assert [answer(replay) for _ in range(4)] == [400, 900, 0, 0]


def test_the_end_of_a_file_is_told_once_and_then_comes_silence(tmp_path):
    with replay_of([write(tmp_path / "a.wav", voice(0.5))], QUESTIONS) as replay:
        replay.attend("romance")
        samples, ended = read(replay, 5)
        assert (len(samples), ended) == (8_000, True)
        samples, ended = read(replay, 5)
        assert (samples.any(), ended) == (False, False)


def test_the_clock_counts_what_was_handed_out_over_all_files_and_silences(tmp_path):
    files = [write(tmp_path / "a.wav", voice(0.505)), write(tmp_path / "b.wav", voice(0.5), rate_hz=8_000)]
    with replay_of(files, QUESTIONS) as replay:
        clock = 0
        for question in ("romance", "film", "about"):
            replay.attend(question)
            for _ in range(60):
                if (frame := replay.read()) is not None:
                    assert frame.start == clock
                    clock = frame.end
        assert clock == 8_080 + 33 * 320 + 16_000 + 9 * 320 + 60 * 320


def test_one_file_with_several_answers_goes_on_where_the_last_turn_ended(tmp_path):
    parts = (voice(0.5, 300), silence(1), voice(0.5, 600), silence(1.2), voice(0.5, 900))
    with replay_of([write(tmp_path / "all.wav", *parts)], QUESTIONS) as replay:
        assert [answer(replay) for _ in range(4)] == [300, 600, 900, 0]


def test_silence_left_over_from_an_answer_is_not_taken_for_the_next_answer(tmp_path):
    files = [write(tmp_path / "a.wav", voice(0.5, 300), silence(20)), write(tmp_path / "b.wav", voice(0.5, 600))]
    with replay_of(files, QUESTIONS) as replay:
        assert [answer(replay) for _ in range(3)] == [300, 600, 0]


def test_noise_left_over_from_an_answer_is_not_taken_for_the_next_answer_either(tmp_path):
    sound = np.concatenate((silence(1), voice(0.6, 300), silence(5)))
    hiss = (RNG.standard_normal(len(sound)) * 400).astype(np.int16)
    files = [write(tmp_path / "a.wav", sound + hiss), write(tmp_path / "b.wav", voice(0.5, 600))]
    with replay_of(files, QUESTIONS) as replay:
        replay.attend("romance")
        read(replay, 2.4)
        assert answer(replay, "film") == 600


def test_a_key_pressed_to_end_a_recording_is_not_taken_for_an_answer(tmp_path):
    click = (RNG.standard_normal(300) * 9_000).astype(np.int16)
    files = [
        write(tmp_path / "a.wav", voice(0.5, 300), silence(2), click, silence(0.1)),
        write(tmp_path / "b.wav", voice(0.5, 600)),
    ]
    with replay_of(files, QUESTIONS) as replay:
        assert [answer(replay) for _ in range(2)] == [300, 600]


def test_a_file_of_silence_is_heard_as_somebody_who_says_nothing(tmp_path):
    files = [write(tmp_path / "a.wav", silence(30)), write(tmp_path / "b.wav", voice(0.5, 600))]
    with replay_of(files, QUESTIONS) as replay:
        replay.attend("romance")
        samples, ended = read(replay, 8)
        assert (samples.any(), ended) == (False, False)
        assert answer(replay, "romance") == 600


def test_attending_twice_with_nothing_heard_in_between_skips_nothing(tmp_path):
    files = [write(tmp_path / "a.wav", voice(0.5, 300)), write(tmp_path / "b.wav", voice(0.5, 600))]
    with replay_of(files, QUESTIONS) as replay:
        replay.attend("romance")
        assert answer(replay, "romance") == 300


def test_a_folder_is_heard_sorted_by_name_without_what_is_not_audio(tmp_path):
    for name, hertz in (("c.flac", 900), ("A.wav", 300), ("b.WAV", 600)):
        write(tmp_path / name, voice(0.5, hertz))
    for name in ("a.json", "notes.md", "truth.txt", "times.csv", ".hidden.wav", "Thumbs.db"):
        (tmp_path / name).write_text("{}")
    (tmp_path / "more.wav").mkdir()
    with replay_of([tmp_path], QUESTIONS) as replay:
        assert [answer(replay) for _ in range(4)] == [300, 600, 900, 0]
        assert replay.name == tmp_path.name


def test_files_named_for_questions_each_answer_their_own(tmp_path):
    for name, hertz in (("romance.flac", 300), ("film.wav", 500), ("emotional_movies.ogg", 700), ("review.wav", 900)):
        write(tmp_path / name, voice(0.5, hertz))
    with replay_of([tmp_path], QUESTIONS) as replay:
        asked = ("film", "emotional_movies", "about", None, "romance", "review")
        assert [answer(replay, question) for question in asked] == [500, 700, 0, 0, 300, 900]


def test_numbered_answers_are_heard_in_the_order_of_their_numbers_and_then_silence(tmp_path):
    for number in (1, 2, 10):
        write(tmp_path / f"about-{number}.wav", voice(0.5, 100 * number))
    with replay_of([tmp_path], QUESTIONS) as replay:
        assert [answer(replay, "about") for _ in range(5)] == [100, 200, 1000, 0, 0]


def test_a_question_that_is_asked_again_hears_its_second_file_where_there_is_one(tmp_path):
    for name, hertz in (("romance.wav", 300), ("romance-2.wav", 400), ("film.wav", 500)):
        write(tmp_path / name, voice(0.5, hertz))
    with replay_of([tmp_path], QUESTIONS) as replay:
        asked = ("romance", "romance", "romance", "film", "film")
        assert [answer(replay, question) for question in asked] == [300, 400, 0, 500, 0]


def test_what_is_left_of_an_answer_is_not_heard_by_the_next_question(tmp_path):
    write(tmp_path / "about-1.wav", voice(0.5, 300), silence(1), voice(0.5, 400))
    write(tmp_path / "about-2.wav", voice(0.5, 500))
    with replay_of([tmp_path], QUESTIONS) as replay:
        assert [answer(replay, "about") for _ in range(3)] == [300, 500, 0]


def test_attending_a_question_twice_with_nothing_heard_in_between_uses_up_one_answer(tmp_path):
    write(tmp_path / "about-1.wav", voice(0.5, 300))
    write(tmp_path / "about-2.wav", voice(0.5, 500))
    with replay_of([tmp_path], QUESTIONS) as replay:
        replay.attend("about")
        assert [answer(replay, "about"), answer(replay, "about")] == [300, 500]


def test_a_file_named_for_no_question_is_passed_over_and_that_is_told(tmp_path):
    write(tmp_path / "romance.wav", voice(0.5, 300))
    write(tmp_path / "flim.wav", voice(0.5, 500))
    with replay_of([tmp_path], QUESTIONS) as replay:
        assert replay.notes == ("flim.wav was passed over: no question is called that.",)


def test_a_replay_twice_opened_is_heard_twice_the_same(tmp_path):
    replay = replay_of([write(tmp_path / "a.flac", voice(0.5, 300), rate_hz=44_100)], QUESTIONS)
    runs = []
    for _ in range(2):
        with replay:
            replay.attend("romance")
            runs.append(read(replay, 3)[0].tobytes())
    assert runs[0] == runs[1]


def test_a_damaged_file_is_found_before_the_conversation_begins(tmp_path):
    write(tmp_path / "a.wav", voice(0.5))
    (tmp_path / "b.wav").write_text("not a sound")
    with pytest.raises(AudioFileError, match=r"b\.wav is not audio"):
        replay_of([tmp_path], QUESTIONS).open()


@pytest.mark.parametrize(
    "names",
    [
        [f"New Recording {number}" for number in range(1, 13)],
        ["New Recording", *(f"New Recording {number}" for number in range(2, 12))],
        ["audio", *(f"audio ({number})" for number in range(1, 12))],
        ["R20260109-9", "R20260109-10", "r20260110-1"],
    ],
)
def test_a_folder_is_heard_in_the_order_in_which_a_recorder_numbered_it(tmp_path, names):
    for name in reversed(names):
        (tmp_path / f"{name}.wav").touch()
    assert [file.stem for file in find_recordings([tmp_path], ()).files] == names


def test_a_broken_off_file_is_heard_and_noted(tmp_path):
    path = write(tmp_path / "a.wav", voice(2, 300))
    path.write_bytes(path.read_bytes()[:32_044])
    with replay_of([path], QUESTIONS) as replay:
        assert replay.notes == ("a.wav is broken off: 1.0 of the 2.0 s that it promises are missing.",)
        assert answer(replay) == 300


def test_a_folder_without_audio_is_named(tmp_path):
    (tmp_path / "readme.md").write_text("nothing here")
    with pytest.raises(AudioFileError, match="no recording in the folder"):
        replay_of([tmp_path], QUESTIONS)


def test_no_source_at_all_is_an_error():
    with pytest.raises(AudioFileError, match="no recording to hear"):
        replay_of([], QUESTIONS)


def test_a_folder_named_for_questions_is_replayed_alone(tmp_path):
    (tmp_path / "answers").mkdir()
    write(tmp_path / "answers" / "film.wav", voice(0.5))
    other = write(tmp_path / "other.wav", voice(0.5))
    with pytest.raises(AudioFileError, match="Replay that folder alone"):
        replay_of([other, tmp_path / "answers"], QUESTIONS)


def test_a_survey_finds_the_end_of_the_last_sound(tmp_path):
    found = scan_recording(write(tmp_path / "a.wav", silence(1), voice(1), silence(3)))
    assert found.duration_s == 5
    assert found.sound_end / 16_000 == pytest.approx(2.0, abs=0.05)


@pytest.mark.parametrize("samples", [1, 319, 1_000])
def test_a_recording_shorter_than_a_word_is_no_trouble(tmp_path, samples):
    with replay_of([write(tmp_path / "a.wav", np.full(samples, 5_000, np.int16))], QUESTIONS) as replay:
        replay.attend("romance")
        heard, ended = read(replay, 3)
        assert (len(heard), ended) == (samples, True)
