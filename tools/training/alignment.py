"""Finds the candidates that are fillers in a transcript without times, by aligning it with the words heard."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from assistant.fillers.candidates import Candidate
from assistant.turns.answer import Word
from tools.alignment import align

Pair = tuple[str | None, Word | None]

_OMISSION, _INSERTION, _FILLER_FOR_WORD = 1.0, 0.8, 1.3
_AROUND_S = 0.2
"""A filler that wasn't recognised as one lies between its neighbours, give or take this."""


def aligned(truth: Sequence[str], heard: Sequence[Word], fillers: Collection[str]) -> list[Pair]:
    """Align transcript and words heard at the least cost; fillers match each other no matter how they are spelled."""
    path = align(
        truth, heard, lambda said, word: _unlike(said, word.word, fillers), omission=_OMISSION, insertion=_INSERTION
    )
    return [(None if i is None else truth[i], None if j is None else heard[j]) for i, j in path]


def _unlike(said: str, heard: str, fillers: Collection[str]) -> float:
    if (said in fillers) != (heard in fillers):
        return _FILLER_FOR_WORD
    if said in fillers or said == heard:
        return 0.0
    return 1.2 - 0.6 * difflib.SequenceMatcher(None, said, heard).ratio()


def labels_of_transcript(
    found: Sequence[Candidate], words: Sequence[Word], transcript: Sequence[str], fillers: Collection[str]
) -> NDArray[np.int64]:
    """Labels of candidates: 1 for a filler of the transcript, 0 for none, -1 if we can't say which one it is."""
    labels = np.zeros(len(found), np.int64)
    pairs = aligned(transcript, words, fillers)
    for place, (said, word) in enumerate(pairs):
        if said is None or said not in fillers:
            continue
        if word is not None and word.word in fillers:
            for number, each in enumerate(found):
                if each.word is not None and abs(each.start_s - word.start_s) < 0.02:
                    labels[number] = 1
            continue
        before = [w for s, w in pairs[:place] if s is not None and s not in fillers and w is not None]
        after = [w for s, w in pairs[place + 1 :] if s is not None and s not in fillers and w is not None]
        start_s = before[-1].end_s - _AROUND_S if before else 0.0
        end_s = after[0].start_s + _AROUND_S if after else float("inf")
        inside = [
            number
            for number, each in enumerate(found)
            if labels[number] == 0 and start_s <= (each.start_s + each.end_s) / 2 <= end_s
        ]
        unnamed = [number for number in inside if found[number].word is None] or inside
        for number in inside:
            labels[number] = -1
        if unnamed:
            labels[max(unnamed, key=lambda number: found[number].end_s - found[number].start_s)] = 1
    return labels
