"""What OpenFst wants to know of a graph before it looks at it: two bits a property (OpenFst's ``properties.h``).

It believes what a file says and works out what it doesn't say, which takes it time at every start.
"""

from __future__ import annotations

import numpy as np

from assistant.models.openfst.graph import Graph

EXPANDED = 1 << 0
ACCEPTOR, NOT_ACCEPTOR = 1 << 16, 1 << 17
EPSILONS, NO_EPSILONS = 1 << 22, 1 << 23
INPUT_EPSILONS, NO_INPUT_EPSILONS = 1 << 24, 1 << 25
OUTPUT_EPSILONS, NO_OUTPUT_EPSILONS = 1 << 26, 1 << 27
INPUT_SORTED, NOT_INPUT_SORTED = 1 << 28, 1 << 29
OUTPUT_SORTED, NOT_OUTPUT_SORTED = 1 << 30, 1 << 31
WEIGHTED, UNWEIGHTED = 1 << 32, 1 << 33
CYCLIC = 1 << 34
CYCLIC_AT_START = 1 << 36
NOT_TOP_SORTED = 1 << 39
ACCESSIBILITY = 0b1111 << 40  # whether every state can be reached, and an end be reached from it
NOT_A_STRING = 1 << 45


def properties_of(graph: Graph, before: int) -> int:
    """The properties of a graph that has loops on every state.

    Parameters
    ----------
    before : int
        The properties of the graph that the loops were added to; they change nothing about what can be reached.
    """
    inputs, outputs = graph.arcs["ilabel"], graph.arcs["olabel"]
    same_state = np.diff(graph.sources) == 0
    known = EXPANDED | CYCLIC | CYCLIC_AT_START | NOT_TOP_SORTED | NOT_A_STRING | before & ACCESSIBILITY
    known |= ACCEPTOR if (inputs == outputs).all() else NOT_ACCEPTOR
    known |= EPSILONS if ((inputs == 0) & (outputs == 0)).any() else NO_EPSILONS
    known |= INPUT_EPSILONS if (inputs == 0).any() else NO_INPUT_EPSILONS
    known |= OUTPUT_EPSILONS if (outputs == 0).any() else NO_OUTPUT_EPSILONS
    ends = graph.finals[np.isfinite(graph.finals)]
    known |= WEIGHTED if graph.arcs["weight"].any() or ends.any() else UNWEIGHTED
    known |= NOT_INPUT_SORTED if (same_state & (np.diff(inputs) < 0)).any() else INPUT_SORTED
    known |= NOT_OUTPUT_SORTED if (same_state & (np.diff(outputs) < 0)).any() else OUTPUT_SORTED
    return known
