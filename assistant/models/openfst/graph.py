"""A recognition graph in memory: states and the arcs between them, and loops for fillers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

ARC = np.dtype([("ilabel", "<i4"), ("olabel", "<i4"), ("weight", "<f4"), ("nextstate", "<i4")])
"""An arc as OpenFst stores it: its input, its output, its cost, and the state that it leads to."""

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
        The start state.
    first : array of int64, one longer than there are states
        The arcs of state `s` are ``arcs[first[s]:first[s + 1]]``.
    arcs : array of ARC
        State by state.
    finals : array of float32
        The cost of ending in each state; infinite if that isn't possible.
    """

    start: int
    first: Counts
    arcs: Arcs
    finals: npt.NDArray[np.float32]

    @property
    def states(self) -> int:
        """The number of states."""
        return len(self.finals)

    @property
    def sources(self) -> npt.NDArray[np.int32]:
        """The state that each arc leaves."""
        return np.repeat(np.arange(self.states, dtype=np.int32), np.diff(self.first))


def check(graph: Graph) -> Graph:
    """Return the same graph if all its states, labels and costs are valid.

    Raises
    ------
    GraphError
        One isn't.
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
    """`graph` with an arc from every state to itself for each filler; each state's arcs are sorted by their input.

    A filler then costs the same everywhere, and the words before it still predict those after it.

    Parameters
    ----------
    costs : mapping of int to float
        The cost of each filler's number: the negative natural logarithm of its probability.
    """
    loops: Arcs = np.empty((graph.states, len(costs)), ARC)
    loops["ilabel"] = loops["olabel"] = list(costs)
    loops["weight"] = list(costs.values())
    states = np.arange(graph.states)
    loops["nextstate"] = states[:, None]
    arcs = np.concatenate((graph.arcs, loops.ravel()))
    sources = np.concatenate((graph.sources, np.repeat(states, len(costs))))
    # Vosk finds arcs by bisection.
    span = int(arcs["ilabel"].max(initial=0)) + 1
    order = np.argsort(sources * span + arcs["ilabel"], kind="stable")
    return Graph(graph.start, graph.first + len(costs) * np.arange(graph.states + 1), arcs[order], graph.finals)
