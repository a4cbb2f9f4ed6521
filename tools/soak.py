"""Holds session after session with recorded visitors in one process, and says what grows: ``python -m tools.soak``.

Visitors of six kinds come in turn: one who sends a review, one who walks away, one who says nothing, one beside whom it
is noisy, one who speaks a moment too early, and one who talks for long. Nothing waits for real time.
"""

from __future__ import annotations

import csv
import logging
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import resources
from itertools import cycle, islice
from pathlib import Path

import numpy as np
import soundfile

from assistant.audio.frame import RATE_HZ
from assistant.kiosk import Health, Kiosk, KioskSettings
from assistant.kiosk.health import memory_mb
from tools.command import parser_for, run_command
from tools.paths import RECORDINGS
from tools.simulation.visitors import SHORT_VISIT, YES, Visit, Visitors, sound_of

_QUESTIONS = ("film", "about", "review")
_GROWTH = 0.03
"""How much more memory may be in use at the end than after the first twentieth."""
_NOISE_DB = -15.0
"""Level of the noise beside a noisy visitor, against their voice."""


@dataclass(frozen=True, slots=True)
class Footprint:
    """What the process holds while nobody is there: memory in MB, threads, open files, temporary files."""

    memory_mb: float
    threads: int
    handles: int
    temporary: int

    @classmethod
    def now(cls) -> Footprint:
        """That of this process, at this moment; under Linux."""
        temporary = sum(1 for _ in Path(tempfile.gettempdir()).glob("kiosk-*"))
        temporary += sum(1 for _ in Path("/dev/shm").glob("kiosk-*"))  # noqa: S108
        handles = sum(1 for _ in Path("/proc/self/fd").iterdir())
        return cls(memory_mb() or 0.0, threading.active_count(), handles, temporary)


@dataclass(slots=True)
class Soaked:
    """How a soak went.

    Attributes
    ----------
    footprints : list of Footprint
        Before each visit.
    sessions : dict of str to int
        How many ended in which way.
    rows : int
        Reviews delivered as rows of the table, where the same words of two people are two.
    """

    footprints: list[Footprint] = field(default_factory=list)
    sessions: dict[str, int] = field(default_factory=dict)
    rows: int = 0

    @property
    def settled(self) -> Footprint:
        """The footprint after the first twentieth, but no earlier than when every kind of visitor has been there."""
        return self.footprints[min(max(len(self.footprints) // 20, 2 * len(KINDS)), len(self.footprints) - 1)]

    @property
    def last(self) -> Footprint:
        """The footprint before the last visit."""
        return self.footprints[-1]

    @property
    def growth(self) -> float:
        """How much more memory is in use at the end, as a share."""
        return self.last.memory_mb / self.settled.memory_mb - 1

    @property
    def faults(self) -> list[str]:
        """What must not be, in sentences."""
        sent = self.sessions.get("sent", 0)
        found = []
        if self.growth > _GROWTH:
            found.append(f"memory grew by {self.growth:.1%}")
        for what in ("threads", "handles", "temporary"):
            before, after = getattr(self.settled, what), getattr(self.last, what)
            if after > before:
                found.append(f"{what}: {before} became {after}")
        if self.rows != sent:
            found.append(f"{sent} reviews were sent, {self.rows} rows delivered")
        if self.sessions.get("failed"):
            found.append(f"{self.sessions['failed']} sessions failed")
        return found


def _noisy(folder: Path) -> Visit:
    """A visitor in noise."""
    answers = {}
    for name, path in SHORT_VISIT.items():
        sound = sound_of(path).astype(np.float64)
        level = np.sqrt(np.mean(sound**2)) * 10 ** (_NOISE_DB / 20)
        noisy = sound + np.random.default_rng(2).normal(0, level, len(sound))
        answers[name] = folder / f"noisy-{path.name}"
        soundfile.write(answers[name], np.clip(noisy, -32_768, 32_767).astype(np.int16), RATE_HZ)
    return Visit(answers)


def _hasty(folder: Path) -> Visit:
    """A visitor whose answer has begun before it is listened to, and breaks off."""
    path = folder / "hasty.flac"
    soundfile.write(path, sound_of(SHORT_VISIT["about-1"])[RATE_HZ // 2 : 4 * RATE_HZ], RATE_HZ)
    return Visit({**SHORT_VISIT, "about-1": path})


KINDS = ("complete", "walks away", "silent", "noisy", "hasty", "long")


def visitors_in_turn(folder: Path, count: int) -> list[Visit]:
    """So many visitors, of each kind in turn."""
    long_answer = {**SHORT_VISIT, "about-1": RECORDINGS / "fluent" / "about-2.flac"}
    kinds = [Visit(), Visit({"welcome": YES}), Visit({}), _noisy(folder), _hasty(folder), Visit(long_answer)]
    return list(islice(cycle(kinds), count))


def soak(folder: Path, visits: Sequence[Visit]) -> Soaked:
    """Let these visitors come to one kiosk, and return how it went.

    Parameters
    ----------
    folder : Path
        For the kiosk's store and its reviews.
    visits : sequence of Visit
    """
    script = folder / "interview.toml"
    head, *questions = _interview().split("[[question]]\n")
    kept = [each for each in questions if each.startswith(tuple(f'id = "{name}"' for name in _QUESTIONS))]
    text = "[[question]]\n".join([head, *kept])
    script.write_text(text.replace('kind = "about"', 'kind = "about"\nfewest = 1\nmost = 1'), encoding="utf-8")
    settings = KioskSettings(
        data=folder / "kiosk", out=folder / "out", script=script, aloud=False, second_hearing="none", files_only=True
    )
    soaked, health = Soaked(), Health()
    source = Visitors(visits, lambda: soaked.footprints.append(Footprint.now()))
    Kiosk(settings, lambda: source, health).run(len(visits))
    soaked.sessions = dict(health.sessions)
    tables = (folder / "out").glob("letterboxd*.csv")
    soaked.rows = sum(len(list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))) for path in tables)
    return soaked


def _interview() -> str:
    return resources.files("assistant.dialogue").joinpath("interview.toml").read_text(encoding="utf-8")


def main() -> int:
    """Let visitors come to a kiosk, say what grows, and return 1 if anything does."""
    parser = parser_for("tools.soak", __doc__)
    parser.add_argument("--sessions", type=int, default=2000, metavar="N", help="how many visitors come (2000)")
    asked = parser.parse_args()
    logging.basicConfig(level=logging.ERROR)
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        soaked = soak(Path(folder), visitors_in_turn(Path(folder), asked.sessions))
    print(f"sessions: {soaked.sessions}; delivered: {soaked.rows}")
    for what, at in (("settled", soaked.settled), ("last", soaked.last)):
        print(
            f"{what}: {at.memory_mb:.0f} MB, {at.threads} threads, {at.handles} handles, {at.temporary} temporary files"
        )
    print(f"memory: {soaked.growth:+.1%}")
    for fault in soaked.faults:
        print(f"✗ {fault}")
    return int(bool(soaked.faults))


if __name__ == "__main__":
    run_command(main)
