"""What the microphone makes of the blocks that PortAudio hands it."""

import math
import threading
import time
from dataclasses import dataclass

import pytest

from assistant.audio.devices import Device, DeviceStream
from assistant.audio.microphone import CaptureQueue, Microphone
from assistant.errors import DeviceError


@dataclass
class Block:
    """What PortAudio tells about a block."""

    inputBufferAdcTime: float = 0.0  # noqa: N815
    input_overflow: bool = False


def put(queue, frames, adc_s=0.0, *, overflow=False):
    about = Block(adc_s, overflow)
    queue.callback(bytes(2 * frames), frames, about, about)


class Timed:
    """A queue of 1,000 frames a second whose blocks of 100 come at given times."""

    def __init__(self):
        self.now = 0.0
        self.queue = CaptureQueue(1_000, limit_s=5, clock=lambda: self.now)

    def put(self, now, adc_s, *, overflow=False):
        self.now = now
        put(self.queue, 100, adc_s, overflow=overflow)

    def starts(self):
        return [chunk.start for chunk in iter(lambda: self.queue.fetch(0), None)]


def test_a_full_queue_drops_what_comes_and_counts_it():
    queue = CaptureQueue(1_000, limit_s=0.5)
    for _ in range(8):
        put(queue, 100)
    assert (queue.position, queue.dropped) == (800, 300)
    starts = [chunk.start for chunk in iter(lambda: queue.fetch(0), None)]
    assert starts == [0, 100, 200, 300, 400]
    put(queue, 100)
    assert queue.fetch(0).start == 800


def test_an_overrun_inside_portaudio_is_counted_by_its_clock():
    timed = Timed()
    timed.put(0.1, 10.0)
    timed.put(0.2, 10.1)
    timed.put(0.56, 10.45, overflow=True)
    assert timed.queue.dropped == 250
    assert timed.starts() == [0, 100, 450]


def test_an_overrun_that_comes_late_after_a_pile_of_blocks_is_counted_in_full():
    timed = Timed()
    timed.put(0.1, 10.0)
    timed.put(1.0, 10.1)
    timed.put(1.0, 10.8, overflow=True)
    assert timed.starts() == [0, 100, 800]


@pytest.mark.parametrize("nonsense", [1e9, 11.2, -5.0, math.nan, -math.inf])
def test_an_overrun_never_claims_more_than_the_time_that_has_passed(nonsense):
    timed = Timed()
    timed.put(0.1, 10.0)
    timed.put(0.2, 10.1)
    timed.put(0.33, nonsense, overflow=True)
    assert 0 <= timed.queue.dropped <= 30
    timed.put(0.43, 10.3, overflow=True)
    assert timed.queue.position <= 430


def test_what_piled_up_before_the_first_block_counts_as_captured_before_it():
    timed = Timed()
    for _ in range(5):
        timed.put(3.0, 0.0)
    assert not timed.queue.settled
    timed.put(3.1, 0.0)
    assert timed.queue.settled
    assert timed.queue.began == pytest.approx(2.5)


def test_a_clock_that_runs_slower_than_the_sound_cards_follows_it():
    timed = Timed()
    for block in range(1, 1_001):
        timed.put(block * 0.1 * 1.0002, 0.0)
    assert timed.queue.position == 100_000
    assert timed.now - timed.queue.began == pytest.approx(100, abs=0.001)


def test_a_block_that_comes_as_the_stream_ends_is_heard(monkeypatch):
    """The stream's end is looked at right after its last block came."""
    callbacks = []

    class EndsWithABlock(threading.Event):
        last_words = False

        def is_set(self):
            if self.last_words and not super().is_set():
                put(callbacks[0].__self__, 320)
                self.set()
            return super().is_set()

    ended = EndsWithABlock()

    def open_stream(wanted, direction, prepare, latency_s, limit_s):
        if callbacks:
            raise DeviceError("gone")
        device = Device(0, "yeti", 1, 0, 16_000)
        callbacks.append(prepare(device, 1))
        for _ in range(2):
            put(callbacks[0].__self__, 320)
            time.sleep(0.011)
        put(callbacks[0].__self__, 320)
        return DeviceStream(device, 16_000, 1, 0.1, ended, threading.Event(), None)

    monkeypatch.setattr("assistant.audio.microphone.open_stream", open_stream)
    microphone = Microphone(return_s=0)
    microphone.open()
    for _ in range(3):
        microphone.read()
    ended.last_words = True
    assert microphone.read().start == 960
    with pytest.raises(DeviceError, match="lost"):
        microphone.read()


def test_a_microphone_that_is_not_open_says_so():
    with pytest.raises(DeviceError, match="is not open"):
        Microphone("yeti").read()
