"""The program as somebody at a terminal runs it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tools.simulation.program import command


def run(*arguments: str | Path, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``assistant`` to its end; how long that may take is the test's own limit."""
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        input=typed,
        env={**os.environ, **environment},
        check=False,
    )
