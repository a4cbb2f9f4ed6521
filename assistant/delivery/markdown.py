"""Reviews as Markdown files."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

from assistant.delivery.files import put_in_place, write_through
from assistant.delivery.outlet import Delivery, Intent
from assistant.delivery.slug import slug

_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""What JSON lets stand as it is and YAML wants escaped."""


class Markdown:
    """Writes ``<folder>/reviews/<date>-<film>.md``, with the film, the stars and the voice as front matter.

    Parameters
    ----------
    folder : Path
        Made where there is none.
    """

    name = "markdown"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "reviews"

    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Write a review into a file of its own; see `Outlet.deliver`.

        A file with the same content counts as this review. A name taken by anything else gets ``-2``, ``-3`` ….
        """
        content = as_markdown(item).encode()
        self._folder.mkdir(parents=True, exist_ok=True)
        # Always the same name, so that the next attempt uses up what a cut-off one left.
        part = self._folder / f".{item.review_id}.part"
        if intent is not None and _was_placed(part, Path(intent["path"])):
            part.unlink(missing_ok=True)
            return {"path": str(intent["path"])}
        for path in self._names(item):
            if not os.path.lexists(path):
                write_through(part, content)
                record_intent({"path": str(path)})
                try:
                    put_in_place(part, path)
                except FileExistsError:
                    pass
                else:
                    return {"path": str(path)}
            if path.is_file() and path.read_bytes() == content:
                part.unlink(missing_ok=True)
                return {"path": str(path)}
        raise AssertionError("there is always another number")

    def _names(self, item: Delivery) -> Iterator[Path]:
        film = item.review.film
        stem = f"{item.watched.isoformat()}-{slug(film.title if film else None)}"
        yield self._folder / f"{stem}.md"
        for number in count(2):
            yield self._folder / f"{stem}-{number}.md"


def _was_placed(part: Path, path: Path) -> bool:
    """Whether the last attempt had given the file its name; the person may have edited it since.

    The unnamed part is removed only after that, or is the same file.
    """
    return path.is_file() and (not part.exists() or part.samefile(path))


def as_markdown(item: Delivery) -> str:
    """The whole file: YAML front matter and the review."""
    review = item.review
    film = review.film
    matter = {
        "film": _text(film.title if film else None),
        "year": _plain(film.year if film else None),
        "imdb_id": _text(film.imdb_id if film else None),
        "rating": _plain(review.rating),
        "watched": item.watched.isoformat(),
        "voice": _text(review.voice),
    }
    lines = (f"{key}: {value}" for key, value in matter.items())
    return "\n".join(("---", *lines, "---", "", review.text.strip(), ""))


def _text(value: str | None) -> str:
    # A JSON string is a YAML string in double quotes: no title can be mistaken for a number, a date or "no".
    quoted = json.dumps(value, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", quoted)


def _plain(value: float | None) -> str:
    return "null" if value is None else f"{value:g}"
