"""How an installation tells what it is doing."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Whoever shows how far something is; called from one thread."""

    def stage(self, text: str, total_bytes: int | None) -> None:
        """Something new begins ("Downloading …"), of so many bytes if that is known. What went before is over."""

    def advance(self, count: int) -> None:
        """So many bytes more of this stage are done."""

    def note(self, text: str) -> None:
        """A sentence that should stay to be read."""


class Silence:
    """A `Progress` that shows nothing."""

    def stage(self, text: str, total_bytes: int | None) -> None:
        """Nothing."""

    def advance(self, count: int) -> None:
        """Nothing."""

    def note(self, text: str) -> None:
        """Nothing."""
