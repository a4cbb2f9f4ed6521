"""Starting the program as from a terminal."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def command(*arguments: str | Path) -> list[str]:
    """The command line of ``assistant`` with these arguments."""
    return [sys.executable, "-m", "assistant", *map(str, arguments)]


def run(*arguments: str | Path, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Run ``assistant`` to its end, without a time limit."""
    return subprocess.run(
        command(*arguments),
        capture_output=True,
        text=True,
        input=typed,
        env={**unmeasured(), **environment},
        check=False,
    )


def unmeasured() -> dict[str, str]:
    """The environment of this process, less what makes programs that it starts measure their coverage.

    Measuring makes them a third slower. It can't be interrupted either: an exception out of a signal handler may come
    just when coverage holds its lock for a new file, which is then never released.
    """
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_PROCESS_")}


@contextmanager
def started(
    *arguments: str | Path, stdin: int = subprocess.DEVNULL, stdout: int = subprocess.DEVNULL, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """Start ``assistant`` with captions to read; it doesn't outlive the test."""
    with subprocess.Popen(
        command(*arguments),
        stdin=stdin,
        stdout=stdout,
        stderr=subprocess.PIPE,
        env={**unmeasured(), **environment},
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()
