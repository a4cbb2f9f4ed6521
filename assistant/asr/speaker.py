"""Who is speaking: i-vectors, from what Vosk's models bring along to adapt themselves to a speaker.

An i-vector (Dehak et al. 2011, *Front-end factor analysis for speaker verification*) sums up how a voice, its room and
its microphone differ from the average one. Kaldi computes one inside Vosk and doesn't hand it out; here the model's own
files are read and the same is done again, in 3 ms for a second of sound. A voice in the distance sounds through its
room, so that even a person with a similar voice is told from one at the microphone.
"""

from __future__ import annotations

import hashlib
import json
import struct
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from assistant.audio.frame import RATE_HZ, Samples

Vector = npt.NDArray[np.float64]
"""An i-vector, projected so that Euclidean distances tell speakers apart."""

METRIC_FILE: Final = Path(__file__).with_name("speaker.json")
"""The projection, and the SHA-256 of the extractor that it was fitted to (by `tools.training.train_speaker`)."""

_LEVEL: Final = 1500.0
"""The RMS at which all sound is compared, of 32768: how loud somebody speaks isn't part of who they are."""
_WINDOW, _STEP, _FFT = 400, 160, 512
_MELS, _LOWEST_HZ, _HIGHEST_HZ = 40, 20.0, 7600.0
_EMPHASIS = 0.97
_POVEY = 0.85
_LIFTER = 22
_SMALLEST = 1e-7
_CONTEXT = 3
_KNOWN_FRAMES = 200
"""How many frames of the training data's mean count when the mean of a piece is taken out, as in Kaldi."""
_LEAST_POSTERIOR = 0.025
_POSTERIOR_SCALE = 0.1
_MOST_FRAMES = 100.0
"""Frames are no independent observations: a tenth of each counts, and no more than this many in all, as in Kaldi."""


def speaker_encoder(folder: Path) -> SpeakerEncoder | None:
    """The speaker model in the folder of a Vosk model; None if it is another than the one that we know to compare.

    Parameters
    ----------
    folder : Path
    """
    extractor = folder / "ivector" / "final.ie"
    if not extractor.is_file():
        return None
    metric = json.loads(METRIC_FILE.read_text("ascii"))
    if hashlib.sha256(extractor.read_bytes()).hexdigest() != metric["extractor"]:
        return None
    return SpeakerEncoder(folder, np.array(metric["projection"]))


