"""Reads graphs in any of OpenFst's common layouts, and writes them in the simplest one, ``const``.

``const`` has all states, then all arcs, each of a fixed size (OpenFst's ``const-fst.h``); ``vector`` goes state by
state, each followed by its arcs (``vector-fst.h``). OpenFst needs to know a graph's properties, two bits each
(``properties.h``): it believes those in the file, and computes the rest, which takes time at every start.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import chain
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.models.openfst.graph import ARC, Graph, GraphError, check
from assistant.models.openfst.header import IS_ALIGNED, Cursor, Header, read_header
from assistant.models.openfst.ngram import read_ngram

_CHUNK_BYTES = 1 << 18
"""How much of a file to write at a time."""

_CONST_VERSION = 2
"""The version of files that aren't aligned; the first version always is."""

_CONST_STATE = np.dtype(
    [("final", "<f4"), ("first", "<u4"), ("arcs", "<u4"), ("input_epsilons", "<u4"), ("output_epsilons", "<u4")]
)
_ALIGNED_CONST_VERSION = 1
_ALIGNMENT = 16

_VECTOR_STATE = struct.Struct("<fq")

_EXPANDED = 1 << 0
_ACCEPTOR, _NOT_ACCEPTOR = 1 << 16, 1 << 17
_EPSILONS, _NO_EPSILONS = 1 << 22, 1 << 23
_INPUT_EPSILONS, _NO_INPUT_EPSILONS = 1 << 24, 1 << 25
_OUTPUT_EPSILONS, _NO_OUTPUT_EPSILONS = 1 << 26, 1 << 27
_INPUT_SORTED, _NOT_INPUT_SORTED = 1 << 28, 1 << 29
_OUTPUT_SORTED, _NOT_OUTPUT_SORTED = 1 << 30, 1 << 31
_WEIGHTED, _UNWEIGHTED = 1 << 32, 1 << 33
_CYCLIC = 1 << 34
_CYCLIC_AT_START = 1 << 36
_NOT_TOP_SORTED = 1 << 39
_ACCESSIBILITY = 0b1111 << 40  # whether every state can be reached, and can reach an end
_NOT_A_STRING = 1 << 45


def read_graph(content: bytes) -> tuple[Header, Graph]:
    """Read a graph in the layout ``ngram``, ``const`` or ``vector``.

    Raises
    ------
    GraphError
        It is damaged, or is of another kind.
    """
    cursor = Cursor(content)
    header = read_header(cursor)
    if header.arc_kind != "standard":
        raise GraphError(f"has weights of the kind {header.arc_kind!r}, and only 'standard' ones are understood")
    readers = {"ngram": read_ngram, "const": _read_const, "vector": _read_vector}
    if header.kind not in readers:
        raise GraphError(f"is laid out as {header.kind!r}; understood are 'ngram', 'const' and 'vector'")
    graph = readers[header.kind](cursor, header)
    return header, check(graph)


def pack_graph(graph: Graph, read: Header) -> tuple[int, Iterator[bytes | memoryview]]:
    """Write a graph with loops in the layout ``const``: return its size in bytes, and the bytes piece by piece.

    Parameters
    ----------
    read : Header
        Of the file that the graph was read from: its words and some properties still apply.
    """
    header = Header(
        kind="const",
        arc_kind="standard",
        version=_CONST_VERSION,
        flags=read.flags & ~IS_ALIGNED,
        properties=_properties_of(graph, read.properties),
        start=graph.start,
        states=graph.states,
        arcs=len(graph.arcs),
        input_symbols=read.input_symbols,
        output_symbols=read.output_symbols,
    ).packed()
    size, pieces = _pack_const(graph)
    return len(header) + size, chain([header], pieces)


