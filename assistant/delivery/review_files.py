"""A file for each review, written whole or not at all: Markdown to read, JSON with each sentence's sources."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

from assistant.config import Table
from assistant.delivery.outlet import Delivery, Intent
from assistant.disk import sync_folder, write_through
from assistant.store import review_json

_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
"""Characters that JSON leaves as they are and YAML wants escaped."""

_LETTERS = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
"""Latin letters that don't decompose into a plain one and an accent."""
_SILENT = "'’‘ʼ`"
_LONGEST_BYTES = 120
"""File systems allow 255 bytes for a name; the date, a number and a suffix need some of them."""


class Markdown:
    """Writes ``<folder>/reviews/<date>-<film>.md``, with the film, the stars and the voice as front matter.

    Parameters
    ----------
    folder : Path
        Made if missing.
    """

    name = "markdown"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "reviews"

    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Write a review into its own file, as `write_once` does; see `Outlet.deliver`."""
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


class JsonSettings(Table):
    """A JSON file for each review, beside its Markdown file."""


class JsonFile:
    """Writes ``<folder>/reviews/<date>-<film>.json``.

    Parameters
    ----------
    folder : Path
        Made if missing.
    """

    name = "json"

    def __init__(self, folder: Path) -> None:
        self._folder = folder / "reviews"

    def deliver(self, item: Delivery, intent: Intent | None, record_intent: Callable[[Intent], None]) -> dict[str, str]:
        """Write a review into its own file, as `write_once` does; see `Outlet.deliver`."""
        content = json.dumps(as_document(item), ensure_ascii=False, indent=2).encode() + b"\n"
        return {"path": str(write_once(self._folder, item, ".json", content, intent, record_intent))}


def as_document(item: Delivery) -> dict[str, Any]:
    """The whole review as a JSON object.

    ``text`` and ``sentences`` are as in the output of ``assistant replay``; unknown values are null.
    """
    return {
        "format": 1,
        "review": item.review_id,
        "watched": item.watched.isoformat(),
        **review_json(item.review),
    }


def write_once(
    folder: Path,
    item: Delivery,
    suffix: str,
    content: bytes,
    intent: Intent | None,
    record_intent: Callable[[Intent], None],
) -> Path:
    """Write ``<folder>/<date>-<film><suffix>`` once, no matter where an earlier attempt was cut off.

    A file with the same content counts as this review. If anything else has the name, this one gets ``-2``, ``-3`` ….

    Returns
    -------
    Path
        The file.

    Raises
    ------
    OSError
        If it can't be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    # Always the same name, so that the next attempt replaces what a cut-off one left behind.
    part = folder / f".{item.review_id}{suffix}.part"
    if intent is not None and _was_placed(part, Path(intent["path"])):
        part.unlink(missing_ok=True)
        return Path(intent["path"])
    for path in _names(folder, item, suffix):
        if not os.path.lexists(path):
            write_through(part, content)
            record_intent({"path": str(path)})
            try:
                _give_name(part, path)
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
    """Whether the last attempt got as far as naming the file; the person may have edited it since.

    After that, the unnamed part is gone or is the same file.
    """
    return path.is_file() and (not part.exists() or part.samefile(path))


def _give_name(part: Path, path: Path) -> None:
    """Give a finished file its name, in the same folder, unless the name is taken.

    Raises
    ------
    FileExistsError
        If the name is taken; `part` is left.
    """
    try:
        path.hardlink_to(part)
    except FileExistsError:
        raise
    except OSError:
        # No hard links here (FAT, some network shares): we accept a moment in which another could take the name.
        if os.path.lexists(path):
            raise FileExistsError(path) from None
        part.replace(path)
    else:
        part.unlink()
    sync_folder(path.parent)


def slug(title: str | None) -> str:
    """A title in lower-case ASCII if it has such a form, else in its own script.

    >>> slug("Amélie (Le Fabuleux Destin…)")
    'amelie-le-fabuleux-destin'
    """
    plain = "".join(_fold(char) for char in unicodedata.normalize("NFC", title or "").casefold())
    words = "".join(char if _belongs(char) else " " for char in plain).split()
    short = "-".join(words).encode()[:_LONGEST_BYTES].decode(errors="ignore").rstrip("-")
    return short or "untitled"


def _fold(char: str) -> str:
    if char in _SILENT:
        return ""
    base = unicodedata.normalize("NFKD", char.translate(_LETTERS))
    # Accents go; marks on Kana or Devanagari letters make different letters and stay.
    return "".join(c for c in base if not unicodedata.combining(c)) if base[:1].isascii() else char


def _belongs(char: str) -> bool:
    return char.isalnum() or unicodedata.category(char).startswith("M")
