"""The script that recordings are made from: a TOML file of who says what, in a notation of pauses and fillers.

In `say`, a number in brackets is a silence in seconds and the words *um* and *uh* are fillers; all the rest is spoken:

    I guess, um (0.8) I haven't been, (0.5) uh, in a long while

A word with a tilde is drawn out to about twice its length: "and~ (0.4) then".
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from recording_studio.clip import StudioError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FILLERS = ("um", "uh")

_PAUSE = re.compile(r"\((\d+(?:\.\d+)?)\)")
_FILLER = re.compile(r"\b(um|uh)\b[,.]?", re.IGNORECASE)
_DRAWN_OUT = re.compile(r"([a-z']+)~", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*'?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words spoken in one breath."""

    text: str


@dataclass(frozen=True, slots=True)
class FillerCue:
    """A filled pause."""

    word: str


@dataclass(frozen=True, slots=True)
class PauseCue:
    """Silence, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class DrawnOutCue:
    """A word that is drawn out."""

    word: str


Cue = Phrase | FillerCue | PauseCue | DrawnOutCue


@dataclass(frozen=True, slots=True)
class Recording:
    """One recording to make.

    Attributes
    ----------
    file : str
        Where it goes, below the folder of recordings; ends in .flac.
    about : str
        What it is there for, in a line.
    voice : str
        "joe" (Piper), or "slt", "rms", "awb", "kal" (Flite).
    say : str
        What is said, in the notation above; empty for silence.
    question : str or None
        The question it answers.
    answers : tuple of str
        Files of which this is made up, one after another, instead of `say`.
    take : int
        Another number gives another performance of the same words (of Piper's voice).
    pace : float
        1 is the voice's own, 2 twice as slow.
    lead_s, tail_s : float
        Silence before and after.
    gap_s : float
        Silence between the `answers`.
    rate_hz, channels : int
        Of the file. With two channels the speaker sits a little to the left.
    room_dbfs : float
        Level of the room's noise.
    snr_db : float or None
        With other people talking in a draughty hall, so much quieter than the speaker; pink noise stands for the hall.
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


def parse(say: str) -> tuple[Cue, ...]:
    """Turn the notation into cues."""
    cues: list[Cue] = []
    rest = " ".join(say.split())
    while rest:
        marks = [mark for mark in (_PAUSE.search(rest), _FILLER.search(rest), _DRAWN_OUT.search(rest)) if mark]
        mark = min(marks, key=lambda each: each.start(), default=None)
        spoken = rest if mark is None else rest[: mark.start()]
        if words_of(spoken):
            cues.append(Phrase(spoken.strip()))
        if mark is None:
            break
        cues.append(_marked(mark))
        rest = rest[mark.end() :]
    return tuple(cues)


def _marked(mark: re.Match[str]) -> Cue:
    if mark.re is _PAUSE:
        return PauseCue(float(mark[1]))
    return FillerCue(mark[1].lower()) if mark.re is _FILLER else DrawnOutCue(mark[1])


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case, without punctuation."""
    return [word.lower() for word in _WORD.findall(text)]


def load(path: Path) -> list[Recording]:
    """Read a script.

    Raises
    ------
    StudioError
        The file can't be read, or a key or value in it is wrong.
    """
    try:
        tables = tomllib.loads(path.read_text("utf-8"))["recording"]
    except OSError as error:
        raise StudioError(f"The script '{path}' can't be read: {error.strerror}.") from error
    except KeyError as error:
        raise StudioError(f"There is no [[recording]] in '{path}'.") from error
    except tomllib.TOMLDecodeError as error:
        raise StudioError(f"The script '{path}' isn't TOML: {error}.") from error
    recordings = [_recording(table) for table in tables]
    known: dict[str, str] = {}
    for recording in recordings:
        for answer in recording.answers:
            if answer not in known:
                raise StudioError(f"'{recording.file}' is made up of '{answer}', which isn't above it.")
        if len({known[answer] for answer in recording.answers}) > 1:
            raise StudioError(f"'{recording.file}' is made up of answers by several voices; it takes one.")
        if recording.file in known:
            raise StudioError(f"'{recording.file}' is in the script twice.")
        known[recording.file] = recording.voice
    return recordings


def _recording(table: dict[str, Any]) -> Recording:
    keys = [each.name for each in fields(Recording) if each.init]
    for key in table:
        if key not in keys:
            raise StudioError(f"Unknown key '{key}' in '{table.get('file', '?')}'. There are: {', '.join(keys)}.")
    for key in ("file", "about"):
        if not table.get(key):
            raise StudioError(f"A recording has no '{key}': {table}.")
    return Recording(**{**table, "answers": tuple(table.get("answers", ()))})
