"""Reading a binary file from front to back, with an error where it ends too early."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.models.openfst.graph import GraphError


class Cursor:
    """A place in `content` that moves on with every reading; numbers are little-endian, as OpenFst writes them on PCs.

    Attributes
    ----------
    content : bytes
    at : int
        Offset of what is read next.
    """

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.at = 0

    @property
    def left(self) -> int:
        """How many bytes are still to come."""
        return len(self.content) - self.at

    def numbers(self, layout: str) -> tuple[Any, ...]:
        """The next few numbers, laid out as `struct` has it."""
        begin = self.skip(struct.calcsize(layout))
        return struct.unpack_from(layout, self.content, begin)

    def array(self, dtype: npt.DTypeLike, count: int) -> npt.NDArray[Any]:
        """The next `count` items; a view of the content, which need not be aligned."""
        dtype = np.dtype(dtype)
        begin = self.skip(count * dtype.itemsize)
        return np.frombuffer(self.content, dtype, count, begin)

    def bits(self, count: int) -> npt.NDArray[np.bool_]:
        """The next `count` bits, kept in whole words of 64."""
        stored = self.array(np.uint8, 8 * -(-count // 64))
        return np.unpackbits(stored, count=count, bitorder="little").view(np.bool_)

    def text(self) -> bytes:
        """The next string, kept with its length."""
        (length,) = self.numbers("<i")
        begin = self.skip(length)
        return self.content[begin : self.at]

    def align(self, multiple: int) -> None:
        """Move on to the next multiple of so many bytes."""
        self.skip(-self.at % multiple)

    def skip(self, count: int) -> int:
        """Move on by `count` bytes; where it was before."""
        if not 0 <= count <= self.left:
            raise GraphError("is damaged: it ends too early")
        begin, self.at = self.at, self.at + count
        return begin
