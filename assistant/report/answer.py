"""An answer as a picture shows it: marks with their times, estimates with their reasons in plain words, figures."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import groupby

from assistant.audio.level import WaveformPeaks
from assistant.turns.assessment import Estimate, Evidence
from assistant.turns.document import Analysis


@dataclass(frozen=True, slots=True)
class EvidencePlace:
    """Where something was heard: seconds from the answer's start, and the words for it (“um”; before “loneliness”)."""

    at_s: float
    what: str

    def __str__(self) -> str:
        return f"{self.what} at {self.at_s:.1f} s".strip()


@dataclass(frozen=True, slots=True)
class Reason:
    """All evidence of one kind.

    Attributes
    ----------
    what : str
        What was found: "4 fillers".
    places : tuple of EvidencePlace
    norm, usual : str
        What is usual in an answer of this length: in the population, and for this speaker. Empty if unknown.
    weight : float
        Its share of the log-odds: above 0, it speaks for the estimate; below 0, against it.
    """

    what: str
    places: tuple[EvidencePlace, ...]
    norm: str
    usual: str
    weight: float

    @property
    def is_for(self) -> bool:
        """Whether it speaks for the estimate rather than against it."""
        return self.weight > 0


@dataclass(frozen=True, slots=True)
class _Counted:
    """What to call evidence that is counted; `before` if its word is the one that follows it."""

    one: str
    many: str
    before: bool = False


_COUNTED = {
    "filled_pause": _Counted("filler", "fillers"),
    "silent_pause": _Counted("searching silence", "searching silences", True),
    "boundary_pause": _Counted("resting silence", "resting silences", True),
    "long_pause": _Counted("silence of a second or more", "silences of a second or more", True),
    "lengthened": _Counted("drawn-out word", "drawn-out words"),
    "repeat": _Counted("repeated word", "repeated words"),
    "restart": _Counted("restart", "restarts"),
    "cut_off": _Counted("word cut off", "words cut off"),
    "hedge": _Counted("hedge, such as “I guess”", "hedges, such as “I guess”"),
    "apology": _Counted("apology for the answer", "apologies for the answer"),
    "correction": _Counted("taking back, such as “I mean”", "takings back, such as “I mean”"),
}

_MEASURED = {
    "pause_length": ("silences last {:.2f} s on average", "{:.2f} s", "the longest before "),
    "slow_start": ("began after {:.2f} s", "{:.2f} s", None),
    "slow_speech": ("{:.2f} syllables a second, silences aside", "{:.2f}/s", ""),
}
"""Wording, format of the figures, and what comes before the word; None if the reason names no place."""


def explain(evidence: Iterable[Evidence]) -> tuple[Reason, ...]:
    """The evidence of an estimate in plain words: a reason for each kind, in the same order."""
    return tuple(_reason(kind, list(rows)) for kind, rows in groupby(evidence, key=lambda row: row.kind))


def _reason(kind: str, rows: list[Evidence]) -> Reason:
    weight = sum(row.weight for row in rows)
    if kind == "prior":
        return Reason(f"before anything is heard: {1 / (1 + math.exp(-weight)):.0%}", (), "", "", weight)
    row = rows[0]
    if kind in _MEASURED:
        text, form, before = _MEASURED[kind]
        places = () if before is None else tuple(_places(rows, before))
        return Reason(text.format(row.value), places, form.format(row.norm), form.format(row.usual), weight)
    if kind == "pitch_rise":
        side = "above" if row.value >= 0 else "below"
        return Reason(f"voice {abs(row.value):.1f} semitones {side} their usual", (), "", "", weight)
    if kind == "trailing_off":
        what = "left hanging" if row.value else "not left hanging"
        norm, usual = (f"in {figure:.0%}" for figure in (row.norm, row.usual))
        return Reason(what, tuple(_places(rows)), norm, usual, weight)
    name = _COUNTED.get(kind, _Counted(kind.replace("_", " "), kind.replace("_", " ")))
    count = sum(row.value for row in rows)
    what = f"{count:g} {name.one if count == 1 else name.many}" if count else f"no {name.one}"
    places = tuple(_places(rows, "before " if name.before else ""))
    norm, usual = (f"{sum(figures):.1f}" for figures in ([row.norm for row in rows], [row.usual for row in rows]))
    return Reason(what, places, norm, usual, weight)


