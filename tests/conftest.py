"""Fixtures that several files of tests share."""

from __future__ import annotations

import os
import signal
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tools.simulation.pace import be_patient, first_in_line
from tools.simulation.sound_room import NoSoundServerError, SoundRoom

# Started in the background, a shell makes us and our children deaf to Ctrl-C, which some tests send.
signal.signal(signal.SIGINT, signal.default_int_handler)

# Nobody's own outlets get what tests write.
os.environ.setdefault("ASSISTANT_SETTINGS", os.devnull)


@pytest.hookimpl(wrapper=True)
def pytest_timeout_set_timer(settings: Any) -> Iterator[None]:
    """No test hangs for good; how long it may take depends on how busy this machine is."""
    done = yield
    be_patient(settings.timeout)
    return done


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the rooms: the first process takes them one after another, while others are busy with the rest."""
    items.sort(key=lambda item: item.get_closest_marker("room") is None)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture
def sound_room(shared: Path) -> Iterator[SoundRoom]:
    """A room with a microphone and a speaker, made of a private sound server.

    Where none can be made the test is skipped, and says so in the summary of warnings.
    """
    room = SoundRoom()
    # Two at once would take each other's real time.
    with FileLock(shared / "sound-room.lock"), first_in_line():
        try:
            room.open()
        except NoSoundServerError as error:
            warnings.warn(f"NOT TESTED, no sound server: {error}", stacklevel=1)
            pytest.skip(f"no sound server can be started: {error}")
        try:
            yield room
        finally:
            room.close()
