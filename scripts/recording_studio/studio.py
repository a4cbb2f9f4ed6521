"""Makes and checks a set of recordings."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from recording_studio import truth
from recording_studio.clip import StudioError, Voice
from recording_studio.flite_voice import FliteVoice
from recording_studio.listening import Listener
from recording_studio.performance import Performance, in_a_row, perform
from recording_studio.piper_voice import PiperVoice
from recording_studio.room import in_room
from recording_studio.script import Recording


def make(chosen: Sequence[Recording], script: Sequence[Recording], folder: Path) -> None:
    """Make `chosen` of `script` in `folder`, saying what was made."""
    studio = _Studio(script)
    total = 0
    for recording in chosen:
        performance = studio.performance(recording)
        path = truth.write(
            folder, recording, performance, studio.voice(recording).name, in_room(performance, recording)
        )
        size = path.stat().st_size
        total += size
        print(f"{recording.file:30} {performance.duration_s:6.1f} s {size / 1e3:7.0f} kB")
    print(f"{len(chosen)} recordings, {total / 1e6:.2f} MB")


def check(chosen: Sequence[Recording], folder: Path, model: Path) -> None:
    """Print how well Vosk understands `chosen`."""
    listener = Listener(model)
    listener.load()
    errors = words = 0
    print(f"{'file':30} {'words':>5} {'errors':>6} {'rate':>7} {'edges':>7}  said → heard")
    for recording in chosen:
        path = folder / recording.file
        if not path.is_file():
            raise StudioError(f"'{path}' isn't there yet. Make it with: scripts/make_recordings")
        heard = listener.hear(path)
        errors += heard.errors
        words += len(heard.said)
        print(
            f"{recording.file:30} {len(heard.said):5} {heard.errors:6} {heard.error_rate:7.1%}"
            f" {heard.shift_s * 1000:4.0f} ms  {heard.differences}"
        )
    print(f"{'all':30} {words:5} {errors:6} {errors / max(words, 1):7.1%}")


class _Studio:
    """The speakers, and what they have performed so far."""

    def __init__(self, script: Sequence[Recording]) -> None:
        self._script = {recording.file: recording for recording in script}
        self._voices: dict[str, Voice] = {"joe": PiperVoice()}
        self._voices.update({speaker: FliteVoice(speaker) for speaker in ("slt", "rms", "awb", "kal")})
        self._done: dict[str, Performance] = {}

    def voice(self, recording: Recording) -> Voice:
        if recording.voice not in self._voices:
            raise StudioError(
                f"No voice '{recording.voice}' for '{recording.file}'. There are: {', '.join(self._voices)}."
            )
        return self._voices[recording.voice]

    def performance(self, recording: Recording) -> Performance:
        if recording.file not in self._done:
            if recording.answers:
                parts = [self.performance(self._script[file]) for file in recording.answers]
                self._done[recording.file] = in_a_row(parts, recording.gap_s)
            else:
                self._done[recording.file] = perform(recording, self.voice(recording))
        return self._done[recording.file]
