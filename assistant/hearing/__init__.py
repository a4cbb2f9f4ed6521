"""From sound to words with times, fillers, pauses and the end of a turn. Knows no questions."""