class SpeakerEncoder:
    """Tells how alike two stretches of speech are in speaker, room and microphone. The constructor touches nothing.

    Parameters
    ----------
    folder : Path
        Of a Vosk model; see `speaker_encoder` for whether it has what is needed.
    projection : ndarray, shape (dimensions kept, dimensions)
        What makes an i-vector comparable to others.
    """

    def __init__(self, folder: Path, projection: Vector) -> None:
        self._folder = folder / "ivector"
        self._projection = projection

    def vector(self, samples: Samples) -> Vector:
        """Of a stretch of speech, what tells its speaker; the squared distance of two tells how unlike they are.

        Parameters
        ----------
        samples : ndarray of int16
            Mono, at 16 kHz, 25 ms or more; of voice alone if possible.
        """
        sound = samples.astype(np.float64)
        sound *= _LEVEL / (np.sqrt(np.mean(np.square(sound))) + 1.0)
        raw, normalised = self._features(_cepstra(sound))
        likelihood = self._mixture.log_likelihood(normalised)
        posterior = np.exp(likelihood - likelihood.max(axis=1, keepdims=True))
        posterior /= posterior.sum(axis=1, keepdims=True)
        posterior[posterior < _LEAST_POSTERIOR] = 0.0
        posterior /= posterior.sum(axis=1, keepdims=True)
        counts, sums = posterior.sum(axis=0), posterior.T @ raw
        scale = _POSTERIOR_SCALE * min(1.0, _MOST_FRAMES / (_POSTERIOR_SCALE * counts.sum()))
        return np.asarray(self._projection @ self._extractor.vector(scale * counts, scale * sums))

    def _features(self, cepstra: Vector) -> tuple[Vector, Vector]:
        """Features for the i-vector, and those with the mean taken out, for the mixture."""
        known = self._training_mean
        mean = (cepstra.sum(axis=0) + _KNOWN_FRAMES * known) / (len(cepstra) + _KNOWN_FRAMES)
        return self._reduced(cepstra), self._reduced(cepstra - mean)

    def _reduced(self, cepstra: Vector) -> Vector:
        """Seven frames side by side, in the 40 dimensions that tell speech sounds apart."""
        places = np.arange(len(cepstra))
        sides = [cepstra[np.clip(places + shift, 0, len(cepstra) - 1)] for shift in range(-_CONTEXT, _CONTEXT + 1)]
        matrix = self._reduction
        beside = np.concatenate(sides, axis=1)
        return np.asarray(beside @ matrix[:, : beside.shape[1]].T + matrix[:, beside.shape[1] :].sum(axis=1))

    @cached_property
    def _mixture(self) -> _Mixture:
        return _Mixture(_KaldiFile(self._folder / "final.dubm"))

    @cached_property
    def _extractor(self) -> _Extractor:
        return _Extractor(_KaldiFile(self._folder / "final.ie"))

    @cached_property
    def _reduction(self) -> Vector:
        return _KaldiFile(self._folder / "final.mat").matrix()

    @cached_property
    def _training_mean(self) -> Vector:
        numbers = (self._folder / "global_cmvn.stats").read_text("ascii").strip().strip("[]").split()
        sums = np.array(numbers, np.float64).reshape(2, -1)[0]
        return np.asarray(sums[:-1] / sums[-1])


class _Mixture:
    """A mixture of Gaussians with diagonal covariances: which kind of sound a frame is."""

    def __init__(self, file: _KaldiFile) -> None:
        file.expect("<DiagGMM>", "<GCONSTS>")
        self._constants = file.vector()
        file.expect("<WEIGHTS>")
        file.vector()
        file.expect("<MEANS_INVVARS>")
        self._means = file.matrix()
        file.expect("<INV_VARS>")
        self._inverse_variances = file.matrix()

    def log_likelihood(self, features: Vector) -> Vector:
        """Of each frame under each Gaussian, shape (frames, Gaussians)."""
        squares = 0.5 * np.square(features) @ self._inverse_variances.T
        return np.asarray(self._constants + features @ self._means.T - squares)


class _Extractor:
    """How the means of the mixture's Gaussians move with the i-vector."""

    def __init__(self, file: _KaldiFile) -> None:
        file.expect("<IvectorExtractor>", "<w>")
        file.matrix()
        file.expect("<w_vec>")
        file.vector()
        file.expect("<M>")
        moves = np.array([file.matrix() for _ in range(file.integer())])
        file.expect("<SigmaInv>")
        precisions = np.array([file.matrix() for _ in range(len(moves))])
        file.expect("<IvectorOffset>")
        self._offset = file.number()
        self._weighted = np.einsum("gij,gjd->gid", precisions, moves)
        self._information = np.einsum("gjd,gje->gde", moves, self._weighted)

    def vector(self, counts: Vector, sums: Vector) -> Vector:
        """The i-vector's mean, given how much of the sound each Gaussian accounts for and the sum of its features."""
        linear = np.einsum("gfd,gf->d", self._weighted, sums)
        quadratic = np.tensordot(counts, self._information, 1) + np.eye(len(linear))
        linear[0] += self._offset
        found = np.linalg.solve(quadratic, linear)
        found[0] -= self._offset
        return np.asarray(found)


