"""A voice performs a recording's cues: pieces are spoken one by one and placed at known times."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np

from tools.corpus.clip import Clip, Sound, TimedWord, Voice, voiced_span
from tools.corpus.script import ScriptedRecording
from tools.notation import FILLERS, DrawnOutCue, FillerCue, PauseCue

_JOIN_S = 0.06
"""Between two pieces without a pause in the script: about the time that a tongue needs."""

_MARGIN_S = 0.02
"""Faded margin kept outside the 45 dB, because sounds die away rather than stop."""

_SPEECH_DBFS = -28.0
LEAST_PAUSE_S = 0.25
DRAWN_OUT_TIMES = 2.2
"""How many times longer a word with a tilde lasts than in the voice's own speech."""


@dataclass(frozen=True, slots=True)
class Item:
    """A word, filler or pause with its times in seconds; `word` is None for a pause.

    `drawn_out` is how many times longer than usual a word lasts, if it does.
    """

    kind: str
    word: str | None
    start_s: float
    end_s: float
    drawn_out: float | None = None

    def later(self, seconds: float) -> Item:
        """The same, `seconds` later."""
        return replace(self, start_s=self.start_s + seconds, end_s=self.end_s + seconds)


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer: its question, its start and end (first to last sound, in seconds), and its words."""

    question: str | None
    start_s: float
    end_s: float
    text: str

    def later(self, seconds: float) -> Answered:
        """The same, `seconds` later."""
        return replace(self, start_s=self.start_s + seconds, end_s=self.end_s + seconds)


@dataclass(frozen=True, slots=True)
class Performance:
    """A performance, before it is put into a room."""

    sound: Sound
    rate_hz: int
    items: tuple[Item, ...]
    answers: tuple[Answered, ...]

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return len(self.sound) / self.rate_hz


def perform(recording: ScriptedRecording, voice: Voice) -> Performance:
    """Let `voice` speak the cues of `recording`."""
    voice.begin(zlib.crc32(recording.file.encode()) % 1_000_000 + recording.take)
    rate_hz = voice.rate_hz
    laid: list[tuple[float, Sound]] = []
    said: list[TimedWord] = []
    drawn_out: set[int] = set()
    end_s = recording.lead_s
    pause_s = 0.0
    for cue in recording.cues:
        if isinstance(cue, PauseCue):
            pause_s += cue.seconds
            continue
        if isinstance(cue, FillerCue):
            clip = voice.filler(cue.word, recording.pace)
        elif isinstance(cue, DrawnOutCue):
            drawn_out.add(len(said))
            clip = voice.phrase(cue.word, recording.pace * DRAWN_OUT_TIMES)
        else:
            clip = voice.phrase(cue.text, recording.pace)
        start_s = end_s + (0.0 if not said else pause_s or _JOIN_S)
        placed, sound, words = _trimmed(clip, start_s)
        laid.append((placed, sound))
        said.extend(words)
        end_s = words[-1].end_s
        pause_s = 0.0
    sound = np.zeros(round((end_s + pause_s + recording.tail_s) * rate_hz), dtype=np.float32)
    for at_s, piece in laid:
        at = round(at_s * rate_hz)
        sound[at : at + len(piece)] += piece
    items = tuple(_with_pauses(said, drawn_out))
    answers = (
        (Answered(recording.question, said[0].start_s, end_s, " ".join(each.word for each in said)),) if said else ()
    )
    return Performance(_levelled(sound, rate_hz, said), rate_hz, items, answers)


def in_a_row(performances: Sequence[Performance], gap_s: float) -> Performance:
    """Join answers, with `gap_s` of silence between the last sound of one and the first of the next."""
    rate_hz = performances[0].rate_hz
    laid: list[tuple[int, Sound]] = []
    items: list[Item] = []
    answers: list[Answered] = []
    at_s = 0.0
    for number, each in enumerate(performances):
        first_s, last_s = each.answers[0].start_s, each.answers[-1].end_s
        shift_s = at_s + gap_s - first_s if number else 0.0
        begin = max(round((first_s - _MARGIN_S) * rate_hz), 0)
        laid.append((begin + round(shift_s * rate_hz), each.sound[begin:]))
        items.extend(item.later(shift_s) for item in each.items)
        answers.extend(answer.later(shift_s) for answer in each.answers)
        at_s = last_s + shift_s
    sound = np.zeros(round((at_s + gap_s) * rate_hz), dtype=np.float32)
    for at, piece in laid:
        room = min(len(piece), len(sound) - at)
        sound[at : at + room] += piece[:room]
    return Performance(sound, rate_hz, tuple(items), tuple(answers))


def _trimmed(clip: Clip, start_s: float) -> tuple[float, Sound, list[TimedWord]]:
    """Where to place the sound so that its voice begins at `start_s`; the sound; and its words with those times."""
    first_s, last_s = voiced_span(clip.sound, clip.rate_hz)
    kept_s = min(_MARGIN_S, first_s, start_s)
    begin = round((first_s - kept_s) * clip.rate_hz)
    sound = clip.sound[begin : round((last_s + _MARGIN_S) * clip.rate_hz)].copy()
    fade_in, fade_out = round(kept_s * clip.rate_hz), len(sound) - round((last_s - first_s + kept_s) * clip.rate_hz)
    sound[:fade_in] *= np.linspace(0, 1, fade_in, dtype=np.float32)
    if fade_out > 0:
        sound[-fade_out:] *= np.linspace(1, 0, fade_out, dtype=np.float32)
    words = [word.later(start_s - first_s) for word in clip.words]
    words[0] = replace(words[0], start_s=start_s)
    words[-1] = replace(words[-1], end_s=start_s + last_s - first_s)
    return start_s - kept_s, sound, words


def _with_pauses(said: Sequence[TimedWord], drawn_out: Collection[int]) -> list[Item]:
    items: list[Item] = []
    for number, each in enumerate(said):
        if number and each.start_s - said[number - 1].end_s >= LEAST_PAUSE_S - 1e-6:
            items.append(Item("pause", None, said[number - 1].end_s, each.start_s))
        kind = "filler" if each.word in FILLERS else "word"
        longer = DRAWN_OUT_TIMES if number in drawn_out else None
        items.append(Item(kind, each.word, each.start_s, each.end_s, longer))
    return items


def _levelled(sound: Sound, rate_hz: int, said: Sequence[TimedWord]) -> Sound:
    """Normalise the level of the words, so that all speakers are equally loud."""
    if not said:
        return sound
    power = speech_power(sound, rate_hz, [(each.start_s, each.end_s) for each in said])
    levelled: Sound = sound * np.float32(np.sqrt(10 ** (_SPEECH_DBFS / 10) / power))
    return levelled


def speech_power(sound: Sound, rate_hz: int, spans: Sequence[tuple[float, float]]) -> float:
    """Mean square of `sound` within `spans` (seconds)."""
    pieces = [sound[round(start * rate_hz) : round(end * rate_hz)] for start, end in spans]
    return float(np.mean(np.square(np.concatenate(pieces), dtype=np.float64)))
