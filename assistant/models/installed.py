"""Finds installed models and checks whether they are complete."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path

from assistant.disk import expand_user
from assistant.errors import ModelError
from assistant.models.catalogue import CatalogueEntry, ModelCatalogue, ModelFile, load_catalogue, total_bytes
from assistant.models.directory import models_dir
from assistant.models.integrity import (
    IntegrityIssue,
    hash_findings,
    is_for_second_ear,
    language_graph,
    problem_of,
    size_findings,
    variant_in,
    whisper_problem_of,
)
from assistant.models.progress import NoProgress, Progress
from assistant.models.verbatim import MANIFEST_NAME, is_verbatim, read_manifest, source_name, verbatim_name

_WHISPER = "whisper-"
"""How names of the second ear's models begin in the catalogue; they are chosen without it."""

# How Vosk's makers name folders: vosk-model-en-us-0.22, vosk-model-small-de-0.15, vosk-model-el-gr-0.7.
_VOSK_NAME = re.compile(r"vosk-model-(?:small-)?(?P<language>[a-z]{2,3}(?:-[a-z]{2})?)-")


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """An installed model.

    Attributes
    ----------
    name : str
        Its folder's name.
    path : Path
        Its folder.
    language : str
        Code of its language; the default model's language if it is the person's own and its name doesn't say.
    fillers : tuple of str
        The fillers of that language in the recogniser's spelling; empty if they aren't known.
    entry : CatalogueEntry or None
        Its entry in the catalogue, or for a verbatim model that of the model it was made from; None for the person's
        own.
    verbatim : bool
        Whether it outputs fillers; other models output almost none.
    advice : str or None
        A sentence on how to get a better one, if there is one.
    """

    name: str
    path: Path
    language: str
    fillers: tuple[str, ...]
    entry: CatalogueEntry | None
    verbatim: bool = False
    advice: str | None = None

    @property
    def short_name(self) -> str:
        """What the second ear's models are chosen by: "base"."""
        return self.name.removeprefix(_WHISPER) if self.entry is not None else self.name


class State(Enum):
    """The state of a model."""

    INSTALLED = "installed"
    AVAILABLE = "available"
    """In the catalogue, not installed."""
    DAMAGED = "damaged"
    VERBATIM = "verbatim"
    """Made here from another, so that it outputs fillers."""
    OWN = "own"
    """Put there by hand: usable, but not in the catalogue."""


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """An item in the list of models.

    Attributes
    ----------
    name, language : str
    state : State
    is_default : bool
    path : Path
        Its folder, even if it isn't installed.
    entry : CatalogueEntry or None
        None for the person's own models.
    problem : str or None
        What is wrong with it, if `state` is ``DAMAGED``.
    size_bytes : int or None
        On disk, if that is known without reading it all.
    """

    name: str
    language: str
    state: State
    is_default: bool
    path: Path
    entry: CatalogueEntry | None
    problem: str | None
    size_bytes: int | None = None


def find(
    wanted: str | Path | None = None, *, directory: Path | None = None, catalogue: ModelCatalogue | None = None
) -> InstalledModel:
    """Find the model to listen with and check quickly that all files are there and of the right size and kind.

    Parameters
    ----------
    wanted : str or Path, optional
        A name from the catalogue, the name of a folder in `directory`, or the path of any other folder. If not given,
        the verbatim model made from the catalogue's default, or that default itself if there is no verbatim model.
    directory : Path, optional
        Where models are installed; `models_dir` if not given.
    catalogue : ModelCatalogue, optional
        The program's own if not given.

    Raises
    ------
    ModelError
        It isn't there, or can't be used; the sentence gives the exact reason.
    """
    catalogue = catalogue or load_catalogue()
    model = locate(wanted, directory=directory, catalogue=catalogue)
    if model.entry is not None and model.entry.engine != "vosk":
        raise ModelError(
            f"{model.name} is a model for the second ear (--second-hearing). "
            f"To listen with, there are: {', '.join(catalogue.names_for('vosk'))}."
        )
    found = findings_of(model)
    if found:
        raise damage_error(model, found, catalogue)
    if found is not None:
        return replace(model, advice=_advice(model, wanted is None, catalogue))
    problem = problem_of(model.path)
    if problem:
        raise ModelError(
            f"{model.path} can't be used as speech model: it {problem}. "
            f"Name the folder of an unpacked Vosk model, or one of: {', '.join(catalogue.names_for('vosk'))}."
        )
    return model


