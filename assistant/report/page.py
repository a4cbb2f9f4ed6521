"""Makes and writes a page that shows how answers were said: one HTML file that loads nothing and runs nothing."""

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
    """The contents of a page.

    Attributes
    ----------
    title : str
    facts : tuple of (str, str)
        Names and values of what holds for all answers: the date, the speech model.
    answers : tuple of ShownAnswer
    review : tuple of str
        The paragraphs of the review that came of it; empty if there is none.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    answers: tuple[ShownAnswer, ...]
    review: tuple[str, ...] = ()


def render_page(page: Page) -> str:
    """The page's source.

    The templates escape everything that was said and every file name, and the page's content security policy forbids
    scripts and anything from elsewhere.
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
    """Make sure that a page can be written, before the long work that leads to it.

    Raises
    ------
    ReportError
        If it can't, or would replace something that isn't a page, such as the recording itself.
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
    """Write a page whole or not at all, replacing an earlier one; only its owner can read it.

    Raises
    ------
    ReportError
        If it can't be written.
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
    raise ReportError(f"{path} exists and isn't a page of ours, so it was left as it is. Name another file.")


def _part(path: Path) -> Path:
    return path.with_name(f".{path.name}.{secrets.token_hex(4)}")


def _unwritable(path: Path, error: OSError) -> ReportError:
    return ReportError(
        f"The page {path} can't be written: {describe_os_error(error)}. Name another file with --report."
    )
