"""The kiosk as a service of systemd."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def unit(folder: Path, *options: str) -> Path:
    """The unit that would be installed for this Python's environment."""
    environment = {**os.environ, "ASSISTANT_VENV": sys.prefix}
    done = subprocess.run(
        [ROOT / "scripts" / "install-kiosk", "--print", *options],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    path = folder / "assistant-kiosk.service"
    path.write_text(done.stdout, encoding="utf-8")
    return path


@pytest.mark.parametrize("options", [(), ("--network",)])
def test_systemd_finds_no_fault_with_the_unit(tmp_path: Path, options: tuple[str, ...]):
    if shutil.which("systemd-analyze") is None:
        warnings.warn("NOT TESTED: there is no systemd-analyze", stacklevel=1)
        pytest.skip("there is no systemd-analyze")
    path = unit(tmp_path, *options)
    done = subprocess.run(["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True, check=False)
    complaints = [line for line in done.stderr.splitlines() if "assistant-kiosk" in line]
    assert (done.returncode, complaints) == (0, []), done.stderr


def test_it_has_a_network_only_if_that_is_asked_for(tmp_path: Path):
    alone, connected = (unit(tmp_path, *options).read_text(encoding="utf-8") for options in ((), ("--network",)))
    assert "PrivateNetwork=yes" in alone
    assert "RestrictAddressFamilies=AF_UNIX\n" in alone
    assert "PrivateNetwork=no" in connected
    assert "@" not in alone.replace("@system-service", "")


def test_a_wrong_option_prints_how_it_is_used():
    done = subprocess.run(
        [ROOT / "scripts" / "install-kiosk", "--netwrok"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "scripts/install-kiosk [--network] [--print]" in done.stderr
