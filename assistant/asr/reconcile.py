"""One transcript from two recognisers' (after ROVER: Fiscus 1997, *IEEE Workshop on Speech Recognition*).

The first ear says when each word was said, and keeps repeats and restarts; the second knows more words, and smooths
such things away. Their words are aligned. Where they agree, both are believed; where they don't, what each says of its
own confidence decides, place by place.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise, takewhile
from typing import Final

from rapidfuzz.distance import Levenshtein

from assistant.asr.voice_activity import SpeechSegment
from assistant.asr.whisper import Hypothesis
from assistant.english.normalise import normal_words, with_numbers_as_in, words_of
from assistant.english.numbers import in_words, ordinal_in_words, ways_to_say
from assistant.english.phonetics import likeness
from assistant.english.words import FILLERS
from assistant.fillers.lengthening import needed_s
from assistant.turns.answer import Word, WrittenWord

_GAP: Final = 0.6
"""What a word without a counterpart costs in an alignment by sound; two words that sound nothing alike cost 1."""

_FASTEST: Final = 0.6
_SLOWEST: Final = 1.5
"""How much shorter or longer than usual a word may be that is put between two others."""
_LEAST_ROOM: Final = 0.5
"""The least share of a word's shortest length for which there has to be voice."""
_LACKING: Final = 1.5
"""By how much a hypothesis loses in log-probability for each word that it lacks and the first ear is certain of …"""
_CERTAIN: Final = 0.95
"""… with this confidence."""
_INSTANT_S: Final = 1e-6
_SUREST: Final = 0.98
"""No recogniser is surer than this, whatever it says."""
_SEVERAL: Final = 2
"""Vosk invents a word in the noise at an end, but hardly two; Whisper sometimes stops early, above all at a filler."""

