"""A page that shows how answers were said: one HTML file that loads nothing and runs nothing, and writing it."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import ReportError, describe_os_error
from assistant.report.answer import MarkKind, ShownAnswer
from assistant.report.timeline import PIXELS_PER_S, lay_out
from assistant.version import VERSION


@dataclass(frozen=True, slots=True)
class Page:
    """What a page holds.

    Attributes
    ----------
    title : str
    facts : tuple of (str, str)
        What is known of all of it: when, which film, which speech model.
    answers : tuple of ShownAnswer
    review : tuple of str
        The paragraphs of the review that was made of it, if one was.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    answers: tuple[ShownAnswer, ...]
    review: tuple[str, ...] = ()


def render_page(page: Page) -> str:
    """The page's source.

    What was said and how files are named is escaped by the template language, wherever it is put; the page forbids
    itself scripts and everything from elsewhere by a content security policy.
    """
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("assistant.report"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"percent": lambda share: f"{share:.0%}", "seconds": lambda at_s: f"{at_s:.2f}"}
    environment.globals |= {"lay_out": lay_out, "pixels_per_s": PIXELS_PER_S, "MarkKind": MarkKind}
    environment.globals["version"] = VERSION
    return environment.get_template("page.html").render(page=page)


_BEGINNING = b"<!doctype html"


def check_writable(path: Path) -> None:
    """Find out whether a page can be written, before the long work that it is made of.

    Raises
    ------
    ReportError
        Where it can't, or where something is there already that is no page, such as the recording itself.
    """
    try:
        if path.exists():
            _check_is_page(path)
        part = _part(path)
        part.touch(mode=0o600, exist_ok=False)
        part.unlink()
    except OSError as error:
        raise _unwritable(path, error) from error


def write_page(path: Path, source: str) -> None:
    """Write a page, readable only by its owner, over an earlier one; it is written whole or not at all.

    Raises
    ------
    ReportError
        Where it can't be written.
    """
    part = _part(path)
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(source)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise _unwritable(path, error) from error


def _check_is_page(path: Path) -> None:
    if path.is_dir():
        raise ReportError(f"{path} is a folder; --report needs the name of a file, such as {path / 'report.html'}.")
    if path.is_file():
        with path.open("rb") as file:
            start = file.read(len(_BEGINNING))
        if not start or start.lower() == _BEGINNING:
            return
    raise ReportError(f"{path} is there already and is no page. Nothing was written over; name another file.")


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def _unwritable(path: Path, error: OSError) -> ReportError:
    return ReportError(
        f"The page {path} can't be written: {describe_os_error(error)}. Name another file with --report."
    )