def find_second(
    wanted: str | Path | None = None, *, directory: Path | None = None, catalogue: ModelCatalogue | None = None
) -> InstalledModel:
    """Find the second ear's model, and check it as `find` does.

    Parameters
    ----------
    wanted : str or Path, optional
        "base", "tiny.en", the name of a folder in `directory`, or the path of any folder with a Whisper model for
        CTranslate2. If not given, the catalogue's default.
    directory, catalogue
        As for `find`.

    Raises
    ------
    ModelError
        It isn't there, or can't be used; the sentence gives the exact reason.
    """
    catalogue = catalogue or load_catalogue()
    named = str(wanted or catalogue.second_name)
    is_short = named in second_names(catalogue)
    model = locate(f"{_WHISPER}{named}" if is_short else named, directory=directory, catalogue=catalogue)
    if model.entry is not None and (found := findings_of(model)):
        raise damage_error(model, found, catalogue)
    problem = whisper_problem_of(model.path)
    if problem:
        raise ModelError(
            f"{model.path} can't be used as the second ear's model: it {problem}. "
            f"Name the folder of a Whisper model for CTranslate2, or one of: {', '.join(second_names(catalogue))}."
        )
    return model


def second_names(catalogue: ModelCatalogue | None = None) -> tuple[str, ...]:
    """The short names of the second ear's models in the catalogue, such as "base"."""
    return tuple(name.removeprefix(_WHISPER) for name in (catalogue or load_catalogue()).names_for("whisper"))


def locate(
    wanted: str | Path | None = None, *, directory: Path | None = None, catalogue: ModelCatalogue | None = None
) -> InstalledModel:
    """Like `find`, but without a look inside the folder.

    Raises
    ------
    ModelError
        It isn't there.
    """
    catalogue = catalogue or load_catalogue()
    directory = directory or models_dir()
    with _reading_errors():
        return _locate(wanted, directory, catalogue)


def _locate(wanted: str | Path | None, directory: Path, catalogue: ModelCatalogue) -> InstalledModel:
    if wanted is None:
        made = directory / verbatim_name(catalogue.default_name)
        wanted = made if is_verbatim(made) else catalogue.default_name
    named = str(wanted)
    if named in catalogue:
        entry = catalogue.model(named)
        path = directory / entry.name
        # A broken link isn't a model either.
        if not path.is_dir():
            raise ModelError(
                f"The speech model {entry.name} is not installed. "
                f"Run: {_install_command(entry, catalogue)} (it goes to {directory})"
            )
        return InstalledModel(entry.name, path, entry.language, catalogue.language(entry.language).fillers, entry)
    path = expand_user(wanted)
    is_bare_name = os.sep not in named and not named.startswith(("~", "."))
    if is_bare_name and (directory / named).is_dir():
        path = directory / named
    if not path.exists():
        known = ", ".join(catalogue.names)
        if is_bare_name:
            raise ModelError(
                f"There is no speech model called {named!r}. There are: {known}; or name the folder of a Vosk model."
            )
        raise ModelError(f"There is no folder {path} with a speech model. Name another, or one of: {known}.")
    path = path.absolute()
    in_place = path.parent == directory.absolute()
    if path.name in catalogue and in_place:
        return _locate(path.name, directory, catalogue)
    verbatim = is_verbatim(path)
    source = source_name(path.name)
    origin = catalogue.model(source) if verbatim and in_place and source in catalogue else None
    language = origin.language if origin else _language_of(path, catalogue)
    return InstalledModel(path.name, path, language, catalogue.language(language).fillers, origin, verbatim)


def findings_of(
    model: InstalledModel, look: Callable[[Sequence[ModelFile], Path], list[IntegrityIssue]] = size_findings
) -> list[IntegrityIssue] | None:
    """What is wrong with a model's files; None for the person's own, as there is nothing to compare them with.

    Parameters
    ----------
    look : callable
        Compares files with a folder, as `size_findings` and `hash_findings` do.
    """
    if not model.verbatim:
        return look(variant_in(model.path, model.entry.variants), model.path) if model.entry else None
    manifest = read_manifest(model.path)
    if manifest is None:
        return [IntegrityIssue(MANIFEST_NAME, "is damaged")]
    # The catalogue is more reliable than what was once on the disk.
    known = replace(manifest, originals=model.entry.files) if model.entry else manifest
    return look(known.files, model.path)


def verify(
    wanted: str | Path | None = None,
    *,
    progress: Progress | None = None,
    directory: Path | None = None,
    catalogue: ModelCatalogue | None = None,
) -> list[IntegrityIssue]:
    """What is wrong with a model; an empty list if it is sound.

    Files of the catalogue's models are compared by SHA-256, and so are those of verbatim models: the language model
    with what was made here, all others with the model that it was made from. For the person's own folder there is
    nothing to compare with; it is checked as `find` does, and a finding's `path` is ``"."``.

    Parameters
    ----------
    wanted, directory, catalogue
        As for `find`.
    progress : Progress, optional
        Advanced by the bytes read.

    Raises
    ------
    ModelError
        There is no such model, or it isn't installed.
    """
    progress = progress or NoProgress()
    model = locate(wanted, directory=directory, catalogue=catalogue)

    def compare(files: Sequence[ModelFile], folder: Path) -> list[IntegrityIssue]:
        progress.stage(f"Checking {model.name}", total_bytes(files))
        return hash_findings(files, folder, progress)

    found = findings_of(model, compare)
    if found is not None:
        return found
    problem = _problem(model.path)
    return [IntegrityIssue(".", problem)] if problem else []


