"""Verbatim models: the files of another model, except for a language model that outputs fillers.

A manifest beside the files says what such a model was made from, so that we can check whether it is complete and up to
date.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.disk import sync, sync_folder
from assistant.errors import ModelError
from assistant.models.catalogue import ModelFile, total_bytes
from assistant.models.directory import (
    VARIABLE,
    clear_leftovers,
    installation_lock,
    model_in,
    replace_model,
    staging_folder,
)
from assistant.models.integrity import hash_findings, language_graph
from assistant.models.openfst import GraphError, Header, pack_graph, read_graph, read_word_list, with_loops
from assistant.models.progress import Progress

_SUFFIX = "-verbatim"

MANIFEST_NAME = "verbatim.json"
"""The file that marks a model's folder as a verbatim model."""

FORMAT = 1
"""Raised when the same words and costs would make another graph; models of another format are made again."""


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
        The cost of each filler, including those outside the model's vocabulary.
    """

    source: str
    originals: tuple[ModelFile, ...]
    graph: ModelFile
    loops: Mapping[str, float]

    @property
    def files(self) -> tuple[ModelFile, ...]:
        """The files of the verbatim model, without the manifest."""
        return tuple(self.graph if file.path == self.graph.path else file for file in self.originals)

    def is_made_of(self, originals: Sequence[ModelFile], loops: Mapping[str, float]) -> bool:
        """Whether these files, fillers and costs would make this very model."""
        return self.originals == tuple(originals) and self.loops == loops

    def packed(self) -> str:
        """The manifest as text."""
        return json.dumps(
            {
                "format": FORMAT,
                "source": self.source,
                "loops": dict(self.loops),
                "graph": {self.graph.path: _fingerprint(self.graph)},
                "originals": {file.path: _fingerprint(file) for file in self.originals},
            },
            indent=1,
        )


def verbatim_name(source: str) -> str:
    """Name of the verbatim model made from the model called `source`."""
    return source + _SUFFIX


def source_name(verbatim: str) -> str:
    """Name of the model that the verbatim one was made from."""
    return verbatim.removesuffix(_SUFFIX)


def is_verbatim(folder: Path) -> bool:
    """Whether the model in `folder` looks like a verbatim one; an unreadable one doesn't."""
    try:
        return (folder / MANIFEST_NAME).is_file()
    except PermissionError:
        return False


