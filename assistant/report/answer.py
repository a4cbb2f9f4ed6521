"""An answer as a picture needs it: marks with their times, estimates, figures."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from assistant.audio.level import WaveformPeaks
from assistant.report.reasons import EvidencePlace, Reason, reasons
from assistant.turns.assessment import Estimate
from assistant.turns.document import Analysis


class Kind(Enum):
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
    kind : Kind
    start_s, end_s : float
    word : str
        The word or filler; for a pause the word that it came before.
    note : str
        What else is known of it, in words.
    """

    kind: Kind
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
        """How it is written in a picture; the kinds differ in more than colour."""
        if self.kind is Kind.FILLER:
            return f"⟨{self.word}⟩"
        if self.kind is Kind.LENGTHENED:
            return f"{self.word}~"
        return f"{self.duration_s:.1f} s" if self.kind is Kind.PAUSE else self.word


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
    """What speaks for it most comes first, what speaks against it most last."""

    @property
    def verdict(self) -> str:
        """What it comes to, as a sentence."""
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
        Its file or its question.
    text : str
        Verbatim.
    duration_s : float
        Its length; 0 where that isn't known.
    marks : tuple of Mark
        In order of time.
    gauges : tuple of Gauge
        None where nothing was sensed.
    figures : tuple of (str, str)
        Measures, each with its name.
    asked : tuple of str
        What the assistant said before it.
    agreed : bool or None
        Their word on what was sensed.
    reply : str
        What they said when asked about it; nothing where they weren't.
    outline : WaveformPeaks or None
        The sound, where there is any.
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

    def count(self, kind: Kind) -> int:
        """How many of a kind there are; drawn-out words are words."""
        if kind is Kind.WORD and not self.marks:
            return len(self.text.split())
        return sum(mark.kind is kind or (kind, mark.kind) == (Kind.WORD, Kind.LENGTHENED) for mark in self.marks)

    def number_of(self, place: EvidencePlace) -> int | None:
        """Which of the marks begins where something was heard; None where none does."""
        return next((n for n, mark in enumerate(self.marks) if abs(mark.start_s - place.at_s) < 0.001), None)

    @property
    def in_short(self) -> str:
        """Its length and how many of each kind there are: "7.7 s · 21 words · 2 fillers"."""
        shown = [f"{self.duration_s:.1f} s"] if self.duration_s else []
        shown.append(_counted(self.count(Kind.WORD), "word"))
        shown += [_counted(self.count(kind), kind.value) for kind in (Kind.FILLER, Kind.LENGTHENED, Kind.PAUSE)
                  if self.count(kind)]  # fmt: skip
        return " · ".join(shown)


def show_answer(
    analysis: Analysis | None,
    *,
    title: str,
    text: str = "",
    asked: tuple[str, ...] = (),
    agreed: bool | None = None,
    outline: WaveformPeaks | None = None,
) -> ShownAnswer:
    """Read an analysis; whatever is missing from it, as when nothing was sensed, isn't shown.

    Parameters
    ----------
    analysis : Analysis or None
    title : str
    text : str, optional
        What was said, where there is no analysis to tell.
    asked, agreed, outline
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
        longer = drawn_out.get(word.start_s)
        note = f"{longer.expected_s:.2f} s would do" if longer else ""
        yield Mark(Kind.LENGTHENED if longer else Kind.WORD, word.start_s, word.end_s, word.word, note)
    for filler in told.fillers or ():
        yield Mark(Kind.FILLER, filler.start_s, filler.end_s, filler.word)
    for pause in told.pauses or ():
        yield Mark(Kind.PAUSE, pause.start_s, pause.end_s, pause.before, f"before “{pause.before}”")


def _gauge(name: str, estimate: Estimate) -> Gauge:
    return Gauge(
        name=name,
        score=estimate.score,
        low=estimate.low,
        high=estimate.high,
        abstained=estimate.abstained,
        threshold=estimate.threshold,
        reasons=tuple(sorted(reasons(estimate.evidence), key=lambda reason: -reason.weight)),
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


def _counted(count: int, name: str) -> str:
    return f"{count} {name}" if count == 1 else f"{count} {name}s"