_NUMBER = re.compile(r"(?P<sign>[$£€])?(?P<whole>\d[\d,]*)(?:\.(?P<part>\d+))?(?P<suffix>st|nd|rd|th|s|%)?")
_CURRENCIES = {"$": "dollars", "£": "pounds", "€": "euros"}
_CONTRACTED = {"'s": "is", "'d": "would"}
"""What these most often stand for. A possessive is read the same way on both sides."""
_MARKS = ".,;:!?\"'()[]…"


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What was said, as both ears and the sound agree on it.

    Attributes
    ----------
    words : tuple of Word
        In order, without fillers.
    dropped : int
        The words of either ear that nobody said.
    """

    words: tuple[Word, ...]
    dropped: int


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word of the second ear as it is said; "4.5" is three of them."""

    word: str
    written: str
    probability: float


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the answer: the words of each ear, one of which may have none. `agreed` if both heard the same."""

    first: tuple[Word, ...]
    second: tuple[SpokenWord, ...]
    agreed: bool


def as_spoken(written: Sequence[WrittenWord], heard: Sequence[str]) -> tuple[SpokenWord, ...]:
    """What the second ear wrote, in words as the first ear writes them; without fillers.

    Parameters
    ----------
    written : sequence of WrittenWord
    heard : sequence of str
        The first ear's words: of several ways to say a number, theirs is taken.
    """
    return tuple(
        SpokenWord(spoken, word.text, word.probability)
        for word in written
        for spoken in _spoken(word.text, heard)
        if spoken not in FILLERS
    )


def _spoken(text: str, heard: Sequence[str]) -> list[str]:
    spoken: list[str] = []
    for part in re.split(r"[\s/–—-]+", text):
        number = _NUMBER.fullmatch(part.strip(_MARKS))
        spoken += words_of(part) if number is None else _number_in_words(number, heard)
    return spoken


def _number_in_words(number: re.Match[str], heard: Sequence[str]) -> list[str]:
    whole, suffix = number["whole"].replace(",", ""), number["suffix"]
    if suffix in ("st", "nd", "rd", "th"):
        return ordinal_in_words(int(whole))
    said = with_numbers_as_in([whole], heard)
    if said == [whole]:
        # A number of four digits is most often a year.
        said = ways_to_say(whole)[-1 if len(whole) == 4 else 0]
    if suffix == "s":
        said = [*said[:-1], f"{said[-1][:-1]}ies" if said[-1].endswith("y") else f"{said[-1]}s"]
    if number["part"]:
        said = [*said, "point", *(word for digit in number["part"] for word in in_words(int(digit)))]
    if suffix == "%":
        said = [*said, "percent"]
    return [*said, _CURRENCIES[number["sign"]]] if number["sign"] else said


def places(first: Sequence[Word], second: Sequence[SpokenWord]) -> list[Place]:
    """Align two hearings: by words where they agree, by sound where they don't.

    Spellings and contractions are evened out: "gonna" and "going to" agree.
    """
    found: list[Place] = []
    for place in _stretches(first, second):
        found += [place] if place.agreed else _by_sound(place.first, place.second)
    return found


def _stretches(first: Sequence[Word], second: Sequence[SpokenWord]) -> list[Place]:
    parts = [_parts(word.word) for word in first], [_parts(word.word) for word in second]
    our_place, their_place = ({at: index for index, at in enumerate(_ends(each))} for each in parts)
    found: list[Place] = []
    begun = (0, 0)

    def close(end: int, other_end: int, *, agreed: bool) -> None:
        nonlocal begun
        if (end, other_end) != begun:
            ours, theirs = tuple(first[begun[0] : end]), tuple(second[begun[1] : other_end])
            # "we're" isn't "were", but "o 'clock" is "o'clock".
            parted = len(ours) != len(theirs) and _together(ours) == _together(theirs)
            found.append(Place(ours, theirs, agreed or parted))
        begun = (end, other_end)

    flat = [[part for word in each for part in word] for each in parts]
    for change in Levenshtein.opcodes(*flat):
        if change.tag != "equal":
            continue
        whole = False
        for step in range(change.src_end - change.src_start + 1):
            at, other = change.src_start + step, change.dest_start + step
            if at in our_place and other in their_place:
                close(our_place[at], their_place[other], agreed=whole)
                whole = True
    close(len(first), len(second), agreed=False)
    return found


def _together(words: Sequence[Word | SpokenWord]) -> str:
    """The words written as one: "some day" and "someday" are the same."""
    return "".join(word.word for word in words).replace("'", "")


def _parts(word: str) -> tuple[str, ...]:
    return tuple(_CONTRACTED.get(part, part) for part in normal_words(word)) or (word,)


def _ends(parts: Sequence[tuple[str, ...]]) -> Iterator[int]:
    return accumulate(map(len, parts), initial=0)


def _by_sound(first: Sequence[Word], second: Sequence[SpokenWord]) -> list[Place]:
    """A disagreement, word by word: the alignment whose words sound most alike."""
    unlike = [[1.0 - likeness([ours.word], [theirs.word]) for theirs in second] for ours in first]
    costs = [[_GAP * (row + column) for column in range(len(second) + 1)] for row in range(len(first) + 1)]
    for row in range(1, len(first) + 1):
        for column in range(1, len(second) + 1):
            costs[row][column] = min(
                costs[row - 1][column - 1] + unlike[row - 1][column - 1],
                costs[row - 1][column] + _GAP,
                costs[row][column - 1] + _GAP,
            )
    found: list[Place] = []
    row, column = len(first), len(second)
    while row or column:
        here = costs[row][column]
        if row and column and math.isclose(here, costs[row - 1][column - 1] + unlike[row - 1][column - 1]):
            row, column = row - 1, column - 1
            found.append(Place((first[row],), (second[column],), agreed=False))
        elif row and (not column or math.isclose(here, costs[row - 1][column] + _GAP)):
            row -= 1
            found.append(Place((first[row],), (), agreed=False))
        else:
            column -= 1
            found.append(Place((), (second[column],), agreed=False))
    return _whole_contractions(found[::-1])


def _whole_contractions(found: Sequence[Place]) -> list[Place]:
    """The same places, with all words that the second ear heard instead of a contraction in one: "he'd", "he is"."""
    whole: list[Place] = []
    for place in found:
        last = whole[-1] if whole else None
        if last is not None and last.first and last.second and not place.first:
            beginning, *rest = _parts(last.first[0].word)
            if last.second[0].word == beginning and len(last.second) <= len(rest):
                whole[-1] = replace(last, second=(*last.second, *place.second))
                continue
        whole.append(place)
    return whole


@dataclass(frozen=True, slots=True)
class SecondHearing:
    """What the second ear wrote of an answer.

    Attributes
    ----------
    words : tuple of WrittenWord
        Of each piece, the likeliest text, given what the first ear heard.
    support : mapping of Word to float
        How probable each of the first ear's words is by all texts (0–1).
    unheard : frozenset of Word
        The first ear's words after the second one's text stopped early.
    """

    words: tuple[WrittenWord, ...]
    support: Mapping[Word, float]
    unheard: frozenset[Word] = frozenset()


def second_hearing(pieces: Iterable[tuple[Sequence[Hypothesis], Sequence[Word]]]) -> SecondHearing:
    """What the second ear wrote, in the light of what the first one heard.

    Parameters
    ----------
    pieces : iterable of (sequence of Hypothesis, sequence of Word)
        The texts that the second ear finds likely for each piece, and the first ear's words there, without fillers.
    """
    written: list[WrittenWord] = []
    support: dict[Word, float] = {}
    unheard: set[Word] = set()
    for hypotheses, first in pieces:
        if written:
            # It only stands where the answer was cut.
            written[-1] = replace(written[-1], text=written[-1].text.rstrip(".…"))
        if hypotheses:
            text = likeliest(hypotheses, first)
            written += text
            support |= _supported(hypotheses, first)
            unheard |= _after_end(text, first)
    return SecondHearing(tuple(written), support, frozenset(unheard))


def _after_end(text: Sequence[WrittenWord], first: Sequence[Word]) -> set[Word]:
    """The words that the first ear heard after the end of the second one's text, if they are several."""
    every = places(first, as_spoken(text, [word.word for word in first]))
    words = {word for place in takewhile(lambda place: not place.second, reversed(every)) for word in place.first}
    return words if len(words) >= _SEVERAL else set()


