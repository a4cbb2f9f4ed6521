"""A time limit for work that doesn't have one."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def run_with_timeout(limit_s: float, work: Callable[[], T]) -> T:
    """Return or raise what `work` returns or raises, if it does so in time.

    It runs in a separate thread, because no library's time limit covers a name look-up or a key ring that hangs. A
    thread that does hang is left behind, and doesn't keep the program from ending.

    Parameters
    ----------
    limit_s : float
        Longest wait, in seconds.
    work : callable

    Raises
    ------
    TimeoutError
        If it takes too long.
    """
    outcomes: queue.SimpleQueue[tuple[T, None] | tuple[None, BaseException]] = queue.SimpleQueue()

    def run() -> None:
        try:
            outcomes.put((work(), None))
        except BaseException as error:
            outcomes.put((None, error))

    threading.Thread(target=run, name="run_with_timeout", daemon=True).start()
    try:
        result, error = outcomes.get(timeout=max(0.0, limit_s))
    except queue.Empty:
        raise TimeoutError(f"nothing within {limit_s:g} s") from None
    if error is not None:
        raise error
    return result  # type: ignore[return-value]
