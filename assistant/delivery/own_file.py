"""A file of its own for each review: whole or not there, and once."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from assistant.delivery.files import put_in_place, write_through
from assistant.delivery.outlet import Delivery, Intent
from assistant.delivery.slug import slug


def write_once(
    folder: Path,
    item: Delivery,
    suffix: str,
    content: bytes,
    intent: Intent | None,
    record_intent: Callable[[Intent], None],
) -> Path:
    """Write ``<folder>/<date>-<film><suffix>``, even if an earlier attempt was cut off anywhere.

    A file with the same content counts as this review. A name taken by anything else gets ``-2``, ``-3`` ….

    Returns
    -------
    Path
        The file.

    Raises
    ------
    OSError
        Where it can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Always the same name, so that the next attempt uses up what a cut-off one left.
    part = folder / f".{item.review_id}{suffix}.part"
    if intent is not None and _was_placed(part, Path(intent["path"])):
        part.unlink(missing_ok=True)
        return Path(intent["path"])
    for path in _names(folder, item, suffix):
        if not os.path.lexists(path):
            write_through(part, content)
            record_intent({"path": str(path)})
            try:
                put_in_place(part, path)
            except FileExistsError:
                pass
            else:
                return path
        if path.is_file() and path.read_bytes() == content:
            part.unlink(missing_ok=True)
            return path
    raise AssertionError("there is always another number")


def _names(folder: Path, item: Delivery, suffix: str) -> Iterator[Path]:
    film = item.review.film
    stem = f"{item.watched.isoformat()}-{slug(film.title if film else None)}"
    yield folder / f"{stem}{suffix}"
    for number in count(2):
        yield folder / f"{stem}-{number}{suffix}"


def _was_placed(part: Path, path: Path) -> bool:
    """Whether the last attempt had given the file its name; the person may have edited it since.

    The unnamed part is removed only after that, or is the same file.
    """
    return path.is_file() and (not part.exists() or part.samefile(path))
