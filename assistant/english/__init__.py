"""What is known of English, for everything above that needs it."""
