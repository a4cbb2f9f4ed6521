"""Speech of people whose fillers were marked by hand, which isn't part of this repository."""

from __future__ import annotations

import csv
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from assistant.audio.frame import Samples
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
    """The recordings of a folder with a table of files, speakers and transcripts.

    Raises
    ------
    ToolError
        There is no such table.
    """
    tables = sorted(folder.glob("*.csv"))
    if not tables:
        raise ToolError(f"There is no table of recordings (.csv) in {folder}. Name a folder of annotated speech.")
    found = []
    for table in tables:
        with table.open(encoding="utf-8", newline="") as file:
            found += [
                Annotated(
                    row.get("source") or table.stem,
                    row["session"],
                    Path(row["file"]).name,
                    tuple(row["transcript"].split()),
                    len(row["fillers"].split()),
                    partial(samples_of, folder / row["file"]),
                )
                for row in csv.DictReader(file)
            ]
    return found
