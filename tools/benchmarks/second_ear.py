"""Measure what the second ear costs and what it mishears, beside faster-whisper's own way and stock Vosk.

The same model hears the same answers in one process: as faster_whisper's `transcribe` does, and as the second ear does,
in pieces, with and without fillers. The whole listener is measured with one ear and with both, and stock Vosk alone.
Work is processor time of all threads. Words are compared without fillers, spellings and contractions evened out.

  python -m tools.benchmarks.second_ear                     the project's own recordings
  python -m tools.benchmarks.second_ear --annotated DIR     a folder with wuw.csv instead, whose columns are file,
                                                            session, duration_s, fillers and transcript
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asr.listener import Listener
from assistant.asr.recogniser import VoskRecogniser
from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import RATE_HZ, Samples
from assistant.english.normalise import normal_words
from assistant.english.words import FILLERS
from assistant.models import find, find_second
from assistant.session.assembly import make_ear, make_second_ear
from assistant.session.second_ear import SecondEarWorker
from assistant.turns.audio import AnswerAudio
from tools.command import parser_for, run_command
from tools.listening import PIECE, listen, samples_of
from tools.paths import RECORDINGS

Recorded = tuple[Path, str]
"""A recording, and what is said in it."""


@dataclass(slots=True)
class Way:
    """A way to hear recordings, and what came of it."""

    hear: Callable[[Samples], str]
    work_s: float = 0.0
    errors: int = 0

    def add(self, samples: Samples, said: Sequence[str]) -> None:
        """Hear a recording."""
        before = time.process_time()
        heard = self.hear(samples)
        self.work_s += time.process_time() - before
        self.errors += int(Levenshtein.distance(said, _words(heard)))


def main() -> None:
    """Run the command."""
    parser = parser_for("tools.benchmarks.second_ear", __doc__)
    parser.add_argument("--annotated", type=Path, metavar="DIR", help="a folder with wuw.csv")
    parser.add_argument("--second-hearing", default="base", metavar="EAR", help="base, tiny.en or a folder")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="only each Nth recording")
    options = parser.parse_args()
    recorded = (_own() if options.annotated is None else _annotated(options.annotated))[:: options.every]
    ear = make_second_ear(options.second_hearing, sys.exit)
    if ear is None:
        sys.exit("There is nothing to measure without a second ear.")
    ways = {
        "faster_whisper, transcribe()": Way(_transcribe(find_second(options.second_hearing).path)),
        "second ear": Way(lambda samples: _hear(ear, samples, verbatim=False)),
        "second ear, fillers as well": Way(lambda samples: _hear(ear, samples, verbatim=True)),
        "stock Vosk": Way(_stock()),
        "listening with one ear": Way(_listening(make_ear(None).listener)),
        "listening with both": Way(_listening(make_ear(None, ear).listener)),
    }
    heard_s, words = 0.0, 0
    for path, text in track(recorded, "Listening", console=Console(stderr=True)):
        samples, said = samples_of(path), _words(text)
        heard_s += len(samples) / RATE_HZ
        words += len(said)
        for way in ways.values():
            way.add(samples, said)
    ear.close()
    Console().print(_table_of(ways, heard_s, words))


def _own() -> list[Recorded]:
    truths = {path: json.loads(path.read_text(encoding="utf-8")) for path in sorted(RECORDINGS.glob("**/*.json"))}
    return [(path.with_suffix(".flac"), truth["text"]) for path, truth in truths.items() if "questions" in truth]


def _annotated(folder: Path) -> list[Recorded]:
    with (folder / "wuw.csv").open(encoding="utf-8", newline="") as file:
        return [(folder / row["file"], row["transcript"]) for row in csv.DictReader(file)]


def _words(text: str) -> list[str]:
    return [word for word in normal_words(text) if word not in FILLERS]


def _transcribe(model: Path) -> Callable[[Samples], str]:
    from faster_whisper import WhisperModel

    whisper = WhisperModel(str(model), device="cpu", compute_type="int8", cpu_threads=1)

    def transcribed(samples: Samples) -> str:
        segments, _ = whisper.transcribe(samples.astype(np.float32) / 32768, language="en")
        return " ".join(segment.text for segment in segments)

    return transcribed


def _hear(ear: SecondEarWorker, samples: Samples, *, verbatim: bool) -> str:
    activity, sound = VoiceActivity(), AnswerAudio(samples)
    activity.reset()
    activity.feed(samples)
    ear.begin(verbatim=verbatim)
    pieces = ear.finish(sound, activity.stretches, activity.judged_s)
    return " ".join(word.text for piece in pieces for word in piece.words)


def _stock() -> Callable[[Samples], str]:
    installed = find(None)
    vosk = VoskRecogniser(installed.path.with_name(installed.name.removesuffix("-verbatim")))
    vosk.load()

    def heard(samples: Samples) -> str:
        vosk.begin()
        sound = AnswerAudio()
        for start in range(0, len(samples), PIECE):
            sound.append(samples[start : start + PIECE])
            vosk.accept(sound)
        return " ".join(word.word for word in vosk.finish(sound))

    return heard


def _listening(listener: Listener) -> Callable[[Samples], str]:
    return lambda samples: listen(listener, samples)[0].spoken


def _table_of(ways: dict[str, Way], heard_s: float, words: int) -> Table:
    table = Table(box=None, pad_edge=False)
    table.add_column(f"{heard_s / 60:.1f} min, {words} words")
    for heading in ("a second of sound", "÷ transcribe()", "÷ stock Vosk", "words wrong"):
        table.add_column(heading, justify="right")
    plain, stock = ways["faster_whisper, transcribe()"], ways["stock Vosk"]
    for name, way in ways.items():
        table.add_row(name, *_figures(way, plain, stock, heard_s, words))
    return table


def _figures(way: Way, plain: Way, stock: Way, heard_s: float, words: int) -> Iterable[str]:
    yield f"{1000 * way.work_s / heard_s:.0f} ms"
    yield f"{way.work_s / plain.work_s:.2f}"
    yield f"{way.work_s / stock.work_s:.2f}"
    yield f"{100 * way.errors / words:.1f} %"


if __name__ == "__main__":
    run_command(main)
