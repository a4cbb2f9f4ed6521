"""How people speak when nothing is the matter: the norms that answers are compared with.

These are population norms for English conversation. They stand in until the speaker's own answers take over (see
`assistant.assessment.baseline`). Each names its source; "ours" means that we know of no study that counts just this,
and that the figure is our choice, in keeping with related publications.
"""

from __future__ import annotations

from dataclasses import dataclass

LONG_PAUSE_S = 1.0
"""A silence that listeners notice. Pauses above a second occur in spontaneous speech only, not in reading (Campione &
Véronis 2002, *Speech Prosody*), and about a second is the most that conversation usually bears (Jefferson 1989)."""


@dataclass(frozen=True, slots=True)
class Rate:
    """How often something happens.

    Attributes
    ----------
    per_word : float
        Events per spoken word; fillers don't count as words.
    source : str
        The figure's source.
    """

    per_word: float
    source: str


@dataclass(frozen=True, slots=True)
class Typical:
    """A log-normal quantity: its logarithm is normally distributed.

    Attributes
    ----------
    median : float
        In the quantity's unit.
    spread : float
        Standard deviation of its natural logarithm, between people and between one person's answers together.
    source : str
        The figures' source.
    """

    median: float
    spread: float
    source: str


@dataclass(frozen=True, slots=True)
class Share:
    """The share of answers in which something happens (0–1), and the figure's source."""

    of_answers: float
    source: str


FILLED_PAUSE = Rate(0.0256, "Bortfeld et al. 2001, Language and Speech 44: 2.56 fillers in 100 words")
REPEAT = Rate(0.0147, "Bortfeld et al. 2001, Language and Speech 44: 1.47 repeats in 100 words")
RESTART = Rate(0.0097, "Bortfeld et al. 2001: 1.94 restarts in 100 words; ours: half of them show in the words alone")
CUT_OFF = Rate(0.003, "ours: rare in a recogniser's output, as it has no half words")
LENGTHENED = Rate(0.012, "ours: about half as often as fillers")
SILENT_PAUSE = Rate(
    0.03,
    "ours: most pauses fall between clauses (Goldman-Eisler 1968); one in 33 words inside of them or beside a filler",
)
BOUNDARY_PAUSE = Rate(0.07, "ours: a breath for every clause or two of six to eight words")
LONG_PAUSE = Rate(0.012, "ours: one of a second or more in 80 words")
HEDGE = Rate(0.015, "ours: an “I guess” or “kind of” in 65 words")
APOLOGY = Rate(0.0015, "ours: an apology for the answer itself in 650 words")
CORRECTION = Rate(0.003, "ours: an “I mean” or “no, wait” that takes something back in 330 words")

TRAILING_OFF = Share(0.05, "ours: one answer in twenty ends on a conjunction")

RESPONSE_LATENCY_S = Typical(
    0.9,
    0.6,
    "ours, above the 0.2 s of talk among people (Stivers et al. 2009, PNAS 106), because people wait to be sure that a "
    "machine has finished; two thirds begin within 0.5 to 1.6 s",
)
PAUSE_S = Typical(
    0.5, 0.5, "ours, in the middle of the 0.2 to 1 s of Campione & Véronis 2002, whose pauses are log-normal"
)
ARTICULATION_RATE = Typical(
    5.0, 0.18, "about 5 syllables a second in informal talk (Jacewicz et al. 2009, Language Variation and Change 21)"
)
PITCH_SPREAD_SEMITONES = 1.5
"""Standard deviation of a speaker's median pitch from one answer to the next. Ours. There is no norm for the pitch
itself: only the speaker's own answers count."""
