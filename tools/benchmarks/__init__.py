"""Benchmarks: each prints a table that shows how well the program does something."""
