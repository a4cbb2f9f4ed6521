"""From spoken answers to a written review in the person's own words."""
