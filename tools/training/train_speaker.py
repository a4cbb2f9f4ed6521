"""Fit what tells speakers apart by their i-vectors, and write it to assistant/asr/speaker.json.

    python -m tools.training.train_speaker SET...

A SET is a CSV with the columns `file`, `session` (a speaker) and `duration_s`; the recordings lie beside it, at `file`.
The project's own recordings of two voices are added.

Two i-vectors of one speaker differ as pieces of 1.5 s do, and as a voice does that turns away: muffled, reverberant,
7 to 18 dB closer to the noise. Two speakers' differ by that and by what lies between speakers. Both differences are
taken to be normal (the two-covariance model: Brümmer and de Villiers 2010, *The speaker partitioning problem*), so
the logarithm of the ratio of their likelihoods is a quadratic form, which becomes a projection here.
"""

from __future__ import annotations

import csv
import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from assistant.asr.following import level_db, quiet_runs, smoothed
from assistant.asr.speaker import METRIC_FILE, SpeakerEncoder
from assistant.asr.voice_activity import CHUNK_SAMPLES, VoiceActivity
from assistant.audio.frame import RATE_HZ, Samples
from assistant.models import find
from tools.command import parser_for
from tools.listening import samples_of
from tools.paths import RECORDINGS

Matrix = npt.NDArray[np.float64]

_DIMENSIONS = 30
_PIECE = int(1.5 * RATE_HZ)
_LEAST = 30
"""Chunks of a voice, a second, that are compared."""
_MOST_PIECES = 12
_LONG_ENOUGH_S = 2.5
_LONGEST = 4 * RATE_HZ
_AWAY_DB = (7.0, 10.0, 14.0, 18.0)
_DRAWS = {False: 2, True: 12}
"""How often each voice turns away by each of these, over a telephone and not: there are far fewer of the latter."""
_TELEPHONE_HZ = 4200.0
_ABOVE = 1e-3
_NOISE_DBFS = -70.0
_REGULARISED = 0.02
_SHRUNK = 0.2
"""How far a voice that turns away is taken to differ as pieces of it do, only more: what is learnt comes from one kind
of room."""


def turning_away(voice: Samples, down_db: float, chance: np.random.Generator) -> Samples:
    """A voice without silences, as of somebody who turns away from the microphone half-way.

    Parameters
    ----------
    voice : ndarray of int16
    down_db : float
        How much less loud it gets.
    chance : numpy.random.Generator
        Draws how muffled it gets, 1 to 3 dB for each octave above 500 Hz, and how much of the room is heard.
    """
    length = RATE_HZ // 4
    room = chance.normal(size=length) * np.exp(-np.arange(length) / (chance.uniform(0.03, 0.07) * RATE_HZ))
    room *= chance.uniform(0.03, 0.13)
    room[0] = 1.0
    half = len(voice) // 2
    before, after = voice[:half].astype(np.float64), voice[half:].astype(np.float64)
    size = len(after) + length
    octaves = np.clip(np.log2(np.maximum(np.fft.rfftfreq(size, 1 / RATE_HZ), 500.0) / 500.0), 0.0, 4.0)
    muffled = 10 ** (-chance.uniform(1.0, 3.0) * octaves / 20)
    away = np.fft.irfft(np.fft.rfft(after, size) * np.fft.rfft(room, size) * muffled, size)[: len(after)]
    away *= 10 ** (-down_db / 20) * np.sqrt(np.mean(np.square(after)) / (np.mean(np.square(away)) + 1e-9))
    noise = chance.normal(size=len(voice)) * 32_768 * 10 ** (_NOISE_DBFS / 20)
    return np.clip(np.rint(np.concatenate((before, away)) + noise), -32_768, 32_767).astype(np.int16)


def speakers(sets: Sequence[Path]) -> dict[str, Samples]:
    """The voices of all speakers, without silences."""
    activity = VoiceActivity()
    voices: dict[str, list[Samples]] = defaultdict(list)
    for listing in sets:
        with listing.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened):
                if float(row["duration_s"]) > _LONG_ENOUGH_S:
                    voices[row["session"]].append(_voiced(samples_of(listing.parent / row["file"]), activity))
    for name in ("her", "fluent"):
        voices[name].append(_voiced(samples_of(RECORDINGS / f"{name}.flac"), activity))
    return {name: np.concatenate(parts) for name, parts in voices.items()}


