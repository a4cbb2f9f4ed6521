"""The two estimates: which evidence counts, and how much.

`times` says how much more often something comes in an answer above the speaker's usual; `shift`, on the scale of
logarithms, how much longer it takes. If the literature gives a direction but no size, the size is ours: four times as
often for what hesitation mostly consists of, about twice for the rest. Because of such sizes, and because evidence
comes together (a filler, then a pause), all weights are right only up to a factor, `sharpness`. For hesitation, it is
fitted on one half of the graded recordings: the loss hardly changes between 1.2 and 2.4, and 1.4 is below the best on
purpose, because hesitation made in a studio is cleaner than people's. For discomfort, it isn't fitted, as no studio
makes that. See docs/sensing.md.

We keep the two apart because the literature does: fillers, pauses and slow starts are signs of hesitation
(Brennan & Williams 1995, *Journal of Memory and Language* 34; Clark & Fox Tree 2002, *Cognition* 84; Fraundorf &
Watson 2013, *Language and Cognitive Processes* 29), while anxiety raises every disturbance of speech except "um" (Kasl
& Mahl 1965, *Journal of Personality and Social Psychology* 1) and brings more silence and a higher pitch (Laukka et
al. 2008, *Journal of Nonverbal Behavior* 32). So fillers aren't evidence of discomfort here.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.assessment import norms
from assistant.turns.answer import Pause, Word
from assistant.turns.assessment import Measures

OFTEN, SELDOM, ALWAYS = 0.5, 0.25, 1.0
"""Chances that a kind of evidence is raised in an answer above the usual. People hesitate in different ways: silences,
fillers and slow beginnings are the commonest, and each speaker shows some of the rest. Ours."""

PITCH_SHARE = OFTEN
_QUICKEST_S = 0.1
"""Nobody answers sooner: a shorter latency means a beginning before the prompt's end, and has no useful logarithm."""


@dataclass(frozen=True, slots=True)
class CueEvent:
    """Something that happened in an answer, at a time in seconds, with the `confidence` (0–1) that it did."""

    at_s: float
    word: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class CountCue:
    """Evidence that is counted: above the usual, `times` as often with a chance of `share`; see `likelihood`."""

    kind: str
    norm: norms.Rate
    events: Callable[[Measures], Sequence[CueEvent]]
    times: float
    share: float


@dataclass(frozen=True, slots=True)
class DurationCue:
    """Evidence that is measured and has a log-normal distribution.

    Attributes
    ----------
    kind : str
    norm : norms.Typical
    value : callable
        Returns the value in the norm's unit; None if an answer has none.
    at : callable
        Returns where it shows: time and word.
    shift : float
        Natural logarithm of how many times longer (below 0, shorter) it is if raised.
    share : float
        The chance of being raised in an answer above the usual (0–1).
    repeated : callable
        Returns the number of values that the value is the mean of.
    """

    kind: str
    norm: norms.Typical
    value: Callable[[Measures], float | None]
    at: Callable[[Measures], tuple[float | None, str | None]]
    shift: float
    share: float
    repeated: Callable[[Measures], int] = lambda _: 1


@dataclass(frozen=True, slots=True)
class CueModel:
    """The evidence that counts for an estimate.

    Attributes
    ----------
    prior : float
        Log-odds before anything is heard.
    counted, timed : tuple
    trailing_off : float
        How much higher the odds of trailing off are; 1 if that doesn't count.
    pitch_rise : float
        Semitones by which the pitch is higher; 0 if that doesn't count.
    sharpness : float
        Factor for all weights except the prior.
    """

    prior: float
    counted: tuple[CountCue, ...]
    timed: tuple[DurationCue, ...]
    trailing_off: float
    pitch_rise: float
    sharpness: float


def _words(found: Sequence[Word]) -> list[CueEvent]:
    return [CueEvent(word.start_s, word.word, word.confidence) for word in found]


def _pauses(found: Sequence[Pause]) -> list[CueEvent]:
    return [CueEvent(pause.start_s, pause.before) for pause in found]


def _latency_s(measures: Measures) -> float | None:
    return None if measures.latency_s is None else max(measures.latency_s, _QUICKEST_S)


def _at_start(_: Measures) -> tuple[float | None, str | None]:
    return 0.0, None


def _at_longest(measures: Measures) -> tuple[float | None, str | None]:
    longest = measures.longest_pause
    return (longest.start_s, longest.before) if longest else (None, None)


def _slow_start(shift: float, share: float = OFTEN) -> DurationCue:
    return DurationCue("slow_start", norms.RESPONSE_LATENCY_S, _latency_s, _at_start, shift, share)


def _filled_pause(times: float, share: float = OFTEN) -> CountCue:
    return CountCue("filled_pause", norms.FILLED_PAUSE, lambda m: _words(m.fillers), times, share)


