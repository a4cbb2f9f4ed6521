"""A full look at an installed model: every bit of it against the catalogue."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from assistant.models.catalogue import ModelCatalogue, ModelFile
from assistant.models.installed import findings_of, locate
from assistant.models.integrity import IntegrityIssue, hash_findings
from assistant.models.layout import problem_of
from assistant.models.progress import Progress, Silence


def verify(
    wanted: str | Path | None = None,
    *,
    progress: Progress | None = None,
    directory: Path | None = None,
    catalogue: ModelCatalogue | None = None,
) -> list[IntegrityIssue]:
    """What is wrong with a model; an empty list if it is sound.

    Files of the catalogue's models are compared by SHA-256, and so are those of a verbatim one: its language model with
    what was made here, all others with the model that it was made from. For a folder of the person's own there is
    nothing to compare with; it is looked at as `find` does, and a finding's `path` is ``"."``.

    Parameters
    ----------
    wanted, directory, catalogue
        As for `find`.
    progress : Progress, optional
        Moved on by the bytes read.

    Raises
    ------
    ModelError
        There is no such model, or it isn't installed.
    """
    progress = progress or Silence()
    model = locate(wanted, directory=directory, catalogue=catalogue)

    def compare(files: Sequence[ModelFile], folder: Path) -> list[IntegrityIssue]:
        progress.stage(f"Checking {model.name}", sum(file.size_bytes for file in files))
        return hash_findings(files, folder, progress)

    found = findings_of(model, compare)
    if found is not None:
        return found
    problem = problem_of(model.path)
    return [IntegrityIssue(".", problem)] if problem else []
