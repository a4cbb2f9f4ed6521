"""Reads and writes OpenFst's recognition graphs, as verbatim models need it."""

from assistant.models.openfst.files import pack_graph, read_graph
from assistant.models.openfst.graph import ARC, Graph, GraphError, with_loops
from assistant.models.openfst.header import Header, read_word_list

__all__ = ["ARC", "Graph", "GraphError", "Header", "pack_graph", "read_graph", "read_word_list", "with_loops"]
