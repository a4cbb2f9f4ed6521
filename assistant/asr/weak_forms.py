"""Weak forms that were recognised as fillers: in running speech, "a" sounds like "uh", and "her" like "er".

A verbatim model outputs fillers anywhere at a small cost, so if one turns out not to be a filler, a short word is
missing. The recogniser listens there again, with the word on either side and a choice of weak forms between them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Sequence
from typing import Any, Final

from assistant.asr.recogniser import restart_dither, words_in
from assistant.audio.frame import RATE_HZ, Samples
from assistant.deferred_signals import interrupts_held_back
from assistant.fillers.candidates import Candidate
from assistant.turns.answer import Word
from assistant.turns.audio import AnswerAudio

_ADJACENT_S: Final = 0.05
"""Words this close to each other are run together."""
_LONGEST_S: Final = 0.13
"""Longest weak form: it has no stress."""
_MARGIN_S: Final = 0.1
"""Word times are off by some frames."""
_SURE: Final = 0.5
_NOTHING: Final = 6
"""How often the grammar has the neighbours with nothing between them, compared with once for each weak form."""


class WeakForms:
    """Listens again to what was said in place of a filler that wasn't one.

    Parameters
    ----------
    model : callable
        Returns the loaded `vosk.Model`.
    forms : collection of str
        The words to choose from, in the model's spelling.
    """

    def __init__(self, model: Callable[[], Any], forms: Collection[str]) -> None:
        self._model = model
        self._forms = tuple(forms)

    def in_place_of(self, refused: Candidate, words: Sequence[Word], sound: AnswerAudio) -> Word | None:
        """The short word that was said in place of a filler; None if the sound was part of another word.

        Parameters
        ----------
        refused : Candidate
            What the recogniser mistook for a filler.
        words : sequence of Word
            The words of the answer, in order.
        sound : AnswerAudio
            The sound of the answer; second 0 is its first sample.
        """
        before = next((word for word in reversed(words) if word.end_s <= refused.start_s + _ADJACENT_S), None)
        after = next((word for word in words if word.start_s >= refused.end_s - _ADJACENT_S), None)
        if (
            after is None
            or after.start_s - refused.end_s >= _ADJACENT_S
            or (before is not None and refused.start_s - before.end_s >= _ADJACENT_S)
            or refused.end_s - refused.start_s >= _LONGEST_S
        ):
            return None
        from_s = max(0.0, (before or refused).start_s - _MARGIN_S)
        heard = self._heard(
            sound.between(from_s, after.end_s + _MARGIN_S),
            [before.word] if before else [],
            [after.word],
            from_s,
        )
        return heard if heard is not None and heard.confidence >= _SURE else None

    def _heard(self, samples: Samples, before: list[str], after: list[str], from_s: float) -> Word | None:
        """The weak form between two words, if there is nothing else in this sound."""
        import vosk

        phrases = [" ".join((*before, form, *after)) for form in self._forms]
        phrases += [" ".join((*before, *after))] * _NOTHING
        with interrupts_held_back():
            kaldi = vosk.KaldiRecognizer(self._model(), RATE_HZ, json.dumps(phrases))
        kaldi.SetWords(True)
        restart_dither()
        words = words_in(kaldi.Result(), -from_s) if kaldi.AcceptWaveform(samples.tobytes()) else []
        words += words_in(kaldi.FinalResult(), -from_s)
        spelled = [word.word for word in words]
        form = spelled[len(before) : len(spelled) - len(after)]
        if len(form) != 1 or form[0] not in self._forms or spelled != [*before, *form, *after]:
            return None
        return words[len(before)]
