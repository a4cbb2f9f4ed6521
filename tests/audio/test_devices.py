"""Which microphone and which speaker is meant, and what is said where there is none."""

import subprocess
import sys
import threading

import pytest

from assistant.audio.devices import Device, Direction, choose_device
from assistant.audio.portaudio import PortAudio
from assistant.errors import DeviceError
from tools.simulation.pace import wait_until, within

KNOWN = (
    Device(0, "HDA Intel PCH: ALC257 Analog (hw:0,0)", 2, 2, 48_000.0),
    Device(1, "HDMI 0 (hw:0,3)", 0, 8, 48_000.0),
    Device(2, "Yeti Stereo Microphone: USB Audio (hw:1,0)", 2, 0, 44_100.0),
    Device(3, "pulse", 32, 32, 44_100.0),
    Device(4, "pulse test", 2, 2, 44_100.0),
    Device(5, "default", 32, 32, 44_100.0, frozenset(Direction)),
)


def microphone(wanted):
    return choose_device(KNOWN, wanted, Direction.INPUT).number


@pytest.mark.parametrize(
    ("wanted", "number"), [(2, 2), ("2", 2), ("yeti", 2), (" YETI stereo ", 2), ("hda intel", 0), (None, 5)]
)
def test_a_device_is_found_by_number_by_part_of_its_name_or_as_the_default(wanted, number):
    assert microphone(wanted) == number


def test_an_exact_name_goes_before_a_part_of_one():
    assert microphone("Pulse") == 3


def test_where_the_system_has_no_default_the_first_suitable_device_is_taken():
    assert choose_device(KNOWN[1:3], None, Direction.INPUT).number == 2


def test_an_unknown_name_is_answered_with_what_there_is():
    with pytest.raises(DeviceError) as caught:
        choose_device((*KNOWN[1:3], KNOWN[5]), "snowball", Direction.INPUT)
    assert caught.value.sentence == (
        "No microphone called 'snowball'. There are: 2 Yeti Stereo Microphone: USB Audio (hw:1,0), 5 default."
    )
    assert caught.value.exit_code == 4


def test_a_speaker_does_not_count_as_a_microphone():
    with pytest.raises(DeviceError, match="No microphone called 'hdmi'"):
        microphone("hdmi")
    with pytest.raises(DeviceError, match="No microphone called '1'"):
        microphone(1)
    assert choose_device(KNOWN, "hdmi", Direction.OUTPUT).number == 1


def test_a_part_that_fits_several_names_them():
    with pytest.raises(DeviceError, match=r"several microphones: 0 HDA .*, 2 Yeti .*Say more of the name") as caught:
        microphone("hw:")
    assert "HDMI" not in caught.value.sentence


@pytest.mark.parametrize(("direction", "way_out"), [(Direction.INPUT, "replay"), (Direction.OUTPUT, "--no-voice")])
def test_where_there_is_none_at_all_the_way_out_is_told(direction, way_out):
    with pytest.raises(DeviceError, match=f"There is no {direction.value}.*{way_out}"):
        choose_device([], None, direction)


def test_a_missing_portaudio_is_named_with_the_command_that_brings_it():
    program = (
        "import ctypes.util, sys; ctypes.util.find_library = lambda name: None\n"
        "from assistant.audio.microphone import Microphone; from assistant.errors import DeviceError\n"
        "try: Microphone().open()\n"
        "except DeviceError as error: print(error.sentence)"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert "apt-get install libportaudio2" in told.stdout


def test_a_call_that_takes_for_ever_is_given_up_and_later_ones_fail_at_once():
    portaudio = PortAudio()
    answered, late = threading.Event(), []
    with pytest.raises(DeviceError, match="doesn't answer"):
        portaudio.call(lambda _: answered.wait(), 0.02, dispose=late.append)
    with within(3), pytest.raises(DeviceError, match="doesn't answer"):
        portaudio.call(lambda _: "next", 5.0)
    answered.set()
    wait_until(lambda: late)
    assert late == [True]
    assert portaudio.call(lambda _: "again", 60.0) == "again"
