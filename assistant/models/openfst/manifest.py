"""What a verbatim model was made of: so that it can be told whether it is whole and still the one wanted."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.models.catalogue import ModelFile

_SUFFIX = "-verbatim"

MANIFEST_NAME = "verbatim.json"
"""The file in a model's folder that makes it a verbatim one."""

FORMAT = 1
"""Raised when the same words and costs come to make another graph; models of another format are made anew."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """How a verbatim model was made.

    Attributes
    ----------
    source : str
        Name of the model that it was made from.
    originals : tuple of ModelFile
        The files of that model.
    graph : ModelFile
        The only file that differs: the language model with its loops.
    loops : mapping of str to float
        What each filler costs there; those outside the model's vocabulary included.
    """

    source: str
    originals: tuple[ModelFile, ...]
    graph: ModelFile
    loops: Mapping[str, float]

    @property
    def files(self) -> tuple[ModelFile, ...]:
        """The files of the verbatim model, without the manifest."""
        return tuple(self.graph if file.path == self.graph.path else file for file in self.originals)

    @property
    def size_bytes(self) -> int:
        """Size of the model on disk; where its files are links, most of it is that of the other model."""
        return sum(file.size_bytes for file in self.files)

    def is_made_of(self, originals: Sequence[ModelFile], loops: Mapping[str, float]) -> bool:
        """Whether the model is the one that would be made of these files with these fillers and costs."""
        return self.originals == tuple(originals) and self.loops == loops

    def packed(self) -> str:
        """The manifest as text."""
        return json.dumps(
            {
                "format": FORMAT,
                "source": self.source,
                "loops": dict(self.loops),
                "graph": {self.graph.path: _packed(self.graph)},
                "originals": {file.path: _packed(file) for file in self.originals},
            },
            indent=1,
        )


def verbatim_name(source: str) -> str:
    """What the verbatim model is called that is made from the one called `source`."""
    return source + _SUFFIX


def source_name(verbatim: str) -> str:
    """What the model is called that the verbatim one was made from."""
    return verbatim.removesuffix(_SUFFIX)


def is_verbatim(folder: Path) -> bool:
    """Whether the model in `folder` is a verbatim one, by a glance; one that can't be looked into isn't."""
    try:
        return (folder / MANIFEST_NAME).is_file()
    except PermissionError:
        return False


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the verbatim model in `folder`; None where there is none that can be understood."""
    try:
        table = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
        if table["format"] != FORMAT:
            return None
        (graph,) = _files(table["graph"])
        return Manifest(str(table["source"]), _files(table["originals"]), graph, dict(table["loops"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _packed(file: ModelFile) -> dict[str, Any]:
    return {"size_bytes": file.size_bytes, "sha256": file.sha256}


def _files(table: Mapping[str, Any]) -> tuple[ModelFile, ...]:
    return tuple(ModelFile(path, int(file["size_bytes"]), str(file["sha256"])) for path, file in table.items())
