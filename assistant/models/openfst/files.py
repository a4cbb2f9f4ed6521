"""Graphs in files: read from any of OpenFst's common layouts, written in the plainest one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from assistant.models.openfst import const_fst
from assistant.models.openfst.const_fst import pack_const, read_const
from assistant.models.openfst.cursor import Cursor
from assistant.models.openfst.graph import Graph, GraphError, check
from assistant.models.openfst.header import IS_ALIGNED, Header, read_header
from assistant.models.openfst.ngram_fst import read_ngram
from assistant.models.openfst.properties import properties_of
from assistant.models.openfst.vector_fst import read_vector

_READERS = {"ngram": read_ngram, "const": read_const, "vector": read_vector}


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
    if header.kind not in _READERS:
        raise GraphError(f"is laid out as {header.kind!r}; understood are 'ngram', 'const' and 'vector'")
    graph = _READERS[header.kind](cursor, header)
    return header, check(graph)


def pack_graph(graph: Graph, read: Header) -> tuple[int, Iterator[bytes | memoryview]]:
    """A file in the layout ``const`` of a graph with loops: its size in bytes, and the bytes piece by piece.

    Parameters
    ----------
    read : Header
        Of the file that the graph was read from: its words and some properties are still true.
    """
    header = Header(
        kind="const",
        arc_kind="standard",
        version=const_fst.VERSION,
        flags=read.flags & ~IS_ALIGNED,
        properties=properties_of(graph, read.properties),
        start=graph.start,
        states=graph.states,
        arcs=len(graph.arcs),
        input_symbols=read.input_symbols,
        output_symbols=read.output_symbols,
    ).packed()
    size, pieces = pack_const(graph)
    return len(header) + size, chain([header], pieces)
