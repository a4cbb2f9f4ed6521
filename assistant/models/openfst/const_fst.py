"""OpenFst's ``const`` layout: all states, then all arcs, each of a fixed size (OpenFst's ``const-fst.h``)."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.models.integrity import CHUNK_BYTES
from assistant.models.openfst.cursor import Cursor
from assistant.models.openfst.graph import ARC, Graph, GraphError
from assistant.models.openfst.header import IS_ALIGNED, Header

VERSION = 2
"""The version of files that aren't aligned; the first version always is."""

_STATE = np.dtype(
    [("final", "<f4"), ("first", "<u4"), ("arcs", "<u4"), ("input_epsilons", "<u4"), ("output_epsilons", "<u4")]
)
_ALIGNED_VERSION = 1
_ALIGNMENT = 16


def read_const(cursor: Cursor, header: Header) -> Graph:
    """Read the graph that follows a ``const`` header.

    Raises
    ------
    GraphError
        It is damaged.
    """
    alignment = _ALIGNMENT if header.version == _ALIGNED_VERSION or header.flags & IS_ALIGNED else 1
    cursor.align(alignment)
    states = cursor.array(_STATE, header.states)
    cursor.align(alignment)
    arcs = cursor.array(ARC, header.arcs)
    first = np.concatenate(([0], np.cumsum(states["arcs"], dtype=np.int64)))
    if first[-1] != len(arcs) or (states["first"] != first[:-1])[states["arcs"] > 0].any():
        raise GraphError("is damaged: its counts contradict each other")
    return Graph(header.start, first, arcs.copy(), states["final"].copy())


def pack_const(graph: Graph) -> tuple[int, Iterator[memoryview]]:
    """What follows the header of a ``const`` file, not aligned: its size in bytes, and the bytes piece by piece."""
    states = np.empty(graph.states, _STATE)
    states["final"] = graph.finals
    states["first"] = graph.first[:-1]
    states["arcs"] = np.diff(graph.first)
    for side in ("input", "output"):
        epsilons = np.concatenate(([0], np.cumsum(graph.arcs[f"{side[0]}label"] == 0)))
        states[f"{side}_epsilons"] = np.diff(epsilons[graph.first])
    return states.nbytes + graph.arcs.nbytes, chain(_pieces(states), _pieces(graph.arcs))


def _pieces(items: npt.NDArray[Any]) -> Iterator[memoryview]:
    stored = items.view(np.uint8).data
    return (stored[begin : begin + CHUNK_BYTES] for begin in range(0, len(stored), CHUNK_BYTES))