def likeliest(hypotheses: Sequence[Hypothesis], first: Sequence[Word]) -> tuple[WrittenWord, ...]:
    """Which of some texts for a piece was most likely said, if the first ear heard these words there."""
    sure = [word.confidence >= _CERTAIN for word in first]

    def likelihood(hypothesis: Hypothesis) -> float:
        there = _found_in(_spoken_in(hypothesis, first), [word.word for word in first])
        lacking = sum(certain and not found for certain, found in zip(sure, there, strict=True))
        return hypothesis.log_probability - _LACKING * lacking

    return max(hypotheses, key=likelihood).words


def _supported(hypotheses: Sequence[Hypothesis], first: Sequence[Word]) -> dict[Word, float]:
    texts = [word.word for word in first]
    best = max(each.log_probability for each in hypotheses)
    odds = [math.exp(each.log_probability - best) for each in hypotheses]
    there = [_found_in(_spoken_in(each, first), texts) for each in hypotheses]
    return {
        word: sum(share for share, found in zip(odds, there, strict=True) if found[at]) / sum(odds)
        for at, word in enumerate(first)
    }


def _spoken_in(hypothesis: Hypothesis, first: Sequence[Word]) -> list[str]:
    return [word.word for word in as_spoken(hypothesis.words, [word.word for word in first])]


