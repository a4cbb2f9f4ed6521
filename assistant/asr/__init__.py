"""From sound to words: Vosk and Whisper, voice activity, pauses, and the end of a turn.

These names are imported when they are first asked for, so that nothing loads numpy or a model before it's needed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.lazy import import_on_demand

if TYPE_CHECKING:
    from assistant.asr.arrival import Arrival
    from assistant.asr.biased_recogniser import BiasedRecogniser, GrammarRecogniser
    from assistant.asr.biasing import BiasingContext
    from assistant.asr.endpointing import EndpointTimeouts, TurnCompletion
    from assistant.asr.events import Caption, FillerNoticed, PauseNoticed, SpeechStarted, TurnEnded
    from assistant.asr.following import Follower
    from assistant.asr.interruption import Interruption
    from assistant.asr.listener import Listener
    from assistant.asr.recogniser import Recogniser, VoskRecogniser
    from assistant.asr.rescoring import Rescoring
    from assistant.asr.second_ear import HeardPiece, SecondEar, SecondRecogniser
    from assistant.asr.speaker import SpeakerEncoder
    from assistant.asr.sphinx import SphinxRecogniser
    from assistant.asr.voice_activity import SpeechSegment, VoiceActivity
    from assistant.asr.weak_forms import WeakForms
    from assistant.asr.whisper import WhisperRecogniser

_MODULES = {
    "Arrival": "arrival",
    "BiasedRecogniser": "biased_recogniser",
    "BiasingContext": "biasing",
    "Caption": "events",
    "EndpointTimeouts": "endpointing",
    "FillerNoticed": "events",
    "Follower": "following",
    "GrammarRecogniser": "biased_recogniser",
    "HeardPiece": "second_ear",
    "Interruption": "interruption",
    "Listener": "listener",
    "PauseNoticed": "events",
    "Recogniser": "recogniser",
    "Rescoring": "rescoring",
    "SecondEar": "second_ear",
    "SecondRecogniser": "second_ear",
    "SpeakerEncoder": "speaker",
    "SpeechSegment": "voice_activity",
    "SpeechStarted": "events",
    "SphinxRecogniser": "sphinx",
    "TurnCompletion": "endpointing",
    "TurnEnded": "events",
    "VoiceActivity": "voice_activity",
    "VoskRecogniser": "recogniser",
    "WeakForms": "weak_forms",
    "WhisperRecogniser": "whisper",
}

__all__ = [
    "Arrival",
    "BiasedRecogniser",
    "BiasingContext",
    "Caption",
    "EndpointTimeouts",
    "FillerNoticed",
    "Follower",
    "GrammarRecogniser",
    "HeardPiece",
    "Interruption",
    "Listener",
    "PauseNoticed",
    "Recogniser",
    "Rescoring",
    "SecondEar",
    "SecondRecogniser",
    "SpeakerEncoder",
    "SpeechSegment",
    "SpeechStarted",
    "SphinxRecogniser",
    "TurnCompletion",
    "TurnEnded",
    "VoiceActivity",
    "VoskRecogniser",
    "WeakForms",
    "WhisperRecogniser",
]

__getattr__ = import_on_demand(__name__, _MODULES)
