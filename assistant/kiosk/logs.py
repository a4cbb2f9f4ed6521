"""A kiosk's log: what happened, for people or for programs, and never a word of what was said."""

from __future__ import annotations

import json
import logging
import os
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from types import TracebackType
from typing import Literal

LogForm = Literal["text", "json"]
"""Lines to read, or a JSON object each."""

_libraries = logging.getLogger("assistant.libraries")

_SOUND_SYSTEM = re.compile(
    r"^(ALSA |Expression '|PaAlsa|Cannot connect to server|jack server|JackShm|connect\(2\)|\s*$|.*pcm_\w+\.c:)"
)
"""How the lines of PortAudio, ALSA and JACK begin, which complain of every device that isn't there."""

_Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class _WithoutWords(logging.Formatter):
    """Says of an exception where it came from, and not what it says: that may be what a person said."""

    def formatException(self, ei: _Raised) -> str:  # noqa: N802
        kind, _, trace = ei
        places = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
        return "\n".join((*places, kind.__name__ if kind is not None else "nothing was raised"))


class TextLines(_WithoutWords):
    """Time, level, message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(message)s")


class JsonLines(_WithoutWords):
    """One JSON object a line: ``at`` (UTC), ``level``, ``from``, ``message``, and what else is known of the event."""

    def format(self, record: logging.LogRecord) -> str:
        """Format a record."""
        told: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, timezone.utc).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
            "message": record.getMessage(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            told["raised"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)


@contextmanager
def logging_to_stderr(form: LogForm, *, debug: bool = False) -> Iterator[None]:
    """Log to standard error while the block runs, with what C libraries write there among it.

    PortAudio and ALSA write their complaints to file descriptor 2, whoever has it; those go to the debug log, and what
    other libraries say is a warning.
    """
    fileno = sys.stderr.fileno()
    reading, writing = os.pipe()
    before = sys.stderr
    with os.fdopen(os.dup(fileno), "w", encoding="utf-8", errors="replace", buffering=1) as ours:
        reader = threading.Thread(target=_read_to_log, args=(reading,), name="stderr", daemon=True)
        handler = logging.StreamHandler(ours)
        handler.setFormatter(JsonLines() if form == "json" else TextLines())
        root = logging.getLogger()
        level = root.level
        root.addHandler(handler)
        root.setLevel(logging.DEBUG if debug else logging.INFO)
        os.dup2(writing, fileno)
        os.close(writing)
        reader.start()
        sys.stderr = ours
        try:
            yield
        finally:
            sys.stderr = before
            # The last one that writes to the pipe closes it, and so ends its reader.
            os.dup2(ours.fileno(), fileno)
            reader.join(1.0)
            root.removeHandler(handler)
            root.setLevel(level)


def _read_to_log(reading: int) -> None:
    with os.fdopen(reading, encoding="utf-8", errors="replace") as lines:
        for line in lines:
            level = logging.DEBUG if _SOUND_SYSTEM.match(line) else logging.WARNING
            _libraries.log(level, "%s", line.rstrip())
