"""The script of recordings: a TOML file that says who says what, in the notation of `tools.notation`."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from assistant.config import parse_toml
from tools.command import ToolError
from tools.notation import Cue, parse


@dataclass(frozen=True, slots=True)
class ScriptedRecording:
    """One recording to make.

    Attributes
    ----------
    file : str
        Its path below the folder of recordings; ends in .flac.
    about : str
        Its purpose, in a line.
    voice : str
        "joe" (Piper), or "slt", "rms", "awb", "kal" (Flite).
    say : str
        What is said, in the notation; empty for silence.
    question : str or None
        The question it answers.
    answers : tuple of str
        Files to join, instead of `say`.
    take : int
        Another number gives another performance of the same words (by Piper's voice).
    pace : float
        1 is the voice's own, 2 twice as slow.
    lead_s, tail_s : float
        Silence before and after.
    gap_s : float
        Silence between the `answers`.
    rate_hz, channels : int
        Of the file. With two channels, the speaker is a little to the left.
    room_dbfs : float
        Level of the room's noise.
    snr_db : float or None
        If given, other people talk in a draughty hall, this much quieter than the speaker; pink noise is the hall.
    telephone : bool
        Only 300 to 3400 Hz get through.
    """

    file: str
    about: str
    voice: str = "joe"
    say: str = ""
    question: str | None = None
    answers: tuple[str, ...] = ()
    take: int = 1
    pace: float = 1.0
    lead_s: float = 0.3
    tail_s: float = 0.5
    gap_s: float = 2.8
    rate_hz: int = 16_000
    channels: int = 1
    room_dbfs: float = -79.0
    snr_db: float | None = None
    telephone: bool = False
    cues: tuple[Cue, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "cues", parse(self.say))


def load(path: Path) -> list[ScriptedRecording]:
    """Read a script.

    Raises
    ------
    ToolError
        The file can't be read, or a key or value in it is wrong.
    """
    try:
        tables = parse_toml(path.read_text("utf-8"))["recording"]
    except OSError as error:
        raise ToolError(f"The script '{path}' can't be read: {error.strerror}.") from error
    except KeyError as error:
        raise ToolError(f"There is no [[recording]] in '{path}'.") from error
    except ValueError as error:
        raise ToolError(f"The script '{path}' isn't TOML: {error}.") from error
    recordings = [_recording(table) for table in tables]
    known: dict[str, str] = {}
    for recording in recordings:
        for answer in recording.answers:
            if answer not in known:
                raise ToolError(f"'{recording.file}' is made up of '{answer}', which isn't above it.")
        if len({known[answer] for answer in recording.answers}) > 1:
            raise ToolError(f"'{recording.file}' is made up of answers by several voices; it takes one.")
        if recording.file in known:
            raise ToolError(f"'{recording.file}' is in the script twice.")
        known[recording.file] = recording.voice
    return recordings


def _recording(table: dict[str, Any]) -> ScriptedRecording:
    keys = [each.name for each in fields(ScriptedRecording) if each.init]
    for key in table:
        if key not in keys:
            raise ToolError(f"Unknown key '{key}' in '{table.get('file', '?')}'. There are: {', '.join(keys)}.")
    for key in ("file", "about"):
        if not table.get(key):
            raise ToolError(f"A recording has no '{key}': {table}.")
    return ScriptedRecording(**{**table, "answers": tuple(table.get("answers", ()))})
