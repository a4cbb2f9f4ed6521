"""Shows in a terminal how an answer was said: its sound with marks, its words, estimates with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from assistant.report.answer import Gauge, Mark, MarkKind, Reason, ShownAnswer

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.table import Table
    from rich.text import Text

_CELLS_PER_S = 7
_MARGIN = 2
_BLOCKS = " ▁▂▃▄▅▆▇█"
_SCALE_CELLS = 30
_WEIGHTY = 0.05
"""Reasons that weigh less than this, in log-odds, aren't worth a line."""

_STYLES = {
    MarkKind.WORD: "",
    MarkKind.FILLER: "bold yellow",
    MarkKind.LENGTHENED: "bold magenta",
    MarkKind.PAUSE: "cyan",
}


def print_answer(console: Console, answer: ShownAnswer) -> None:
    """Print an answer, as wide as the console is."""
    from rich.padding import Padding
    from rich.text import Text

    console.print(Text(answer.title, "bold"), soft_wrap=True)
    console.print(Padding(answer.summary, (0, _MARGIN)), markup=False)
    if answer.marks:
        for line in _time_lines(answer, console.width - 2 * _MARGIN):
            console.print(Padding(line, (0, _MARGIN)))
        console.print()
    console.print(Padding(_in_words(answer), (0, _MARGIN)))
    for gauge in answer.gauges:
        console.print()
        for part in _gauge_lines(gauge):
            console.print(Padding(part, (0, _MARGIN)))
    console.print()


def _time_lines(answer: ShownAnswer, cells: int) -> Iterator[Text]:
    """For each row of seconds: their names, their levels, and the marks in them."""
    from rich.text import Text

    seconds = max(cells // _CELLS_PER_S, 1)
    ends_s = max([answer.duration_s, *(mark.end_s for mark in answer.marks)])
    for first in range(0, max(int(ends_s + 0.99), 1), seconds):
        last = min(first + seconds, int(ends_s + 0.99))
        columns = (last - first) * _CELLS_PER_S
        yield Text("".join(f"{second} s".ljust(_CELLS_PER_S) for second in range(first, last)).rstrip(), "dim")
        if answer.outline is not None:
            levels = answer.outline.levels(first, last, columns)
            yield Text("".join(_BLOCKS[round(level * (len(_BLOCKS) - 1))] for level in levels).rstrip(), "blue")
        if marked := _mark_row(answer.marks, first, columns):
            yield marked


def _mark_row(marks: tuple[Mark, ...], first_s: int, columns: int) -> Text:
    """A row of marks: pauses are dots with their lengths, fillers ‹um›, drawn-out words so~~."""
    from rich.text import Text

    line = [(" ", "")] * columns
    # Pauses get the cells that are left: if there are few, fillers have to be seen.
    for kind in (MarkKind.FILLER, MarkKind.LENGTHENED, MarkKind.PAUSE):
        for mark in marks:
            if mark.kind is not kind:
                continue
            start, end = (round((at_s - first_s) * _CELLS_PER_S) for at_s in (mark.start_s, mark.end_s))
            here = [place for place in range(max(start, 0), min(max(end, start + 1), columns)) if line[place][0] == " "]
            # A mark that began in the row before isn't named again.
            cells = _cells(mark, len(here)) if start >= 0 or kind is MarkKind.PAUSE else "–" * len(here)
            for place, cell in zip(here, cells, strict=False):
                line[place] = (cell, _STYLES[kind])
    text = Text.assemble(*line)
    text.rstrip()
    return text


def _cells(mark: Mark, length: int) -> str:
    if mark.kind is MarkKind.PAUSE:
        return f"{mark.duration_s:.1f}".center(length, "·") if length >= 3 else "·" * length
    if mark.kind is MarkKind.LENGTHENED:
        return mark.word.ljust(length, "~")
    return f"‹{mark.word}›".ljust(length, "–") if length > len(mark.word) + 1 else mark.word


def _in_words(answer: ShownAnswer) -> Text:
    from rich.text import Text

    if not answer.marks:
        return Text(answer.text or "(silence)", "" if answer.text else "dim")
    line = Text()
    for mark in answer.marks:
        dots = "·" * max(1, round(mark.duration_s * 2))
        line.append(dots if mark.kind is MarkKind.PAUSE else mark.label, _STYLES[mark.kind])
        line.append(" ")
    return line


def _gauge_lines(gauge: Gauge) -> Iterator[RenderableType]:
    from rich.text import Text

    if gauge.score is None:
        yield Text.assemble((f"{gauge.name}:", "bold"), f" no score, because {gauge.abstained}")
    else:
        yield Text.assemble((f"{gauge.name} {gauge.score:.2f}", "bold"), f" ({gauge.low:.2f}–{gauge.high:.2f})")
    if gauge.low is not None and gauge.high is not None:
        yield _scale(gauge, gauge.low, gauge.high)
    weighty = [reason for reason in gauge.reasons if abs(reason.weight) >= _WEIGHTY]
    if weighty:
        yield _reasons(weighty)


def _scale(gauge: Gauge, low: float, high: float) -> Text:
    """A scale from 0 to 1 with the interval, thick if there is a score; the score; and the threshold."""
    from rich.text import Text

    def cell(share: float) -> int:
        return round(share * (_SCALE_CELLS - 1))

    cells = ["─"] * _SCALE_CELLS
    start, end = cell(low), cell(high)
    cells[start : end + 1] = ("━" if gauge.score is not None else "╌") * (end + 1 - start)
    cells[cell(gauge.threshold)] = "┃"
    cells[start], cells[end] = "[", "]"
    if gauge.score is not None:
        cells[cell(gauge.score)] = "◆"
    scale = Text("0 ", "dim")
    for place, mark in enumerate(cells):
        scale.append(mark, "bold blue" if start <= place <= end else "dim")
    return scale.append(" 1", "dim")


def _reasons(weighty: list[Reason]) -> Table:
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1))
    table.add_column(justify="right")
    table.add_column()
    for reason in weighty:
        told = Text(reason.what)
        if reason.places:
            told.append(f": {', '.join(map(str, reason.places))}")
        if reason.norm:
            same = reason.norm == reason.usual
            told.append(
                f" (usual: {reason.norm})" if same else f" (usual: {reason.norm}; theirs: {reason.usual})", "dim"
            )
        table.add_row(Text(f"{reason.weight:+.2f}".replace("-", "−"), "bold" if reason.is_for else "dim"), told)
    return table
