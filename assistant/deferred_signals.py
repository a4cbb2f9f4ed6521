"""Interrupts that come at a bad time: holding them back, and getting things done in spite of them."""

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
    """Let Ctrl-C and SIGTERM count when the block has ended, for objects that mustn't be left half made.

    Python handles signals in the main thread alone, so anywhere else there is nothing to hold back.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    held: list[int] = []
    try:
        with ExitStack() as restored:
            for number in _SIGNALS:
                # None is a handler that wasn't set from Python, and can't be set again from here.
                restored.callback(signal.signal, number, signal.getsignal(number) or signal.SIG_DFL)
                signal.signal(number, lambda came, _: held.append(came))
            yield
    finally:
        if held:
            signal.raise_signal(held[0])


@contextmanager
def whatever_happens(do: Callable[[], object]) -> Iterator[None]:
    """Do something when the block has ended, in whichever way.

    Where an error or an interrupt ended it, that is what is raised: trouble with `do` is logged, and doesn't take its
    place.
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
