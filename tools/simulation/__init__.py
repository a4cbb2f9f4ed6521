"""Simulations for tests and benchmarks: a user, a room without hardware, servers, crashes."""