def _cepstra(sound: Vector) -> Vector:
    """Mel-frequency cepstra as Kaldi computes them for this model (its ``conf/mfcc.conf``), shape (frames, 40)."""
    count = max(1, (len(sound) - _WINDOW) // _STEP + 1)
    sound = np.pad(sound, (0, max(0, _WINDOW - len(sound))))
    frames = np.lib.stride_tricks.sliding_window_view(sound, _WINDOW)[::_STEP][:count]
    frames = frames - frames.mean(axis=1, keepdims=True)
    frames = frames - _EMPHASIS * np.concatenate((frames[:, :1], frames[:, :-1]), axis=1)
    power = np.square(np.abs(np.fft.rfft(frames * _povey_window(), _FFT)))
    logarithms = np.log(np.maximum(power @ _MEL_FILTERS.T, _SMALLEST))
    return np.asarray(logarithms @ _COSINES.T)


def _povey_window() -> Vector:
    hann = 0.5 - 0.5 * np.cos(2.0 * np.pi * np.arange(_WINDOW) / (_WINDOW - 1))
    return np.asarray(hann**_POVEY)


def _mel(hertz: Any) -> Any:  # noqa: ANN401 - a number or an array
    return 1127.0 * np.log(1.0 + hertz / 700.0)


def _mel_filters() -> Vector:
    edges = np.linspace(_mel(_LOWEST_HZ), _mel(_HIGHEST_HZ), _MELS + 2)
    places = _mel(np.arange(_FFT // 2 + 1) * RATE_HZ / _FFT)
    width = edges[1] - edges[0]
    rising, falling = (places - edges[:-2, None]) / width, (edges[2:, None] - places) / width
    filters: Vector = np.maximum(0.0, np.minimum(rising, falling))
    filters[:, -1] = 0.0
    return filters


def _cosines() -> Vector:
    """The cosine transform, with Kaldi's weights for higher cepstra."""
    number, place = np.arange(_MELS)[:, None], np.arange(_MELS)[None]
    matrix = np.sqrt(2.0 / _MELS) * np.cos(np.pi / _MELS * (place + 0.5) * number)
    matrix[0] = np.sqrt(1.0 / _MELS)
    lifter = 1.0 + 0.5 * _LIFTER * np.sin(np.pi * np.arange(_MELS) / _LIFTER)
    return np.asarray(matrix * lifter[:, None])


_MEL_FILTERS: Final = _mel_filters()
_COSINES: Final = _cosines()


class _KaldiFile:
    """Reads Kaldi's binary format: names, numbers, vectors and matrices, one after another."""

    def __init__(self, path: Path) -> None:
        self._bytes = path.read_bytes()
        self._at = 2

    def expect(self, *names: str) -> None:
        """Go on behind these names."""
        for name in names:
            if (found := self._name()) != name:
                raise ValueError(f"{found} instead of {name}")

    def integer(self) -> int:
        return int(self._unpacked("<xi"))

    def number(self) -> float:
        return float(self._unpacked("<xd" if self._bytes[self._at] == 8 else "<xf"))

    def vector(self) -> Vector:
        kind = self._name()
        return self._array(kind, self.integer())

    def matrix(self) -> Vector:
        kind = self._name()
        rows = self.integer()
        if kind[1] != "P":
            columns = self.integer()
            return self._array(kind, rows * columns).reshape(rows, columns)
        # A symmetric one, of which only the lower half is kept.
        whole = np.zeros((rows, rows))
        whole[np.tril_indices(rows)] = self._array(kind, rows * (rows + 1) // 2)
        return np.asarray(whole + np.tril(whole, -1).T)

    def _name(self) -> str:
        end = self._bytes.index(b" ", self._at)
        name, self._at = self._bytes[self._at : end].decode("ascii"), end + 1
        return name

    def _unpacked(self, form: str) -> Any:  # noqa: ANN401 - an integer or a float
        (value,) = struct.unpack_from(form, self._bytes, self._at)
        self._at += struct.calcsize(form)
        return value

    def _array(self, kind: str, count: int) -> Vector:
        form = np.dtype("<f4" if kind[0] == "F" else "<f8")
        values = np.frombuffer(self._bytes, form, count, self._at).astype(np.float64)
        self._at += count * form.itemsize
        return values
