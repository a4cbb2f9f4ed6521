"""What the manner of speaking tells, with evidence."""