def _places(rows: Iterable[Evidence], before: str = "") -> Iterable[EvidencePlace]:
    """The places of evidence; `before` is put in front of the first word, and applies to all."""
    found = ((row.at_s, f"“{row.word}”" if row.word else "") for row in rows if row.at_s is not None)
    for number, (at_s, word) in enumerate(found):
        yield EvidencePlace(at_s, word if number else before + word)


class MarkKind(Enum):
    """What a mark stands for."""

    WORD = "word"
    FILLER = "filler"
    LENGTHENED = "drawn-out word"
    PAUSE = "pause"


@dataclass(frozen=True, slots=True)
class Mark:
    """Something heard, with its times in seconds from the answer's start.

    Attributes
    ----------
    kind : MarkKind
    start_s, end_s : float
    word : str
        The word or filler; for a pause, the word after it.
    note : str
        What else is known about it.
    """

    kind: MarkKind
    start_s: float
    end_s: float
    word: str
    note: str = ""

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.end_s - self.start_s

    @property
    def label(self) -> str:
        """Its label in a picture; the kinds differ in more than colour."""
        if self.kind is MarkKind.FILLER:
            return f"⟨{self.word}⟩"
        if self.kind is MarkKind.LENGTHENED:
            return f"{self.word}~"
        return f"{self.duration_s:.1f} s" if self.kind is MarkKind.PAUSE else self.word


@dataclass(frozen=True, slots=True)
class Gauge:
    """One of the estimates; see `assistant.turns.assessment.Estimate` for `score` to `threshold`."""

    name: str
    score: float | None
    low: float | None
    high: float | None
    abstained: str | None
    threshold: float
    reasons: tuple[Reason, ...]
    """The strongest reason for it comes first, the strongest one against it last."""

    @property
    def verdict(self) -> str:
        """The conclusion, as a sentence."""
        if self.score is None:
            return f"No score: {self.abstained}."
        above = "Above" if self.score > self.threshold else "Not above"
        return f"{above} what is usual for this speaker, as far as can be told."

    @property
    def weight(self) -> float:
        """The log-odds that all reasons add up to."""
        return sum(reason.weight for reason in self.reasons)

    @property
    def adds_up_to(self) -> float:
        """The probability that all reasons add up to."""
        return 1 / (1 + math.exp(-self.weight))


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """An answer to be shown.

    Attributes
    ----------
    title : str
        The name of its file or its question.
    text : str
        Verbatim.
    duration_s : float
        Its length; 0 if unknown.
    marks : tuple of Mark
        In order of time.
    gauges : tuple of Gauge
        Empty if nothing was sensed.
    figures : tuple of (str, str)
        Names and values of measures.
    asked : tuple of str
        What the assistant said before it.
    agreed : bool or None
        Whether the person agreed with what was sensed.
    reply : str
        What they said when asked about it; empty if they weren't.
    outline : WaveformPeaks or None
        The outline of the sound, if that was kept.
    """

    title: str
    text: str
    duration_s: float
    marks: tuple[Mark, ...]
    gauges: tuple[Gauge, ...]
    figures: tuple[tuple[str, str], ...]
    asked: tuple[str, ...] = ()
    agreed: bool | None = None
    reply: str = ""
    outline: WaveformPeaks | None = None

    def count(self, kind: MarkKind) -> int:
        """How many marks of a kind there are; drawn-out words are words."""
        if kind is MarkKind.WORD and not self.marks:
            return len(self.text.split())
        kinds = {kind, MarkKind.LENGTHENED} if kind is MarkKind.WORD else {kind}
        return sum(mark.kind in kinds for mark in self.marks)

    def number_of(self, place: EvidencePlace) -> int | None:
        """The number of the mark that begins at a place; None if none does."""
        return next((n for n, mark in enumerate(self.marks) if abs(mark.start_s - place.at_s) < 0.001), None)

    @property
    def summary(self) -> str:
        """Its length, and the number of marks of each kind: "7.7 s · 21 words · 2 fillers"."""
        shown = [f"{self.duration_s:.1f} s"] if self.duration_s else []
        shown.append(_count_of(self.count(MarkKind.WORD), "word"))
        others = (MarkKind.FILLER, MarkKind.LENGTHENED, MarkKind.PAUSE)
        shown += [_count_of(self.count(kind), kind.value) for kind in others if self.count(kind)]
        return " · ".join(shown)


