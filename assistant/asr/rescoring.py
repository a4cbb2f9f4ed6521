"""A second pass over a short answer: how well its sound fits different wordings."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from assistant.asr.recogniser import restart_dither
from assistant.audio.frame import RATE_HZ, Samples


class Rescoring:
    """Compares wordings with their sound, ignoring the language model.

    Parameters
    ----------
    model : callable
        Returns the loaded `vosk.Model`.
    """

    def __init__(self, model: Callable[[], Any]) -> None:
        self._model = model

    def likeliest(self, samples: Samples, wordings: Iterable[str]) -> str:
        """The wording that fits the sound best; the result may mix several of them.

        Parameters
        ----------
        samples : int16 array
            Mono at 16 kHz.
        wordings : iterable of str
            In words that the model knows; at least one.
        """
        found, _ = self._decoded(samples, tuple(wordings))
        return found

    def log_ratio(self, samples: Samples, wording: str, other: str) -> float:
        """How much likelier the sound is if `wording` was said than if `other` was, as a natural logarithm.

        Each is aligned to the sound separately, so that no language model has a say (a likelihood-ratio test, as in
        utterance verification: Rose, Juang and Lee 1995). Infinite if one of them doesn't fit the sound at all.
        """
        likelihood, other_likelihood = (self.log_likelihood(samples, each) for each in (wording, other))
        return float("-inf") if likelihood == float("-inf") else likelihood - other_likelihood

    def log_likelihood(self, samples: Samples, wording: str) -> float:
        """The sound's log-likelihood if `wording` was said, up to a constant; -inf if it doesn't fit."""
        found, likelihood = self._decoded(samples, (wording,))
        return likelihood if found == wording else float("-inf")

    def _decoded(self, samples: Samples, wordings: tuple[str, ...]) -> tuple[str, float]:
        """What is heard if only these wordings are possible, and its log-likelihood."""
        import vosk

        kaldi = vosk.KaldiRecognizer(self._model(), RATE_HZ, json.dumps(wordings))
        # Without alternatives, Vosk doesn't report a likelihood.
        kaldi.SetMaxAlternatives(1)
        restart_dither()
        results = [kaldi.Result()] if kaldi.AcceptWaveform(samples.tobytes()) else []
        results.append(kaldi.FinalResult())
        best = [json.loads(result)["alternatives"][0] for result in results]
        said = [each for each in best if each["text"]]
        return " ".join(each["text"] for each in said), sum(each["confidence"] for each in said)
