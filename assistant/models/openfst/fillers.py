"""Letting fillers out: a loop for each on every state of a language model."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from assistant.models.openfst.graph import ARC, Arcs, Graph


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