def _advice(model: InstalledModel, is_default: bool, catalogue: ModelCatalogue) -> str | None:
    """How to get a better model; None if the stock model was asked for by name."""
    loops = catalogue.language(model.language).loops
    if model.verbatim:
        manifest = read_manifest(model.path)
        if manifest and loops and manifest.loops != loops:
            return (
                f"{model.name} was made for other fillers, or at other costs, than are known by now. "
                f"To make it again, run: {_install_command_of(model, catalogue)}"
            )
    elif is_default and loops and language_graph(model.path):
        return (
            f"{model.name} as it is misses most fillers (um, uh). "
            f"To have one made of it that hears them, run: {_install_command_of(model, catalogue)}"
        )
    return None


def statuses(*, directory: Path | None = None, catalogue: ModelCatalogue | None = None) -> list[ModelStatus]:
    """Everything in the catalogue, then everything else in the models' folder.

    Raises
    ------
    ModelError
        The folder can't be read.
    """
    catalogue = catalogue or load_catalogue()
    directory = directory or models_dir()
    with _reading_errors():
        default = catalogue.default_name
        if is_verbatim(directory / verbatim_name(default)):
            default = verbatim_name(default)
        listed = [_catalogue_status(entry, directory, (default, catalogue.second_name)) for entry in catalogue.entries]
        if directory.is_dir():
            others = (path for path in sorted(directory.iterdir()) if path.is_dir() and path.name not in catalogue)
            listed += [_other_status(path, default, catalogue) for path in others if not path.name.startswith(".")]
        return listed


def _catalogue_status(entry: CatalogueEntry, directory: Path, defaults: Sequence[str | None]) -> ModelStatus:
    path = directory / entry.name
    found = size_findings(variant_in(path, entry.variants), path) if path.is_dir() else []
    state = State.DAMAGED if found else State.INSTALLED if path.is_dir() else State.AVAILABLE
    problem = _describe_issues(found) if found else None
    is_default = entry.name in defaults
    return ModelStatus(entry.name, entry.language, state, is_default, path, entry, problem, entry.installed_bytes)


def _other_status(path: Path, default: str, catalogue: ModelCatalogue) -> ModelStatus:
    model = _locate(path, path.parent, catalogue)
    found = findings_of(model)
    problem = _problem(path) if found is None else _describe_issues(found) if found else None
    state = State.DAMAGED if problem else State.VERBATIM if model.verbatim else State.OWN
    manifest = read_manifest(path)
    size_bytes = total_bytes(manifest.files) if manifest else None
    return ModelStatus(model.name, model.language, state, model.name == default, path, model.entry, problem, size_bytes)


def _problem(path: Path) -> str | None:
    return whisper_problem_of(path) if is_for_second_ear(path) else problem_of(path)


@contextmanager
def _reading_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"Speech models can't be looked for: {error.strerror} ({error.filename}). "
            "Make the folder readable, or name another model."
        ) from error


def damage_error(
    model: InstalledModel, found: Sequence[IntegrityIssue], catalogue: ModelCatalogue | None = None
) -> ModelError:
    """The error to raise for what `find` or `verify` found."""
    catalogue = catalogue or load_catalogue()
    again = _install_command_of(model, catalogue)
    remedy = f"Run: {again}" if again else "Put a sound copy there."
    return ModelError(
        f"The speech model {model.name} in {model.path.parent} is damaged: {_describe_issues(found)}. {remedy}"
    )


def _install_command(entry: CatalogueEntry, catalogue: ModelCatalogue) -> str:
    return "assistant models install" + ("" if entry.name == catalogue.default_name else f" {entry.name}")


def _install_command_of(model: InstalledModel, catalogue: ModelCatalogue) -> str | None:
    """The command to install or make `model`; None for one that the person put there."""
    if model.entry:
        return _install_command(model.entry, catalogue)
    return f"assistant models install {model.path.with_name(source_name(model.name))}" if model.verbatim else None


def _describe_issues(found: Sequence[IntegrityIssue]) -> str:
    told = "; ".join(map(str, found[:3]))
    return told + (f"; and {len(found) - 3} more" if len(found) > 3 else "")


def _language_of(path: Path, catalogue: ModelCatalogue) -> str:
    named = _VOSK_NAME.match(path.name)
    return named["language"] if named else catalogue.default.language
