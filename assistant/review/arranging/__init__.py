"""What comes after what in a review, and what is left out of it."""
