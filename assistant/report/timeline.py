"""Lays out a picture: cuts an answer into segments, and places the marks in them.

Segments are a few seconds long and end between words. A page sets them side by side and wraps them like words: three in
a row in a wide window, one on a phone. So the scale is always the same, and words stay legible.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.audio.level import STEPS_PER_S, WaveformPeaks
from assistant.report.answer import Mark, MarkKind

PIXELS_PER_S = STEPS_PER_S
LONGEST_S = 4.0
"""The longest segment: 320 pixels, as wide as a phone."""

WAVE_TOP, WAVE_HEIGHT = 18, 52
"""In pixels; the seconds are above the waveform."""

_MIDDLE = WAVE_TOP + WAVE_HEIGHT / 2
_FIRST_LANE, _LANE_HEIGHT = WAVE_TOP + WAVE_HEIGHT + 22, 17
_LETTER, _WIDE_LETTER, _GAP = 7.6, 12.0, 7
"""Widths in pixels of a letter in 13-pixel type, rounded up, and of the gap between two words."""
_WIDE = frozenset("mwMW~⟨⟩@%—…")

_TOUCH_S = 0.06
"""Words that overlap by less than this may be cut apart."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A whole second: its place in pixels, and its name."""

    x: float
    name: str


@dataclass(frozen=True, slots=True)
class Box:
    """A mark in a segment, in pixels; its label begins at `text_x`, `text_y`, which are None if it has none here."""

    mark: Mark
    number: int
    x: float
    width: float
    text_x: float | None
    text_y: float | None

    @property
    def kind(self) -> str:
        """Its kind, as the style sheet calls it."""
        return self.mark.kind.name.lower()


@dataclass(frozen=True, slots=True)
class TimelineSegment:
    """Some seconds of an answer; sizes are in pixels. `wave` is an SVG path, empty without sound."""

    start_s: float
    end_s: float
    width: float
    height: float
    wave: str
    ticks: tuple[Tick, ...]
    boxes: tuple[Box, ...]


def lay_out(
    marks: Sequence[Mark], duration_s: float, outline: WaveformPeaks | None = None
) -> tuple[TimelineSegment, ...]:
    """Cut an answer into segments, and lay out what is in them.

    Parameters
    ----------
    marks : sequence of Mark
        In order of time.
    duration_s : float
    outline : WaveformPeaks, optional

    Returns
    -------
    tuple of TimelineSegment
        In order of time.
    """
    end_s = max([duration_s, *(mark.end_s for mark in marks)])
    spans = list(pairwise(_cuts(marks, end_s)))
    laid_out = [list(_boxes(marks, start, end)) for start, end in spans]
    return tuple(
        TimelineSegment(
            start,
            end,
            _width(start, end, boxes),
            max([_FIRST_LANE, *(box.text_y or 0.0 for box in boxes)]) + 8,
            _wave(outline, start, end) if outline else "",
            tuple(Tick(_pixels(second - start), f"{second} s") for second in range(math.ceil(start), math.ceil(end))),
            tuple(boxes),
        )
        for (start, end), boxes in zip(spans, laid_out, strict=True)
    )


def _cuts(marks: Sequence[Mark], end_s: float) -> Iterator[float]:
    cut = 0.0
    yield cut
    while cut + LONGEST_S < end_s:
        # At the last mark whose beginning cuts no other mark in two, unless the segment would be very short.
        cut = max(
            (
                mark.start_s
                for mark in marks
                if cut + LONGEST_S / 3 < mark.start_s <= cut + LONGEST_S
                and not any(_spans(other, mark.start_s) for other in marks)
            ),
            default=cut + LONGEST_S,
        )
        yield cut
    if end_s > cut:
        yield end_s


def _spans(mark: Mark, at_s: float) -> bool:
    return mark.start_s + _TOUCH_S < at_s < mark.end_s - _TOUCH_S


def _boxes(marks: Sequence[Mark], start_s: float, end_s: float) -> Iterator[Box]:
    lanes: list[float] = []
    whole = _pixels(end_s - start_s)
    for number, mark in enumerate(marks):
        if mark.end_s - _TOUCH_S <= start_s or mark.start_s >= end_s - _TOUCH_S / 2:
            continue
        x = _pixels(max(mark.start_s - start_s, 0.0))
        width = _pixels(min(mark.end_s, end_s) - start_s) - x
        if mark.start_s < start_s - _TOUCH_S:
            # The rest of a mark that began in the segment before.
            yield Box(mark, number, x, width, None, None)
        elif mark.kind is MarkKind.PAUSE:
            yield Box(mark, number, x, width, round(x + width / 2, 1), WAVE_TOP + WAVE_HEIGHT - 6)
        else:
            length = _length(mark.label)
            text_x = max(0.0, min(x, whole - length))
            lane = next((place for place, taken in enumerate(lanes) if taken <= text_x), len(lanes))
            lanes[lane : lane + 1] = [text_x + length + _GAP]
            yield Box(mark, number, x, width, round(text_x, 1), _FIRST_LANE + lane * _LANE_HEIGHT)


def _length(label: str) -> float:
    return sum(_WIDE_LETTER if letter in _WIDE else _LETTER for letter in label)


def _width(start_s: float, end_s: float, boxes: Sequence[Box]) -> float:
    named = (box for box in boxes if box.text_x is not None and box.mark.kind is not MarkKind.PAUSE)
    labels = [(box.text_x or 0.0) + _length(box.mark.label) for box in named]
    return max([_pixels(end_s - start_s), *labels])


def _wave(outline: WaveformPeaks, start_s: float, end_s: float) -> str:
    """The waveform as a closed path: along the highest samples, and back along the lowest."""
    extremes = outline.extremes(start_s, end_s)
    if not extremes:
        return ""
    half = WAVE_HEIGHT / 2
    # Half a pixel at least, so that silence is a line.
    over = [f"{x} {_MIDDLE - max(high * half, 0.5):.1f}" for x, (_, high) in enumerate(extremes)]
    under = [f"{x} {_MIDDLE - min(low * half, -0.5):.1f}" for x, (low, _) in enumerate(extremes)]
    return f"M{'L'.join([*over, *reversed(under)])}Z"


def _pixels(seconds: float) -> float:
    return round(seconds * PIXELS_PER_S, 1)
