"""Disfluencies: what of spoken words was taken back, said twice or left open; finding it and taking it out."""
