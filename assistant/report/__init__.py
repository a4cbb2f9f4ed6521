"""Pictures of how answers were said: a page for the browser, and the same for the terminal.

Both are made from the JSON of an analysis, which is what the store keeps, and from the outline of the sound where there
is any. What was not sensed is not in that JSON, and so isn't in the picture either.
"""

from assistant.report.answer import Mark, MarkKind, ShownAnswer, read_analysis
from assistant.report.page import Page, check_writable, render_page, write_page
from assistant.report.stored import session_page
from assistant.report.terminal import print_answer

__all__ = [
    "Mark",
    "MarkKind",
    "Page",
    "ShownAnswer",
    "check_writable",
    "print_answer",
    "read_analysis",
    "render_page",
    "session_page",
    "write_page",
]
