"""How words are written: apostrophes, numbers, capitals, commas, marks."""
