"""Fixtures that several files of tests share."""

from __future__ import annotations

import getpass
import os
import shutil
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from tests.support.distribution import OneForTheRooms, begin_with_the_longest, needs_a_room
from tests.support.replays import Replayed, replay
from tools.paths import RECORDINGS
from tools.simulation.pace import be_patient, first_in_line, off_the_clock
from tools.simulation.sound_room import NoSoundServerError, SoundRoom

# Started in the background, a shell makes us and our children deaf to Ctrl-C, which some tests send.
signal.signal(signal.SIGINT, signal.default_int_handler)

# As the program does for itself: threads for small matrices mostly wait.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Nobody's own outlets get what tests write.
os.environ.setdefault("ASSISTANT_SETTINGS", os.devnull)


@pytest.hookimpl(wrapper=True)
def pytest_timeout_set_timer(settings: Any) -> Iterator[None]:
    """No test hangs for good; how long it may take depends on how busy this machine is."""
    done = yield
    be_patient(settings.timeout)
    return done


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need a room, and begin with what takes longest."""
    for item in items:
        if needs_a_room(item.path.as_posix()):
            item.add_marker("room")
    begin_with_the_longest(items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> OneForTheRooms:
    """Give one process the rooms and the others everything else."""
    return OneForTheRooms(config, log)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all processes of this run have in common."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def once(shared: Path) -> Callable[[str, Callable[[Path], object]], Path]:
    """Makes something in a folder once for all tests of this run. A test that changes it works on a copy."""

    def make_once(name: str, make: Callable[[Path], object]) -> Path:
        folder = shared / name
        with FileLock(shared / f"{name}.lock"):
            if not (shared / f"{name}.made").exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir()
                make(folder)
                (shared / f"{name}.made").touch()
        return folder

    return make_once


@pytest.fixture(scope="session")
def her(once: Callable[[str, Callable[[Path], object]], Path]) -> Replayed:
    """The hesitant conversation about “Her”, replayed."""
    named = ("--name", "Ms. Ada Lovelace")
    return Replayed(once("her", lambda folder: replay(folder, RECORDINGS / "her", *named, ears=())))


@pytest.fixture(scope="session")
def fluent(once: Callable[[str, Callable[[Path], object]], Path]) -> Replayed:
    """The fluent conversation, replayed."""
    return Replayed(once("fluent", lambda folder: replay(folder, RECORDINGS / "fluent")))


@pytest.fixture(scope="session")
def refusal(once: Callable[[str, Callable[[Path], object]], Path]) -> Replayed:
    """Somebody who won't answer the first question and then says no more, replayed."""
    return Replayed(once("refusal", lambda folder: replay(folder, RECORDINGS / "refusal.flac")))


@pytest.fixture
def sound_room() -> Iterator[SoundRoom]:
    """A room with a microphone and a speaker, made of a private sound server.

    Where none can be made the test is skipped, and says so in the summary of warnings.
    """
    room = SoundRoom()
    with ExitStack() as stack:
        # Two at once on a machine would take each other's real time.
        with off_the_clock():
            stack.enter_context(FileLock(Path(tempfile.gettempdir()) / f"sound-room-of-{getpass.getuser()}.lock"))
        stack.enter_context(first_in_line())
        try:
            room.open()
        except NoSoundServerError as error:
            warnings.warn(f"NOT TESTED, no sound server: {error}", stacklevel=1)
            pytest.skip(f"no sound server can be started: {error}")
        try:
            yield room
        finally:
            room.close()
