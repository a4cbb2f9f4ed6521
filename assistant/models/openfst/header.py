"""The header of OpenFst files: the kind of graph, and the words of its labels with their numbers.

See OpenFst's ``fst.h`` and ``symbol-table.cc``.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.models.openfst.graph import GraphError

MAGIC = b"\xd6\xfd\xb2\x7e"
"""The first bytes of an OpenFst file."""

HAS_INPUT_SYMBOLS = 1
HAS_OUTPUT_SYMBOLS = 2
IS_ALIGNED = 4

_SYMBOLS_MAGIC = 2_125_658_996
_NUMBERS = "<iiQqqq"


class Cursor:
    """A position in `content` that each read advances; numbers are little-endian, as OpenFst writes them on PCs.

    Attributes
    ----------
    content : bytes
    at : int
        Offset of the next read.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    @property
    def left(self) -> int:
        """Number of bytes not read yet."""
        return len(self.content) - self.at

    def numbers(self, layout: str) -> tuple[Any, ...]:
        """Read the next few numbers, in a layout of `struct`."""
        begin = self.skip(struct.calcsize(layout))
        return struct.unpack_from(layout, self.content, begin)

    def array(self, dtype: npt.DTypeLike, count: int) -> npt.NDArray[Any]:
        """Read the next `count` items, as a view of the content, which need not be aligned."""
        dtype = np.dtype(dtype)
        begin = self.skip(count * dtype.itemsize)
        return np.frombuffer(self.content, dtype, count, begin)

    def bits(self, count: int) -> npt.NDArray[np.bool_]:
        """Read the next `count` bits, stored in whole words of 64."""
        stored = self.array(np.uint8, 8 * -(-count // 64))
        return np.unpackbits(stored, count=count, bitorder="little").view(np.bool_)

    def text(self) -> bytes:
        """Read the next string, stored with its length."""
        (length,) = self.numbers("<i")
        begin = self.skip(length)
        return self.content[begin : self.at]

    def align(self, multiple: int) -> None:
        """Move on to the next offset that is a multiple of this."""
        self.skip(-self.at % multiple)

    def skip(self, count: int) -> int:
        """Move on by `count` bytes, and return the offset before that."""
        if not 0 <= count <= self.left:
            raise GraphError("is damaged: it ends too early")
        begin, self.at = self.at, self.at + count
        return begin


@dataclass(frozen=True, slots=True)
class SymbolTable:
    """Words with their numbers.

    Attributes
    ----------
    numbers : mapping of str to int
    stored : bytes
        The table as its file has it.
    """

    numbers: Mapping[str, int]
    stored: bytes


def read_symbols(cursor: Cursor) -> SymbolTable:
    """Read the table at `cursor`.

    Raises
    ------
    GraphError
        There is none, or it is damaged.
    """
    begin = cursor.at
    if cursor.numbers("<i") != (_SYMBOLS_MAGIC,):
        raise GraphError("is damaged: its table of words doesn't begin where it should")
    cursor.text()  # the name of the file that it was made from
    _, size = cursor.numbers("<qq")
    content, at = cursor.content, cursor.at
    length_of, number_of = struct.Struct("<i").unpack_from, struct.Struct("<q").unpack_from
    numbers = {}
    try:
        # Without the cursor, for speed: there are 150,000 words and more.
        for _ in range(size):
            word = at + 4
            at = word + length_of(content, at)[0]
            if at < word:  # backwards, and perhaps for ever
                raise GraphError("is damaged: it has a word of negative length")
            numbers[content[word:at].decode("utf-8", "replace")] = number_of(content, at)[0]
            at += 8
    except struct.error:
        raise GraphError("is damaged: it ends within its table of words") from None
    cursor.skip(at - cursor.at)
    return SymbolTable(numbers, content[begin:at])


def read_word_list(text: str) -> dict[str, int]:
    """Read the lines ``word number`` of a ``words.txt``.

    Raises
    ------
    ValueError
        A line isn't like that.
    """
    pairs = (line.split() for line in text.splitlines() if line.strip())
    return {word: int(number) for word, number in pairs}


@dataclass(frozen=True, slots=True)
class Header:
    """The header of an OpenFst file.

    Attributes
    ----------
    kind : str
        The layout of the rest: "ngram", "const", "vector" …
    arc_kind : str
        The meaning of the weights; "standard" ones are costs, and the lowest sum wins.
    version : int
        The layout's version.
    flags : int
        ``HAS_INPUT_SYMBOLS``, ``HAS_OUTPUT_SYMBOLS``, ``IS_ALIGNED``.
    properties : int
        What is known about the graph, two bits per property.
    start, states, arcs : int
        Some layouts leave the last two unset.
    input_symbols, output_symbols : SymbolTable or None
        The names of labels, if the file has them.
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
        """The header as bytes."""
        names = b"".join(_packed_text(text) for text in (self.kind, self.arc_kind))
        numbers = (self.version, self.flags, self.properties, self.start, self.states, self.arcs)
        tables = [table.stored for table in (self.input_symbols, self.output_symbols) if table]
        return b"".join((MAGIC, names, struct.pack(_NUMBERS, *numbers), *tables))


def read_header(cursor: Cursor) -> Header:
    """Read the header of an OpenFst file, up to the graph.

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