def _voiced(samples: Samples, activity: VoiceActivity) -> Samples:
    activity.reset()
    activity.feed(np.concatenate((samples, np.zeros(RATE_HZ // 2, np.int16))))
    parts = [samples[int(each.start_s * RATE_HZ) : int(each.end_s * RATE_HZ)] for each in activity.stretches]
    return np.concatenate(parts) if parts else samples[:0]


def metric(encoder: SpeakerEncoder, voices: Mapping[str, Samples]) -> Matrix:
    """What a difference of two i-vectors is weighted with, shape (dimensions, dimensions)."""
    within, means = [], []
    away: dict[bool, list[Matrix]] = {False: [], True: []}
    for name, voice in sorted(voices.items()):
        starts = range(0, len(voice) - _PIECE + 1, _PIECE)[:_MOST_PIECES]
        vectors = np.array([encoder.vector(voice[at : at + _PIECE]) for at in starts])
        if len(vectors) > 3:
            within.append(np.cov(vectors.T))
        if len(vectors):
            means.append(vectors.mean(axis=0))
        wide = _is_wide(voice)
        away[wide] += _differences(encoder, voice, _DRAWS[wide], np.random.default_rng(len(name) + len(voice)))
    pieces = np.mean(within, axis=0)
    turned = np.mean([np.array(each).T @ np.array(each) / (2 * len(each)) for each in away.values()], axis=0)
    larger = np.trace(np.linalg.solve(pieces, turned)) / _DIMENSIONS
    one = (pieces + (1 - _SHRUNK) * turned + _SHRUNK * larger * pieces) / 2
    between = np.cov(np.array(means).T)
    steady = _REGULARISED * np.eye(_DIMENSIONS)
    return np.asarray(np.linalg.inv(2 * one + steady) - np.linalg.inv(2 * one + 2 * between + steady))


def _is_wide(voice: Samples) -> bool:
    """Whether it has more in it than a telephone carries."""
    power = np.square(np.abs(np.fft.rfft(voice[:_LONGEST].astype(np.float64))))
    hertz = np.fft.rfftfreq(len(voice[:_LONGEST]), 1 / RATE_HZ)
    return bool(power[hertz > _TELEPHONE_HZ].sum() > _ABOVE * power.sum())


def _differences(encoder: SpeakerEncoder, voice: Samples, draws: int, chance: np.random.Generator) -> Iterator[Matrix]:
    """Between a voice and the same voice turned away."""
    for down_db in _AWAY_DB * draws:
        length = int(chance.uniform(2 * _PIECE, 2 * _LONGEST))
        start = int(chance.integers(max(1, len(voice) - length)))
        heard = turning_away(voice[start : start + length], down_db, chance)
        chunks = heard[: len(heard) // CHUNK_SAMPLES * CHUNK_SAMPLES].reshape(-1, CHUNK_SAMPLES)
        levels = smoothed(np.mean(np.square(chunks, dtype=np.float64), axis=1), np.arange(len(chunks)))
        runs, near = quiet_runs(levels, np.arange(len(chunks)), level_db(levels))
        away = max(runs, key=len, default=near[:0])
        if min(len(near), len(away)) >= _LEAST:
            yield encoder.vector(chunks[away].reshape(-1)) - encoder.vector(chunks[near].reshape(-1))


def projection(weights: Matrix) -> Matrix:
    """The projection after which plain distances are the weighted ones; what counts most comes first."""
    values, directions = np.linalg.eigh((weights + weights.T) / 2)
    return np.asarray((directions * np.sqrt(np.maximum(values, 0.0))).T[::-1])


def main(argv: Sequence[str] | None = None) -> None:
    """Fit, and write the file."""
    parser = parser_for("tools.training.train_speaker", __doc__)
    parser.add_argument("sets", nargs="+", type=Path, metavar="SET")
    parser.add_argument("--out", type=Path, default=METRIC_FILE, help="(default: %(default)s)")
    given = parser.parse_args(argv)
    folder = find(None).path
    encoder = SpeakerEncoder(folder, np.eye(_DIMENSIONS))
    rows = projection(metric(encoder, speakers(given.sets)))
    written = ",\n".join("    " + json.dumps([round(value, 4) for value in row]) for row in rows.tolist())
    extractor = hashlib.sha256((folder / "ivector" / "final.ie").read_bytes()).hexdigest()
    given.out.write_text(f'{{\n  "extractor": "{extractor}",\n  "projection": [\n{written}\n  ]\n}}\n', "ascii")


if __name__ == "__main__":
    main()
