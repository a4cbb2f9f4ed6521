"""Where reviews go, and the outbox that brings them there once."""
