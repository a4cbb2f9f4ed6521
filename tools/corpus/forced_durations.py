"""Speech networks with given lengths for sounds, so that a filler's times are known exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tools.corpus.utterance import PAUSE, Filler, Span

_FADED_DB = 18.0


class Network(Protocol):
    """A loaded network."""

    def run(self, outputs: None, inputs: dict[str, NDArray[Any]]) -> list[NDArray[Any]]:
        """Return its outputs: sound, then durations in frames."""


@dataclass(frozen=True, slots=True)
class HeldPhone:
    """A letter to say, for `held_s` seconds, or as long as the network likes if 0; `filler` is its `Filler`."""

    letter: str
    held_s: float = 0.0
    filler: Filler | None = None


def forced_session(path: Path, durations: str, seed: int, *, whole: bool) -> Network:
    """Load an ONNX network with another input, ``force``, and another output: the durations that it used.

    Parameters
    ----------
    path : Path
    durations : str
        The tensor with the durations of letters. Wherever ``force`` isn't 0, it replaces them.
    seed : int
        For the network's random numbers.
    whole : bool
        Whether durations are int64 of shape (1, letters); otherwise they are float32 of shape (1, 1, letters).
    """
    import onnx
    from onnx import TensorProto, helper

    model = onnx.load(str(path))
    graph = model.graph
    at = next(place for place, node in enumerate(graph.node) if durations in node.output)
    graph.node[at].output[0] = "own_durations"
    wanted = graph.input[0].type.tensor_type.shape.dim[1].dim_param
    shape = [1, wanted] if whole else [1, 1, wanted]
    kind = TensorProto.INT64 if whole else TensorProto.FLOAT
    graph.input.append(helper.make_tensor_value_info("force", kind, shape))
    graph.output.append(helper.make_tensor_value_info(durations, kind, None))
    graph.node.insert(at + 1, helper.make_node("Cast", ["force"], ["is_forced"], to=TensorProto.BOOL))
    graph.node.insert(at + 2, helper.make_node("Where", ["is_forced", "force", "own_durations"], [durations]))
    return seeded_session(model.SerializeToString(), seed)


def seeded_session(model: bytes, seed: int) -> Network:
    """Load an ONNX network that speaks the same way in every run: after setting the seed, and on one thread."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    onnxruntime.set_seed(seed)
    network: Network = onnxruntime.InferenceSession(model, sess_options=options, providers=["CPUExecutionProvider"])
    return network


def filler_phones(filler: Filler, *, longer: float = 1.0, longest_s: float | None = None) -> list[HeldPhone]:
    """A filler's phones; a pause is a held comma, because the networks know no other silence.

    Parameters
    ----------
    filler : Filler
    longer : float
        How much longer to hold sounds than they are supposed to be heard.
    longest_s : float, optional
        Longer sounds are said several times.
    """
    phones: list[HeldPhone] = []
    for sound, length_s in filler.sounds:
        if sound == PAUSE:
            phones.append(HeldPhone(",", length_s))
            continue
        times = max(1, round(length_s * longer / longest_s)) if longest_s else 1
        held_s = length_s * longer / times if times > 1 else length_s
        phones += [HeldPhone(sound, held_s, filler)] * times
    return phones


def spans(phones: Sequence[HeldPhone], ends_s: Sequence[float], sound: NDArray[np.float32], rate_hz: int) -> list[Span]:
    """Where fillers are heard; `ends_s` has the end of everything before the first phone, then of each phone."""
    found: list[Span] = []
    last: Filler | None = None
    for phone, (start_s, end_s) in zip(phones, pairwise(ends_s), strict=True):
        if phone.filler is not None and phone.filler is last:
            found[-1] = Span(phone.filler.name, found[-1].start_s, end_s)
        elif phone.filler is not None:
            found.append(Span(phone.filler.name, start_s, end_s))
        last = phone.filler
    return [_sounding(each, sound, rate_hz) for each in found]


def _sounding(span: Span, sound: NDArray[np.float32], rate_hz: int) -> Span:
    """The part between the first and the last 10 ms within 18 dB of its loudest."""
    hop = rate_hz // 100
    part = sound[int(span.start_s * rate_hz) : int(span.end_s * rate_hz)].astype(np.float64)
    if len(part) < 3 * hop:
        return span
    power = np.square(part[: len(part) // hop * hop]).reshape(-1, hop).mean(axis=1)
    loud = np.flatnonzero(power >= power.max() * 10 ** (-_FADED_DB / 10))
    return Span(span.filler, span.start_s + float(loud[0]) / 100, span.start_s + float(loud[-1] + 1) / 100)
