"""What was said in one turn, as data, and the JSON that it is told and kept as."""
