"""Pictures of how answers were said: a page for the browser, and the same for the terminal.

Both are made from an analysis, as the store keeps it, and from the outline of the sound if that was kept. An analysis
has nothing that wasn't sensed, so the pictures don't either.
"""

from assistant.report.answer import Mark, MarkKind, ShownAnswer, read_analysis
from assistant.report.page import Page, check_writable, render_page, session_page, write_page
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
