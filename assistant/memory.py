"""Memory that was needed for a while."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Return memory that is free to the system; it takes some hundredths of a second.

    By itself, glibc keeps what was freed in the middle of its heap. With other C libraries, this does nothing.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim is not None:
            trim(0)
