"""Fixtures that several files of tests share."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator

import pytest

from tests.support.sound_room import SoundRoom, opened_or_skipped

# Started in the background, a shell makes us and our children deaf to Ctrl-C, which some tests send.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Nobody's own outlets get what tests write.
os.environ.setdefault("ASSISTANT_SETTINGS", os.devnull)


@pytest.fixture
def sound_room() -> Iterator[SoundRoom]:
    """A room with a microphone and a speaker, made of a private sound server."""
    yield from opened_or_skipped()