def reconcile(
    first: Sequence[Word],
    second: SecondHearing,
    speech: Sequence[SpeechSegment],
    fillers: Sequence[Word] = (),
    *,
    trust: float = 0.0,
) -> Reconciliation:
    """Make one transcript of what two ears heard.

    Parameters
    ----------
    first : sequence of Word
        What the first ear heard, without fillers. Its times are kept.
    second : SecondHearing
        What the second ear wrote. If that's nothing, the first ear's words stay as they are.
    speech : sequence of SpeechSegment
        Where there is voice.
    fillers : sequence of Word
        Where the voice says no word.
    trust : float
        What is added to the log-odds of the second ear's words; see `assistant.asr.second_ear.trust_in`.

    Returns
    -------
    Reconciliation
    """
    if not second.words:
        return Reconciliation(tuple(first), 0)
    heard = [word.word for word in first]
    wanted = places(first, as_spoken(second.words, heard))
    chosen: list[Word | SpokenWord] = []
    dropped = 0
    for index, place in enumerate(wanted):
        if place.agreed:
            chosen += _agreed(place)
        elif place.first and place.second:
            chosen.append(_either(place.first[0], place.second[0], second.support.get(place.first[0], 0.0), trust))
            if chosen[-1] is not place.first[0]:
                chosen += place.second[1:]
        elif place.first and (
            place.first[0] in second.unheard or _was_said(place.first[0], _following(wanted[index + 1 :]), trust)
        ):
            chosen.append(place.first[0])
        elif place.second and _was_missed(place.second[0], trust):
            chosen.append(place.second[0])
        else:
            dropped += 1
    words = _in_time(chosen, _without(speech, fillers))
    return Reconciliation(tuple(words), dropped + len(chosen) - len(words))


def _found_in(heard: Sequence[str], words: Sequence[str]) -> list[bool]:
    """For each of `words`, whether it is in its place among those heard."""
    parts = [_parts(word) for word in words]
    there: list[bool] = [False] * sum(map(len, parts))
    flat = [part for each in parts for part in each]
    for change in Levenshtein.opcodes(flat, [part for word in heard for part in _parts(word)]):
        if change.tag == "equal":
            there[change.src_start : change.src_end] = [True] * (change.src_end - change.src_start)
    return [all(there[start:end]) for start, end in pairwise(_ends(parts))]


# The weights of the three decisions are logistic regressions' on places where the ears disagreed: in half of the
# sessions of a telephone corpus, and in recordings of two synthetic voices (docs/hearing.md).


def _either(ours: Word, theirs: SpokenWord, support: float, trust: float) -> Word:
    """What was said where the ears heard different words, at the time of the first ear's."""
    odds = trust + 1.45 + 0.55 * _logit(theirs.probability) - 0.17 * _logit(ours.confidence) - 2.2 * support
    if odds <= 0:
        return ours
    confidence = round(theirs.probability, 3)
    return Word(theirs.word, ours.start_s, ours.end_s, confidence, by="whisper", written=theirs.written)


def _was_said(ours: Word, following: str, trust: float) -> bool:
    """Whether a word was said that only the first ear heard: the second leaves out repeats and restarts."""
    repeated = following.startswith(ours.word)
    return -trust - 3.7 + 1.15 * _logit(ours.confidence) + 1.1 * repeated > 0


def _was_missed(theirs: SpokenWord, trust: float) -> bool:
    """Whether a word was said that only the second ear heard."""
    return trust - 0.3 + 0.6 * _logit(theirs.probability) > 0


def _logit(probability: float) -> float:
    bounded = min(_SUREST, max(1.0 - _SUREST, probability))
    return math.log(bounded / (1.0 - bounded))


def _without(speech: Sequence[SpeechSegment], fillers: Sequence[Word]) -> list[SpeechSegment]:
    """Where there is voice that says a word."""
    left = list(speech)
    for filler in fillers:
        left = [
            part
            for each in left
            for part in (
                SpeechSegment(each.start_s, min(each.end_s, filler.start_s)),
                SpeechSegment(max(each.start_s, filler.end_s), each.end_s),
            )
            if part.end_s > part.start_s
        ]
    return left


def _following(later: Sequence[Place]) -> str:
    """The next word that was heard."""
    words: Sequence[Word | SpokenWord] = next((place.first or place.second for place in later), ())
    return words[0].word if words else ""


def _agreed(place: Place) -> list[Word]:
    """The words of a place where both heard the same, as the first ear spells them unless it parted a word in two."""
    ours, theirs = place.first, place.second
    doubt = (1.0 - min(word.confidence for word in ours)) * (1.0 - min(word.probability for word in theirs))
    confidence = round(1.0 - doubt, 3)
    if len(theirs) == 1 < len(ours):
        (one,) = theirs
        return [Word(one.word, ours[0].start_s, ours[-1].end_s, confidence, by="both", written=one.written)]
    if len(theirs) != len(ours):
        theirs = (*theirs[: len(ours) - 1], replace(theirs[-1], written=" ".join(word.written for word in theirs)))
    return [
        replace(one, confidence=confidence, by="both", written=other.written)
        for one, other in zip(ours, theirs, strict=False)
    ]


