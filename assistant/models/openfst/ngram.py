"""Reads OpenFst's ``ngram`` layout: a language model packed into bits (OpenFst's ``ngram-fst.h``).

The contexts that a model knows form a tree: its root is the empty context, and every step down adds the word *before*
those so far. Each state is a context, and states are numbered level by level from the root, so a state's children have
consecutive numbers. Two rows of bits give the number of children and of following words of each state: a one for
each, then a zero (a "level-order unary degree sequence": Sorensen and Allauzen, "Unary data structures for language
models", Interspeech 2011).

The destinations of arcs aren't stored. They follow from the tree: reading word `w` in context `c` leads to the longest
suffix of `c w` in the tree, found by going down from the root by `w`, then the last word of `c`, then the one before.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from assistant.models.openfst.graph import ARC, Arcs, Counts, Graph, GraphError
from assistant.models.openfst.header import Cursor, Header

_VERSION = 4
_START = 1  # the context "beginning of a sentence"
_DEEPEST = 20  # contexts are 2 to 5 words long; more is a damaged file


def read_ngram(cursor: Cursor, header: Header) -> Graph:
    """Read the graph that follows an ``ngram`` header.

    Raises
    ------
    GraphError
        It is damaged, or of another version.
    """
    if header.version != _VERSION:
        raise GraphError(f"is of version {header.version} of the layout 'ngram'; understood is {_VERSION}")
    states, futures, finals = (int(number) for number in cursor.numbers("<QQQ"))
    # Each future takes a word and a cost of four bytes each: checked first, as a damaged count can be astronomical.
    if states < 2 or 8 * futures + 8 * states > cursor.left:
        raise GraphError("is damaged: it ends too early")
    children = _ones_between_zeros(cursor.bits(2 * states + 1)[2:], states, states - 1)
    following = _ones_between_zeros(cursor.bits(futures + states + 1)[1:], states, futures)
    is_final = cursor.bits(states)
    context_words = cursor.array("<i4", states + 1)[:states]
    future_words = cursor.array("<i4", futures)
    backoff = cursor.array("<f4", states + 1)[:states]
    final_costs = cursor.array("<f4", finals)
    future_costs = cursor.array("<f4", futures + 1)[:futures]
    if np.count_nonzero(is_final) != finals:
        raise GraphError("is damaged: its counts contradict each other")

    tree = _Tree(children, context_words)
    has_backoff = np.arange(states) > 0
    first = np.concatenate(([0], np.cumsum(following + has_backoff)))
    arcs: Arcs = np.empty(first[-1], ARC)
    # Each state's backoff arc to its parent comes first, then its words.
    back = first[1:states]
    arcs["ilabel"][back] = 0
    arcs["weight"][back] = backoff[1:]
    arcs["nextstate"][back] = tree.parents[1:]
    forth = np.ones(len(arcs), bool)
    forth[back] = False
    arcs["ilabel"][forth] = future_words
    arcs["weight"][forth] = future_costs
    arcs["nextstate"][forth] = tree.destinations(np.repeat(np.arange(states, dtype=np.int32), following), future_words)
    arcs["olabel"] = arcs["ilabel"]
    costs = np.full(states, np.inf, np.float32)
    costs[is_final] = final_costs
    return Graph(_START, first, arcs, costs)


def _ones_between_zeros(bits: npt.NDArray[np.bool_], rows: int, ones: int) -> Counts:
    zeros = np.flatnonzero(~bits)
    if len(zeros) != rows or len(bits) != rows + ones or bits[-1]:
        raise GraphError("is damaged: its counts contradict each other")
    return np.diff(zeros, prepend=-1) - 1


class _Tree:
    """The tree of contexts.

    Parameters
    ----------
    children : array
        The number of children of each state.
    words : array
        The word that leads to each state from its parent.
    """

    def __init__(self, children: Counts, words: npt.NDArray[np.int32]) -> None:
        states = len(children)
        if words[1:].min() < 0:
            raise GraphError("is damaged: it has contexts without a word")
        self.parents = np.zeros(states, np.int64)
        self.parents[1:] = np.repeat(np.arange(states), children)
        if (self.parents[1:] >= np.arange(1, states)).any():
            raise GraphError("is damaged: its contexts run in a circle")
        self._span = int(words.max()) + 1
        # Children are sorted by word, so these keys are sorted as well, and a child can be found by bisection.
        self._keys = self.parents[1:] * self._span + words[1:]
        if (np.diff(self._keys) <= 0).any():
            raise GraphError("is damaged: its contexts are out of order")
        self._histories = self._read_histories(children, words)

    def destinations(self, sources: npt.NDArray[np.int32], words: npt.NDArray[np.int32]) -> Counts:
        """The state that each of `words` leads to from the matching state in `sources`."""
        reached = self._child(np.zeros(len(words), np.int64), words)
        # Only those that found a child can go further down; they become fewer with every step.
        going = np.flatnonzero(reached)
        for history in self._histories[:-1]:
            further = self._child(reached[going], history[sources[going]])
            got = further > 0
            going = going[got]
            reached[going] = further[got]
        return reached

    def _child(self, parents: Counts, words: npt.NDArray[np.int32]) -> Counts:
        """The child of each parent by the matching word; 0, the root, which is no child, if there is none."""
        wanted = parents * self._span + words
        places = np.searchsorted(self._keys, wanted)
        places[places == len(self._keys)] = 0
        found = (self._keys[places] == wanted) & (words >= 0) & (words < self._span)
        return np.where(found, places + 1, 0)

    def _read_histories(self, children: Counts, words: npt.NDArray[np.int32]) -> list[npt.NDArray[np.int32]]:
        """For each state, the last word of its context, the one before it, and so on; -1 before the oldest."""
        histories: list[npt.NDArray[np.int32]] = []
        begin, end = 1, 1 + int(children[0])
        while begin < end:
            if len(histories) == _DEEPEST:
                raise GraphError("is damaged: its contexts are too long")
            level, parents = slice(begin, end), self.parents[begin:end]
            for history in histories:
                history[level] = history[parents]
            newest = np.full(len(children), -1, np.int32)
            newest[level] = words[level]
            histories.append(newest)
            begin, end = end, end + int(children[level].sum())
        return histories
