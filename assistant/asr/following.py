"""Follows the person who was asked: tells their voice from a television's and from others further away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from assistant.asr.speaker import SpeakerEncoder, Vector
from assistant.asr.voice_activity import CHUNK_SAMPLES, SpeechSegment
from assistant.audio.frame import RATE_HZ
from assistant.turns.audio import AnswerAudio

Levels = npt.NDArray[np.float64]
Chunks = npt.NDArray[np.intp]

_CHUNK_S: Final = CHUNK_SAMPLES / RATE_HZ
_EVERY: Final = 8
"""Chunks between two judgements: a quarter of a second."""
_SMOOTHED: Final = 13
"""Chunks that a level is averaged over: 0.4 s, two syllables."""
_LOUDEST: Final = 10
"""A voice's level is the one that it exceeds for this many chunks, a word, or for half of its time."""
_NEAR_DB: Final = 7.0
"""What comes this close to the person's level is theirs, whoever it is."""
_ISLAND: Final = 4
"""Chunks; a shorter moment at the person's level is a bang."""
_LEAST: Final = 47
"""Chunks with voice, 1.5 s: a voice can't be told from the person's by fewer …"""
_LEAST_OF_PERSON: Final = 16
"""… nor the person's by fewer than these, 0.5 s. Who coughs and then answers must not be taken for two."""
_LEAST_OF_KNOWN: Final = 8
"""Chunks with voice, 0.26 s, that are enough to tell whether it is the person or somebody who was heard before."""
_ENOUGH: Final = 190
"""Chunks with voice, 6 s, that are enough to know a voice by."""
_EDGE: Final = 47
"""Chunks at either end of a run that may be the person's, who begins and ends softly …"""
_LOUDER_DB: Final = 3.0
"""… and still this much louder than the other voice …"""
_ITS_OWN: Final = 31
"""… which is known by the last second of a run that isn't long."""
_ANOTHER: Final = 36.0
"""The squared distance of two voices from which on they are two people's. Of made-up voices quieter than the person's,
it takes 97 % for others; of people who turn away, or speak as much more softly, none (`tools.benchmarks.other_voices`).
"""


