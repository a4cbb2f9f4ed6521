"""Captions on a terminal, and where there is none."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from assistant.session.captions import Captions

HELP = "You can say whatever comes to mind. Or say skip."


def captions(*, terminal: bool) -> tuple[Captions, io.StringIO]:
    written = io.StringIO()
    console = Console(
        file=written, force_terminal=terminal, width=80, legacy_windows=False, color_system="standard", highlight=False
    )
    return Captions(console), written


def test_the_sentence_being_read_is_marked_and_in_the_end_the_whole_stands_there_once():
    shown, written = captions(terminal=True)
    shown.said(HELP, None)
    shown.speaking("You can say whatever comes to mind.")
    assert "\x1b[1mYou can say whatever comes to mind.\x1b[0m\x1b[2m Or say skip.\x1b[0m" in written.getvalue()
    shown.speaking("Or say skip.")
    assert "You can say whatever comes to mind. \x1b[1mOr say skip.\x1b[0m" in written.getvalue()
    before = len(written.getvalue())
    shown.listening()
    assert written.getvalue()[before:].count("whatever comes to mind. Or say skip.") == 1
    shown.close()


@pytest.mark.parametrize("terminal", [True, False])
def test_without_a_voice_every_prompt_is_printed_once_before_whatever_follows(terminal: bool):
    shown, written = captions(terminal=terminal)
    shown.said("First.", None)
    shown.said("Second?", "romance")
    shown.note("A note.")
    shown.said("Please wait.", None)
    shown.composing()
    assert written.getvalue().count("First.") == written.getvalue().count("Please wait.") == 1
    assert written.getvalue().index("Second?") < written.getvalue().index("A note.")
    shown.close()


def test_where_there_is_no_terminal_a_prompt_is_there_before_it_is_spoken():
    shown, written = captions(terminal=False)
    shown.said(HELP, "romance")
    assert HELP in written.getvalue()
    shown.speaking("Or say skip.")
    assert written.getvalue().count("skip") == 1


def test_closing_in_the_middle_of_a_prompt_leaves_it_on_the_screen():
    shown, written = captions(terminal=True)
    shown.said(HELP, None)
    shown.speaking("Or say skip.")
    shown.close()
    assert written.getvalue().rstrip().endswith(HELP)
