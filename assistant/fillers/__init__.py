"""Filled pauses: found in the sound, told from words.

These names are imported when they are first asked for, so that nothing loads numpy or a model before it's needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy import import_on_demand

if TYPE_CHECKING:
    from assistant.fillers.candidates import Candidate
    from assistant.fillers.detector import Detection, FilledPauseClassifier, FilledPauseDetector, ShortWords
    from assistant.fillers.lengthening import lengthened
    from assistant.fillers.network import FilledPauseNetwork

_MODULES = {
    "Candidate": "candidates",
    "Detection": "detector",
    "FilledPauseClassifier": "detector",
    "FilledPauseDetector": "detector",
    "FilledPauseNetwork": "network",
    "ShortWords": "detector",
    "lengthened": "lengthening",
}

__all__ = [
    "Candidate",
    "Detection",
    "FilledPauseClassifier",
    "FilledPauseDetector",
    "FilledPauseNetwork",
    "ShortWords",
    "lengthened",
]

__getattr__ = import_on_demand(__name__, _MODULES)