def _in_time(chosen: Sequence[Word | SpokenWord], voice: Sequence[SpeechSegment]) -> list[Word]:
    """All words with times: those that only the second ear heard are put into the voice between their neighbours.

    If there is too little voice for them, they are left out.
    """
    timed: list[Word] = []
    waiting: list[SpokenWord] = []
    for word in (*chosen, None):
        if isinstance(word, SpokenWord):
            waiting.append(word)
            continue
        after = word
        if waiting:
            before = timed[-1] if timed else None
            room = _room(waiting, before, after, voice)
            if room is not None:
                if before is not None:
                    timed[-1] = replace(before, end_s=min(before.end_s, room[0][0]))
                if after is not None:
                    after = replace(after, start_s=max(after.start_s, room[-1][1]))
                timed += _spread(waiting, room)
            waiting = []
        if after is not None:
            timed.append(after)
    return timed


def _room(
    missed: Sequence[SpokenWord], before: Word | None, after: Word | None, voice: Sequence[SpeechSegment]
) -> list[tuple[float, float]] | None:
    """The stretches of voice that words can be in, in seconds; None if there is too little.

    Where a recogniser misses a word, it stretches those next to it over the word's sound. So if the voice between them
    isn't enough, they give up what they have too much.
    """
    if not voice:
        return None
    needed = _FASTEST * sum(needed_s(word.word) for word in missed)
    start = before.end_s if before is not None else voice[0].start_s
    end = after.start_s if after is not None else voice[-1].end_s
    room = [(max(start, each.start_s), min(end, each.end_s)) for each in voice if each.overlaps(start, end)]
    longest = max(room, key=lambda each: each[1] - each[0], default=None)
    if longest is not None and longest[1] - longest[0] >= needed:
        # The ends of the words beside it aren't exact: what is left of their sound is no room.
        return [longest]
    lacking = needed - _length_s(room)
    if lacking > 0:
        spare = [
            max(0.0, each.end_s - each.start_s - _FASTEST * needed_s(each.word)) if each else 0.0
            for each in (before, after)
        ]
        share = min(1.0, lacking / sum(spare)) if sum(spare) else 0.0
        left, right = (share * each for each in spare)
        room = [(start - left, start), *room, (end, end + right)]
        if _length_s(room) < _LEAST_ROOM * needed:
            return None
    return [(round(begin, 3), round(stop, 3)) for begin, stop in room if stop > begin]


def _length_s(stretches: Sequence[tuple[float, float]]) -> float:
    return sum(end - start for start, end in stretches)


def _spread(words: Sequence[SpokenWord], room: Sequence[tuple[float, float]]) -> list[Word]:
    """Words one after another in the stretches of voice, each as long as its letters need if there is room."""
    available = _length_s(room)
    needs = [needed_s(word.word) for word in words]
    placed: list[Word] = []
    passed = 0.0
    for word, need in zip(words, needs, strict=True):
        share = available * need / sum(needs)
        start = _moment(room, passed)
        end = min(start + _SLOWEST * need, _moment(room, passed + share, last=True))
        placed.append(
            Word(
                word.word,
                round(start, 3),
                round(max(start, end), 3),
                round(word.probability, 3),
                by="whisper",
                written=word.written,
            )
        )
        passed += share
    return placed


def _moment(room: Sequence[tuple[float, float]], passed: float, *, last: bool = False) -> float:
    """The moment at which `passed` seconds of the stretches are over; at a gap the one after it, or before (`last`)."""
    for start, end in room:
        if passed < end - start - _INSTANT_S or (last and passed <= end - start + _INSTANT_S):
            return start + max(0.0, passed)
        passed -= end - start
    return room[-1][1]
