"""A full look at an installed model: every bit of it against the catalogue."""

from __future__ import annotations

from pathlib import Path

from assistant.models.catalogue import Catalogue
from assistant.models.findings import Finding, hash_findings
from assistant.models.installed import locate
from assistant.models.progress import Progress, Silence
from assistant.models.shape import problem_of


def verify(
    wanted: str | Path | None = None,
    *,
    progress: Progress | None = None,
    directory: Path | None = None,
    catalogue: Catalogue | None = None,
) -> list[Finding]:
    """What is wrong with a model; an empty list if it is sound.

    Files of the catalogue's models are compared by SHA-256. For a folder of the person's own there is nothing to
    compare with; it is looked at as `find` does, and a finding's `path` is ``"."``.

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
    if model.entry:
        progress.stage(f"Checking {model.name}", model.entry.installed_bytes)
        return hash_findings(model.entry, model.path, progress)
    problem = problem_of(model.path)
    return [Finding(".", problem)] if problem else []
