"""``assistant reviews``: what has been written, and its delivery."""

from __future__ import annotations

import json
from pathlib import Path

import click

from assistant.cli import options
from assistant.errors import DeliveryError


@click.group()
def reviews() -> None:
    """List, show, export, send and delete what has been written.

    A review goes by its session's ID; the first few characters will do.
    """


@reviews.command("list")
@options.data
def list_reviews(data: Path | None) -> None:
    """Show all reviews, newest first."""
    from assistant.reviews import listing
    from assistant.store import Store

    with Store(data) as store:
        listed = listing(store)
    if not listed:
        click.echo("There are no reviews yet. “assistant talk” makes one.")
    for item in listed:
        review = item.stored.review
        title = review.film.title if review.film else "no film"
        stars = f", {review.rating:g} stars" if review.rating is not None else ""
        click.echo(f"{item.stored.id}  {title}{stars}  ({item.standing})")


@reviews.command()
@click.argument("review_id", metavar="ID")
@options.data
@click.option("--json", "as_json", is_flag=True, help="Print the whole session as JSON.")
@click.option("--sources", is_flag=True, help="Print under each sentence what it was made of.")
def show(review_id: str, data: Path | None, as_json: bool, sources: bool) -> None:
    """Print a review."""
    from assistant.reviews import document
    from assistant.store import Store

    with Store(data) as store:
        if as_json:
            click.echo(json.dumps(document(store, review_id), ensure_ascii=False, indent=2))
            return
        review = store.review(review_id).review
        turns = {turn.number: turn for turn in store.turns(store.resolve(review_id))}
    title = review.film.title if review.film else "Without a film"
    click.echo(title + (f", {review.rating:g} stars" if review.rating is not None else "") + "\n")
    if not sources:
        click.echo(review.text)
        return
    for sentence in review.sentences:
        click.echo(sentence.text)
        for passage in sentence.sources:
            said = turns[passage.turn].text if passage.turn in turns else ""
            click.echo(f"    turn {passage.turn}, {passage.start_s:.1f}–{passage.end_s:.1f} s of: {said}")


@reviews.command()
@click.argument("review_id", metavar="ID")
@options.data
@click.option("--out", type=options.FILE, default=Path(), metavar="DIR", help="Where to; here by default.")
@click.option("--format", "outlet", default="markdown", show_default=True, help="“markdown” or “letterboxd_csv”.")
def export(review_id: str, data: Path | None, out: Path, outlet: str) -> None:
    """Write a review to a file, without counting it as sent."""
    from assistant.reviews import export as export_review
    from assistant.store import Store

    with Store(data) as store:
        click.echo(export_review(store, review_id, out, outlet))


@reviews.command()
@click.argument("review_id", metavar="ID")
@options.data
@click.option("--out", type=options.FILE, metavar="DIR", help="Where to; where it was meant to go by default.")
def send(review_id: str, data: Path | None, out: Path | None) -> None:
    """Send a review, or try again what did not arrive."""
    from assistant.reviews import send as send_review
    from assistant.store import Store

    with Store(data) as store:
        entries = send_review(store, review_id, out)
    late = []
    for entry in entries:
        if entry.result is not None:
            click.echo(f"{entry.destination.outlet}: {entry.result['path']}")
        else:
            late.append(f"{entry.destination.outlet}: {entry.last_error or 'still waiting'}")
    if late:
        raise DeliveryError("It did not arrive everywhere; it stays in the outbox.\n  " + "\n  ".join(late))


@reviews.command()
@click.argument("review_id", metavar="ID")
@options.data
@click.option("--yes", is_flag=True, help="Don't ask.")
def delete(review_id: str, data: Path | None, yes: bool) -> None:
    """Remove a review and everything said in its session; files already delivered stay."""
    from assistant.reviews import delete as delete_review
    from assistant.store import Store

    with Store(data) as store:
        session = store.resolve(review_id)
        if not yes:
            click.confirm(f"Remove {session} and everything said in it?", abort=True, err=True)
        delete_review(store, session)
    click.echo(f"{session} is removed.")
