"""Makes and writes pages that show how answers were said: HTML files that load nothing and run nothing."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.audio.level import WaveformPeaks
from assistant.audio.recording import Recording
from assistant.errors import AudioFileError, ReportError, describe_os_error
from assistant.report.answer import MarkKind, ShownAnswer, read_analysis
from assistant.report.timeline import PIXELS_PER_S, lay_out
from assistant.store import Store, StoredSession, Turn, damage_error
from assistant.turns.document import Analysis
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


def session_page(store: Store, prefix: str) -> Page:
    """The page of a session: its answers, with waveforms if the sound was kept, and its review if there is one.

    Parameters
    ----------
    store : Store
    prefix : str
        The session's id or its beginning.

    Raises
    ------
    StoreError
        If no session, or more than one, begins with `prefix`.
    """
    session = store.session(prefix)
    turns = store.turns(session.id)
    review = store.review(session.id).review.text if store.has_review(session.id) else ""
    return Page(
        title=session.film.described if session.film else "A conversation",
        facts=tuple(_facts(session, turns)),
        answers=tuple(_answers(session.id, turns)),
        review=tuple(paragraph for paragraph in review.split("\n\n") if paragraph),
    )


def _facts(session: StoredSession, turns: list[Turn]) -> Iterator[tuple[str, str]]:
    yield "session", session.id
    yield "held", f"{session.started_at:%Y-%m-%d %H:%M}"
    if session.rating is not None:
        yield "stars", f"{session.rating:g} of 5"
    models = {answer.model for turn in turns if (answer := analysis_of(turn, session.id)) and answer.model}
    if models:
        yield "heard with", ", ".join(sorted(models))


def _answers(session: str, turns: list[Turn]) -> Iterator[ShownAnswer]:
    asked: list[str] = []
    for turn in turns:
        if turn.speaker == "assistant":
            # Of people who opted out of sensing, nothing is kept of what it said about how they spoke.
            if turn.text:
                asked.append(turn.text)
            continue
        yield read_analysis(
            analysis_of(turn, session),
            title=(turn.question or "answer").replace("_", " ").capitalize(),
            text=turn.text,
            asked=tuple(asked),
            agreed=turn.agreed,
            outline=_outline(turn),
        )
        asked = []


def _outline(turn: Turn) -> WaveformPeaks | None:
    if turn.audio is None:
        return None
    outline = WaveformPeaks()
    try:
        with Recording(turn.audio) as recording:
            while (samples := recording.read()) is not None:
                outline.feed(samples)
    except AudioFileError:
        # It was removed in the meantime; the times are still there.
        return None
    return outline


def analysis_of(turn: Turn, session: str) -> Analysis | None:
    """The analysis of one of a session's turns; None if it has none.

    Raises
    ------
    DamagedError
        If it isn't what this program wrote.
    """
    if turn.analysis is None:
        return None
    try:
        return Analysis.from_json(turn.analysis)
    except ValueError as error:
        raise damage_error(session) from error
