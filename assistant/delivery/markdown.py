"""Reviews as Markdown files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

from assistant.delivery.outlet import Delivery, Intent
from assistant.delivery.own_file import write_once

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
        """Write a review into a file of its own, as `write_once` does; see `Outlet.deliver`."""
        content = as_markdown(item).encode()
        return {"path": str(write_once(self._folder, item, ".md", content, intent, record_intent))}


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
