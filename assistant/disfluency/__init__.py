"""What slips out while somebody speaks: found as a sign of hesitation, and taken out of what is written."""

from assistant.disfluency.detection import (
    Disfluencies,
    apologies,
    corrections,
    detect,
    hedges,
    is_non_answer,
    opens_clause,
    trailing,
)
from assistant.disfluency.removal import Cleaned, Edit, EditKind, Strength, remove

__all__ = [
    "Cleaned",
    "Disfluencies",
    "Edit",
    "EditKind",
    "Strength",
    "apologies",
    "corrections",
    "detect",
    "hedges",
    "is_non_answer",
    "opens_clause",
    "remove",
    "trailing",
]
