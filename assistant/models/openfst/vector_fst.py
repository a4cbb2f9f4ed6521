"""Reading OpenFst's ``vector`` layout: state by state, each followed by its arcs (OpenFst's ``vector-fst.h``)."""

from __future__ import annotations

import struct

import numpy as np

from assistant.models.openfst.cursor import Cursor
from assistant.models.openfst.graph import ARC, Graph
from assistant.models.openfst.header import Header

_STATE = struct.Struct("<fq")


def read_vector(cursor: Cursor, header: Header) -> Graph:
    """Read the graph that follows a ``vector`` header.

    Raises
    ------
    GraphError
        It is damaged.
    """
    finals: list[float] = []
    counts: list[int] = []
    pieces: list[bytes] = []
    # A negative number of states means as many as there are.
    while len(finals) != header.states and not (header.states < 0 and cursor.left == 0):
        final, count = _STATE.unpack_from(cursor.content, cursor.skip(_STATE.size))
        begin = cursor.skip(count * ARC.itemsize)
        finals.append(final)
        counts.append(count)
        pieces.append(cursor.content[begin : cursor.at])
    arcs = np.frombuffer(b"".join(pieces), ARC)
    first = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
    return Graph(header.start, first, arcs.copy(), np.array(finals, np.float32))