def _silent_pause(times: float) -> CountCue:
    return CountCue("silent_pause", norms.SILENT_PAUSE, lambda m: _pauses(m.searching_pauses), times, OFTEN)


def _in_words(*, repeat: float, restart: float, cut_off: float, hedge: float) -> tuple[CountCue, ...]:
    return (
        CountCue("repeat", norms.REPEAT, lambda m: _words(m.repeats), repeat, SELDOM),
        CountCue("restart", norms.RESTART, lambda m: _words(m.restarts), restart, SELDOM),
        CountCue("cut_off", norms.CUT_OFF, lambda m: _words(m.cut_offs), cut_off, SELDOM),
        CountCue("hedge", norms.HEDGE, lambda m: _words(m.hedges), hedge, SELDOM),
    )


HESITATION = CueModel(
    # One answer in five is above the usual. Ours.
    prior=math.log(0.2 / 0.8),
    counted=(
        # Fillers announce a delay (Clark & Fox Tree 2002) and accompany ideas that are hard to conceive (Fraundorf &
        # Watson 2013); answers that people feel less sure of have more of them (Brennan & Williams 1995; Smith & Clark
        # 1993).
        _filled_pause(4.0),
        # In pauses inside clauses people search for words; in those between clauses they breathe (Goldman-Eisler 1968),
        # unless a filler announces them (Clark & Fox Tree 2002) or they are long.
        _silent_pause(4.0),
        CountCue("boundary_pause", norms.BOUNDARY_PAUSE, lambda m: _pauses(m.resting_pauses), 1.4, OFTEN),
        # Drawn-out words are fillers without the "um" (Eklund 2004, *Disfluency in Swedish*).
        CountCue("lengthened", norms.LENGTHENED, lambda m: _words(m.lengthened), 4.0, SELDOM),
        # Repeats buy time for words that are hard to find (Fraundorf & Watson 2013); "I guess" says it outright.
        *_in_words(repeat=2.5, restart=2.5, cut_off=2.5, hedge=2.0),
    ),
    timed=(
        # People who are less sure take longer to begin (Smith & Clark 1993; Brennan & Williams 1995). Quickness isn't
        # the opposite of hesitation, so it may count little against it.
        _slow_start(math.log(2.0)),
        # Longer silences, no matter how many.
        DurationCue(
            "pause_length",
            norms.PAUSE_S,
            lambda m: m.pause_mean_s,
            _at_longest,
            math.log(1.6),
            SELDOM,
            repeated=lambda m: len(m.pauses),
        ),
        # Speech slows down before words that are hard to find. Ours, and small.
        DurationCue(
            "slow_speech",
            norms.ARTICULATION_RATE,
            lambda m: m.articulation_rate,
            lambda _: (None, None),
            -math.log(1.15),
            SELDOM,
        ),
    ),
    trailing_off=4.0,
    pitch_rise=0.0,
    sharpness=1.4,
)

DISCOMFORT = CueModel(
    # One answer in ten. Ours.
    prior=math.log(0.1 / 0.9),
    counted=(
        # More of the answer is silence (Laukka et al. 2008). Listeners notice long silences most, so those count again.
        _silent_pause(1.7),
        CountCue("long_pause", norms.LONG_PAUSE, lambda m: _pauses(m.long_pauses), 2.5, OFTEN),
        # Kasl & Mahl's (1965) disturbances other than "ah": repetition, sentence change, stutter.
        *_in_words(repeat=2.5, restart=2.5, cut_off=2.5, hedge=2.0),
        # People who apologise for their answer, or take it back, are ill at ease with it. Ours.
        CountCue("apology", norms.APOLOGY, lambda m: _words(m.apologies), 5.0, SELDOM),
        CountCue("correction", norms.CORRECTION, lambda m: _words(m.corrections), 2.5, SELDOM),
    ),
    timed=(_slow_start(math.log(1.6)),),
    # Kasl & Mahl's "sentence incompletion".
    trailing_off=4.0,
    # Pitch rises with anxiety (Laukka et al. 2008; Weeks et al. 2012, *Journal of Anxiety Disorders* 26). Studies
    # disagree about pitch range and loudness, so we measure them but don't count them.
    pitch_rise=2.0,
    sharpness=1.0,
)

NON_ANSWER = CueModel(
    # An immediate "I don't know" is certain, and a slow one or one with an "um" isn't (Smith & Clark 1993, *Journal of
    # Memory and Language* 32; Brennan & Williams 1995). Its speed is all there is to go on, so that counts both ways.
    prior=HESITATION.prior,
    counted=(_filled_pause(4.0, ALWAYS),),
    timed=(_slow_start(math.log(2.0), ALWAYS),),
    trailing_off=1.0,
    pitch_rise=0.0,
    sharpness=HESITATION.sharpness,
)
