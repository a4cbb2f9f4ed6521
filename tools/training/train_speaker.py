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

from assistant.asr.speaker import METRIC_FILE, SpeakerEncoder
from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import RATE_HZ, Samples
from assistant.models import find
from tools.command import parser_for
from tools.listening import samples_of
from tools.paths import RECORDINGS

Matrix = npt.NDArray[np.float64]

_DIMENSIONS = 30
_PIECE = int(1.5 * RATE_HZ)
_MOST_PIECES = 12
_LONG_ENOUGH_S = 2.5
_ENOUGH = 6 * RATE_HZ
_AWAY_DB = (7.0, 10.0, 14.0, 18.0)
_NOISE_DBFS = -70.0
_LOUD = 1500.0
_REGULARISED = 0.02


def turned_away(voice: Samples, down_db: float, chance: np.random.Generator) -> Samples:
    """A voice as of somebody who turns away from the microphone.

    Parameters
    ----------
    voice : ndarray of int16
    down_db : float
        How much less loud it gets.
    chance : numpy.random.Generator
        Draws how muffled it gets, up to 3 dB for each octave above 500 Hz, and how much of the room is heard.
    """
    length = RATE_HZ // 4
    room = chance.normal(size=length) * np.exp(-np.arange(length) / (chance.uniform(0.03, 0.07) * RATE_HZ))
    room *= chance.uniform(0.03, 0.13)
    room[0] = 1.0
    size = len(voice) + length
    octaves = np.clip(np.log2(np.maximum(np.fft.rfftfreq(size, 1 / RATE_HZ), 500.0) / 500.0), 0.0, 4.0)
    muffled = 10 ** (-chance.uniform(1.0, 3.0) * octaves / 20)
    heard = np.fft.irfft(np.fft.rfft(voice.astype(np.float64), size) * np.fft.rfft(room, size) * muffled, size)
    heard *= _LOUD * 10 ** (-down_db / 20) / np.sqrt(np.mean(np.square(heard)) + 1e-9)
    noise = chance.normal(size=len(voice)) * 32_768 * 10 ** (_NOISE_DBFS / 20)
    return np.clip(np.rint(heard[: len(voice)] + noise), -32_768, 32_767).astype(np.int16)


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
    within, means, away = [], [], []
    for name, voice in sorted(voices.items()):
        pieces = [voice[at : at + _PIECE] for at in range(0, len(voice) - _PIECE + 1, _PIECE)][:_MOST_PIECES]
        vectors = np.array([encoder.vector(piece) for piece in pieces])
        if len(vectors) > 3:
            within.append(np.cov(vectors.T))
        if len(vectors):
            means.append(vectors.mean(axis=0))
        away += list(_differences(encoder, voice, np.random.default_rng(len(name) + len(voice))))
    turned = np.array(away)
    one = (np.mean(within, axis=0) + turned.T @ turned / (2 * len(turned))) / 2
    between = np.cov(np.array(means).T)
    steady = _REGULARISED * np.eye(_DIMENSIONS)
    return np.asarray(np.linalg.inv(2 * one + steady) - np.linalg.inv(2 * one + 2 * between + steady))


def _differences(encoder: SpeakerEncoder, voice: Samples, chance: np.random.Generator) -> Iterator[Matrix]:
    """Between a voice and the same voice turned away."""
    if len(voice) < 2 * _PIECE:
        return
    half = len(voice) // 2
    known = encoder.vector(voice[:half][:_ENOUGH])
    for down_db in _AWAY_DB:
        length = int(chance.uniform(_PIECE, max(_PIECE + 1, min(_ENOUGH, len(voice) - half))))
        yield encoder.vector(turned_away(voice[half:][:length], down_db, chance)) - known


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
