"""A recognition graph in memory: states and arcs between them, and loops that let fillers out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

ARC = np.dtype([("ilabel", "<i4"), ("olabel", "<i4"), ("weight", "<f4"), ("nextstate", "<i4")])
"""An arc as OpenFst keeps it: what it reads, what it puts out, what it costs, where it leads."""

Arcs: TypeAlias = npt.NDArray[Any]
Counts: TypeAlias = npt.NDArray[np.int64]


class GraphError(Exception):
    """A graph can't be used; the text says why, as the end of a sentence that begins with its file."""


@dataclass(frozen=True, slots=True)
class Graph:
    """A weighted graph whose weights are costs (OpenFst's ``standard`` arcs).

    Attributes
    ----------
    start : int
        Where it is entered.
    first : array of int64, one longer than there are states
        The arcs of state `s` are ``arcs[first[s]:first[s + 1]]``.
    arcs : array of ARC
        State by state.
    finals : array of float32
        What it costs to end in a state; infinite where that isn't possible.
    """

    start: int
    first: Counts
    arcs: Arcs
    finals: npt.NDArray[np.float32]

    @property
    def states(self) -> int:
        """How many states there are."""
        return len(self.finals)

    @property
    def sources(self) -> npt.NDArray[np.int32]:
        """The state that each arc leaves."""
        return np.repeat(np.arange(self.states, dtype=np.int32), np.diff(self.first))


def check(graph: Graph) -> Graph:
    """The same graph, if every arc leads from a word to a state.

    Raises
    ------
    GraphError
        One doesn't.
    """
    if not 0 <= graph.start < graph.states:
        raise GraphError(f"is damaged: it begins at state {graph.start} of {graph.states}")
    arcs = graph.arcs
    leads_astray = (arcs["nextstate"] < 0) | (arcs["nextstate"] >= graph.states)
    if leads_astray.any() or (arcs["ilabel"] < 0).any() or (arcs["olabel"] < 0).any():
        raise GraphError("is damaged: it has arcs that lead nowhere")
    if np.isnan(arcs["weight"]).any() or np.isnan(graph.finals).any():
        raise GraphError("is damaged: it has arcs without a cost")
    return graph


def with_loops(graph: Graph, costs: Mapping[int, float]) -> Graph:
    """`graph` with an arc from every state to itself for each filler, all arcs of a state sorted by what they read.

    A filler then costs the same wherever it is said, and the words before it still foretell those after it.

    Parameters
    ----------
    costs : mapping of int to float
        What each filler's number costs: the negative natural logarithm of how probable it is.
    """
    loops: Arcs = np.empty((graph.states, len(costs)), ARC)
    loops["ilabel"] = loops["olabel"] = list(costs)
    loops["weight"] = list(costs.values())
    states = np.arange(graph.states)
    loops["nextstate"] = states[:, None]
    arcs = np.concatenate((graph.arcs, loops.ravel()))
    sources = np.concatenate((graph.sources, np.repeat(states, len(costs))))
    # Vosk finds an arc by bisection.
    span = int(arcs["ilabel"].max(initial=0)) + 1
    order = np.argsort(sources * span + arcs["ilabel"], kind="stable")
    return Graph(graph.start, graph.first + len(costs) * np.arange(graph.states + 1), arcs[order], graph.finals)
