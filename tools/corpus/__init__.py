"""Synthetic speech whose truth is known to the sample: voices, rooms, scripts; and the films that are included."""
