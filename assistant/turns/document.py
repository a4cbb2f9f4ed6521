"""An answer's analysis, as the JSON that ``assistant analyse`` prints and the store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from assistant.turns.answer import Filler, Lengthened, OtherVoice, Pause, SecondTranscript, Sound, TurnEnd, Word
from assistant.turns.assessment import Confirmation, Estimate, Measures, Prosody
from assistant.turns.user_turn import UserTurn

if TYPE_CHECKING:
    from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured: counts, and figures whose names say their units; None if there is nothing to measure.

    `assistant.turns.assessment.Measures` explains each of them.
    """

    words: int | None = None
    syllables: int | None = None
    speaking_s: float | None = None
    phonation_s: float | None = None
    speech_rate_syllables_s: float | None = None
    articulation_rate_syllables_s: float | None = None
    mean_run_syllables: float | None = None
    fillers_per_100_words: float | None = None
    fillers_inside_clauses: int | None = None
    pauses_per_minute: float | None = None
    pauses_inside_clauses: int | None = None
    pause_mean_s: float | None = None
    pause_longest_s: float | None = None
    pause_share: float | None = None
    lengthened: tuple[Lengthened, ...] = ()
    repeats: tuple[Word, ...] = ()
    restarts: tuple[Word, ...] = ()
    cut_offs: tuple[Word, ...] = ()
    hedges: tuple[Word, ...] = ()
    apologies: tuple[Word, ...] = ()
    corrections: tuple[Word, ...] = ()
    trailing: Word | None = None
    non_answer: bool | None = None
    prosody: Prosody | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """An answer's analysis; times in seconds from the answer's start.

    Everything about how something was said is None if sensing is off.

    Attributes
    ----------
    source : str or None
        What it was heard from.
    duration_s : float or None
    model : str or None
        Name of the speech model.
    text : str
        Verbatim.
    words, fillers, lengthened, pauses : tuple
    second_hearing : SecondTranscript or None
        What the second ear wrote; None without one.
    response_latency_s, speech_end_s : float or None
    ended : str or None
        How the turn ended; see `assistant.turns.answer.TurnEnd`.
    dropped_words : int
        Words that were recognised but not said.
    lost_s : float
    sound : Sound or None
        How well it could be heard.
    other_voices : tuple of OtherVoice
        What was said by somebody else, and left out of everything above.
    asked : Confirmation or None
    measures : Figures or None
    hesitation, discomfort : Estimate or None
    """

    source: str | None = None
    duration_s: float | None = None
    model: str | None = None
    text: str = ""
    words: tuple[Word, ...] = ()
    fillers: tuple[Filler, ...] | None = None
    lengthened: tuple[Lengthened, ...] | None = None
    pauses: tuple[Pause, ...] | None = None
    second_hearing: SecondTranscript | None = None
    response_latency_s: float | None = None
    speech_end_s: float | None = None
    ended: str | None = None
    dropped_words: int = 0
    lost_s: float = 0.0
    sound: Sound | None = None
    other_voices: tuple[OtherVoice, ...] = ()
    asked: Confirmation | None = None
    measures: Figures | None = None
    hesitation: Estimate | None = None
    discomfort: Estimate | None = None

    @classmethod
    def of(cls, turn: UserTurn, *, source: str, model: str | None) -> Analysis:
        """Make the analysis of a turn.

        Parameters
        ----------
        turn : UserTurn
        source : str
            What it was heard from.
        model : str or None
            Name of the speech model that heard it; None if it was typed.
        """
        answer, assessment = turn.answer, turn.assessment
        heard = cls(
            source=source,
            duration_s=answer.duration_s if answer.typed is None else None,
            model=model,
            text=answer.text if assessment is not None or answer.typed is not None else answer.spoken,
            words=answer.words,
            second_hearing=answer.second_hearing,
            ended=answer.ended.value,
            dropped_words=answer.hallucinated_words,
            lost_s=answer.lost_s,
            sound=answer.sound,
            other_voices=answer.other_voices,
        )
        if assessment is None:
            return heard
        return replace(
            heard,
            fillers=answer.fillers,
            lengthened=answer.lengthened,
            pauses=answer.pauses,
            response_latency_s=answer.response_latency_s,
            speech_end_s=answer.speech_end_s,
            asked=turn.confirmation,
            measures=_figures(assessment.measures),
            hesitation=assessment.hesitation,
            discomfort=assessment.discomfort,
        )

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Analysis:
        """Read the analysis that `to_json` wrote; anything missing, as from earlier versions, is unknown.

        Raises
        ------
        ValueError
            It isn't what this program wrote.
        """
        known = {key: value for key, value in document.items() if value is not None}
        if known.get("ended") == TurnEnd.TYPED.value:
            places = range(-len(known["words"]), 0)
            known["words"] = [
                {**word, "start_s": place, "end_s": place + 1, "confidence": 1.0}
                for place, word in zip(places, known["words"], strict=True)
            ]
        return _adapter().validate_python(known)

    def to_json(self) -> dict[str, Any]:
        """The analysis as a JSON object, in its published format."""
        document: dict[str, Any] = _adapter().dump_python(self, mode="json")
        for word, written in zip(self.words, document["words"], strict=True):
            if not word.is_timed:
                written.update(start_s=None, end_s=None, confidence=None)
        for name in ("hesitation", "discomfort"):
            if (estimate := document[name]) is not None:
                estimate["threshold"] = round(estimate["threshold"], 3)
                # Last, because it is long.
                estimate["evidence"] = estimate.pop("evidence")
        return document

    @property
    def items(self) -> list[Word]:
        """Words and fillers in the order in which they were said."""
        return sorted((*self.words, *(self.fillers or ())), key=lambda item: item.start_s)


@cache
def _adapter() -> TypeAdapter[Analysis]:
    from pydantic import TypeAdapter

    return TypeAdapter(Analysis)


def _figures(measures: Measures) -> Figures:
    longest = measures.longest_pause
    return Figures(
        words=measures.words,
        syllables=measures.syllables,
        speaking_s=_rounded(measures.speaking_s),
        phonation_s=_rounded(measures.phonation_s),
        speech_rate_syllables_s=_rounded(measures.speech_rate),
        articulation_rate_syllables_s=_rounded(measures.articulation_rate),
        mean_run_syllables=_rounded(measures.mean_run_syllables),
        fillers_per_100_words=_rounded(measures.fillers_per_100_words),
        fillers_inside_clauses=len(measures.fillers_inside),
        pauses_per_minute=_rounded(measures.pauses_per_minute),
        pauses_inside_clauses=len(measures.pauses_inside),
        pause_mean_s=_rounded(measures.pause_mean_s),
        pause_longest_s=_rounded(longest.duration_s if longest else None),
        pause_share=_rounded(measures.pause_share),
        lengthened=measures.lengthened,
        repeats=measures.repeats,
        restarts=measures.restarts,
        cut_offs=measures.cut_offs,
        hedges=measures.hedges,
        apologies=measures.apologies,
        corrections=measures.corrections,
        trailing=measures.trailing,
        non_answer=measures.non_answer,
        prosody=measures.prosody,
    )


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 3)