def read_manifest(folder: Path) -> Manifest | None:
    """The manifest of the verbatim model in `folder`; None if there is no valid one."""
    try:
        table = json.loads((folder / MANIFEST_NAME).read_text(encoding="utf-8"))
        if table["format"] != FORMAT:
            return None
        (graph,) = _files(table["graph"])
        return Manifest(str(table["source"]), _files(table["originals"]), graph, dict(table["loops"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _fingerprint(file: ModelFile) -> dict[str, Any]:
    return {"size_bytes": file.size_bytes, "sha256": file.sha256}


def _files(table: Mapping[str, Any]) -> tuple[ModelFile, ...]:
    return tuple(ModelFile(path, int(file["size_bytes"]), str(file["sha256"])) for path, file in table.items())


def make_verbatim(source: Path, originals: Sequence[ModelFile], loops: Mapping[str, float], progress: Progress) -> Path:
    """Make the verbatim model of `source` beside it; an existing one that is sound and up to date stays.

    Its files are hard links to those of `source` if the file system has them, so it takes little more room than its
    language model. It is made in another place until it is complete, so it is there whole or not at all.

    Parameters
    ----------
    source : Path
        The folder of a Vosk model.
    originals : sequence of ModelFile
        The files in it.
    loops : mapping of str to float
        The cost of each filler of its language.
    progress : Progress
        Shows the progress, and why a model is used as it is.

    Returns
    -------
    Path
        The folder of the model to listen with: the verbatim one, or `source` if that can't be made to output fillers.

    Raises
    ------
    ModelError
        Its language model is damaged or of an unknown kind.
    OSError
        The verbatim model can't be written.
    """
    graph = language_graph(source)
    if graph is None:
        progress.note(
            f"{source.name} is used as it is: its language model is part of one large graph (HCLG.fst), "
            "to which no fillers can be added."
        )
        return source
    if not loops:
        progress.note(f"{source.name} is used as it is: the catalogue has no fillers for its language.")
        return source
    target = source.with_name(verbatim_name(source.name))
    # Before anything is written: the models may be in a folder that only an administrator can write to.
    if _is_sound(target, originals, loops, progress):
        return target
    with installation_lock(target.parent, progress.note) as alone:
        # Again, since another process may have made it while this one waited.
        if _is_sound(target, originals, loops, progress):
            return target
        progress.stage(f"Making {target.name}", None)
        made = _with_fillers(source, graph, loops)
        if made is None:
            progress.note(f"{source.name} is used as it is: none of {', '.join(loops)} is among its words.")
            return source
        size_bytes, pieces = made
        clear_leftovers(target.parent, alone=alone)
        with staging_folder(target.parent) as staging:
            progress.stage(f"Writing {target.name}", size_bytes)
            _link_all(source, [file.path for file in originals if file.path != graph], model_in(staging))
            written = _write(pieces, model_in(staging), graph, progress)
            manifest = Manifest(source.name, tuple(originals), written, loops)
            _write([manifest.packed().encode("utf-8")], model_in(staging), MANIFEST_NAME, None)
            for place, _, _ in os.walk(model_in(staging)):
                sync_folder(Path(place))
            replace_model(staging, target)
    progress.note(f"{target.name}, which outputs {', '.join(loops)}, was made in {target}.")
    return target


def describe_verbatim_error(error: OSError, source: Path) -> ModelError:
    """Turn an error of the file system into one that the person can act on."""
    name, directory = verbatim_name(source.name), source.parent
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return ModelError(
            f"There is too little room for {name} on the disk of {directory}. "
            f"Make room, or let {VARIABLE} name a folder on another disk."
        )
    reason = (error.strerror or str(error)).lower()
    return ModelError(
        f"{name} can't be made in {directory}: {reason}. Make that folder one that you may write to; "
        f"until then {source.name} can be used as it is, and misses most fillers."
    )


def _is_sound(target: Path, originals: Sequence[ModelFile], loops: Mapping[str, float], progress: Progress) -> bool:
    manifest = read_manifest(target)
    if manifest is None or not manifest.is_made_of(originals, loops):
        return False
    progress.stage(f"Checking {target.name}", total_bytes(manifest.files))
    found = hash_findings(manifest.files, target, progress)
    if found:
        progress.note(f"{target.name} is damaged ({found[0]}) and is made again.")
    else:
        progress.note(f"{target.name} is already made in {target}, and sound.")
    return not found


def _with_fillers(
    source: Path, graph: str, loops: Mapping[str, float]
) -> tuple[int, Iterable[bytes | memoryview]] | None:
    """The file of the language model with its loops, as size and pieces; None if it knows none of the fillers."""
    path = source / graph
    try:
        header, plain = read_graph(path.read_bytes())
        numbers = _numbers(header, path.with_name("words.txt"))
    except GraphError as error:
        raise ModelError(
            f"{path} can't be made verbatim: it {error}. Put a sound copy of it there, "
            f"or listen with {source.name} as it is (--model {source})."
        ) from error
    costs = {numbers[word]: cost for word, cost in loops.items() if word in numbers}
    return pack_graph(with_loops(plain, costs), header) if costs else None


def _numbers(header: Header, word_list: Path) -> Mapping[str, int]:
    """A model's words and their numbers, from the graph, or from `word_list` like Vosk if the graph has none."""
    if header.output_symbols:
        return header.output_symbols.numbers
    try:
        return read_word_list(word_list.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GraphError(f"holds no words, and {word_list.name} beside it can't be read") from error


def _link_all(source: Path, paths: Sequence[str], folder: Path) -> None:
    folder.mkdir()
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        # A hard link to a relative symlink would be broken in another folder.
        original = (source / path).resolve()
        try:
            os.link(original, folder / path)
        except OSError:
            # Another disk, a file system without links, or another user's file.
            with original.open("rb") as read, (folder / path).open("xb") as written:
                shutil.copyfileobj(read, written)
                sync(written)


def _write(pieces: Iterable[bytes | memoryview], folder: Path, path: str, progress: Progress | None) -> ModelFile:
    digest = hashlib.sha256()
    size_bytes = 0
    with (folder / path).open("xb") as written:
        for piece in pieces:
            written.write(piece)
            digest.update(piece)
            size_bytes += len(piece)
            if progress:
                progress.advance(len(piece))
        sync(written)
    return ModelFile(path, size_bytes, digest.hexdigest())
