"""Training what tells filled pauses from words: a network and a classifier over its candidates."""
