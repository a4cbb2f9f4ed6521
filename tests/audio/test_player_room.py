"""The player, in a room without hardware."""

import threading
import time

import numpy as np
import pytest

from assistant.audio.level import rms_dbfs
from assistant.audio.player import Player
from assistant.errors import DeviceError
from tests.support.played_sound import without_gaps
from tools.simulation.pace import within
from tools.simulation.sound_room import RATE_HZ, restart_portaudio, tone


def loud(samples):
    """First and last sample that is more than faint."""
    found = np.flatnonzero(np.abs(samples) > 1_000)
    return (int(found[0]), int(found[-1])) if len(found) else None


def heard(recording, after):
    """First and last loud sample of what was played since sample `after`, once it has all come through the monitor."""
    first, last = loud(recording.up_to_now()[after:])
    return after + first, after + last


@pytest.mark.parametrize("rate_hz", [16_000, 22_050, 44_100])
def test_what_is_played_comes_out_whole_at_its_level_and_play_returns_at_its_end(sound_room, rate_hz):
    starts = []
    with Player("pulse", on_start=starts.append) as player, sound_room.recording() as recording:
        before, called = recording.length, time.monotonic()
        assert player.play(tone(0.6, rate_hz), rate_hz) == pytest.approx(0.6, abs=0.001)
        returned = time.monotonic()
        first, last = heard(recording, before)
    sounding = without_gaps(recording.samples[first:last], RATE_HZ)
    assert len(sounding) / RATE_HZ == pytest.approx(0.6, abs=0.01)
    assert rms_dbfs(sounding[2_000:-2_000]) == pytest.approx(-9.03, abs=0.2)
    assert returned > recording.time_of(last) - 0.03
    assert len(starts) == 1
    assert starts[0] == pytest.approx(recording.time_of(first) - called, abs=0.06)


def test_prompts_are_played_one_after_another_on_the_same_stream(sound_room):
    with Player() as player, sound_room.recording() as recording:
        for _ in range(3):
            player.play(tone(0.1, 22_050), 22_050)
            time.sleep(0.05)  # to be heard between them
        samples = recording.up_to_now()
    loudness = np.abs(samples.astype(float))
    # Over 30 ms: a busy machine may leave short gaps.
    swells = np.convolve(loudness, np.ones(1_440) / 1_440, mode="same") > 3_000
    assert np.count_nonzero(np.diff(swells.astype(int)) == 1) == 3


def test_stopping_from_another_thread_ends_it_at_once(sound_room):
    with Player() as player, sound_room.recording() as recording:
        before = recording.length
        threading.Timer(0.4, player.stop).start()
        with within(0.6):
            played = player.play(tone(5, 22_050), 22_050)
        first, last = heard(recording, before)
    assert played > 0.2
    assert (last - first) / RATE_HZ == pytest.approx(played, abs=0.05)


def test_a_condition_stops_it_too_and_the_next_prompt_is_played_whole(sound_room):
    with Player() as player:
        began = time.monotonic()
        with within(0.5):
            player.play(tone(5, 22_050), 22_050, lambda: time.monotonic() - began > 0.3)
        assert player.play(tone(0.2, 22_050), 22_050) == pytest.approx(0.2, abs=0.001)


def test_nothing_to_play_is_played_at_once(sound_room):
    with Player() as player:
        assert player.play(np.zeros(0, np.int16), 22_050) == 0.0


def test_an_unknown_speaker_is_answered_with_what_there_is(sound_room):
    with pytest.raises(DeviceError, match=r"No speaker called 'bose'\. There are: .*pulse"):
        Player("bose").open()


def test_a_speaker_that_vanishes_is_an_error_in_time_and_the_next_prompt_finds_it_back(sound_room):
    with Player() as player:
        threading.Timer(0.3, sound_room.pull_the_plug).start()
        with within(3), pytest.raises(DeviceError, match="The speaker 'default' was lost"):
            player.play(tone(10, 22_050), 22_050)
        with pytest.raises(DeviceError, match="There is no speaker"):
            player.play(tone(10, 22_050), 22_050)
        sound_room.plug_in()
        assert player.play(tone(0.2, 22_050), 22_050) == pytest.approx(0.2, abs=0.001)


def test_a_sound_system_that_hangs_is_a_lost_speaker_in_time(sound_room):
    with Player() as player:
        threading.Timer(0.3, sound_room.freeze).start()
        with within(6), pytest.raises(DeviceError, match="was lost"):
            player.play(tone(10, 22_050), 22_050)
    sound_room.thaw()


def test_portaudio_restarted_by_the_microphone_does_not_end_a_prompt(sound_room):
    with Player() as player, sound_room.recording() as recording:
        before = recording.length
        threading.Timer(0.4, restart_portaudio).start()
        assert player.play(tone(1, 22_050), 22_050) == pytest.approx(1.0, abs=0.001)
        first, last = heard(recording, before)
    # Its silence would tell only after a second.
    assert 0.9 < (last - first) / RATE_HZ < 2
