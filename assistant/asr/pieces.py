"""Cuts an answer into pieces for the second ear, at silences, while it is being spoken."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

import numpy as np
import numpy.typing as npt

from assistant.asr.voice_activity import SpeechSegment
from assistant.audio.frame import RATE_HZ, Samples
from assistant.turns.audio import AnswerAudio

_BEFORE_S: Final = 0.25
_AFTER_S: Final = 0.2
"""Sound to include before the first voice and after the last: soft beginnings are noticed late."""
_LONGEST_SILENCE_S: Final = 0.8
"""Longer silences inside a piece are shortened to this: they cost time, and words are stretched over them."""

_ENDS: Final = ((8.0, 0.5), (15.0, 0.2))
"""A piece that is this long ends at the next silence of this length, both in seconds."""
_LONGEST_S: Final = 24.0
_SEARCHED_S: Final = 4.0
"""If there is no silence, a piece ends at the quietest moment of its last seconds."""
_MOMENT: Final = RATE_HZ // 20


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an answer: stretches of its sound, joined.

    Attributes
    ----------
    stretches : tuple of (int, int)
        Each from its first sample to the one after its last.
    """

    stretches: tuple[tuple[int, int], ...]

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return sum(end - start for start, end in self.stretches) / RATE_HZ

    @property
    def start_s(self) -> float:
        """Where it begins in the answer."""
        return self.stretches[0][0] / RATE_HZ

    @property
    def end_s(self) -> float:
        """Where it ends in the answer."""
        return self.stretches[-1][1] / RATE_HZ

    def samples(self, sound: AnswerAudio) -> Samples:
        """Its sound, a copy: int16, mono, 16 kHz."""
        return np.concatenate([sound.since(start)[: end - start] for start, end in self.stretches])

    def moment_s(self, inside_s: float) -> float:
        """The moment of the answer, in seconds, that is `inside_s` seconds into the piece."""
        left = inside_s
        for start, end in self.stretches[:-1]:
            if left < (end - start) / RATE_HZ:
                return start / RATE_HZ + left
            left -= (end - start) / RATE_HZ
        return min(self.stretches[-1][0] / RATE_HZ + left, self.end_s)


class PieceCutter:
    """Says which pieces of an answer are complete. Silences between them belong to none.

    The same answer is cut in the same way however its sound comes in: a cut depends on the voice before it and on
    whether a silence reached a length, never on the moment at which somebody looks.
    """

    def __init__(self) -> None:
        self._from = 0
        """The sample after the last piece."""

    def settled(self, sound: AnswerAudio, speech: Sequence[SpeechSegment], judged_s: float) -> list[Piece]:
        """The pieces that are complete by now and weren't before.

        Parameters
        ----------
        sound : AnswerAudio
            All of it so far.
        speech : sequence of SpeechSegment
            Where there is voice in it.
        judged_s : float
            How much of it has been searched for voice.
        """
        pieces = []
        while (piece := self._next(sound, speech, judged_s)) is not None:
            self._from = piece.stretches[-1][1]
            pieces.append(piece)
        return pieces

    def rest(self, sound: AnswerAudio, speech: Sequence[SpeechSegment]) -> Piece | None:
        """What is left of the answer if it ends with the last voice heard; None if nothing is."""
        return self._piece(self._left(speech), _AFTER_S, len(sound))

    def _next(self, sound: AnswerAudio, speech: Sequence[SpeechSegment], judged_s: float) -> Piece | None:
        left = self._left(speech)
        for index, (_, end) in enumerate(left):
            voiced = left[: index + 1]
            if _duration_s(_joined(voiced)) > _LONGEST_S:
                return self._cut(voiced, sound)
            following = left[index + 1][0] if index + 1 < len(left) else judged_s * RATE_HZ
            duration_s, silence_s = _duration_s(_joined(voiced)), (following - end) / RATE_HZ
            for enough_s, needed_s in _ENDS:
                if duration_s >= enough_s and silence_s >= needed_s:
                    return self._piece(voiced, min(_AFTER_S, needed_s / 2), len(sound))
        return None

    def _left(self, speech: Sequence[SpeechSegment]) -> list[tuple[int, int]]:
        """The voice that is in no piece yet, in samples."""
        # From the last to the first, as this is asked for with every frame of long recordings.
        spans = ((round(each.start_s * RATE_HZ), round(each.end_s * RATE_HZ)) for each in reversed(speech))
        left = [(max(start, self._from), end) for start, end in takewhile(lambda span: span[1] > self._from, spans)]
        return left[::-1]

    def _piece(self, voiced: Sequence[tuple[int, int]], after_s: float, limit: int) -> Piece | None:
        """These stretches of voice with some sound before and after them, up to sample `limit`."""
        if not voiced:
            return None
        joined = _joined(voiced)
        first, last = joined[0], joined[-1]
        joined[0] = (max(self._from, first[0] - round(_BEFORE_S * RATE_HZ)), first[1])
        joined[-1] = (joined[-1][0], min(limit, last[1] + round(after_s * RATE_HZ)))
        return Piece(tuple(joined))

    def _cut(self, voiced: Sequence[tuple[int, int]], sound: AnswerAudio) -> Piece:
        """The beginning of a long stretch without silences, up to its quietest moment."""
        joined = _joined(voiced)
        surplus = round((_duration_s(joined) - _LONGEST_S) * RATE_HZ)
        latest = joined[-1][1] - surplus
        earliest = max(latest - round(_SEARCHED_S * RATE_HZ), joined[-1][0])
        at = earliest + _quietest(sound.since(earliest)[: latest - earliest])
        whole = [(start, min(end, at)) for start, end in joined if start < at]
        whole[0] = (max(self._from, whole[0][0] - round(_BEFORE_S * RATE_HZ)), whole[0][1])
        return Piece(tuple(whole))


def _joined(voiced: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches with the silences between them, but for the middle of long ones."""
    half = round(_LONGEST_SILENCE_S * RATE_HZ / 2)
    joined = [voiced[0]]
    for start, end in voiced[1:]:
        before = joined[-1]
        if start - before[1] <= 2 * half:
            joined[-1] = (before[0], end)
        else:
            joined[-1] = (before[0], before[1] + half)
            joined.append((start - half, end))
    return joined


def _duration_s(stretches: Iterable[tuple[int, int]]) -> float:
    return sum(end - start for start, end in stretches) / RATE_HZ


def _quietest(samples: Samples) -> int:
    """The middle of the quietest twentieth of a second."""
    whole = len(samples) // _MOMENT
    if not whole:
        return len(samples)
    moments: npt.NDArray[np.float32] = samples[: whole * _MOMENT].reshape(whole, _MOMENT).astype(np.float32)
    return int(np.square(moments).mean(axis=1).argmin()) * _MOMENT + _MOMENT // 2
