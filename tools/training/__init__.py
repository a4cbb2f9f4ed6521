"""Training the detection of filled pauses: a network, and a classifier over its candidates."""
