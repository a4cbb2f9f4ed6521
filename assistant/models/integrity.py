"""Whether a folder holds a complete model.

A model of the catalogue is compared with the catalogue: quickly by the sizes of its files, or fully by their contents.
For any other folder, we check whether Vosk could load it. Vosk itself says only "Failed to create a model", and for
some damage only once a recogniser is made; the files checked here are those that Vosk 0.3.45 opens
(``Model::ReadDataFiles``), in its current layout and in the older flat one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.models.catalogue import ModelFile
from assistant.models.progress import NoProgress, Progress

CHUNK_BYTES = 1 << 18
"""How much of a file to read at a time."""

_OPENFST = b"\xd6\xfd\xb2\x7e"
_KALDI = b"<TransitionModel>"
_CTRANSLATE2_WHISPER = b"WhisperSpec"
_IVECTOR = ("final.ie", "final.dubm", "final.mat", "global_cmvn.stats", "online_cmvn.conf", "splice.conf")


@dataclass(frozen=True, slots=True)
class IntegrityIssue:
    """Something wrong with a model: the file's path inside the model's folder, and what is wrong ("is missing")."""

    path: str
    problem: str

    def __str__(self) -> str:
        # "." is the folder itself, which the sentence has just named.
        return f"{'it' if self.path == '.' else self.path} {self.problem}"


def size_findings(files: Sequence[ModelFile], folder: Path) -> list[IntegrityIssue]:
    """Those of `files` that are missing from `folder` or have another size; takes a millisecond."""
    return [finding for file in files if (finding := _size_finding(file, folder))]


def variant_in(folder: Path, variants: Sequence[tuple[ModelFile, ...]]) -> tuple[ModelFile, ...]:
    """That of several lists of files that `folder` seems to hold, judging by names and sizes."""
    return min(variants, key=lambda files: len(size_findings(files, folder)))


def hash_findings(files: Sequence[ModelFile], folder: Path, progress: Progress | None = None) -> list[IntegrityIssue]:
    """Those of `files` that are missing from `folder` or differ in a single bit.

    Reads everything, so it takes as long as the disk needs; `progress` is advanced by the bytes read.
    """
    progress = progress or NoProgress()
    return [
        finding for file in files if (finding := _size_finding(file, folder) or _hash_finding(file, folder, progress))
    ]


def fingerprints(folder: Path, progress: Progress) -> tuple[ModelFile, ...]:
    """All files in `folder` and below, sorted by path; `progress` is advanced by the bytes read.

    Raises
    ------
    OSError
        One can't be read.
    """
    below = (Path(place) / name for place, _, names in os.walk(folder, followlinks=True) for name in names)
    return tuple(_fingerprint(path, folder, progress) for path in sorted(below))


def _fingerprint(path: Path, folder: Path, progress: Progress) -> ModelFile:
    digest = _digest(path, progress)
    return ModelFile(path.relative_to(folder).as_posix(), path.stat().st_size, digest)


def _digest(path: Path, progress: Progress) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(CHUNK_BYTES):
            digest.update(chunk)
            progress.advance(len(chunk))
    return digest.hexdigest()


def _size_finding(file: ModelFile, folder: Path) -> IntegrityIssue | None:
    try:
        # Opened rather than just stat'ed, since a model that this user can't read is of no use.
        with (folder / file.path).open("rb") as stream:
            size = os.fstat(stream.fileno()).st_size
    except (FileNotFoundError, NotADirectoryError):
        return IntegrityIssue(file.path, "is missing")
    except OSError as error:
        return IntegrityIssue(file.path, f"can't be read: {error.strerror}")
    if size != file.size_bytes:
        return IntegrityIssue(file.path, f"has {size:,} bytes and should have {file.size_bytes:,}")
    return None


def _hash_finding(file: ModelFile, folder: Path, progress: Progress) -> IntegrityIssue | None:
    try:
        digest = _digest(folder / file.path, progress)
    except OSError as error:
        return IntegrityIssue(file.path, f"can't be read: {error.strerror}")
    if digest != file.sha256:
        return IntegrityIssue(file.path, f"has SHA-256 {digest} and should have {file.sha256}")
    return None


def problem_of(path: Path) -> str | None:
    """What keeps `path` from being a Vosk model's folder.

    Returns
    -------
    str or None
        The end of a sentence that begins with the path ("is an empty folder"); None if it is one. Only the names, sizes
        and first bytes of files are checked, so this takes a millisecond.
    """
    try:
        return _problem_of_folder(path) if path.is_dir() else _problem_of_file(path)
    except OSError as error:
        return f"can't be read: {error.strerror}"


def whisper_problem_of(path: Path) -> str | None:
    """What keeps `path` from being the folder of a Whisper model for CTranslate2; as `problem_of`."""
    try:
        if not path.is_dir():
            return "is a file, and a Whisper model for CTranslate2 is a folder"
        missing = [name for name in ("config.json", "model.bin", "tokenizer.json") if not (path / name).is_file()]
        if not any(path.glob("vocabulary.*")):
            missing.append("vocabulary.json")
        if missing:
            return (
                f"is no complete Whisper model for CTranslate2: "
                f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
            )
        if _CTRANSLATE2_WHISPER not in _first_bytes(path / "model.bin"):
            return "is no Whisper model for CTranslate2: model.bin is something else"
    except OSError as error:
        return f"can't be read: {error.strerror}"
    return None


def is_for_second_ear(path: Path) -> bool:
    """Whether `path` is the folder of a Whisper model for CTranslate2, or is meant to be."""
    return (path / "model.bin").exists() and not (path / "am").exists()


def language_graph(path: Path) -> str | None:
    """The path of the language model inside the Vosk model's folder `path`.

    Returns
    -------
    str or None
        The path inside the folder, with ``/``; None if the language model is merged with everything else in one graph
        (``HCLG.fst``), which Vosk then prefers.
    """
    graph = "graph/" if (path / "am" / "final.mdl").exists() else ""
    return None if (path / f"{graph}HCLG.fst").exists() else f"{graph}Gr.fst"


def _problem_of_folder(path: Path) -> str | None:
    if not any(path.iterdir()):
        return "is an empty folder"
    if (path / "am" / "final.mdl").exists():
        acoustic, needed, graph = "am/final.mdl", ["conf/model.conf", "conf/mfcc.conf"], "graph/"
    elif (path / "final.mdl").exists():
        acoustic, needed, graph = "final.mdl", ["mfcc.conf"], ""
    else:
        return _other_kind(path)

    if (path / f"{graph}HCLG.fst").exists():
        graphs = [f"{graph}HCLG.fst"]
    else:
        graphs = [f"{graph}HCLr.fst", f"{graph}Gr.fst"]
        needed = [*needed, f"{graph}disambig_tid.int"]
    if (path / "ivector").exists():
        needed = [*needed, *(f"ivector/{name}" for name in _IVECTOR)]
    return _problem_of_files(path, acoustic, graphs, needed)


def _problem_of_files(path: Path, acoustic: str, graphs: list[str], needed: list[str]) -> str | None:
    needed = [acoustic, *graphs, *needed]
    missing = [name for name in needed if not (path / name).is_file()]
    if missing:
        return f"is an incomplete Vosk model: {' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} missing"
    empty = [name for name in needed if (path / name).stat().st_size == 0]
    if empty:
        return f"is a damaged Vosk model: {' and '.join(empty)} {'is' if len(empty) == 1 else 'are'} empty"
    if _KALDI not in _first_bytes(path / acoustic):
        return f"is a damaged Vosk model: {acoustic} is not an acoustic model"
    for name in graphs:
        if not _first_bytes(path / name).startswith(_OPENFST):
            return f"is a damaged Vosk model: {name} is not a recognition graph"
    return None


def _problem_of_file(path: Path) -> str:
    if _first_bytes(path).startswith(b"PK\x03\x04"):
        return "is a zip file: unpack it and name the folder that comes out"
    return "is a file, and a Vosk model is a folder"


def _other_kind(path: Path) -> str:
    """What is in a folder without a Vosk acoustic model, as the end of a sentence."""
    names = sorted(child.name for child in path.iterdir() if not child.name.startswith("."))
    if "final.ext.raw" in names:
        return "is a Vosk speaker model: it tells voices apart but knows no words"
    if _is_whisper(path, names):
        return "is a Whisper model; one that is converted for CTranslate2 can be the second ear (--second-hearing)"
    within = [name for name in names if (path / name / "am" / "final.mdl").exists()]
    if within:
        return f"is not the model itself but the folder around it: name {path / within[0]}"
    if any(name.endswith(".zip") for name in names):
        return "holds a zip file that is still to be unpacked"
    listed = ", ".join(names[:4]) + (" …" if len(names) > 4 else "")
    return f"holds no Vosk model: there is no am/final.mdl, but {listed or 'hidden files only'}"


def _is_whisper(path: Path, names: list[str]) -> bool:
    """Whether this is a Whisper model for its makers' library, whisper.cpp or faster-whisper."""
    if any(name.startswith("ggml-") for name in names):
        return True
    if "model.bin" in names and any(name.startswith("vocabulary.") for name in names):
        return True
    try:
        settings = json.loads((path / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return isinstance(settings, dict) and settings.get("model_type") == "whisper"


def _first_bytes(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(64)
