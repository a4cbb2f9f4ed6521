"""Names of people, as a recogniser writes them: "spike jones" is Spike Jonze."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import Indel

from assistant.english.phonetics import sound_of
from assistant.films.titles import words_heard

_ALIKE = 0.78
_SHORTEST = 8
"""In letters of the phonetic spelling, two sounds: shorter last names are only found by the whole name."""


def is_named(heard: Sequence[str], name: str) -> bool:
    """Whether words sound like a person's name, or like its last part."""
    parts = words_heard(name)
    if not parts or not heard:
        return False
    sought, last = sound_of(heard), sound_of(parts[-1:])
    if Indel.normalized_similarity(sought, sound_of(parts)) >= _ALIKE:
        return True
    return len(heard) == 1 and len(last) >= _SHORTEST and Indel.normalized_similarity(sought, last) >= _ALIKE
