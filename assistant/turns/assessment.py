"""How an answer sounded: its measures, the estimates made from them, and their evidence."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

from assistant.turns.answer import Lengthened, Pause, Word

THRESHOLD = 0.5
"""An estimate is mentioned if its whole interval lies above this, so if it is surely likelier than not. For the effect
see docs/sensing.md."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One piece of evidence for an estimate.

    Attributes
    ----------
    kind : str
        "prior", "filled_pause", "silent_pause", "boundary_pause", "long_pause", "pause_length", "lengthened",
        "repeat", "restart", "cut_off", "hedge", "apology", "correction", "trailing_off", "slow_start", "slow_speech"
        or "pitch_rise".
    at_s : float or None
        Where in the answer, in seconds; None for something that is missing or concerns all of it.
    word : str or None
        The word it is about: the filler, the repeated word, or the word after a pause.
    value : float
        What was found: a count; or seconds, syllables per second, or semitones.
    norm : float
        What is usual in the population for an answer of this length, in the same unit; 0 if there is no norm.
    usual : float
        What is usual for this speaker, including the norm that stands in for what isn't known about them yet.
    weight : float
        Its share of the log-odds; all weights of an estimate add up to log(score / (1 - score)).
    """

    kind: str
    at_s: float | None
    word: str | None
    value: float
    norm: float
    usual: float
    weight: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """How likely it is that an answer is above what is usual for its speaker, or why we can't say.

    Attributes
    ----------
    score : float or None
        The probability, 0–1; if None, `abstained` says why.
    low, high : float or None
        An 80 % interval for it: how far it would move if we knew for sure what is usual for this speaker. It is given
        even if it is the reason to abstain.
    abstained : str or None
        Why there is no score.
    evidence : tuple of Evidence
    leaning : float or None
        The probability that the evidence adds up to, even if the interval spans the threshold and the estimate should
        not be mentioned.
    threshold : float
        What the interval was compared with.
    """

    score: float | None
    low: float | None
    high: float | None
    abstained: str | None
    evidence: tuple[Evidence, ...] = ()
    leaning: float | None = None
    threshold: float = THRESHOLD

    @property
    def is_strong(self) -> bool:
        """Whether it is worth mentioning: its whole interval is above the threshold."""
        return self.score is not None and self.low is not None and self.low > self.threshold

    def withdrawn(self, reason: str) -> Estimate:
        """The same evidence without a score, for a `reason` such as that the person said otherwise."""
        return replace(self, score=None, abstained=reason)


@dataclass(frozen=True, slots=True)
class Prosody:
    """How an answer sounded, regardless of its words.

    Attributes
    ----------
    pitch_median_hz : float
        Median of the fundamental frequency.
    pitch_range_semitones : float
        From its 10th to its 90th percentile; values beyond those are left out because some are octave errors.
    voiced_s : float
        Time with a pitch, in seconds.
    energy_dbfs : float
        Median level of the frames with a pitch, in dB below full scale. It depends on the microphone and its distance,
        so it is reported, but not used in estimates.
    floor_dbfs : float
        Level that a tenth of all frames stay below: the room's noise.
    """

    pitch_median_hz: float
    pitch_range_semitones: float
    voiced_s: float
    energy_dbfs: float
    floor_dbfs: float

    @property
    def above_floor_db(self) -> float:
        """How much louder the voice is than the room, in dB."""
        return self.energy_dbfs - self.floor_dbfs


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts and times of one answer; times in seconds from its start.

    Attributes
    ----------
    words : int
        Spoken words without fillers.
    syllables : int
        Of those words.
    speaking_s : float
        From the first voice to the last, pauses included, in seconds.
    phonation_s : float
        The same without silent pauses and fillers, in seconds.
    confidence : float
        Mean recognition confidence of the words, 0–1; 0 without words.
    hallucinated_words : int
        Words that were recognised without a voice under them, and dropped.
    lost_s : float
        Sound that was lost, in seconds.
    latency_s : float or None
        Response latency: seconds from the true end of the prompt's playback to the first voice. None if there is no
        voice.
    fillers : tuple of Word
        Filled pauses.
    fillers_inside : tuple of Word
        Those of them inside a clause, where the speaker searches for a word; the others come before a clause, where
        the speaker plans it (Swerts 1998, *Journal of Pragmatics* 30).
    pauses : tuple of Pause
        Silences of at least 0.25 s (Goldman-Eisler 1968).
    pauses_inside : tuple of Pause
        Those of them inside a clause: fluent speech rests between clauses (Goldman-Eisler 1968).
    long_pauses : tuple of Pause
        Silences of at least `norms.LONG_PAUSE_S`, wherever they are.
    searching_pauses : tuple of Pause
        Silences in which the speaker searches for something: those inside a clause, those beside a filler, which
        announces them (Clark & Fox Tree 2002), and the long ones.
    resting_pauses : tuple of Pause
        The others: between clauses, and brief.
    lengthened : tuple of Lengthened
        Words drawn out.
    repeats, restarts : tuple of Word
        The first word of anything repeated ("the the", "I used to, I used to") or reworded ("I was, I used to be").
        The terms are Shriberg's (1994, *Preliminaries to a Theory of Speech Disfluencies*).
    cut_offs : tuple of Word
        Half words.
    hedges, apologies, corrections : tuple of Word
        The first word of each ("I guess", "sorry", "I mean").
    trailing : Word or None
        The conjunction, preposition or article on which the answer trails off.
    non_answer : bool
        Whether the whole answer is a non-answer ("I don't know").
    prosody : Prosody or None
        Pitch and loudness, if the sound was available and had enough voice in it.
    """

    words: int
    syllables: int
    speaking_s: float
    phonation_s: float
    confidence: float
    hallucinated_words: int
    lost_s: float
    latency_s: float | None
    fillers: tuple[Word, ...]
    fillers_inside: tuple[Word, ...]
    pauses: tuple[Pause, ...]
    pauses_inside: tuple[Pause, ...]
    long_pauses: tuple[Pause, ...]
    searching_pauses: tuple[Pause, ...]
    resting_pauses: tuple[Pause, ...]
    lengthened: tuple[Lengthened, ...]
    repeats: tuple[Word, ...]
    restarts: tuple[Word, ...]
    cut_offs: tuple[Word, ...]
    hedges: tuple[Word, ...]
    apologies: tuple[Word, ...]
    corrections: tuple[Word, ...]
    trailing: Word | None
    non_answer: bool
    prosody: Prosody | None

    @property
    def fillers_per_100_words(self) -> float | None:
        """Filled pauses per 100 spoken words; None without words."""
        return 100 * len(self.fillers) / self.words if self.words else None

    @property
    def pauses_per_minute(self) -> float | None:
        """Silent pauses per minute from the first voice to the last; None if there is no voice."""
        return 60 * len(self.pauses) / self.speaking_s if self.speaking_s else None

    @property
    def pause_mean_s(self) -> float | None:
        """Geometric mean of the silent pauses, in seconds, because their lengths are log-normal; None without any."""
        if not self.pauses:
            return None
        return math.exp(sum(math.log(pause.duration_s) for pause in self.pauses) / len(self.pauses))

    @property
    def longest_pause(self) -> Pause | None:
        """The longest silent pause."""
        return max(self.pauses, key=lambda pause: pause.duration_s, default=None)

    @property
    def pause_share(self) -> float | None:
        """Share of the answer, from the first voice to the last, that is silent pauses (0–1)."""
        return sum(pause.duration_s for pause in self.pauses) / self.speaking_s if self.speaking_s else None

    @property
    def speech_rate(self) -> float | None:
        """Syllables per second from the first voice to the last, pauses included (Goldman-Eisler 1968)."""
        return self.syllables / self.speaking_s if self.speaking_s and self.syllables else None

    @property
    def articulation_rate(self) -> float | None:
        """Syllables per second of phonation: without silent pauses and fillers (Goldman-Eisler 1968)."""
        return self.syllables / self.phonation_s if self.phonation_s and self.syllables else None

    @property
    def mean_run_syllables(self) -> float | None:
        """Mean length of run: syllables between two silent pauses (Towell, Hawkins & Bazergui 1996)."""
        return self.syllables / (len(self.pauses) + 1) if self.syllables else None


EstimateName = Literal["discomfort", "hesitation"]
"""What we estimate, and ask about."""


@dataclass(frozen=True, slots=True)
class Assessment:
    """How an answer sounded, and the measures behind that."""

    hesitation: Estimate
    discomfort: Estimate
    measures: Measures

    def withdrawn(self, about: EstimateName) -> Assessment:
        """The same without the score for a feeling that the person denied; the evidence stays."""
        reason = "the person did not agree"
        if about == "hesitation":
            return replace(self, hesitation=self.hesitation.withdrawn(reason))
        return replace(self, discomfort=self.discomfort.withdrawn(reason))


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What the person said when asked about an estimate.

    Attributes
    ----------
    about : "discomfort" or "hesitation"
    agreed : bool or None
        Their yes or no; None for neither.
    reply : str
        Their words.
    """

    about: EstimateName
    agreed: bool | None
    reply: str