def read_analysis(
    analysis: Analysis | None,
    *,
    title: str,
    text: str = "",
    asked: tuple[str, ...] = (),
    agreed: bool | None = None,
    outline: WaveformPeaks | None = None,
) -> ShownAnswer:
    """Make an answer to show from an analysis; what that lacks, because nothing was sensed, isn't shown.

    Parameters
    ----------
    analysis : Analysis or None
    text : str, optional
        What was said, if there is no analysis.
    title, asked, agreed, outline
        See `ShownAnswer`.
    """
    told = analysis or Analysis()
    return ShownAnswer(
        title=title,
        text=told.text or text,
        duration_s=told.duration_s or 0.0,
        marks=tuple(sorted(_marks(told), key=lambda mark: (mark.start_s, mark.end_s))),
        gauges=tuple(
            _gauge(name, estimate)
            for name, estimate in (("hesitation", told.hesitation), ("discomfort", told.discomfort))
            if estimate is not None
        ),
        figures=tuple(_figures(told)),
        asked=asked,
        agreed=agreed,
        reply=told.asked.reply if told.asked is not None else "",
        outline=outline,
    )


def _marks(told: Analysis) -> Iterator[Mark]:
    drawn_out = {word.start_s: word for word in told.lengthened or ()}
    for word in told.words:
        if not word.is_timed:
            continue
        longer = drawn_out.get(word.start_s)
        note = f"{longer.expected_s:.2f} s would do" if longer else ""
        yield Mark(MarkKind.LENGTHENED if longer else MarkKind.WORD, word.start_s, word.end_s, word.word, note)
    for filler in told.fillers or ():
        yield Mark(MarkKind.FILLER, filler.start_s, filler.end_s, filler.word)
    for pause in told.pauses or ():
        yield Mark(MarkKind.PAUSE, pause.start_s, pause.end_s, pause.before, f"before “{pause.before}”")


def _gauge(name: str, estimate: Estimate) -> Gauge:
    return Gauge(
        name=name,
        score=estimate.score,
        low=estimate.low,
        high=estimate.high,
        abstained=estimate.abstained,
        threshold=estimate.threshold,
        reasons=tuple(sorted(explain(estimate.evidence), key=lambda reason: -reason.weight)),
    )


_FIGURES = (
    ("pauses_per_minute", "pauses a minute", "{:.0f}"),
    ("pause_longest_s", "longest pause", "{:.2f} s"),
    ("pause_share", "silent share", "{:.0%}"),
    ("fillers_per_100_words", "fillers in 100 words", "{:.1f}"),
    ("speech_rate_syllables_s", "pace with pauses", "{:.1f} syllables/s"),
    ("articulation_rate_syllables_s", "pace without pauses", "{:.1f} syllables/s"),
    ("mean_run_syllables", "mean run between pauses", "{:.1f} syllables"),
)


def _figures(told: Analysis) -> Iterator[tuple[str, str]]:
    measures = told.measures
    if measures is None:
        return
    if told.response_latency_s is not None:
        yield "began after", f"{told.response_latency_s:.2f} s"
    for key, name, form in _FIGURES:
        if (figure := getattr(measures, key)) is not None:
            yield name, form.format(figure)
    if (pitch := measures.prosody) is not None:
        yield "pitch, median", f"{pitch.pitch_median_hz:.0f} Hz"
        yield "pitch, range", f"{pitch.pitch_range_semitones:.1f} semitones"


def _count_of(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
