"""Pictures of how answers were said: a page for the browser, and the same for the terminal.

Both are made from the JSON of an analysis, which is what the store keeps, and from the outline of the sound where there
is any. What was not sensed is not in that JSON, and then isn't in the picture either.
"""
