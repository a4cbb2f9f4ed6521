"""Speech models: which there are, how they are brought here, whether they are whole."""
