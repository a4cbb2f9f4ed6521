"""The one thread that an engine lives on, and the way off it when the engine hangs."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path

from assistant.tts.engine import Engine


class EngineThread:
    """Runs an engine on a thread of its own, one task at a time, each with a time limit.

    An engine that overstays its limit is left behind together with its thread (a daemon, so that it doesn't keep the
    program from ending); nothing can be asked of it again.

    Parameters
    ----------
    make : callable
        Makes the engine; called on the thread.
    """

    def __init__(self, make: Callable[[], Engine]) -> None:
        self._make = make
        self._tasks: queue.SimpleQueue[tuple[Future[None], str, Path] | None] = queue.SimpleQueue()
        self._opened: Future[None] = Future()

    def open(self, limit_s: float) -> None:
        """Start the thread and the engine on it.

        Raises
        ------
        VoiceError
            What the engine says.
        concurrent.futures.TimeoutError
            It didn't open in `limit_s` seconds.
        """
        threading.Thread(target=self._run, name="voice-engine", daemon=True).start()
        self._opened.result(limit_s)

    def synthesise(self, text: str, path: Path, limit_s: float) -> None:
        """Have the engine write the sound of `text` to `path`.

        Raises
        ------
        VoiceError
            What the engine says.
        concurrent.futures.TimeoutError
            It wasn't done in `limit_s` seconds.
        """
        done: Future[None] = Future()
        self._tasks.put((done, text, path))
        done.result(limit_s)

    def leave(self) -> None:
        """Let the thread end after what it is doing now, if ever it ends."""
        self._tasks.put(None)

    def _run(self) -> None:
        try:
            engine = self._make()
            engine.open()
        except BaseException as error:  # whatever it is, the one who waits must hear of it
            self._opened.set_exception(error)
            return
        self._opened.set_result(None)
        while (task := self._tasks.get()) is not None:
            done, text, path = task
            try:
                engine.synthesise(text, path)
            except BaseException as error:
                done.set_exception(error)
            else:
                done.set_result(None)
