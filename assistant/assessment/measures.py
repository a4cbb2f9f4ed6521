"""What can be counted in an answer, and timed."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.assessment.norms import LONG_PAUSE_S
from assistant.assessment.prosody import Prosody
from assistant.assessment.syllables import count_syllables
from assistant.disfluency import apologies, corrections, detect, hedges, is_non_answer, opens_clause, trailing
from assistant.turns.answer import Answer, Lengthened, Pause, Word


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts and times of one answer; times in seconds from its start.

    Attributes
    ----------
    words : int
        Spoken words, fillers aside.
    syllables : int
        Of those words.
    speaking_s : float
        From the first voice to the last, pauses included, in seconds.
    phonation_s : float
        The same without silent pauses and fillers, in seconds.
    confidence : float
        Mean recognition confidence of the words, 0–1; 0 without words.
    hallucinated_words : int
        Words that were heard where there was no voice, and dropped.
    lost_s : float
        Sound that was lost, in seconds.
    latency_s : float or None
        Response latency: seconds from the true end of the prompt's playback to the first voice. None where nobody
        spoke.
    fillers : tuple of Word
        Filled pauses.
    fillers_inside : tuple of Word
        Those of them inside a clause, where a word is searched for; the others come before one, where it is planned
        (Swerts 1998, *Journal of Pragmatics* 30).
    pauses : tuple of Pause
        Silences of at least 0.25 s (Goldman-Eisler 1968).
    pauses_inside : tuple of Pause
        Those of them inside a clause: fluent speech rests between clauses (Goldman-Eisler 1968).
    long_pauses : tuple of Pause
        Silences of at least `norms.LONG_PAUSE_S`, wherever they are.
    searching_pauses : tuple of Pause
        Silences in which something is searched for: those inside a clause, those beside a filler, which announces them
        (Clark & Fox Tree 2002), and the long ones.
    resting_pauses : tuple of Pause
        The others: between clauses, and brief.
    lengthened : tuple of Lengthened
        Words drawn out.
    repeats, restarts : tuple of Word
        The first word of what was said again ("the the", "I used to, I used to"), or reworded ("I was, I used to be").
        The terms are Shriberg's (1994, *Preliminaries to a Theory of Speech Disfluencies*).
    cut_offs : tuple of Word
        Half words.
    hedges, apologies, corrections : tuple of Word
        The first word of each ("I guess", "sorry", "I mean").
    trailing : Word or None
        The conjunction, preposition or article that the answer was left hanging on.
    non_answer : bool
        Whether the whole answer is that there is none ("I don't know").
    prosody : Prosody or None
        Pitch and loudness, where the sound was at hand and had enough voice in it.
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
        """Filled pauses for 100 spoken words; None without words."""
        return 100 * len(self.fillers) / self.words if self.words else None

    @property
    def pauses_per_minute(self) -> float | None:
        """Silent pauses for a minute from the first voice to the last; None where nobody spoke."""
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
        """Syllables a second from the first voice to the last, pauses included (Goldman-Eisler 1968)."""
        return self.syllables / self.speaking_s if self.speaking_s and self.syllables else None

    @property
    def articulation_rate(self) -> float | None:
        """Syllables a second of phonation: silent pauses and fillers taken out (Goldman-Eisler 1968)."""
        return self.syllables / self.phonation_s if self.phonation_s and self.syllables else None

    @property
    def mean_run_syllables(self) -> float | None:
        """Mean length of run: syllables between two silent pauses (Towell, Hawkins & Bazergui 1996)."""
        return self.syllables / (len(self.pauses) + 1) if self.syllables else None


def measure(answer: Answer, prosody: Prosody | None = None) -> Measures:
    """Count and time what an answer shows of how it was said.

    Parameters
    ----------
    answer
        What was heard.
    prosody
        Pitch and loudness of its sound, if that was measured (see `assistant.assessment.prosody`).
    """
    words = answer.words
    spoken = [word.word for word in words]
    speaking_s = 0.0
    if answer.speech_start_s is not None and answer.speech_end_s is not None:
        speaking_s = answer.speech_end_s - answer.speech_start_s
    silent_s = sum(pause.duration_s for pause in answer.pauses)
    filled_s = sum(filler.end_s - filler.start_s for filler in answer.fillers)
    pause_at = [_index_after(words, pause.start_s, pause.end_s) for pause in answer.pauses]
    filler_at = [_index_after(words, filler.start_s, filler.end_s) for filler in answer.fillers]
    inside = [0 < at < len(words) and not opens_clause(spoken, at) for at in (*pause_at, *filler_at)]
    found = detect(
        words, {at: pause.duration_s for at, pause in zip(pause_at, answer.pauses, strict=True) if at < len(words)}
    )
    hedged = hedges(spoken, {*pause_at, *filler_at})
    hanging = trailing(spoken, hedged)
    pauses_inside = tuple(pause for pause, within in zip(answer.pauses, inside, strict=False) if within)
    long_pauses = tuple(pause for pause in answer.pauses if pause.duration_s >= LONG_PAUSE_S)
    searching = tuple(
        pause
        for pause, at in zip(answer.pauses, pause_at, strict=True)
        if pause in pauses_inside or pause in long_pauses or at in filler_at
    )
    return Measures(
        words=len(words),
        syllables=sum(count_syllables(word) for word in spoken),
        speaking_s=speaking_s,
        phonation_s=max(speaking_s - silent_s - filled_s, 0.0),
        confidence=sum(word.confidence for word in words) / len(words) if words else 0.0,
        hallucinated_words=answer.hallucinated_words,
        lost_s=answer.lost_s,
        latency_s=answer.response_latency_s,
        fillers=answer.fillers,
        fillers_inside=tuple(
            filler for filler, within in zip(answer.fillers, inside[len(answer.pauses) :], strict=True) if within
        ),
        pauses=answer.pauses,
        pauses_inside=pauses_inside,
        long_pauses=long_pauses,
        searching_pauses=searching,
        resting_pauses=tuple(pause for pause in answer.pauses if pause not in searching),
        lengthened=answer.lengthened,
        repeats=_at(words, found.repeats),
        restarts=_at(words, found.restarts),
        cut_offs=_at(words, found.cut_offs),
        hedges=_at(words, (start for start, _ in hedged)),
        apologies=_at(words, (start for start, _ in apologies(spoken))),
        corrections=_at(words, (start for start, _ in corrections(spoken))),
        trailing=None if hanging is None else words[hanging],
        non_answer=is_non_answer(spoken),
        prosody=prosody,
    )


def _index_after(words: Sequence[Word], start_s: float, end_s: float) -> int:
    """Index of the word that comes after a pause or filler; `len(words)` where none does."""
    middle_s = (start_s + end_s) / 2
    return next((at for at, word in enumerate(words) if (word.start_s + word.end_s) / 2 > middle_s), len(words))


def _at(words: Sequence[Word], indices: Iterable[int]) -> tuple[Word, ...]:
    return tuple(words[at] for at in indices)
