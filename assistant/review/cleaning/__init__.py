"""What is taken out of what was said: fillers, repeats, restarts, repairs, words that say nothing."""
