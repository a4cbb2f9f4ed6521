"""What was said in one turn, as data, and the JSON that it is told and kept as.

`assistant.turns.audio` has its sound, apart because it needs numpy, which whoever reads what was kept does without.
"""

from assistant.turns.answer import Answer, Filler, Lengthened, Pause, TurnEnd, Word
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
    "Lengthened",
    "Measures",
    "Pause",
    "Prosody",
    "TurnEnd",
    "UserTurn",
    "Word",
]
