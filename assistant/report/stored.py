"""The page of a session in the store."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.audio.level import WaveformPeaks
from assistant.audio.recording import Recording
from assistant.errors import AudioFileError
from assistant.report.answer import ShownAnswer, read_analysis
from assistant.report.page import Page
from assistant.store import StoredSession, Turn, damage_error
from assistant.turns.document import Analysis

if TYPE_CHECKING:
    from assistant.store import Store


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