def _read_const(cursor: Cursor, header: Header) -> Graph:
    """Read the graph that follows a ``const`` header.

    Raises
    ------
    GraphError
        It is damaged.
    """
    alignment = _ALIGNMENT if header.version == _ALIGNED_CONST_VERSION or header.flags & IS_ALIGNED else 1
    cursor.align(alignment)
    states = cursor.array(_CONST_STATE, header.states)
    cursor.align(alignment)
    arcs = cursor.array(ARC, header.arcs)
    first = np.concatenate(([0], np.cumsum(states["arcs"], dtype=np.int64)))
    if first[-1] != len(arcs) or (states["first"] != first[:-1])[states["arcs"] > 0].any():
        raise GraphError("is damaged: its counts contradict each other")
    return Graph(header.start, first, arcs.copy(), states["final"].copy())


def _pack_const(graph: Graph) -> tuple[int, Iterator[memoryview]]:
    """What follows the header of a ``const`` file, not aligned: its size in bytes, and the bytes piece by piece."""
    states = np.empty(graph.states, _CONST_STATE)
    states["final"] = graph.finals
    states["first"] = graph.first[:-1]
    states["arcs"] = np.diff(graph.first)
    for side in ("input", "output"):
        epsilons = np.concatenate(([0], np.cumsum(graph.arcs[f"{side[0]}label"] == 0)))
        states[f"{side}_epsilons"] = np.diff(epsilons[graph.first])
    return states.nbytes + graph.arcs.nbytes, chain(_pieces(states), _pieces(graph.arcs))


def _pieces(items: npt.NDArray[Any]) -> Iterator[memoryview]:
    stored = items.view(np.uint8).data
    return (stored[begin : begin + _CHUNK_BYTES] for begin in range(0, len(stored), _CHUNK_BYTES))


def _read_vector(cursor: Cursor, header: Header) -> Graph:
    """Read the graph that follows a ``vector`` header.

    Raises
    ------
    GraphError
        It is damaged.
    """
    finals: list[float] = []
    counts: list[int] = []
    pieces: list[bytes] = []
    # A negative number of states means that the states go on to the end of the file.
    while len(finals) != header.states and not (header.states < 0 and cursor.left == 0):
        final, count = _VECTOR_STATE.unpack_from(cursor.content, cursor.skip(_VECTOR_STATE.size))
        begin = cursor.skip(count * ARC.itemsize)
        finals.append(final)
        counts.append(count)
        pieces.append(cursor.content[begin : cursor.at])
    arcs = np.frombuffer(b"".join(pieces), ARC)
    first = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    return Graph(header.start, first, arcs.copy(), np.array(finals, np.float32))


def _properties_of(graph: Graph, before: int) -> int:
    """The properties of a graph that has loops on every state.

    Parameters
    ----------
    before : int
        The properties of the graph before the loops, which don't change what can be reached.
    """
    inputs, outputs = graph.arcs["ilabel"], graph.arcs["olabel"]
    same_state = np.diff(graph.sources) == 0
    known = _EXPANDED | _CYCLIC | _CYCLIC_AT_START | _NOT_TOP_SORTED | _NOT_A_STRING | before & _ACCESSIBILITY
    known |= _ACCEPTOR if (inputs == outputs).all() else _NOT_ACCEPTOR
    known |= _EPSILONS if ((inputs == 0) & (outputs == 0)).any() else _NO_EPSILONS
    known |= _INPUT_EPSILONS if (inputs == 0).any() else _NO_INPUT_EPSILONS
    known |= _OUTPUT_EPSILONS if (outputs == 0).any() else _NO_OUTPUT_EPSILONS
    ends = graph.finals[np.isfinite(graph.finals)]
    known |= _WEIGHTED if graph.arcs["weight"].any() or ends.any() else _UNWEIGHTED
    known |= _NOT_INPUT_SORTED if (same_state & (np.diff(inputs) < 0)).any() else _INPUT_SORTED
    known |= _NOT_OUTPUT_SORTED if (same_state & (np.diff(outputs) < 0)).any() else _OUTPUT_SORTED
    return known
