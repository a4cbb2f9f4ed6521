"""``assistant films``: the films that titles are looked up among."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from assistant.cli import options

if TYPE_CHECKING:
    from assistant.films.film import FilmEntry

_YEAR = click.IntRange(1870, 2199)
_FIRST_UPDATED = 2023
"""The films that come with the program thin out from this year on."""


@click.group()
def films() -> None:
    """Import your own films, try how a title is found, list films, and fetch newer ones.

    The program knows 21,276 films from 1940 to 2024. Your own are added to them, and come first.
    """


@films.command("import")
@click.argument("files", nargs=-1, required=True, type=options.FILE, metavar="FILE…")
@options.data
def import_films(files: tuple[Path, ...], data: Path | None) -> None:
    """Import the films of a Letterboxd export.

    A FILE is the zip that Letterboxd makes (Settings, Data, Export your data), or one of watched.csv, watchlist.csv,
    diary.csv, ratings.csv and reviews.csv from it. Importing again adds what is new.
    """
    from assistant.films.letterboxd import films_in
    from assistant.films.library import FilmLibrary

    # Read all before keeping any, so that a damaged one leaves everything as it was.
    read = [films_in(file) for file in files]
    own = FilmLibrary(data)
    for file, found in zip(files, read, strict=True):
        done = own.add(found)
        click.echo(f"Films in {file}: {done.new} new, {done.newly_seen} now seen, {done.known} known before")


@films.command()
@click.argument("title", nargs=-1, required=True, metavar="TITLE…")
@options.data
def find(title: tuple[str, ...], data: Path | None) -> None:
    """Show what is found for a title.

    Write TITLE as you would say it: “her”, “hamlet by kenneth branagh”, “h e r”.
    """
    from assistant.films.catalogue import FilmCatalogue
    from assistant.films.decision import Found, Which, decide
    from assistant.films.library import FilmLibrary

    said = " ".join(title)
    decision = decide(FilmCatalogue(own=FilmLibrary(data).entries()), said)
    if isinstance(decision, Found):
        click.echo("Found:" if decision.sure else "Probably:")
        matches = [decision.match, *decision.others]
    elif isinstance(decision, Which):
        click.echo(f"Several; the {decision.by} would tell:")
        matches = list(decision.matches)
    else:
        click.echo(f"Unknown, taken as said: {decision.title}" if decision.title else "No title was said.")
        matches = list(decision.near)
    for match in matches:
        click.echo(f"  {match.likeness:4.0%}  {_described(match.entry)}")


@films.command("list")
@click.option("--since", type=_YEAR, metavar="YEAR", help="Only films of this year and later.")
@options.data
def list_films(since: int | None, data: Path | None) -> None:
    """List all known films by year and title.

    These are the films that come with the program, newer ones that you fetched, and your own.
    """
    from assistant.films.catalogue import FilmCatalogue
    from assistant.films.library import FilmLibrary

    entries = FilmCatalogue(own=FilmLibrary(data).entries()).entries()
    known = [entry for entry in entries if since is None or (entry.film.year or 0) >= since]
    if not known:
        click.echo(f"No film is known from {since} or later. “assistant films update” fetches newer ones.", err=True)
    for entry in sorted(known, key=lambda entry: (entry.film.year or 0, entry.film.title, entry.film.imdb_id or "")):
        click.echo(_described(entry))


def _web_address(ctx: click.Context, option: click.Parameter, given: str | None) -> str | None:
    from assistant.net import web_address

    try:
        return given and web_address(given)
    except ValueError as error:
        raise click.BadParameter(f"It {error}.", ctx, option) from error


@films.command()
@click.option("--since", type=_YEAR, metavar="YEAR", help="Fetch the films of this year and later; by default, 2023.")
@click.option(
    "--from",
    "address",
    metavar="URL",
    callback=_web_address,
    help="Fetch them from this SPARQL service instead of Wikidata's.",
)
@options.data
def update(since: int | None, address: str | None, data: Path | None) -> None:
    """Fetch newer films from Wikidata.

    Nothing but this command ever asks for films over the network. New films are kept beside your own; known ones get
    what they lack, such as an IMDb number. If anything fails, everything stays as it was.
    """
    from datetime import date

    from assistant.films.library import FilmLibrary
    from assistant.films.wikidata import SERVICE, newer_films
    from assistant.models import progress_bar

    first = since or _FIRST_UPDATED
    shown = None
    with progress_bar() as progress:

        def show(year: int, size: int) -> None:
            nonlocal shown
            if year != shown:
                progress.stage(f"Films of {year}", None)
                shown = year
            progress.advance(size)

        found = newer_films(range(first, date.today().year + 1), address or SERVICE, show)
    new = FilmLibrary(data).update(found, first)
    click.echo(f"Films since {first}: {len(found)}, {new} of them new")


def _described(entry: FilmEntry) -> str:
    film = entry.film
    details = [str(film.year or "year unknown"), ", ".join(entry.directors), film.imdb_id or ""]
    return f"{film.title} ({'; '.join(filter(None, details))}{', yours' if entry.own else ''})"
