"""Newer films from Wikidata, whose structured data is in the public domain (CC0 1.0), over its SPARQL service.

The query and the form of the answer follow https://www.wikidata.org/wiki/Wikidata:SPARQL_query_service and the W3C's
"SPARQL 1.1 Query Results JSON Format" (2013): ``{"results": {"bindings": [{"title": {"value": "Her"}, …}]}}``.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from urllib.parse import urlencode, urlsplit

from assistant.errors import NetworkError
from assistant.films.film import Film, FilmEntry
from assistant.net import Server, UnavailableError

SERVICE = "https://query.wikidata.org/sparql"

_LIMIT_S = 70.0
"""The service itself gives up after 60 s."""
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/sparql-results+json"}
_LATER = "Try again later; the films that were known before are still there."

_MONTHS = 3
"""A query is for a quarter of a year, so that its answer isn't longer than what we read of one."""

_FEWEST_ARTICLES = 8
"""Films with articles in fewer Wikipedias aren't asked for."""
_LEAST_RENOWN = 40
_MOST_ARTICLES = 100
_MOST_RENOWN = 75
_MOST_PEOPLE = 6
_LONGEST_TITLE = 200
_IMDB = re.compile(r"tt\d{7,9}")
_BETWEEN = "|"

_QUERY = """\
SELECT ?title ?year ?imdb ?articles
  (GROUP_CONCAT(DISTINCT ?director; separator="|") AS ?directors)
  (GROUP_CONCAT(DISTINCT ?player; separator="|") AS ?players)
WHERE {{
  {{
    SELECT ?film (MIN(YEAR(?date)) AS ?year) WHERE {{
      ?film wdt:P31 wd:Q11424; wdt:P577 ?date.
      FILTER("{start}T00:00:00Z"^^xsd:dateTime <= ?date && ?date < "{stop}T00:00:00Z"^^xsd:dateTime)
    }} GROUP BY ?film
  }}
  ?film wikibase:sitelinks ?articles; rdfs:label ?title.
  FILTER(?articles >= {fewest} && LANG(?title) = "en")
  OPTIONAL {{ ?film wdt:P345 ?imdb. }}
  OPTIONAL {{ ?film wdt:P57/rdfs:label ?director. FILTER(LANG(?director) = "en") }}
  OPTIONAL {{ ?film wdt:P161/rdfs:label ?player. FILTER(LANG(?player) = "en") }}
}}
GROUP BY ?title ?year ?imdb ?articles
ORDER BY ?title ?year ?imdb
"""


class UpdateError(NetworkError):
    """Newer films can't be had, now or at all."""

    code = "films_update"


def newer_films(
    years: range, address: str = SERVICE, on_progress: Callable[[int, int], None] = lambda year, size: None
) -> list[FilmEntry]:
    """Ask Wikidata for the films that came out in some years.

    Parameters
    ----------
    years : range
    address : str
        The SPARQL service.
    on_progress : callable
        Called with the year before each request, and with the size of the answer in bytes after it.

    Returns
    -------
    list of FilmEntry
        Each film once, by title and year; renown by how many Wikipedias have an article on it.

    Raises
    ------
    NetworkError
        If the service can't be reached, refuses, or answers with something else.
    """
    called = f"The film service at {urlsplit(address).netloc}"
    server = Server(address, called, _LIMIT_S, _LATER)
    films: dict[tuple[str, int | None], FilmEntry] = {}
    for year in years:
        for start, stop in _quarters(year):
            on_progress(year, 0)
            query = _QUERY.format(start=start, stop=stop, fewest=_FEWEST_ARTICLES)
            body = urlencode({"query": query, "format": "json"}).encode()
            try:
                reply = server.request("POST", headers=_HEADERS, body=body)
            except UnavailableError as error:
                raise UpdateError(f"{error.sentence} {_LATER}") from None
            on_progress(year, len(reply.body))
            if not reply.is_whole:
                raise UpdateError(f"{called} answered with more than the films of any quarter. {_LATER}")
            for entry in _entries(reply.json, called):
                key = (entry.film.title, entry.film.year)
                if key not in films or films[key].renown < entry.renown:
                    films[key] = entry
    return list(films.values())


def _quarters(year: int) -> Iterator[tuple[str, str]]:
    for month in range(1, 13, _MONTHS):
        following = f"{year}-{month + _MONTHS:02}-01" if month + _MONTHS <= 12 else f"{year + 1}-01-01"
        yield f"{year}-{month:02}-01", following


def _entries(answer: Any, called: str) -> Iterator[FilmEntry]:  # noqa: ANN401 - whatever the server says
    try:
        for row in answer["results"]["bindings"]:
            entry = _entry({name: str(cell["value"]) for name, cell in row.items()})
            if entry is not None:
                yield entry
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UpdateError(
            f"{called} answered with something that isn't a list of films. Try again later, or name another service "
            "with --from."
        ) from error


def _entry(row: Mapping[str, str]) -> FilmEntry | None:
    title = " ".join(row["title"].split())
    if not title or len(title) > _LONGEST_TITLE:
        return None
    articles = min(max(int(row["articles"]), _FEWEST_ARTICLES), _MOST_ARTICLES)
    known = math.log(articles / _FEWEST_ARTICLES) / math.log(_MOST_ARTICLES / _FEWEST_ARTICLES)
    imdb = row.get("imdb", "")
    return FilmEntry(
        Film(title, int(row["year"]), imdb if _IMDB.fullmatch(imdb) else None),
        _people(row.get("directors", "")),
        _people(row.get("players", "")),
        round(_LEAST_RENOWN + (_MOST_RENOWN - _LEAST_RENOWN) * known),
    )


def _people(listed: str) -> tuple[str, ...]:
    return tuple(name for name in listed.split(_BETWEEN) if name)[:_MOST_PEOPLE]
