"""What every ear has in common, be it a microphone or a recording."""

from __future__ import annotations

from types import TracebackType
from typing import Protocol

from typing_extensions import Self

from assistant.audio.frame import Frame


class AudioSource(Protocol):
    """Where sound comes from. Constructors touch nothing; `open` may fail."""

    @property
    def name(self) -> str:
        """What to call it in captions and reports."""

    @property
    def dropped(self) -> int:
        """Samples lost since `open`, because nobody fetched them in time."""

    def open(self) -> None:
        """Start hearing."""

    def close(self) -> None:
        """Stop hearing and let go of the device or file. May be called twice."""

    def attend(self, question: str | None) -> None:
        """Hear from here on, as answer to `question`; what came before is past and gone."""

    def read(self) -> Frame | None:
        """The next frame, waiting for it if need be; None where a recording ends, and with it the turn."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...
