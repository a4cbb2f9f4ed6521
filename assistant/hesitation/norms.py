"""How people speak when nothing is the matter: what an answer is held against.

These are population norms for English conversation. They stand in until the speaker's own answers take over (see
`assistant.hesitation.baseline`).
"""

from __future__ import annotations

FILLED_PAUSES_PER_WORD = 0.0256
"""Fillers a word: 2.56 in 100 (Bortfeld et al. 2001, *Language and Speech* 44, table 2)."""

REPEATS_PER_WORD = 0.0147
"""Immediate repeats a word: 1.47 in 100 (Bortfeld et al. 2001)."""

SILENT_PAUSES_PER_WORD = 0.12
"""Silences of 0.25 s and more, a word. Ours: runs of about eight words between two silences."""

LONG_PAUSE_S = 1.0
"""A silence that listeners notice: pauses of about a second are the most that conversation usually bears (Jefferson
1989, the "standard maximum silence")."""

LONG_PAUSES_PER_WORD = 0.02
"""Silences of a second and more, a word. Ours: a sentence of 50 words may have one."""

LATENCY_MEDIAN_S = 0.9
"""Median time to begin an answer. Ours, above the 0.2 s of talk among people (Stivers et al. 2009, *PNAS* 106), because
people wait to be sure that a machine has finished."""

LATENCY_SPREAD = 0.6
"""Standard deviation of the latency's natural logarithm. Ours: two thirds of answers begin within 0.5 to 1.6 s."""

TRAILING_OFF = 0.05
"""Share of answers that end on a conjunction. Ours."""
