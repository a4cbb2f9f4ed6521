"""What tests and benchmarks hold conversations with: a user, a room without hardware, servers, crashes."""
