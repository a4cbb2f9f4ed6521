"""Finds the candidates that are fillers in a transcript without times, by aligning it with the words heard."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from assistant.fillers.candidates import Candidate
from assistant.fillers.second_ear import is_filler, paired
from assistant.turns.answer import Word
from tools.alignment import align

Pair = tuple[str | None, Word | None]

_OMISSION, _INSERTION, _FILLER_FOR_WORD = 1.0, 0.8, 1.3
_AROUND_S = 0.2
"""A filler that wasn't recognised as one lies between its neighbours, give or take this."""

_FAR: Final = 1.6
"""A filler of the transcript and a candidate this many words apart are two."""
_NEAR: Final = 1.0
"""A candidate this close to a filler that is another candidate's may be part of it, and counts for nothing."""


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


def places_of(
    found: Sequence[Candidate],
    written: Mapping[Candidate, Word],
    first: Sequence[Word],
    second: Sequence[Word],
    fillers: Collection[str],
) -> list[float]:
    """Before which of the second ear's words each candidate is, its fillers left out.

    Those that it wrote are where it wrote them; others are by time, between the words that both ears heard.

    Parameters
    ----------
    found : sequence of Candidate
    written : mapping
        As `SecondOpinion.assign` gives it.
    first, second : sequence of Word
        What each ear heard.
    fillers : collection of str
        What counts as a filler among the first one's words.
    """
    before = np.cumsum([0, *(not is_filler(word.word) for word in second)])
    pairs = [(k, first[i]) for k, i in sorted(paired(first, second, fillers).items()) if not is_filler(second[k].word)]
    # A moment in the middle of a word is half a word further than its beginning.
    places = [-0.5, *(float(before[k]) + 0.5 for k, _ in pairs), float(before[-1]) + 0.5]
    last_s = max([0.0, *(word.end_s for word in first), *(each.end_s for each in found)]) + 1.0
    moments_s = [-1.0, *((word.start_s + word.end_s) / 2 for _, word in pairs), last_s]
    return [
        float(before[[w is written[each] for w in second].index(True)])
        if each in written
        else float(np.interp((each.start_s + each.end_s) / 2, moments_s, places))
        for each in found
    ]


def labels_of_places(
    found: Sequence[Candidate], places: Sequence[float], transcript: Sequence[str], second: Sequence[Word]
) -> NDArray[np.int64]:
    """Labels of candidates: 1 for a filler of the transcript, 0 for none, -1 if it may be part of another one.

    Parameters
    ----------
    found : sequence of Candidate
    places : sequence of float
        As `places_of` gives them.
    transcript : sequence of str
    second : sequence of Word
        What the second ear heard: nearer to the truth than the first one.
    """
    labels = np.zeros(len(found), np.int64)
    there = _places_of_fillers(transcript, [word.word for word in second if not is_filler(word.word)])
    for place in there:
        free = [n for n in range(len(found)) if labels[n] == 0 and abs(places[n] - place) <= _FAR]
        if free:
            labels[min(free, key=lambda n: abs(places[n] - place) - 0.5 * found[n].confidence)] = 1
    for n in range(len(found)):
        if labels[n] == 0 and any(abs(places[n] - place) <= _NEAR for place in there):
            labels[n] = -1
    return labels


def _places_of_fillers(transcript: Sequence[str], plain: Sequence[str]) -> list[float]:
    """Before which of the second ear's words each filler of the transcript was said."""
    truth = [word for word in transcript if not is_filler(word)]
    place_of = np.zeros(len(truth) + 1)
    for step in Levenshtein.opcodes(truth, list(plain)):
        count = step.src_end - step.src_start
        place_of[step.src_start : step.src_end] = np.linspace(step.dest_start, step.dest_end, count, endpoint=False)
    place_of[len(truth)] = len(plain)
    said = np.cumsum([not is_filler(word) for word in transcript])
    return [float(place_of[at]) for at, word in zip(said, transcript, strict=True) if is_filler(word)]
