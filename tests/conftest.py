"""Fixtures that several files of tests share."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator

import pytest

from tools.simulation.sound_room import NoSoundServerError, SoundRoom

# Started in the background, a shell makes us and our children deaf to Ctrl-C, which some tests send.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Nobody's own outlets get what tests write.
os.environ.setdefault("ASSISTANT_SETTINGS", os.devnull)


@pytest.fixture
def sound_room() -> Iterator[SoundRoom]:
    """A room with a microphone and a speaker, made of a private sound server.

    Where none can be made the test is skipped, and says so in the summary of warnings.
    """
    room = SoundRoom()
    try:
        room.open()
    except NoSoundServerError as error:
        warnings.warn(f"NOT TESTED, no sound server: {error}", stacklevel=1)
        pytest.skip(f"no sound server can be started: {error}")
    try:
        yield room
    finally:
        room.close()
