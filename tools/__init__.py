"""Tools to build and measure the program: corpora, training, benchmarks. They aren't installed with it."""
