"""What a film is called, as words to compare with what was heard."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from assistant.english.words import ARTICLES
from assistant.films.titles import core, parts_of, ways_said

_WAYS, _PARTS = "|", "#"


@dataclass(frozen=True, slots=True)
class TitleVariants:
    """What a film is called: each variant as words joined by spaces, without an article at the beginning.

    Attributes
    ----------
    whole : tuple of str
        The whole title, in all the ways to say it.
    parts : tuple of str
        Short forms ("a new hope").
    """

    whole: tuple[str, ...]
    parts: tuple[str, ...] = ()

    @property
    def all(self) -> tuple[str, ...]:
        """Whole titles and parts."""
        return self.whole + self.parts


def title_variants(title: str) -> TitleVariants:
    """All the ways to say a title."""
    whole = dict.fromkeys(" ".join(core(way)) for way in ways_said(title))
    parts = dict.fromkeys(" ".join(core(way)) for part in parts_of(title) for way in ways_said(part)[:1])
    return TitleVariants(tuple(whole), tuple(part for part in parts if part not in whole))


def pack(title: str) -> str:
    """The forms of a title as they are stored in a file: empty if they follow from the title."""
    forms = title_variants(title)
    if forms == TitleVariants((_simply(title),)):
        return ""
    return _PARTS.join(filter(None, (_WAYS.join(forms.whole), _WAYS.join(forms.parts))))


def unpack(title: str, kept: str) -> Iterator[tuple[str, bool]]:
    """The forms that `pack` stored, each with whether it is a part."""
    if not kept:
        yield _simply(title), False
        return
    whole, _, parts = kept.partition(_PARTS)
    for form in whole.split(_WAYS):
        yield form, False
    for form in parts.split(_WAYS) if parts else ():
        yield form, True


def _simply(title: str) -> str:
    simple = title.lower().replace("'", "")
    first, _, rest = simple.partition(" ")
    return rest if rest and first in ARTICLES else simple
