"""Holding back an interrupt where it would do harm."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Let Ctrl-C and SIGTERM count when the block has ended, for objects that mustn't be left half made.

    Python handles signals in the main thread alone, so anywhere else there is nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    usual = {number: signal.signal(number, lambda came, _: held.append(came)) for number in _SIGNALS}
    try:
        yield
    finally:
        for number, handler in usual.items():
            # None is a handler that wasn't set from Python, and can't be set again from here.
            signal.signal(number, signal.SIG_DFL if handler is None else handler)
        if held:
            signal.raise_signal(held[0])
