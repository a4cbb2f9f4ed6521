"""Operations on stored reviews: listing, sending, exporting and deleting them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assistant.delivery import (
    FILES,
    Delivery,
    LetterboxdCsv,
    Outbox,
    describe_write_error,
    destinations,
    file_destination,
    outlet_of,
)
from assistant.errors import DamagedError
from assistant.report.page import analysis_of
from assistant.review import Passage, Sentence
from assistant.store import Destination, OutboxEntry, Store, StoredReview, StoredSession, Turn, review_json


@dataclass(frozen=True, slots=True)
class ListedReview:
    """A session with its review and its deliveries.

    Attributes
    ----------
    id : str
    has_review : bool
    stored : StoredReview or None
        None if there is none, or if it is damaged.
    entries : tuple of OutboxEntry
    """

    id: str
    has_review: bool
    stored: StoredReview | None
    entries: tuple[OutboxEntry, ...]

    @property
    def delivery_state(self) -> str:
        """The state of its delivery, in a few words."""
        if not self.entries:
            return "not sent"
        groups = (
            (state, [entry.destination.outlet for entry in self.entries if entry.state == state])
            for state in ("delivered", "waiting", "failed")
        )
        return "; ".join(f"{state}: {', '.join(names)}" for state, names in groups if names)


def listing(store: Store, *, everything: bool = False) -> list[ListedReview]:
    """All reviews, or all sessions, newest first."""
    written = store.review_ids()
    has_review = set(written)
    return [
        ListedReview(
            session,
            session in has_review,
            _readable(store, session) if session in has_review else None,
            tuple(store.entries(session)),
        )
        for session in (store.session_ids() if everything else written)
    ]


def _readable(store: Store, review_id: str) -> StoredReview | None:
    try:
        return store.review(review_id)
    except DamagedError:
        return None


@dataclass(frozen=True, slots=True)
class ReviewSource:
    """Where a sentence of a review comes from.

    Attributes
    ----------
    passage : Passage
        The turn, and the seconds within it.
    said : str
        What was heard there, including fillers; empty if the turn is no longer kept.
    """

    passage: Passage
    said: str


def sources(store: Store, prefix: str) -> list[tuple[Sentence, tuple[ReviewSource, ...]]]:
    """The sentences of a review, each with what was said in the passages that it comes from.

    Raises
    ------
    StoreError
        If there is no such review.
    """
    stored = store.review(prefix)
    turns = {turn.number: turn for turn in store.turns(stored.id)}
    return [
        (
            sentence,
            tuple(
                ReviewSource(passage, _said_in(stored.id, turns.get(passage.turn), passage))
                for passage in sentence.sources
            ),
        )
        for sentence in stored.review.sentences
    ]


def document(store: Store, prefix: str) -> dict[str, Any]:
    """A session as JSON, in the format of ``assistant replay --json``.

    Raises
    ------
    StoreError
        If no session, or more than one, begins with `prefix`.
    """
    session = store.session(prefix)
    stored = store.review(session.id) if store.has_review(session.id) else None
    review = None if stored is None else review_json(stored.review)
    return {
        "session": session.id,
        "status": session.status,
        "profile": session.profile,
        "film": _film(session),
        "turns": [_turn(turn) for turn in store.turns(session.id)],
        "review": review and {"text": review["text"], "sentences": review["sentences"]},
        "delivered": [
            {"outlet": entry.destination.outlet, **entry.result}
            for entry in store.entries(session.id)
            if entry.result is not None
        ],
    }


def send(
    store: Store,
    prefix: str,
    folder: Path | None = None,
    settings: Path | None = None,
    *,
    files_only: bool = False,
) -> list[OutboxEntry]:
    """Send a review, or retry the deliveries that haven't arrived.

    Parameters
    ----------
    store : Store
    prefix : str
        The review's id or its beginning.
    folder : Path, optional
        The folder for its files; by default the one they were meant for, or the default folder if it was never sent.
    settings : Path, optional
        Settings that say where else it goes; by default where it was meant to go, or what the usual settings say if it
        was never sent.
    files_only : bool
        Whether only its files are sent now.

    Returns
    -------
    list of OutboxEntry
        The current state of its deliveries.

    Raises
    ------
    StoreError
        If there is no such review.
    """
    review_id = store.review(prefix).id
    known = store.entries(review_id)
    store.send(review_id, _where_to(known, folder, settings, files_only=files_only))
    Outbox(store).deliver_due(files_only=files_only)
    return store.entries(review_id)


def _where_to(
    known: Sequence[OutboxEntry], folder: Path | None, settings: Path | None, *, files_only: bool
) -> list[Destination]:
    """The original destinations of what hasn't arrived, changed only by `folder` and `settings`.

    The usual settings apply to a review that was never sent, or whose destinations are no longer known: naming another
    folder for a file doesn't publish anything.
    """
    fresh: dict[str, Destination] = {}
    if not known or settings is not None or any(entry.damage is not None for entry in known):
        fresh = {one.outlet: one for one in destinations(folder, settings, files_only=files_only)}
    if not known:
        return list(fresh.values())
    where = []
    for entry in known:
        added = fresh.pop(entry.destination.outlet, entry.destination)
        is_file = added.outlet in FILES
        if entry.state == "delivered" or (files_only and not is_file):
            continue
        if entry.damage is not None or (settings is not None and not is_file):
            where.append(added)
        elif folder is not None and is_file:
            where.append(file_destination(added.outlet, folder))
        else:
            where.append(entry.destination)
    return [*where, *(fresh.values() if settings is not None else ())]


def unwritten(store: Store, review_id: str) -> list[OutboxEntry]:
    """The deliveries of a review that should have written files but couldn't.

    Impossible ones don't count: a review without a film has no row in a list of films, and has arrived all the same.
    """
    entries = store.entries(review_id)
    return [entry for entry in entries if entry.destination.outlet in FILES and entry.state == "waiting"]


def export(store: Store, prefix: str, folder: Path, outlet: str = "markdown") -> str:
    """Write a review as a file, whether it was sent or not, and without counting it as delivered.

    Returns
    -------
    str
        The file's path.

    Raises
    ------
    StoreError
        If there is no such review.
    DeliveryError
        If there is no such outlet, or the file can't be written.
    """
    stored = store.review(prefix)
    item = Delivery(stored.review, stored.watched, stored.id)
    target = outlet_of(file_destination(outlet, folder))
    # With this intent, an existing row like this one counts as this one. Other outlets check that without an intent.
    noted = {"alike": 0} if outlet == LetterboxdCsv.name else None
    try:
        return target.deliver(item, noted, lambda _: None)["path"]
    except OSError as error:
        raise describe_write_error(error, folder) from error


def delete(store: Store, prefix: str) -> str:
    """Remove a session with its review and everything said in it; delivered files stay.

    Returns
    -------
    str
        Its id.

    Raises
    ------
    StoreError
        If no session, or more than one, begins with `prefix`.
    """
    session = store.resolve(prefix)
    store.delete(session)
    return session


def _said_in(session: str, turn: Turn | None, passage: Passage) -> str:
    if turn is None:
        return ""
    analysis = analysis_of(turn, session)
    heard = analysis.items if analysis is not None else []
    # By the middle of each word: words that only overlap the ends belong to another sentence.
    inside = [word.word for word in heard if passage.start_s <= (word.start_s + word.end_s) / 2 <= passage.end_s]
    return " ".join(inside) if heard else turn.text


def _film(session: StoredSession) -> dict[str, Any] | None:
    film = session.film
    if film is None and session.rating is None:
        return None
    return {
        "title": film.title if film else None,
        "year": film.year if film else None,
        "imdb_id": film.imdb_id if film else None,
        "rating": session.rating,
    }


def _turn(turn: Turn) -> dict[str, Any]:
    said: dict[str, Any] = {"speaker": turn.speaker, "text": turn.text, "question": turn.question}
    if turn.speaker == "person":
        said["analysis"] = turn.analysis
    if turn.agreed is not None:
        said["agreed"] = turn.agreed
    return said
