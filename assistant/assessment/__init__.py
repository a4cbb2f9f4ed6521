"""How something was said: measures, norms, estimates and the evidence behind them."""

from assistant.assessment.baseline import Baseline
from assistant.assessment.estimate import Estimate, Evidence, estimate_discomfort, estimate_hesitation
from assistant.assessment.measures import Measures, measure
from assistant.assessment.prosody import Prosody, ProsodyMeter
from assistant.assessment.speaker_model import Assessment, Feeling, SpeakerModel

__all__ = [
    "Assessment",
    "Baseline",
    "Estimate",
    "Evidence",
    "Feeling",
    "Measures",
    "Prosody",
    "ProsodyMeter",
    "SpeakerModel",
    "estimate_discomfort",
    "estimate_hesitation",
    "measure",
]
