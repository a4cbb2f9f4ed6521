"""``assistant films``: the films that titles are looked up among."""

from __future__ import annotations

from pathlib import Path

import click

from assistant.cli import options


@click.group()
def films() -> None:
    """Import your own films; try how a title is found.

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
        click.echo(f"{file}: {done.new} new films, {done.newly_seen} now seen, {done.known} known before")


@films.command()
@click.argument("title", nargs=-1, required=True, metavar="TITLE…")
@options.data
def find(title: tuple[str, ...], data: Path | None) -> None:
    """Show what is found for TITLE, as it is said: “her”, “hamlet by kenneth branagh”, “h e r”."""
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
        film = match.entry.film
        details = [str(film.year or "year unknown"), ", ".join(match.entry.directors), film.imdb_id or ""]
        own = ", yours" if match.entry.own else ""
        click.echo(f"  {match.likeness:4.0%}  {film.title} ({'; '.join(filter(None, details))}{own})")
