"""Sound in and out: microphone, recordings, player. Knows samples, not words."""
