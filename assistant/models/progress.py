"""How an installation reports its progress: a bar on a terminal, a few plain lines in a log."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress as RichProgress
    from rich.progress import TaskID


class Progress(Protocol):
    """Shows how far along something is; called from one thread."""

    def stage(self, text: str, total_bytes: int | None) -> None:
        """Begin a new stage ("Downloading …"), with its size in bytes if that is known; the one before is done."""

    def advance(self, count: int) -> None:
        """Report that `count` more bytes of this stage are done."""

    def note(self, text: str) -> None:
        """Show a sentence that should stay visible."""


class NoProgress:
    """A `Progress` that shows nothing."""

    def stage(self, text: str, total_bytes: int | None) -> None:
        """Nothing."""

    def advance(self, count: int) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""


@contextmanager
def progress_bar(stream: TextIO | None = None) -> Iterator[Progress]:
    """Progress on `stream`, by default standard error; a bar if that is a terminal.

    Examples
    --------
    >>> with progress_bar() as progress:            # doctest: +SKIP
    ...     install(progress=progress)
    """
    stream = stream or sys.stderr
    if not stream.isatty():
        yield Lines(stream)
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as RichProgress

    columns = (TextColumn("{task.description}"), BarColumn(24), DownloadColumn(), TimeRemainingColumn(compact=True))
    with RichProgress(*columns, console=Console(file=stream)) as rich:
        bar = Bar(rich)
        yield bar
        bar.finish()


class Bar:
    """Draws one bar per stage on a rich progress display."""

    def __init__(self, rich: RichProgress) -> None:
        self._rich = rich
        self._task: TaskID | None = None

    def stage(self, text: str, total_bytes: int | None) -> None:
        """Begin a new bar under the finished ones; one without a total runs back and forth."""
        self.finish()
        self._task = self._rich.add_task(text, total=total_bytes)

    def advance(self, count: int) -> None:
        """Advance the bar."""
        if self._task is not None:
            self._rich.advance(self._task, count)

    def note(self, text: str) -> None:
        """Print a line above the bars."""
        self._rich.console.print(text, markup=False, highlight=False)

    def finish(self) -> None:
        """Stop the last bar where it is, so that one of unknown length doesn't run for ever."""
        if self._task is not None:
            task = next(task for task in self._rich.tasks if task.id == self._task)
            if task.total is None:
                self._rich.update(self._task, total=task.completed or 1, completed=task.completed or 1)


class Lines:
    """Writes one line per stage and one per quarter of it, fit for a log."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._total: int | None = None
        self._done = 0

    def stage(self, text: str, total_bytes: int | None) -> None:
        """Name the stage and its size."""
        self._total, self._done = total_bytes, 0
        self.note(text if total_bytes is None else f"{text} ({total_bytes / 1e6:.0f} MB)")

    def advance(self, count: int) -> None:
        """Write a line for each quarter done."""
        before, self._done = self._done, self._done + count
        if self._total and self._done * 4 // self._total > before * 4 // self._total:
            self.note(f"  {min(self._done * 4 // self._total, 4) * 25} %")

    def note(self, text: str) -> None:
        """Write a line."""
        print(text, file=self._stream, flush=True)
