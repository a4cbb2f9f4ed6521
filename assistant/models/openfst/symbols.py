"""The words of a recogniser and their numbers, as OpenFst keeps them (its ``symbol-table.cc``)."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.models.openfst.cursor import Cursor
from assistant.models.openfst.graph import GraphError

_MAGIC = 2_125_658_996


@dataclass(frozen=True, slots=True)
class SymbolTable:
    """Words with their numbers.

    Attributes
    ----------
    numbers : mapping of str to int
    stored : bytes
        The table as it stands in its file.
    """

    numbers: Mapping[str, int]
    stored: bytes


def read_symbols(cursor: Cursor) -> SymbolTable:
    """Read a table that begins where `cursor` is.

    Raises
    ------
    GraphError
        There is none, or it is damaged.
    """
    begin = cursor.at
    if cursor.numbers("<i") != (_MAGIC,):
        raise GraphError("is damaged: its table of words doesn't begin where it should")
    cursor.text()  # the name of the file it was once made from
    _, size = cursor.numbers("<qq")
    content, at = cursor.content, cursor.at
    length_of, number_of = struct.Struct("<i").unpack_from, struct.Struct("<q").unpack_from
    numbers = {}
    try:
        # Written out, for there are 150,000 words and more.
        for _ in range(size):
            word = at + 4
            at = word + length_of(content, at)[0]
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
