"""What the microphone does with the blocks that PortAudio hands it, without a sound system."""

from dataclasses import dataclass

import pytest

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
    queue = CaptureQueue(1_000, limit_s=5)
    put(queue, 100, 10.0)
    put(queue, 100, 10.1)
    put(queue, 100, 10.45, overflow=True)
    assert queue.dropped == 250
    assert [chunk.start for chunk in iter(lambda: queue.fetch(0), None)] == [0, 100, 450]


def test_a_microphone_that_is_not_open_says_so():
    with pytest.raises(DeviceError, match="is not open"):
        Microphone("yeti").read()
