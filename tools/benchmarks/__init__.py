"""Benchmarks: each prints a table of how well the program does something."""
