"""What is known of English: its little words, a dictionary, what has capitals."""
