"""How much of what was said is changed on its way into writing: a setting."""

from __future__ import annotations

from enum import Enum


class Strength(Enum):
    """How much is taken out of spoken words."""

    VERBATIM = "verbatim"
    """ nothing """
    LIGHT = "light"
    """ fillers, words said twice by accident, half words """
    CLEAN = "clean"
    """ that, and restarts, repairs, empty phrases and hanging ends """
