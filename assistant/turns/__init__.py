"""What was said in one turn, as data, and the JSON in which it is printed and stored.

Its sound is in `assistant.turns.audio`, a separate module because it needs numpy, and reading the store doesn't.
"""

from assistant.turns.answer import (
    Answer,
    Filler,
    HeardBy,
    Lengthened,
    OtherVoice,
    Pause,
    SecondTranscript,
    TurnEnd,
    Word,
    WrittenWord,
)
from assistant.turns.assessment import Assessment, Confirmation, Estimate, Evidence, Measures, Prosody
from assistant.turns.document import Analysis
from assistant.turns.user_turn import UserTurn

__all__ = [
    "Analysis",
    "Answer",
    "Assessment",
    "Confirmation",
    "Estimate",
    "Evidence",
    "Filler",
    "HeardBy",
    "Lengthened",
    "Measures",
    "OtherVoice",
    "Pause",
    "Prosody",
    "SecondTranscript",
    "TurnEnd",
    "UserTurn",
    "Word",
    "WrittenWord",
]
