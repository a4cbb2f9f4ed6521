"""What sees that a kiosk goes on, and how its supervisor is told."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.kiosk.watchdog import STUCK, Watchdog, tell_supervisor
from tools.simulation.program import unmeasured


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def supervisor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[socket.socket]:
    """A socket like systemd's."""
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(str(path))
        listening.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(path))
        yield listening


def test_as_long_as_something_goes_on_the_supervisor_is_told_and_afterwards_it_ends(supervisor: socket.socket):
    clock, ends, wells = Clock(), [], []
    watchdog = Watchdog(60, lambda: wells.append(clock.now), lambda: ends.append(clock.now), clock)
    clock.now += 50
    assert watchdog.look()
    assert supervisor.recv(100) == b"WATCHDOG=1"
    watchdog.beat()
    clock.now += 59
    assert watchdog.look()
    assert supervisor.recv(100) == b"WATCHDOG=1"
    assert wells == [1050, 1109]
    assert ends == []
    clock.now += 2
    assert not watchdog.look()
    assert ends == [1111]
    supervisor.setblocking(False)
    with pytest.raises(BlockingIOError):
        supervisor.recv(100)


def test_news_arrive_in_one_datagram_and_at_abstract_addresses_too(monkeypatch: pytest.MonkeyPatch):
    name = f"kiosk-test-{os.getpid()}"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listening:
        listening.bind(f"\0{name}")
        listening.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", f"@{name}")
        assert tell_supervisor("READY=1", "STATUS=Waiting.")
        assert listening.recv(100) == b"READY=1\nSTATUS=Waiting."


def test_without_a_supervisor_or_after_its_end_nothing_happens(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    assert not tell_supervisor("READY=1")
    monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "gone"))
    assert not tell_supervisor("READY=1")


def test_a_stuck_process_says_where_and_ends_with_a_code_of_its_own():
    program = "import threading; from assistant.kiosk import Watchdog\nwith Watchdog(0.2): threading.Event().wait()\n"
    done = subprocess.run(
        [sys.executable, "-c", program], env=unmeasured(), capture_output=True, text=True, check=False
    )
    assert done.returncode == STUCK
    assert "nothing has gone on" in done.stderr
    assert "wait" in done.stderr
