"""How something was said: measures, norms, estimates and the evidence behind them."""

from assistant.assessment.baseline import Baseline
from assistant.assessment.estimate import estimate_discomfort, estimate_hesitation
from assistant.assessment.measures import measure
from assistant.assessment.prosody import ProsodyMeter
from assistant.assessment.speaker_model import SpeakerModel
from assistant.turns.assessment import Assessment, Estimate, EstimateName, Evidence, Measures, Prosody

__all__ = [
    "Assessment",
    "Baseline",
    "Estimate",
    "EstimateName",
    "Evidence",
    "Measures",
    "Prosody",
    "ProsodyMeter",
    "SpeakerModel",
    "estimate_discomfort",
    "estimate_hesitation",
    "measure",
]
