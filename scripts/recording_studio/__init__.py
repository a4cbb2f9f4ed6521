"""What `make_recordings` is made of: a script of text, pauses and fillers in, sound and its exact truth out."""
