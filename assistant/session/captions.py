"""A session in the terminal: live captions, a level meter, and how an answer was said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.asr.events import FillerNoticed, PauseNoticed
from assistant.audio.frame import RATE_HZ, Frame
from assistant.audio.level import rms_dbfs
from assistant.session.components import Watcher
from assistant.session.keyboard import is_typed_at_terminal
from assistant.turns.answer import Answer, Filler, TurnEnd
from assistant.turns.assessment import Assessment, Estimate

if TYPE_CHECKING:
    from rich.console import Console
    from rich.live import Live
    from rich.table import Table
    from rich.text import Text

_REDRAW_S = 0.1
"""Shortest time between two redraws of the live line, by the audio clock."""

_QUIET_DBFS, _LOUD_DBFS = -60.0, -10.0
_METER_CELLS = 12


class Captions(Watcher):
    """Prints a session as it goes; on a terminal, with a live line for the person's words and their level.

    While the assistant speaks, the sentence being read is marked there.

    Parameters
    ----------
    console : rich.console.Console, optional
        Standard error by default, so that standard output stays free for JSON.
    """

    def __init__(self, console: Console | None = None) -> None:
        from rich.console import Console

        self._console = console or Console(stderr=True, highlight=False)
        self._live: Live | None = None
        self._prompt: str | None = None
        """What the assistant is saying, until it is printed for good."""
        self._caption = ""
        self._marks: list[tuple[int, str]] = []
        self._told_long = False
        self._level_dbfs = _QUIET_DBFS
        self._drawn = 0

    def said(self, text: str, question: str | None) -> None:
        """Print what the assistant says; a question has a blank line before it."""
        self._settle()
        if question is not None:
            self._console.print()
        self._prompt = text
        if not self._console.is_terminal:
            self._settle()

    def speaking(self, sentence: str) -> None:
        """Mark the sentence that is being read."""
        if self._prompt is None:
            return
        from rich.live import Live

        before, _, after = self._prompt.partition(sentence)
        marked = _said([(before, ""), (sentence, "bold"), (after, "dim")])
        if self._live is None:
            self._live = Live(marked, console=self._console, auto_refresh=False, transient=True)
            self._live.start(refresh=True)
        else:
            self._live.update(marked, refresh=True)

    def _settle(self) -> None:
        """Print what the assistant said for good."""
        prompt, self._prompt = self._prompt, None
        if prompt is not None:
            self._end_live()
            self._console.print(_said([(prompt, "")]))

    def _end_live(self) -> None:
        if self._live is not None:
            self._live.stop()
            self._live = None

    def composing(self) -> None:
        """Show everything said so far before the wait."""
        self._settle()

    def listening(self) -> None:
        """Show that it is the person's turn."""
        self._settle()
        self._caption = ""
        self._marks = []
        self._told_long = False
        self._level_dbfs = _QUIET_DBFS
        if self._console.is_terminal:
            from rich.live import Live

            self._live = Live(self._line(), console=self._console, auto_refresh=False, transient=True)
            self._live.start()

    def typing(self) -> None:
        """Leave the terminal to the person."""
        self._settle()

    def sound(self, frame: Frame) -> None:
        """Move the level meter."""
        if self._live is None or self._prompt is not None:
            return
        self._level_dbfs = max(rms_dbfs(frame.samples), self._level_dbfs - 1.5)
        if frame.end < self._drawn or frame.end - self._drawn >= _REDRAW_S * RATE_HZ:
            self._drawn = frame.end
            self._draw()

    def caption(self, text: str) -> None:
        """Show the words understood so far."""
        self._caption = text
        self._draw()

    def noticed(self, event: FillerNoticed | PauseNoticed) -> None:
        """Mark a filler or a pause after the words understood so far."""
        mark = "⟨⟩" if isinstance(event, FillerNoticed) else _dots(event.end_s - event.start_s)
        self._marks.append((len(self._caption.split()), mark))
        self._draw()

    def long_answer(self) -> None:
        """Say, once an answer, that there is no need to hurry; said aloud, it would interrupt."""
        if not self._told_long:
            self._told_long = True
            self.note("I'm still listening; take all the time you need. Nothing is lost.")

    def heard(self, answer: Answer, assessment: Assessment | None) -> None:
        """Print the answer: words, ⟨fillers⟩, pauses as dots; and how it sounded, if that is clear."""
        self._end_live()
        if answer.typed is not None and is_typed_at_terminal():
            return  # it stands there already
        self._console.print(verbatim(answer))
        if answer.ended is TurnEnd.TOO_LONG:
            self.note("That was as long as an answer can be. What was said after it was not heard.")
        if answer.lost_s:
            self.note(f"{answer.lost_s:.1f} s of sound were lost on the way.")
        if assessment is None:
            return
        for name, estimate in (("hesitation", assessment.hesitation), ("discomfort", assessment.discomfort)):
            if estimate.is_strong:
                self._console.print(aside(told(name, estimate)))

    def warned(self, sentence: str) -> None:
        """Print what is wrong with the microphone."""
        self.note(sentence)

    def delivered(self, path: str) -> None:
        """Print where the review is."""
        self.note(f"The review is in {path}")

    def undelivered(self, outlet: str, why: str) -> None:
        """Print why the review isn't there."""
        self.note(f"{outlet}: {why}")

    def note(self, sentence: str) -> None:
        """Print a problem or something good to know."""
        self._settle()
        self._console.print(sentence, style="yellow", markup=False, soft_wrap=True)

    def close(self) -> None:
        """Give the terminal back, even in the middle of an answer."""
        self._settle()
        self._end_live()

    def _draw(self) -> None:
        if self._live is not None and self._prompt is None:
            self._live.update(self._line(), refresh=True)

    def _line(self) -> Text:
        from rich.text import Text

        share = (self._level_dbfs - _QUIET_DBFS) / (_LOUD_DBFS - _QUIET_DBFS)
        lit = round(min(max(share, 0.0), 1.0) * _METER_CELLS)
        meter = Text("▮" * lit, style="green") + Text("▯" * (_METER_CELLS - lit), style="dim")
        return Text.assemble(("○ ", "bold cyan"), meter, "  ", self._words())

    def _words(self) -> Text:
        from rich.text import Text

        words = self._caption.split()
        line = Text(style="italic") if words or self._marks else Text("…", "italic")
        marks = list(self._marks)
        for count, word in enumerate((*words, "")):
            while marks and (marks[0][0] <= count or not word):
                line.append(f"{marks.pop(0)[1]} ", style="yellow")
            line.append(f"{word} ")
        return line


