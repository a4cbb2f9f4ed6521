"""The live microphone, in a room without hardware."""

import itertools
import subprocess
import sys
import threading
import time

import numpy as np
import pytest
import soundfile

from assistant.audio.devices import Direction, find_device, list_devices
from assistant.audio.level import SILENCE_DBFS, rms_dbfs
from assistant.audio.microphone import Microphone
from assistant.errors import DeviceError
from tools.simulation.pace import wait_until, within
from tools.simulation.sound_room import restart_portaudio, tone


def listen(microphone, seconds):
    """Frames of so many seconds on the audio clock, gaps counted."""
    frames = [microphone.read()]
    while frames[-1].end - frames[0].start < seconds * 16_000:
        frames.append(microphone.read())
    return frames


def gaps(frames):
    """Seconds missing between frames, where any are."""
    between = [(later.start - earlier.end) / 16_000 for earlier, later in itertools.pairwise(frames)]
    return [gap for gap in between if gap]


def test_the_rooms_devices_are_seen_in_both_directions(sound_room):
    assert {"pulse", "default"} <= {device.name for device in list_devices(Direction.INPUT)}
    assert find_device(None, Direction.OUTPUT).channels(Direction.OUTPUT) > 0


def test_what_is_said_in_the_room_is_heard_at_its_level_its_pitch_and_its_length(sound_room, tmp_path):
    soundfile.write(tmp_path / "said.wav", tone(0.8, 44_100), 44_100)
    with Microphone(tail_s=0) as microphone:
        microphone.attend("romance")
        sound_room.say(tmp_path / "said.wav")
        frames = listen(microphone, 1.6)
        assert microphone.dropped == 0
    samples = np.concatenate([frame.samples for frame in frames])
    loud = np.flatnonzero(np.abs(samples) > 1_000)
    assert gaps(frames) == []
    assert (loud[-1] - loud[0]) / 16_000 == pytest.approx(0.8, abs=0.02)
    middle = samples[loud[0] + 1_000 : loud[-1] - 1_000]
    assert rms_dbfs(middle) == pytest.approx(-9.03, abs=0.2)
    assert np.argmax(np.abs(np.fft.rfft(middle, 16_000))) == pytest.approx(440, abs=2)


def test_attending_throws_away_what_was_said_before_and_the_rooms_tail_and_the_clock_runs_on(sound_room, tmp_path):
    soundfile.write(tmp_path / "before.wav", tone(0.4, 48_000), 48_000)
    with Microphone(tail_s=0.2) as microphone:
        first = microphone.read()
        sound_room.say(tmp_path / "before.wav").wait()
        time.sleep(0.1)
        began = time.monotonic()
        microphone.attend("romance")
        with within(0.55):
            frames = listen(microphone, 0.4)
        waited = time.monotonic() - began
    assert rms_dbfs(np.concatenate([frame.samples for frame in frames])) == SILENCE_DBFS
    assert (frames[0].start - first.end) / 16_000 > 0.4 + 0.1 - 0.1
    assert gaps(frames) == []
    assert waited > 0.25


def test_the_rooms_tail_is_left_unheard_and_the_times_count_from_before_it(sound_room, tmp_path):
    soundfile.write(tmp_path / "said.wav", tone(1.0, 48_000), 48_000)
    with Microphone(tail_s=0.3) as microphone:
        saying = sound_room.say(tmp_path / "said.wav")
        while np.abs(microphone.read().samples).max() < 1_000:
            pass
        microphone.attend("romance")
        samples = np.concatenate([frame.samples for frame in listen(microphone, 0.6)])
        saying.wait()
    loud = np.flatnonzero(np.abs(samples) > 1_000)
    assert loud[0] / 16_000 == pytest.approx(0.3, abs=0.01)


def test_what_nobody_reads_is_dropped_counted_and_leaves_its_gap_on_the_clock(sound_room):
    with Microphone(queue_s=0.3, tail_s=0) as microphone:
        microphone.attend("romance")
        before = microphone.read()
        began = time.monotonic()
        wait_until(lambda: microphone.dropped > 0.4 * 16_000)
        assert microphone.dropped / 16_000 == pytest.approx(time.monotonic() - began - 0.3, abs=0.15)
        frames = [before, *listen(microphone, 1.0)]
        assert sum(gaps(frames)) == pytest.approx(microphone.dropped / 16_000, abs=0.002)


def test_what_is_dropped_while_the_assistant_speaks_does_not_count_as_lost(sound_room):
    with Microphone(queue_s=0.1) as microphone:
        wait_until(lambda: microphone.dropped)
        microphone.attend("romance")
        assert microphone.dropped == 0


def test_an_unknown_microphone_is_answered_with_what_there_is(sound_room):
    with pytest.raises(DeviceError, match=r"No microphone called 'yeti'\. There are: .*pulse"):
        Microphone("yeti").open()


def test_a_pulled_plug_ends_in_an_error_after_the_time_that_was_granted(sound_room):
    troubles = []
    with Microphone("pulse", return_s=1.5, on_trouble=troubles.append) as microphone:
        listen(microphone, 0.2)
        sound_room.pull_the_plug()
        pulled = time.monotonic()
        with within(3.5), pytest.raises(DeviceError, match="'pulse' was lost and did not come back"):
            listen(microphone, 60)
        assert time.monotonic() - pulled > 1.4
    assert troubles == ["The microphone 'pulse' is gone. Waiting 1.5 s for it to come back."]


def test_a_plug_put_in_again_goes_on_and_the_lost_time_is_on_the_clock(sound_room):
    troubles = []
    with Microphone("pulse", on_trouble=troubles.append) as microphone:
        began = time.monotonic()
        first = listen(microphone, 0.2)
        sound_room.pull_the_plug()
        threading.Timer(0.8, sound_room.plug_in).start()
        frames = [first[-1], *listen(microphone, 1.6)]
        elapsed = time.monotonic() - began
    assert len(gaps(frames)) == 1
    assert gaps(frames)[0] > 0.8
    assert (frames[-1].end - first[0].start) / 16_000 == pytest.approx(elapsed, abs=0.3)
    assert troubles[1:] == ["The microphone 'pulse' is back."]


def test_a_sound_system_that_hangs_is_a_lost_microphone_and_closing_does_not_hang_either(sound_room):
    with Microphone(return_s=0.5) as microphone:
        listen(microphone, 0.2)
        sound_room.freeze()
        with within(4), pytest.raises(DeviceError, match="was lost"):
            listen(microphone, 60)
    sound_room.thaw()


def test_portaudio_restarted_by_the_player_is_no_trouble_to_the_microphone(sound_room):
    troubles = []
    with Microphone(on_trouble=troubles.append) as microphone:
        first = listen(microphone, 0.2)
        restart_portaudio()
        frames = [first[-1], *listen(microphone, 0.4)]
    # Its silence would tell only after a second.
    assert 0 < sum(gaps(frames)) < 1
    assert troubles == []


def test_a_program_ends_in_time_even_when_the_sound_system_hangs(sound_room):
    program = (
        "import sys\n"
        "from assistant.audio.microphone import Microphone\n"
        "microphone = Microphone(); microphone.open(); microphone.read()\n"
        "print('listening', flush=True); sys.stdin.readline()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program],
        env=sound_room.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout.readline() == "listening\n"
    sound_room.freeze()
    with within(10):
        process.communicate("end\n")
    assert process.returncode == 0
    sound_room.thaw()
