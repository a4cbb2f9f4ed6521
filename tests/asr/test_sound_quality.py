"""What an answer's sound tells of the microphone, and of what was lost on the way."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from assistant.asr.sound_quality import LOUD, MUTED, OFFSET, QUIET, is_narrow_band
from assistant.asr.voice_activity import VoiceActivity
from assistant.session.assembly import LoadedEar, make_ear
from assistant.session.recorded_answer import analyse
from assistant.turns.document import Analysis
from tests.support.recordings import sound_of
from tools.listening import samples_of
from tools.paths import RECORDINGS

HESITANT, FLUENT = (sound_of(RECORDINGS / f"{name}.flac") / 32_768 for name in ("hesitant", "fluent"))


@pytest.fixture(scope="module")
def ear() -> LoadedEar:
    return make_ear(None)


def heard(folder: Path, ear: LoadedEar, sound: np.ndarray) -> Analysis:
    path = folder / "answer.wav"
    soundfile.write(path, np.clip(sound, -1, 1), 16_000, subtype="PCM_16")
    return analyse(path, ear)


def with_holes(sound: np.ndarray, *holes: tuple[float, float]) -> np.ndarray:
    sound = sound.copy()
    for start_s, end_s in holes:
        sound[round(start_s * 16_000) : round(end_s * 16_000)] = 0
    return sound


@pytest.mark.parametrize(("gain_db", "offset"), [(-15, 0.05), (-4, -0.2)])
def test_direct_current_changes_nothing_of_what_is_heard_and_is_told(tmp_path, ear, gain_db, offset):
    sound = HESITANT * 10 ** (gain_db / 20)
    clean, offset_too = heard(tmp_path, ear, sound), heard(tmp_path, ear, sound + offset)
    assert len(offset_too.fillers) == len(clean.fillers) == 4
    assert sum(word not in clean.text.split() for word in offset_too.text.split()) <= 1
    assert offset_too.hesitation.score == pytest.approx(clean.hesitation.score, abs=0.02)
    assert offset_too.sound.offset == pytest.approx(offset, abs=0.002)
    assert offset_too.sound.warnings == (OFFSET,)
    assert clean.sound.warnings == ()


def test_a_voice_that_is_far_too_quiet_is_told_and_not_called_hesitant(tmp_path, ear):
    quiet = heard(tmp_path, ear, HESITANT * 10 ** (-35 / 20))
    assert quiet.sound.level_dbfs < -55
    assert quiet.sound.warnings == (QUIET,)
    assert (quiet.hesitation.score, quiet.hesitation.abstained) == (None, "the voice is too quiet")


def test_what_is_too_quiet_to_be_taken_for_a_voice_is_told_all_the_same(tmp_path, ear):
    lost = heard(tmp_path, ear, HESITANT * 10 ** (-50 / 20))
    assert not lost.words
    assert lost.sound.warnings == (QUIET,)


def test_a_clipped_voice_is_told(tmp_path, ear):
    loud = heard(tmp_path, ear, FLUENT * 10 ** (30 / 20))
    assert loud.sound.clipped_share > 0.05
    assert LOUD in loud.sound.warnings
    raised = heard(tmp_path, ear, FLUENT / np.abs(FLUENT).max())
    assert raised.sound.clipped_share < 0.001
    assert raised.sound.warnings == ()


def test_a_muted_microphone_is_told_from_a_quiet_room(tmp_path, ear):
    nothing = heard(tmp_path, ear, np.zeros(80_000))
    assert nothing.sound.warnings == (MUTED,)
    room = heard(tmp_path, ear, np.random.default_rng(1).normal(0, 3e-5, 80_000))
    assert room.sound.warnings == ()
    assert room.sound.level_dbfs is None


def test_holes_that_begin_in_a_soft_spot_are_lost_as_well(tmp_path, ear):
    power = np.convolve(np.square(FLUENT.astype(np.float64)), np.ones(320), "same")
    starts = [at + int(np.argmin(power[at : at + 16_000])) for at in (60_800, 99_200)]
    holes = [(start / 16_000, start / 16_000 + 0.5) for start in starts]
    answer = heard(tmp_path, ear, with_holes(FLUENT, *holes))
    assert answer.sound.lost_s == pytest.approx(1.0, abs=0.02)


def test_holes_are_lost_and_neither_silence_nor_hesitation(tmp_path, ear):
    holes = [(start_s, start_s + 0.6) for start_s in (1.0, 2.6, 4.2, 5.8, 7.4)]
    whole, broken = heard(tmp_path, ear, FLUENT), heard(tmp_path, ear, with_holes(FLUENT, *holes))
    assert (whole.lost_s, whole.sound.lost_s) == (0.0, 0.0)
    assert broken.sound.lost_s == pytest.approx(3.0, abs=0.02)
    assert broken.pauses == ()
    assert broken.hesitation.abstained == "3.0 s of sound were lost"


def test_a_short_hole_is_left_out_of_the_pauses_and_of_the_time_spoken(tmp_path, ear):
    whole, broken = heard(tmp_path, ear, FLUENT), heard(tmp_path, ear, with_holes(FLUENT, (6.0, 6.4)))
    assert broken.sound.lost_s == pytest.approx(0.4, abs=0.02)
    assert [pause.start_s for pause in broken.pauses] == [pause.start_s for pause in whole.pauses]
    assert broken.measures.speaking_s == pytest.approx(whole.measures.speaking_s - 0.4, abs=0.1)
    assert broken.hesitation.score == pytest.approx(whole.hesitation.score, abs=0.05)


def test_a_pause_of_digital_silence_is_a_pause(tmp_path, ear):
    # A gate closes slowly, and opens where a voice begins.
    at = 54_400 + int(np.argmin(np.convolve(np.square(FLUENT[54_400:70_400]), np.ones(320), "same")))
    closing = np.concatenate((np.ones(at - 1_600), np.linspace(1, 0, 1_600) ** 3))
    sound = np.concatenate((FLUENT[:at] * closing, np.zeros(16_000), FLUENT[at:]))
    paused = heard(tmp_path, ear, sound)
    assert paused.sound.lost_s == 0
    assert any(pause.duration_s > 0.9 for pause in paused.pauses)


@pytest.mark.parametrize(
    ("recording", "is_narrow"), [("telephone", True), ("noisy", False), ("her/voice", False), ("fluent/stars", False)]
)
def test_a_telephones_voice_has_nothing_above_its_band(recording: str, is_narrow: bool):
    samples, activity = samples_of(RECORDINGS / f"{recording}.flac"), VoiceActivity()
    activity.reset()
    activity.feed(samples)
    assert is_narrow_band(samples, activity.stretches) is is_narrow
    assert not is_narrow_band(samples, ())
