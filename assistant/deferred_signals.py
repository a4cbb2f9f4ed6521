"""Interrupts that come at a bad time: holding them back, and getting things done despite them."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

_log = logging.getLogger(__name__)

_SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupts_held_back() -> Iterator[None]:
    """Delay Ctrl-C and SIGTERM until the block has ended, for objects that mustn't be left half made.

    Python handles signals only in the main thread, so anywhere else there is nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    try:
        with ExitStack() as restored:
            for number in _SIGNALS:
                # None stands for a handler that wasn't set from Python and can't be restored from here.
                restored.callback(signal.signal, number, signal.getsignal(number) or signal.SIG_DFL)
                signal.signal(number, lambda came, _: held.append(came))
            yield
    finally:
        if held:
            signal.raise_signal(held[0])


@contextmanager
def whatever_happens(do: Callable[[], object]) -> Iterator[None]:
    """Do something when the block has ended, no matter how.

    If an error or an interrupt ended it, that is raised: an error in `do` is logged, and doesn't replace it.
    """
    try:
        yield
    except BaseException:
        try:
            with interrupts_held_back():
                do()
        except Exception as error:
            _log.error("%s", error)
            _log.debug("in clearing up", exc_info=True)
        raise
    do()
