"""``assistant reviews``: stored reviews and their delivery."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import options
from assistant.errors import DeliveryError

if TYPE_CHECKING:
    from assistant.review import Review
    from assistant.store import OutboxEntry, Store


@click.group()
def reviews() -> None:
    """List, show, export, send and delete reviews.

    A review has its session's ID; the first few characters will do.
    """


@reviews.command("list")
@options.data
@click.option("--all", "everything", is_flag=True, help="Also show sessions that ended without a review.")
def list_reviews(data: Path | None, everything: bool) -> None:
    """Show all reviews, newest first."""
    from assistant.reviews import listing
    from assistant.store import Store

    store = Store(data)
    listed, without = [], 0
    # A mistyped folder must not be made.
    if store.path.parent.exists():
        with store:
            listed = listing(store, everything=everything)
            without = len(store.session_ids()) - len(listed)
    if not listed:
        click.echo(f"There are no reviews yet in {store.path.parent}. “assistant talk” makes one.")
        if without:
            click.echo(f"Sessions without one: {without}. “assistant reviews list --all” shows them.")
    for item in listed:
        if not item.has_review:
            click.echo(f"{item.id}  without a review")
            continue
        about = _title_and_stars(item.stored.review) if item.stored else "damaged, can't be read"
        click.echo(f"{item.id}  {about}  ({item.delivery_state})")
        for entry in item.entries:
            if entry.state != "delivered" and entry.last_error is not None:
                click.echo(f"    {entry.destination.outlet}: {entry.why}")


def _title_and_stars(review: Review) -> str:
    title = review.film.described if review.film else "Without a film"
    return title + (f", {review.rating:g} stars" if review.rating is not None else "")


@reviews.command()
@click.argument("review_id", metavar="ID")
@options.data
@click.option("--json", "as_json", is_flag=True, help="Print the whole session as JSON.")
@click.option("--sources", is_flag=True, help="Print below each sentence the words it was made from.")
@options.report
def show(review_id: str, data: Path | None, as_json: bool, sources: bool, report: Path | None) -> None:
    """Print a review.

    With --report, also write a page that shows how its answers were said; a session without a review has such a page,
    too. It shows waveforms if --keep-audio kept the sound.
    """
    from assistant.reviews import document
    from assistant.reviews import sources as sources_of
    from assistant.store import Store

    with Store(data) as store:
        if report is not None:
            _write_report(store, review_id, report)
            if not as_json and not store.has_review(store.resolve(review_id)):
                return
        if as_json:
            click.echo(json.dumps(document(store, review_id), ensure_ascii=False, indent=2))
            return
        review = store.review(review_id).review
        origins = sources_of(store, review_id)
    click.echo(f"{_title_and_stars(review)}\n")
    if not sources:
        click.echo(review.text)
        return
    for sentence, origin in origins:
        click.echo(sentence.text)
        for source in origin:
            passage = source.passage
            when = f", {passage.start_s:.1f}–{passage.end_s:.1f} s" if passage.is_timed else ""
            click.echo(f"    turn {passage.turn}{when}: {source.said}")


def _write_report(store: Store, prefix: str, report: Path) -> None:
    from assistant.report import check_writable, render_page, session_page, write_page

    check_writable(report)
    write_page(report, render_page(session_page(store, prefix)))
    click.echo(f"The page is in {report}", err=True)


@reviews.command()
@click.argument("review_id", metavar="ID")
@options.data
@click.option(
    "--out", type=options.FILE, default=Path(), metavar="DIR", help="The folder to write to; by default this one."
)
@click.option(
    "--format", "outlet", default="markdown", show_default=True, help="“markdown”, “letterboxd_csv” or “json”."
)
def export(review_id: str, data: Path | None, out: Path, outlet: str) -> None:
    """Write a review to a file, without counting it as sent."""
    from assistant.reviews import export as export_review
    from assistant.store import Store

    with Store(data) as store:
        click.echo(export_review(store, review_id, out, outlet))


@reviews.command()
@click.argument("review_id", metavar="[ID]", required=False)
@options.data
@click.option(
    "--out", type=options.FILE, metavar="DIR", help="The folder for its files; by default the one they were meant for."
)
@click.option("--settings", type=options.FILE, metavar="FILE", help="Also send it where this settings file says.")
@click.option("--files-only", is_flag=True, help="Send files only, whatever the settings say.")
def send(review_id: str | None, data: Path | None, out: Path | None, settings: Path | None, files_only: bool) -> None:
    """Send a review, or everything that is waiting.

    A review that was sent before is tried again where it hasn't arrived, even where that failed for good. One that was
    never sent goes where your settings say. Without an ID, everything that is waiting is tried.
    """
    from assistant.store import Store

    if review_id is None and (out is not None or settings is not None):
        raise click.UsageError("--out and --settings go with the ID of a review.")
    with Store(data) as store:
        if review_id is None:
            _send_waiting(store, files_only=files_only)
        else:
            _send(store, review_id, out, settings, files_only=files_only)


def _send(store: Store, review_id: str, out: Path | None, settings: Path | None, *, files_only: bool) -> None:
    from assistant.delivery import FILES
    from assistant.reviews import send as send_review

    before = store.entries(store.resolve(review_id))
    if out is not None and before and all(entry.state == "delivered" for entry in before):
        click.echo("It has arrived already, and a review is sent once; “reviews export” writes another copy.", err=True)
    late = []
    for entry in send_review(store, review_id, out, settings, files_only=files_only):
        if entry.result is not None:
            click.echo(f"{entry.destination.outlet}: {entry.result['path']}")
        elif entry.state != "delivered" and (entry.destination.outlet in FILES or not files_only):
            late.append(_describe_late(entry))
    if late:
        raise DeliveryError("It did not arrive everywhere.\n  " + "\n  ".join(late))


def _describe_late(entry: OutboxEntry) -> str:
    outlet = entry.destination.outlet
    return f"{outlet} failed: {entry.why}" if entry.state == "failed" else f"{outlet}: {entry.why}"


def _send_waiting(store: Store, *, files_only: bool) -> None:
    from assistant.delivery import FILES, Outbox, RetryScope

    entries = [entry for review_id in store.review_ids() for entry in store.entries(review_id)]
    waited = {
        (entry.review_id, entry.destination.outlet)
        for entry in entries
        if entry.state == "waiting" and (entry.destination.outlet in FILES or not files_only)
    }
    failed = sorted({entry.review_id for entry in entries if entry.state == "failed"})
    if not waited:
        more = f" What has failed is tried again by “assistant reviews send ID”: {', '.join(failed)}."
        click.echo("Nothing is waiting." + (more if failed else ""))
    for done in Outbox(store).deliver_due(RetryScope.EVERYTHING, files_only=files_only):
        click.echo(f"{done.review_id}  {done.outlet}: {done.path}")
    late = [
        f"{review_id}  {_describe_late(entry)}"
        for review_id in sorted({review_id for review_id, _ in waited})
        for entry in store.entries(review_id)
        if entry.state != "delivered" and (review_id, entry.destination.outlet) in waited
    ]
    if late:
        raise DeliveryError("Not everything arrived.\n  " + "\n  ".join(late))


@reviews.command()
@click.argument("review_id", metavar="ID")
@options.data
@click.option("--yes", is_flag=True, help="Don't ask first.")
def delete(review_id: str, data: Path | None, yes: bool) -> None:
    """Remove a review and everything said in its session.

    Files that were delivered stay.
    """
    from assistant.reviews import delete as delete_review
    from assistant.store import Store

    with Store(data) as store:
        session = store.resolve(review_id)
        if not yes and not click.confirm(f"Remove {session} and everything said in it?", err=True):
            click.echo("Nothing was removed.")
            return
        delete_review(store, session)
    click.echo(f"{session} is removed.")
