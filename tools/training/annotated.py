"""Speech of people whose fillers were marked by hand, which isn't part of this repository."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.audio.frame import Samples
from assistant.fillers.second_ear import is_filler
from tools.command import ToolError
from tools.listening import samples_of


@dataclass(frozen=True)
class Annotated:
    """A recording whose fillers are known, if not when they were said."""

    corpus: str
    session: str
    name: str
    transcript: tuple[str, ...]
    fillers: int
    read: Callable[[], Samples]

    @property
    def kept_back(self) -> bool:
        """Whether nothing may be fitted to its speaker; decided before anything of it was looked at."""
        return zlib.crc32(f"aside/{self.session}".encode()) % 4 == 0


def annotated(folder: Path) -> list[Annotated]:
    """The recordings of a folder that are in a table with their speakers and transcripts, or have transcripts beside.

    A table (.csv) has columns for file, session, fillers and transcript, and may have one for the source. A transcript
    beside a recording has its name, and .lab in place of .flac.

    Raises
    ------
    ToolError
        There is neither.
    """
    found = [each for table in sorted(folder.glob("*.csv")) for each in _in_table(table)]
    found += [_with_transcript(path) for path in sorted(folder.glob("**/*.lab"))]
    if not found:
        raise ToolError(f"There is no table of recordings (.csv) in {folder}. Name a folder of annotated speech.")
    return found


def _in_table(table: Path) -> list[Annotated]:
    with table.open(encoding="utf-8", newline="") as file:
        return [
            Annotated(
                row.get("source") or table.stem,
                row["session"],
                Path(row["file"]).name,
                tuple(row["transcript"].split()),
                len(row["fillers"].split()),
                partial(samples_of, table.parent / row["file"]),
            )
            for row in csv.DictReader(file)
        ]


def _with_transcript(path: Path) -> Annotated:
    words = tuple(path.read_text(encoding="utf-8").lower().split())
    corpus = path.parent.name
    read = partial(samples_of, path.with_suffix(".flac"))
    return Annotated(corpus, f"{corpus}/{path.stem}", path.name, words, sum(map(is_filler, words)), read)
