"""What is installed, and where a model is that somebody asks for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from assistant.errors import ModelError
from assistant.models.catalogue import Catalogue, CatalogueEntry, load_catalogue
from assistant.models.findings import Finding, size_findings
from assistant.models.places import models_dir
from assistant.models.shape import problem_of

# How Vosk's makers name folders: vosk-model-en-us-0.22, vosk-model-small-de-0.15, vosk-model-el-gr-0.7.
_VOSK_NAME = re.compile(r"vosk-model-(?:small-)?(?P<language>[a-z]{2,3}(?:-[a-z]{2})?)-")


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model in its place.

    Attributes
    ----------
    name : str
        Its folder's name.
    path : Path
        Its folder.
    language : str
        Code of its language. A folder of the person's own whose name doesn't tell it is taken for the default's.
    fillers : tuple of str
        The fillers of that language in the recogniser's spelling; empty where they aren't known.
    entry : CatalogueEntry or None
        What the catalogue says about it; None for the person's own.
    """

    name: str
    path: Path
    language: str
    fillers: tuple[str, ...]
    entry: CatalogueEntry | None


class State(Enum):
    """How it stands with a model."""

    INSTALLED = "installed"
    AVAILABLE = "available"
    """In the catalogue, not installed."""
    DAMAGED = "damaged"
    OWN = "own"
    """Put there by somebody, not in the catalogue, usable."""


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """A line of the list of models.

    Attributes
    ----------
    name, language : str
    state : State
    is_default : bool
    path : Path
        Where it is or would be.
    entry : CatalogueEntry or None
        None for models of the person's own.
    problem : str or None
        What is wrong with it, if `state` is ``DAMAGED``.
    """

    name: str
    language: str
    state: State
    is_default: bool
    path: Path
    entry: CatalogueEntry | None
    problem: str | None


def find(
    wanted: str | Path | None = None, *, directory: Path | None = None, catalogue: Catalogue | None = None
) -> InstalledModel:
    """The model to listen with, looked over quickly: all files there, of the right size and kind.

    Parameters
    ----------
    wanted : str or Path, optional
        A name from the catalogue, the name of a folder in `directory`, or the path of any other folder. The catalogue's
        default if it isn't given.
    directory : Path, optional
        Where models are installed; `models_dir` if it isn't given.
    catalogue : Catalogue, optional
        The program's own if it isn't given.

    Raises
    ------
    ModelError
        It isn't there, or can't be used, with the exact reason.
    """
    catalogue = catalogue or load_catalogue()
    model = locate(wanted, directory=directory, catalogue=catalogue)
    if model.entry:
        found = size_findings(model.entry, model.path)
        if found:
            raise damaged(model, found, catalogue)
        return model
    problem = problem_of(model.path)
    if problem:
        raise ModelError(
            f"{model.path} can't be used as speech model: it {problem}. "
            f"Name the folder of an unpacked Vosk model, or one of: {', '.join(catalogue.names)}."
        )
    return model


def locate(
    wanted: str | Path | None = None, *, directory: Path | None = None, catalogue: Catalogue | None = None
) -> InstalledModel:
    """Like `find`, but without a look at what is inside.

    Raises
    ------
    ModelError
        It isn't there.
    """
    catalogue = catalogue or load_catalogue()
    directory = directory or models_dir()
    with _readable():
        return _located(wanted, directory, catalogue)


def _located(wanted: str | Path | None, directory: Path, catalogue: Catalogue) -> InstalledModel:
    wanted = catalogue.default_name if wanted is None else wanted
    named = str(wanted)
    if named in catalogue:
        entry = catalogue.model(named)
        path = directory / entry.name
        # A link that leads nowhere is no model either.
        if not path.is_dir():
            raise ModelError(
                f"The speech model {entry.name} is not installed. "
                f"Run: {install_command(entry, catalogue)} (it goes to {directory})"
            )
        return InstalledModel(entry.name, path, entry.language, catalogue.fillers(entry.language), entry)
    path = Path(wanted).expanduser()
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
    if path.name in catalogue and path.parent == directory.absolute():
        return _located(path.name, directory, catalogue)
    language = _language_of(path, catalogue)
    return InstalledModel(path.name, path, language, catalogue.fillers(language), None)


def statuses(*, directory: Path | None = None, catalogue: Catalogue | None = None) -> list[ModelStatus]:
    """Everything in the catalogue, then everything else in the models' folder.

    Raises
    ------
    ModelError
        The folder may not be read.
    """
    catalogue = catalogue or load_catalogue()
    directory = directory or models_dir()
    with _readable():
        return [*_catalogued(directory, catalogue), *_own(directory, catalogue)]


def _catalogued(directory: Path, catalogue: Catalogue) -> list[ModelStatus]:
    listed = []
    for entry in catalogue.entries:
        path = directory / entry.name
        is_default = entry.name == catalogue.default_name
        found = size_findings(entry, path) if path.is_dir() else []
        state = State.DAMAGED if found else State.INSTALLED if path.is_dir() else State.AVAILABLE
        problem = _told(found) if found else None
        listed.append(ModelStatus(entry.name, entry.language, state, is_default, path, entry, problem))
    return listed


def _own(directory: Path, catalogue: Catalogue) -> list[ModelStatus]:
    if not directory.is_dir():
        return []
    listed = []
    for path in sorted(directory.iterdir()):
        if path.is_dir() and path.name not in catalogue and not path.name.startswith("."):
            problem = problem_of(path)
            state = State.DAMAGED if problem else State.OWN
            language = _language_of(path, catalogue)
            listed.append(ModelStatus(path.name, language, state, False, path, None, problem))
    return listed


@contextmanager
def _readable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise ModelError(
            f"Speech models can't be looked for: {error.strerror} ({error.filename}). "
            "Make the folder readable, or name another model."
        ) from error


def damaged(model: InstalledModel, found: Sequence[Finding], catalogue: Catalogue | None = None) -> ModelError:
    """The error to raise for what `find` or a verification found."""
    catalogue = catalogue or load_catalogue()
    remedy = f"Run: {install_command(model.entry, catalogue)}" if model.entry else "Put a sound copy there."
    return ModelError(f"The speech model {model.name} in {model.path.parent} is damaged: {_told(found)}. {remedy}")


def install_command(entry: CatalogueEntry, catalogue: Catalogue | None = None) -> str:
    """What to type to have `entry` installed."""
    catalogue = catalogue or load_catalogue()
    return "assistant models install" + ("" if entry.name == catalogue.default_name else f" {entry.name}")


def _told(found: Sequence[Finding]) -> str:
    told = "; ".join(map(str, found[:3]))
    return told + (f"; and {len(found) - 3} more" if len(found) > 3 else "")


def _language_of(path: Path, catalogue: Catalogue) -> str:
    named = _VOSK_NAME.match(path.name)
    return named["language"] if named else catalogue.default.language
