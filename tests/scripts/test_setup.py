"""The scripts that set everything up, as far as that can be tested offline, and the versions that they install."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import tomli
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support.replays import FIRST_EAR_ALONE
from tools.paths import ROOT
from tools.simulation.pace import within
from tools.simulation.program import unmeasured

LOCK = [line for line in (ROOT / "requirements.lock").read_text("utf-8").splitlines() if not line.startswith("#")]


def run(script: str, *arguments: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [ROOT / "scripts" / script, *map(str, arguments)],
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        env={**unmeasured(), **environment},
        check=False,
    )


@pytest.fixture
def set_up() -> dict[str, str]:
    """What names the environment that these tests run in to the scripts, if it was made by them."""
    stamp = Path(sys.prefix) / ".set-up-for-tests"
    # Borrowed from another checkout, it would be cleared, and made anew for this one.
    if not stamp.is_file() or stamp.read_text("utf-8").splitlines()[0] != f"{sys.prefix} for {ROOT}":
        pytest.skip("this environment wasn't made by this checkout's scripts/test")
    # Should anything be missing after all, nobody goes to fetch it in the middle of a test.
    return {"ASSISTANT_VENV": sys.prefix, "PIP_NO_INDEX": "1"}


def requirements() -> list[Requirement]:
    project: dict[str, Any] = tomli.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = [project["dependencies"], *project["optional-dependencies"].values()]
    return [Requirement(line) for group in groups for line in group]


@pytest.mark.parametrize("system", ["linux", "darwin"])
@pytest.mark.parametrize("python", ["3.10", "3.11", "3.12", "3.13", "3.14"])
def test_the_lock_has_one_suitable_version_of_everything_needed(python: str, system: str):
    there = {"python_version": python, "python_full_version": f"{python}.1", "sys_platform": system}
    pins = [pin for pin in map(Requirement, LOCK) if pin.marker is None or pin.marker.evaluate(there)]
    for needed in requirements():
        if needed.marker is not None and not needed.marker.evaluate(there):
            continue
        locked = [pin for pin in pins if canonicalize_name(pin.name) == canonicalize_name(needed.name)]
        versions = [part.version for pin in locked for part in pin.specifier]
        assert len(versions) == 1, f"{needed}, and the lock has {versions}: scripts/lock makes it anew"
        assert needed.specifier.contains(versions[0]), (
            f"{needed}, and the lock has {versions}: scripts/lock makes it anew"
        )


def test_the_lock_says_nothing_of_the_machine_that_it_was_made_on():
    for line in LOCK:
        assert re.fullmatch(r"[a-z0-9-]+==[a-z0-9.]+( ; [^/@:]+)?", line), line


def test_a_second_setup_does_nothing(set_up: dict[str, str]):
    with within(3):
        done = run("setup", **set_up)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"{sys.prefix}\n", "")


@pytest.mark.skipif(Path("/dev/snd").exists(), reason="this machine has a sound card")
def test_start_without_a_microphone_says_so_and_plays_a_whole_conversation(set_up: dict[str, str], tmp_path: Path):
    server = f"unix:{tmp_path}/nobody"
    options = ("--data", tmp_path, "--out", tmp_path, "--no-voice", *FIRST_EAR_ALONE)
    done = run("start", *options, **set_up, PULSE_SERVER=server)
    assert done.returncode == 0, done.stderr
    assert "no microphone" in done.stderr
    (review,) = (tmp_path / "reviews").glob("*.md")
    assert 'film: "Her"' in review.read_text("utf-8")


def test_start_with_a_microphone_that_is_not_there_plays_nothing(set_up: dict[str, str], tmp_path: Path):
    server = f"unix:{tmp_path}/nobody"
    done = run("start", "--data", tmp_path, "--out", tmp_path, "--microphone", "yeti", **set_up, PULSE_SERVER=server)
    assert done.returncode == 4, done.stderr
    assert not (tmp_path / "reviews").exists()


def test_a_python_that_does_not_suit_is_named(tmp_path: Path):
    done = run("setup", ASSISTANT_VENV=str(tmp_path / "venv"), PYTHON=shutil.which("false") or "")
    assert done.returncode == 1
    assert "no Python from 3.10" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_a_machine_without_python_is_told_what_to_install(tmp_path: Path):
    for program in ("bash", "cat", "cmp", "dirname", "env", "head"):
        (tmp_path / program).symlink_to(shutil.which(program) or program)
    done = run("setup", ASSISTANT_VENV=str(tmp_path / "venv"), PATH=str(tmp_path), PYTHON="")
    assert done.returncode == 1
    assert "apt-get install python3" in done.stderr


def test_a_folder_that_is_no_virtual_environment_is_let_alone(tmp_path: Path):
    (tmp_path / "letters.txt").write_text("mine", "utf-8")
    done = run("setup", ASSISTANT_VENV=str(tmp_path))
    assert done.returncode == 1
    assert str(tmp_path) in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]
