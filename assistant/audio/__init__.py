"""Sound in and out: microphone, recordings, player. Knows samples, not words."""

from assistant.audio.devices import Device, Direction, find_device, list_devices
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, AudioSource, Frame, Samples
from assistant.audio.level import WaveformPeaks, rms_dbfs
from assistant.audio.microphone import Microphone
from assistant.audio.player import Player
from assistant.audio.recording import Recording
from assistant.audio.replay import Playlist, Replay, find_recordings, replay_of

__all__ = [
    "FRAME_SAMPLES",
    "RATE_HZ",
    "AudioSource",
    "Device",
    "Direction",
    "Frame",
    "Microphone",
    "Player",
    "Playlist",
    "Recording",
    "Replay",
    "Samples",
    "WaveformPeaks",
    "find_device",
    "find_recordings",
    "list_devices",
    "replay_of",
    "rms_dbfs",
]
