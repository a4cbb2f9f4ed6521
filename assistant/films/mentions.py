"""Other films that somebody names while they talk: "it's a bit like lost in translation"."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.films.catalogue import FilmCatalogue
from assistant.films.titles import words_heard

_LONGEST = 9
_PLAINLY = 4
"""A title of so many words needs nothing before it that says that it is one."""

_RENOWN = 45
"""Less known films than about the best-known quarter are hardly meant: their titles are mostly everyday words."""

_SHORTEST = 5
"""In letters, of a title of one word."""

_BEFORE_FILMS = ("film", "movie", "called", "watched", "rewatched", "watching", "saw", "seen", "seeing",
                 "because of", "reminded me of", "reminds me of")  # fmt: skip
_BEFORE_LONGER = (*_BEFORE_FILMS, "like", "than")
"""What titles of several words come after, and everyday words as well."""

_BETWEEN = (["and"], ["or"])


def films_named(catalogue: FilmCatalogue, text: str) -> Iterator[str]:
    """The titles, as they are written, of well-known films that are named in `text`.

    Nothing but whole titles counts, and only where they can hardly be everyday words: titles of four words and more,
    and shorter ones behind words that films are spoken of with ("I saw", "like").
    """
    words = words_heard(text)
    at, named_to = 0, -1
    while at < len(words):
        for size in range(min(_LONGEST, len(words) - at), 0, -1):
            cues = _BEFORE_FILMS if size == 1 else _BEFORE_LONGER
            is_next = named_to >= 0 and words[named_to:at] in _BETWEEN
            if not (is_next or size >= _PLAINLY or _is_after(cues, words[:at])):
                continue
            title = _title(catalogue, words[at : at + size])
            if title is not None:
                yield title
                at = named_to = at + size
                break
        else:
            at += 1


def _is_after(cues: tuple[str, ...], before: list[str]) -> bool:
    text = " " + " ".join(before[-3:])
    return any(text.endswith(f" {cue}") for cue in cues)


def _title(catalogue: FilmCatalogue, words: list[str]) -> str | None:
    if len(words) == 1 and len(words[0]) < _SHORTEST:
        return None
    entry = catalogue.called(words)
    return entry.film.title if entry is not None and entry.renown >= _RENOWN else None
