"""Delivers in the background what couldn't be delivered at once."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from types import TracebackType

from typing_extensions import Self

from assistant.delivery.outbox import Outbox, RetryScope
from assistant.errors import AssistantError
from assistant.store import Store

_log = logging.getLogger("assistant.delivery")

_PAUSE_S = 15.0
"""How often it's looked whether something is due, in seconds; looking costs a millisecond."""

_LEAVE_S = 1.0
"""How long the end of a program waits for a delivery that is going on; one that is cut off is taken up again."""


class OutboxWorker:
    """Looks after the outbox while a program runs: at the start, and then again and again.

    Parameters
    ----------
    data : Path, optional
        Folder of the store; the usual one otherwise.
    files_only : bool
        Whether it delivers nothing but files.
    pause_s : float, optional
        Time between two looks, in seconds.
    """

    def __init__(self, data: Path | None = None, *, files_only: bool = False, pause_s: float = _PAUSE_S) -> None:
        self._data = data
        self._files_only = files_only
        self._pause_s = pause_s
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._work, name="courier", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def close(self) -> None:
        """End, soon. May be called twice."""
        self._ended.set()
        if self._thread.is_alive():
            self._thread.join(_LEAVE_S)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _work(self) -> None:
        haste = RetryScope.FILES_NOW
        while True:
            try:
                self._round(haste)
            except AssistantError as error:
                _log.warning("the outbox can't be looked after: %s", error.sentence)
            except Exception:
                # What it looks after may be mended by the next time; a thread that has died looks after nothing.
                _log.exception("the outbox can't be looked after")
            haste = RetryScope.DUE
            if self._ended.wait(self._pause_s):
                return

    def _round(self, haste: RetryScope) -> None:
        # A store is for one thread; and one that was opened anew has got over whatever went wrong before.
        with Store(self._data) as store:
            for delivered in Outbox(store).deliver_due(haste, files_only=self._files_only):
                _log.info("delivered later: %s to %s", delivered.review_id, delivered.path)
