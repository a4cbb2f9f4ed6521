"""Straight quotes made curly."""

from __future__ import annotations

import re

_BEFORE_OPENING = "([{“‘"
_DASHES = "—–-/"
_ELIDED = re.compile(
    r"(?:\d0s|em|tis|twas|til|till|cause|cos|cuz|bout|round|neath|n|nough|ere|im|er|ol|ello)\b", re.IGNORECASE
)
"""Words that lost their beginning: what stands before them is an apostrophe."""


def curly(text: str) -> str:
    """Text with typographic quotes and apostrophes in place of straight ones.

    >>> curly('"Fine", she said')
    '“Fine”, she said'
    """
    written: list[str] = []
    inside = {'"': False, "'": False}
    for place, char in enumerate(text):
        if char not in inside:
            written.append(char)
            continue
        before = written[-1] if written else " "
        opens = _opens(before, text[place + 1 : place + 2] or " ", inside[char])
        if char == '"':
            inside[char] = opens
            written.append("“" if opens else "”")
            continue
        if opens and _ELIDED.match(text, place + 1):
            opens = False
        elif opens or not (before.isalnum() and text[place + 1 : place + 2].isalnum()):
            inside[char] = opens
        written.append("‘" if opens else "’")
    return "".join(written)


def _opens(before: str, after: str, inside: bool) -> bool:
    if before.isspace() or before in _BEFORE_OPENING:
        return not (after.isspace() and inside)
    return before in _DASHES and not after.isspace() and not inside
