"""What every OpenFst file begins with: what kind it is, and the names of its labels (OpenFst's ``fst.h``)."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from assistant.models.openfst.cursor import Cursor
from assistant.models.openfst.graph import GraphError
from assistant.models.openfst.symbols import SymbolTable, read_symbols

MAGIC = b"\xd6\xfd\xb2\x7e"
"""The first bytes of an OpenFst file."""

HAS_INPUT_SYMBOLS = 1
HAS_OUTPUT_SYMBOLS = 2
IS_ALIGNED = 4

_NUMBERS = "<iiQqqq"


@dataclass(frozen=True, slots=True)
class Header:
    """The head of an OpenFst file.

    Attributes
    ----------
    kind : str
        How the rest is laid out: "ngram", "const", "vector" …
    arc_kind : str
        What the weights mean; "standard" are costs, of which the lowest sum wins.
    version : int
        Of the layout.
    flags : int
        ``HAS_INPUT_SYMBOLS``, ``HAS_OUTPUT_SYMBOLS``, ``IS_ALIGNED``.
    properties : int
        What is known of the graph, two bits a property.
    start, states, arcs : int
        Some layouts leave the last two unset.
    input_symbols, output_symbols : SymbolTable or None
        The names of labels, where the file holds them.
    """

    kind: str
    arc_kind: str
    version: int
    flags: int
    properties: int
    start: int
    states: int
    arcs: int
    input_symbols: SymbolTable | None
    output_symbols: SymbolTable | None

    def packed(self) -> bytes:
        """The header as a file begins with it."""
        names = b"".join(_packed_text(text) for text in (self.kind, self.arc_kind))
        numbers = (self.version, self.flags, self.properties, self.start, self.states, self.arcs)
        tables = [table.stored for table in (self.input_symbols, self.output_symbols) if table]
        return b"".join((MAGIC, names, struct.pack(_NUMBERS, *numbers), *tables))


def read_header(cursor: Cursor) -> Header:
    """Read the head of an OpenFst file up to where its graph begins.

    Raises
    ------
    GraphError
        It isn't one, or is damaged.
    """
    if not cursor.content.startswith(MAGIC):
        raise GraphError("is not a recognition graph")
    cursor.skip(len(MAGIC))
    kind, arc_kind = (cursor.text().decode("ascii", "replace") for _ in range(2))
    version, flags, properties, start, states, arcs = cursor.numbers(_NUMBERS)
    tables = [read_symbols(cursor) if flags & present else None for present in (HAS_INPUT_SYMBOLS, HAS_OUTPUT_SYMBOLS)]
    return Header(kind, arc_kind, version, flags, properties, start, states, arcs, *tables)


def _packed_text(text: str) -> bytes:
    return struct.pack("<i", len(text)) + text.encode("ascii")
