"""Reads and writes OpenFst graphs: what makes a model verbatim."""
