"""Films and their titles."""