def _said(parts: Sequence[tuple[str, str]]) -> Table:
    """A prompt, in stretches with their styles."""
    from rich.text import Text

    return beside(Text("●", "bold magenta"), Text.assemble(*parts))


def beside(mark: Text, text: Text) -> Table:
    """A mark beside a text, with all lines of the text indented."""
    from rich.table import Table

    grid = Table.grid(padding=(0, 1))
    grid.add_row(mark, text)
    return grid


def aside(text: str) -> Table:
    """A remark about an answer."""
    from rich.text import Text

    return beside(Text(" "), Text(text, "dim"))


def verbatim(answer: Answer) -> Table:
    """An answer as it was said: words, ⟨fillers⟩, drawn-out words~, and pauses as a dot per half second."""
    from rich.text import Text

    if answer.typed is not None:
        return beside(Text("○", "bold cyan"), Text(answer.typed))
    line = Text() if answer.items else Text("(silence)", "dim")
    pauses = list(answer.pauses)
    drawn_out = {word.start_s for word in answer.lengthened}
    for item in answer.items:
        while pauses and pauses[0].end_s <= item.end_s:
            pause = pauses.pop(0)
            line.append(f"{_dots(pause.duration_s)} ", style="yellow")
        if isinstance(item, Filler):
            line.append(f"⟨{item.word}⟩ ", style="yellow")
        elif item.start_s in drawn_out:
            line.append(f"{item.word}~ ", style="yellow")
        else:
            line.append(f"{item.word} ")
    return beside(Text("○", "bold cyan"), line)


def _dots(pause_s: float) -> str:
    return "·" * max(1, round(pause_s * 2))


def told(name: str, estimate: Estimate) -> str:
    """An estimate in words, with its strongest evidence."""
    reasons = sorted((row for row in estimate.evidence if row.weight > 0), key=lambda row: -row.weight)
    shown = ", ".join(
        row.kind.replace("_", " ")
        + (f" {row.value:g} s" if row.kind == "slow_start" else "")
        + (f" “{row.word}”" if row.word else "")
        + (f" at {row.at_s:.1f} s" if row.at_s else "")
        for row in reasons[:4]
    )
    line = f"{name} {estimate.score:.2f} ({estimate.low:.2f}–{estimate.high:.2f})"
    return f"{line}: {shown}" if shown else line
