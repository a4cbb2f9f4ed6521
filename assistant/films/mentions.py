"""Other films that come up in conversation: "it's a bit like lost in translation"."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.films.catalogue import FilmCatalogue
from assistant.films.titles import words_heard

_LONGEST = 9
_PLAINLY = 4
"""A title with this many words needs no cue before it."""

_RENOWN = 45
"""About the best-known quarter. Lesser-known films are hardly ever meant: their titles are mostly everyday words."""

_SHORTEST = 5
"""Letters in the shortest one-word title."""

_BEFORE_FILMS = ("film", "movie", "called", "watched", "rewatched", "watching", "saw", "seen", "seeing",
                 "because of", "reminded me of", "reminds me of")  # fmt: skip
_BEFORE_LONGER = (*_BEFORE_FILMS, "like", "than")
"""Cues for titles of several words; everyday words come after them as well."""

_BETWEEN = (["and"], ["or"])


def films_named(catalogue: FilmCatalogue, text: str) -> Iterator[str]:
    """The written titles of well-known films that are named in `text`.

    Only whole titles count, and only if they can hardly be everyday words: titles of four or more words, and shorter
    ones after the words with which people mention films ("I saw", "like").
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
