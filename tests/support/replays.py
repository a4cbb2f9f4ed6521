"""Recordings that the program is given in place of a microphone, and what it makes of them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from tools.paths import RECORDINGS
from tools.simulation.program import run


@dataclass(frozen=True)
class Replayed:
    """What is left of a replay.

    Attributes
    ----------
    folder : Path
        Holds the ``data`` and the ``out`` of the program.
    """

    folder: Path

    @property
    def document(self) -> dict[str, Any]:
        document: dict[str, Any] = json.loads((self.folder / "document.json").read_text(encoding="utf-8"))
        return document

    @property
    def captions(self) -> str:
        return (self.folder / "captions.txt").read_text(encoding="utf-8")

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def out(self) -> Path:
        return self.folder / "out"


FIRST_EAR_ALONE = ("--second-hearing", "none")
"""For tests that ask what becomes of an answer and not how it was understood: the second ear takes a while."""


def replay(
    folder: Path, *arguments: str | Path, ears: Sequence[str] = FIRST_EAR_ALONE, code: int = 0, **environment: str
) -> Replayed:
    """Replay recordings with these options, and leave everything in a folder."""
    replayed = Replayed(folder)
    done = run(
        "replay", *arguments, *ears, "--json", "--data", replayed.data, "--out", replayed.out, **environment
    )  # fmt: skip
    assert done.returncode == code, done.stderr
    (folder / "document.json").write_text(done.stdout, encoding="utf-8")
    (folder / "captions.txt").write_text(done.stderr, encoding="utf-8")
    return replayed


def answers(folder: Path, recordings: Mapping[str, str]) -> Path:
    """A folder of answers: question by question, which recording is given to it."""
    made = folder / "answers"
    made.mkdir()
    for question, recording in recordings.items():
        shutil.copy(RECORDINGS / f"{recording}.flac", made / f"{question}.flac")
    return made


SHORT = {"film": "fluent/film", "about": "stereo-44100", "stars": "her/stars", "review": "her/review"}
"""Answers to a short interview that end in a sent review."""


def short_interview(folder: Path, most: int = 1, questions: Collection[str] = tuple(SHORT)) -> Path:
    """The default interview with some of its questions only, and this many about the film.

    A few seconds of sound in place of a minute, for tests that ask what becomes of a review and not how it came about.
    """
    text = resources.files("assistant.dialogue").joinpath("interview.toml").read_text(encoding="utf-8")
    head, *all_questions = text.split("[[question]]\n")
    beginnings = tuple(f'id = "{name}"' for name in questions)
    kept = [question for question in all_questions if question.startswith(beginnings)]
    assert len(kept) == len(questions)
    path = folder / "short.toml"
    about = f'kind = "about"\nfewest = 1\nmost = {most}'
    path.write_text("[[question]]\n".join([head, *kept]).replace('kind = "about"', about), encoding="utf-8")
    return path


def short_conversation(folder: Path, recordings: Mapping[str, str] = SHORT, most: int = 1) -> tuple[str | Path, ...]:
    """What to replay for a short interview that is answered with these recordings."""
    return answers(folder, recordings), "--script", short_interview(folder, most)
