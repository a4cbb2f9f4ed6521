"""Evidence in plain words: what was found, where, and how that compares."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from assistant.turns.assessment import Evidence


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
        What is usual in the population in an answer of this length, and what is usual for this speaker; empty where
        there is no such figure.
    weight : float
        Share of the log-odds: above 0 it speaks for the estimate, below 0 against it.
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
    """Names of evidence that is counted; `before` where its word is the one that follows."""

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
"""What is said of it, how its figures are written, and what comes before its word; None where its place is known."""


def reasons(evidence: Iterable[Evidence]) -> tuple[Reason, ...]:
    """Evidence rows of an estimate in plain words, one reason a kind, in the order in which they come.

    Parameters
    ----------
    evidence : iterable of Evidence
    """
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
    count, norm, usual = (
        sum(figures) for figures in zip(*((row.value, row.norm, row.usual) for row in rows), strict=True)
    )
    what = f"{count:g} {name.one if count == 1 else name.many}" if count else f"no {name.one}"
    places = tuple(_places(rows, "before " if name.before else ""))
    return Reason(what, places, f"{norm:.1f}", f"{usual:.1f}", weight)


def _places(rows: Iterable[Evidence], before: str = "") -> Iterable[EvidencePlace]:
    """Where the rows are; what comes before a word is said of the first one only, and meant of all."""
    found = ((row.at_s, f"“{row.word}”" if row.word else "") for row in rows if row.at_s is not None)
    for number, (at_s, word) in enumerate(found):
        yield EvidencePlace(at_s, word if number else before + word)