def level_db(levels: Levels) -> float:
    """The level of a voice: what it exceeds for a word's length, or for half of its time if that is less.

    Parameters
    ----------
    levels
        Of its chunks, smoothed, in dB.
    """
    place = min(_LOUDEST, len(levels) // 2 + 1)
    return float(np.partition(levels, -place)[-place])


def smoothed(power: Levels, voiced: Chunks) -> Levels:
    """The level of each chunk with voice in dB, averaged over those with voice around it."""
    whole = np.zeros(len(power) + 1)
    weight = np.zeros(len(power) + 1)
    whole[1:][voiced] = power[voiced]
    weight[1:][voiced] = 1.0
    sums, counts = np.cumsum(whole), np.cumsum(weight)
    low = np.maximum(voiced - _SMOOTHED // 2, 0)
    high = np.minimum(voiced + _SMOOTHED // 2 + 1, len(power))
    means = (sums[high] - sums[low]) / (counts[high] - counts[low])
    return np.asarray(10.0 * np.log10(means + 1e-3))


def quiet_runs(levels: Levels, voiced: Chunks, person_db: float) -> tuple[list[Chunks], Chunks]:
    """What is less loud than the person for a while, run by run, and the chunks that are as loud.

    Parameters
    ----------
    levels
        As from `smoothed`.
    voiced
        The chunks that they belong to.
    person_db
        The person's level.
    """
    loud = levels >= person_db - _NEAR_DB
    edges = np.flatnonzero(np.diff(np.concatenate(([False], loud, [False])).astype(np.int8)))
    near = np.zeros(len(loud), bool)
    for first, last in edges.reshape(-1, 2).tolist():
        if last - first >= _ISLAND:
            near[first:last] = True
    places = np.flatnonzero(near)
    runs = [
        voiced[before + 1 : after]
        for before, after in pairwise([-1, *places.tolist(), len(voiced)])
        if after - before - 1 >= _LEAST_OF_KNOWN
    ]
    return runs, voiced[places]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a person from their answers so far, or of others who were heard meanwhile.

    Attributes
    ----------
    level_db : float
        Of their voice.
    vector : ndarray or None
        What tells them from others, if there was enough of their voice.
    """

    level_db: float
    vector: Vector | None


class Follower:
    """Says which voices in the sound are the person's. The constructor touches nothing.

    Other voices are less loud: those are told apart, by their level, and by their speaker and room. Somebody as loud as
    the person counts as one, since two people may answer together. The same sound gives the same result, however it
    comes in.

    Parameters
    ----------
    speaker : SpeakerEncoder, optional
        Without it, every voice counts as the person's.
    """

    def __init__(self, speaker: SpeakerEncoder | None = None) -> None:
        self._speaker = speaker
        self._known: Profile | None = None
        self._room: Profile | None = None
        """Of the others who were heard in earlier answers."""
        self.begin()

    def begin(self) -> None:
        """Start a new answer of the same person."""
        self._power: list[float] = []
        self._judged = 0
        self._others: tuple[SpeechSegment, ...] = ()
        self._going_on = False
        self._own: Profile | None = None
        self._theirs: Profile | None = None
        self._vectors: dict[bytes, Vector] = {}

    def remember(self) -> None:
        """Know the person, and others, by the answer that is over, from now on."""
        self._known = _both(self._known, self._own)
        self._room = _both(self._room, self._theirs)

    def forget(self) -> None:
        """Know nothing of the person: the next one is somebody else."""
        self._known = self._room = None
        self.begin()

    @property
    def others(self) -> tuple[SpeechSegment, ...]:
        """Where others speak, as of the last call of `of_person`."""
        return self._others

    def of_person(
        self, sound: AnswerAudio, speech: Sequence[SpeechSegment], judged_s: float
    ) -> tuple[SpeechSegment, ...]:
        """The stretches of speech that are the person's.

        Parameters
        ----------
        sound : AnswerAudio
            The answer so far.
        speech : sequence of SpeechSegment
            All the speech in it.
        judged_s : float
            How much of it has been searched for speech.
        """
        step = round(judged_s / _CHUNK_S) // _EVERY * _EVERY
        if step > self._judged and speech:
            self._judged = step
            self._judge(sound, speech)
        return _without(speech, self._others, judged_s if self._going_on else 0.0)

    def _judge(self, sound: AnswerAudio, speech: Sequence[SpeechSegment]) -> None:
        new = sound.samples[len(self._power) * CHUNK_SAMPLES : self._judged * CHUNK_SAMPLES].astype(np.float64)
        self._power += np.mean(np.square(new.reshape(-1, CHUNK_SAMPLES)), axis=1).tolist()
        voiced = _chunks(speech, len(self._power))
        self._others, self._going_on = (), False
        if not len(voiced):
            return
        levels = smoothed(np.array(self._power), voiced)
        known = self._known
        person_db = level_db(levels)
        if known is not None:
            person_db = max(person_db, known.level_db)
        runs, near = quiet_runs(levels, voiced, person_db)
        vector = self._vector_of(sound, near) if len(near) >= _LEAST_OF_PERSON else None
        self._own = Profile(level_db(levels), vector) if len(near) else None
        if known is not None and known.vector is not None:
            vector = known.vector if vector is None else (vector + known.vector) / 2.0
        found: list[Chunks] = []
        if vector is not None:
            level_of = dict(zip(voiced.tolist(), levels.tolist(), strict=True))

            def levels_of(chunks: Chunks) -> Levels:
                return np.array([level_of[at] for at in chunks.tolist()])

            cores = {int(run[0]): _core(run, levels_of(run), near) for run in runs if len(run) >= _LEAST}
            sure = {
                at: core
                for at, core in cores.items()
                if len(core) >= _LEAST and self._distance(core, sound, vector) >= _ANOTHER
            }
            if sure:
                theirs = np.concatenate(list(sure.values()))
                self._theirs = Profile(level_db(levels_of(theirs)), self._vector_of(sound, theirs))
            room = _both(self._room, self._theirs)
            found = [
                sure.get(int(run[0]), run)
                for run in runs
                if int(run[0]) in sure or self._is_rooms(run, levels_of(run), sound, vector, room)
            ]
        self._others = tuple(SpeechSegment(int(run[0]) * _CHUNK_S, (int(run[-1]) + 1) * _CHUNK_S) for run in found)
        self._going_on = bool(found) and found[-1][-1] == voiced[-1]

    def _distance(self, run: Chunks, sound: AnswerAudio, vector: Vector) -> float:
        """The squared distance of a run's voice from another; 0 without an encoder."""
        own = self._vector_of(sound, run)
        return float(np.sum(np.square(own - vector))) if own is not None else 0.0

    def _is_rooms(self, run: Chunks, levels: Levels, sound: AnswerAudio, person: Vector, room: Profile | None) -> bool:
        """Whether a run that may be short is others', who are known, rather than the person's."""
        if room is None or room.vector is None or level_db(levels) > room.level_db + _LOUDER_DB:
            return False
        return self._distance(run, sound, room.vector) < self._distance(run, sound, person)

    def _vector_of(self, sound: AnswerAudio, chunks: Chunks) -> Vector | None:
        """The i-vector of these chunks, or of as many as are enough."""
        if self._speaker is None:
            return None
        chosen = chunks[:_ENOUGH]
        key = chosen.tobytes()
        if key not in self._vectors:
            samples = sound.samples
            voice = [samples[at * CHUNK_SAMPLES : (at + 1) * CHUNK_SAMPLES] for at in chosen.tolist()]
            self._vectors[key] = self._speaker.vector(np.concatenate(voice))
        return self._vectors[key]


def _both(earlier: Profile | None, now: Profile | None) -> Profile | None:
    """What is known from earlier answers and from this one."""
    if earlier is None or now is None:
        return earlier or now
    vector = now.vector if earlier.vector is None else earlier.vector
    if earlier.vector is not None and now.vector is not None:
        vector = (earlier.vector + now.vector) / 2.0
    return Profile((earlier.level_db + now.level_db) / 2.0, vector)


def _core(run: Chunks, levels: Levels, near: Chunks) -> Chunks:
    """A run without what is louder than the rest of it, at an end that goes over into the person's voice."""
    middle = levels[_EDGE:-_EDGE] if len(run) >= 3 * _EDGE else levels[-_ITS_OWN:]
    quiet = np.flatnonzero(levels < level_db(middle) + _LOUDER_DB)
    first, last = (int(quiet[0]), int(quiet[-1]) + 1) if len(quiet) else (0, len(run))
    if run[0] - 1 not in near:
        first = 0
    if run[-1] + 1 not in near:
        last = len(run)
    return run[min(first, _EDGE) : max(last, len(run) - _EDGE)]


def _chunks(speech: Sequence[SpeechSegment], count: int) -> Chunks:
    """The chunks with speech in them, of the first `count`."""
    voiced = np.zeros(count, bool)
    for each in speech:
        voiced[round(each.start_s / _CHUNK_S) : round(each.end_s / _CHUNK_S)] = True
    return np.flatnonzero(voiced)


def _without(
    speech: Sequence[SpeechSegment], others: Sequence[SpeechSegment], until_s: float
) -> tuple[SpeechSegment, ...]:
    """The speech without what is others'; the last of them is going on until then, if that is later."""
    if not others:
        return tuple(speech)
    gone = [*others[:-1], SpeechSegment(others[-1].start_s, max(others[-1].end_s, until_s))]
    left: list[SpeechSegment] = []
    for each in speech:
        start_s = each.start_s
        for other in gone:
            if other.overlaps(start_s, each.end_s):
                if start_s < other.start_s:
                    left.append(SpeechSegment(start_s, other.start_s))
                start_s = max(start_s, min(other.end_s, each.end_s))
        if start_s < each.end_s:
            left.append(SpeechSegment(start_s, each.end_s))
    return tuple(left)
