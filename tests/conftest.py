"""Fixtures that several files of tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sound_room import SoundRoom, opened_or_skipped


@pytest.fixture
def sound_room() -> Iterator[SoundRoom]:
    """A room with a microphone and a speaker, made of a private sound server."""
    yield from opened_or_skipped()
