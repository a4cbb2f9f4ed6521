"""What may not be read, what can't be printed: sentences and exit codes, as for somebody whom permissions bind."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.store import Store
from tests.support.outbox import whole_session
from tools.paths import RECORDINGS
from tools.simulation.program import command

_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _PR_CAPBSET_DROP = 1, 2, 24


def _be_bound() -> None:
    if os.geteuid() == 0:
        libc = ctypes.CDLL(None)
        for capability in (_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH):
            assert libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0) == 0


def run(
    *arguments: str | Path, stdout: int | None = subprocess.PIPE, **environment: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        command(*arguments),
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
        check=False,
        preexec_fn=_be_bound,
    )


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder that may not be looked into, with a file in it that may not be read."""
    if sys.platform != "linux":
        pytest.skip("root's powers can be given up on Linux alone")
    folder = tmp_path / "locked"
    folder.mkdir()
    yield folder
    folder.chmod(0o700)


UNREADABLE = [
    ("replay", "{}"),
    ("analyse", "{}"),
    ("films", "import", "{}"),
    ("films", "find", "her", "--data", "{}"),
    ("reviews", "list", "--data", "{}"),
    ("replay", str(RECORDINGS / "refusal.flac"), "--settings", "{}"),
    ("replay", str(RECORDINGS / "refusal.flac"), "--script", "{}"),
    ("replay", str(RECORDINGS / "refusal.flac"), "--data", "{}"),
    ("kiosk", "--config", "{}"),
]


@pytest.mark.parametrize("arguments", UNREADABLE)
@pytest.mark.parametrize("where", ["inside", "itself"])
def test_what_may_not_be_read_is_exit_code_3_with_its_name(
    locked: Path, tmp_path: Path, arguments: tuple[str, ...], where: str
):
    path = locked / "x.flac" if where == "inside" else tmp_path / "x.flac"
    if where == "itself":
        path.write_text("")
        path.chmod(0)
    locked.chmod(0)
    done = run(*(argument.format(path) for argument in arguments), XDG_DATA_HOME=str(tmp_path))
    told = done.stderr.decode()
    assert (done.returncode, done.stdout) == (3, b""), told
    assert "Traceback" not in told
    assert "x.flac" in told


def test_one_bad_recording_among_many_is_named_and_the_others_are_analysed(tmp_path: Path):
    bad = tmp_path / "bad.m4a"
    bad.write_text("Dear diary. " * 100)
    (tmp_path / "empty").mkdir()
    good = RECORDINGS / "silence.flac"
    done = run("analyse", good, bad, tmp_path / "empty", tmp_path / "nowhere.wav", good, "--json")
    assert done.returncode == 3
    assert [each["source"] for each in json.loads(done.stdout)] == [str(good)] * 2
    told = done.stderr.decode()
    assert all(f"{tmp_path / name}" in told for name in ("bad.m4a", "empty", "nowhere.wav"))
    assert "Traceback" not in told


def test_settings_that_nobody_may_look_for_are_told(locked: Path, tmp_path: Path):
    locked.chmod(0)
    for arguments in (("talk",), ("replay", RECORDINGS / "refusal.flac")):
        done = run(*arguments, "--data", tmp_path / "data", XDG_CONFIG_HOME=str(locked), ASSISTANT_SETTINGS="")
        assert done.returncode == 3
        assert b"settings.toml can't be read: Permission denied." in done.stderr
        assert b"Traceback" not in done.stderr


@pytest.fixture
def session(tmp_path: Path) -> str:
    with Store(tmp_path / "data") as store:
        return whole_session(store, tmp_path / "out", "It is 🎬 all the way.")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("more", [(), ("--json",)])
def test_output_that_can_not_be_written_is_told(tmp_path: Path, session: str, more: tuple[str, ...]):
    with Path("/dev/full").open("wb") as full:
        done = run("reviews", "show", session, *more, "--data", tmp_path / "data", stdout=full.fileno())
    assert done.returncode == 3
    assert done.stderr == b"assistant: The output can't be written: no space left on device.\n"


@pytest.mark.parametrize("closed", [">&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_trouble_and_nothing_is_written_into_the_store_instead(
    tmp_path: Path, session: str, closed: str
):
    for arguments, code in ((("reviews", "show", session), 0), (("reviews", "show", "nobody's"), 3)):
        told = ["sh", "-c", f'exec "$@" {closed}', "sh", *command(*arguments, "--data", tmp_path / "data")]
        done = subprocess.run(told, capture_output=True, check=False)
        assert (done.returncode, done.stdout) == (code, b"")
        assert b"Traceback" not in done.stderr
    with Store(tmp_path / "data") as store:
        assert store.review(session).review.text == "It is 🎬 all the way."


def test_characters_that_a_terminal_has_not_are_replaced(tmp_path: Path, session: str):
    done = run("reviews", "show", session, "--data", tmp_path / "data", PYTHONIOENCODING="latin-1")
    assert done.returncode == 0, done.stderr
    assert b"It is ? all the way." in done.stdout
