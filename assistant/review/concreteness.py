"""The things that sentences name: what one can see, and what happens."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.words import EMPTY, is_content, is_negation

# Words of praise and feeling paint nothing.
_ABSTRACT = EMPTY | frozenset(
    "love loved loves like liked good great bad best nice beautiful wonderful amazing perfect incredible emotional "
    "feel feeling feelings felt think thought film movie really very way kind sort story makes made make thing things "
    "something everything whole life people always ever lot bit much many more most sad happy moving interesting "
    "important theme themes meaning relationship relationships human humans nature emotion emotions experience".split()
)


def concrete_nouns_in(words: Sequence[str]) -> set[str]:
    """The words of things; those of praise and feeling are none."""
    return {word for word in words if is_content(word) and word not in _ABSTRACT and not is_negation(word)}
