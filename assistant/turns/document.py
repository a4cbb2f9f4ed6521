"""What was heard in an answer, as the JSON that ``assistant analyse`` prints and the store keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.asr.endpointing import ENDLESS
from assistant.asr.events import TurnEnded
from assistant.asr.listener import Listener
from assistant.assessment.estimate import Estimate
from assistant.assessment.measures import Measures
from assistant.assessment.prosody import Prosody, ProsodyMeter
from assistant.assessment.speaker_model import Assessment, Feeling
from assistant.audio.frame import RATE_HZ, Frame
from assistant.audio.level import WaveformPeaks
from assistant.audio.recording import Recording
from assistant.turns.answer import Answer, Word

if TYPE_CHECKING:
    from rich.console import Console


def hear_recording(
    path: Path, listener: Listener, console: Console, outline: WaveformPeaks
) -> tuple[Answer, Prosody | None]:
    """Hear a recording as one answer, from its first to its last sample, with a progress bar on `console`.

    `outline` gets its sound, too.

    Raises
    ------
    AudioFileError
        If it can't be used.
    """
    from rich.progress import Progress

    listener.begin(ENDLESS)
    prosody = ProsodyMeter()
    heard = 0
    with (
        Recording(path) as recording,
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task(path.name, total=recording.duration_s)
        while (samples := recording.read()) is not None:
            listener.feed(Frame(samples, heard))
            prosody.feed(listener.audio)
            outline.feed(samples)
            heard += len(samples)
            bar.update(task, completed=heard / RATE_HZ)
        if recording.note:
            console.print(recording.note, style="yellow", markup=False, soft_wrap=True)
    answer = next(event.answer for event in listener.finish() if isinstance(event, TurnEnded))
    return answer, prosody.finish(listener.audio)


def analysis_document(answer: Answer, impression: Assessment | None, *, source: str, model: str) -> dict[str, Any]:
    """One answer's analysis; times in seconds from the answer's start.

    Parameters
    ----------
    answer : Answer
    impression : Assessment or None
        None where it isn't listened for how people speak: all that tells of it is None then.
    source : str
        What it was heard from.
    model : str
        Name of the speech model that heard it.
    """
    document = {
        "source": source,
        "duration_s": answer.duration_s,
        "model": model,
        "text": answer.text,
        "words": [_word(word) for word in answer.words],
        "fillers": [_word(filler) for filler in answer.fillers],
        "lengthened": [{**_word(word), "expected_s": word.expected_s} for word in answer.lengthened],
        "pauses": [asdict(pause) for pause in answer.pauses],
        "response_latency_s": answer.response_latency_s,
        "speech_end_s": answer.speech_end_s,
        "ended": answer.ended.value,
        "dropped_words": answer.hallucinated_words,
        "lost_s": answer.lost_s,
        "asked": None,
    }
    if impression is None:
        return without_manner(document)
    return document | {
        "measures": _measures(impression.measures),
        "hesitation": _estimate(impression.hesitation),
        "discomfort": _estimate(impression.discomfort),
    }


_OF_MANNER = (
    "fillers", "lengthened", "pauses", "response_latency_s", "speech_end_s", "asked", "measures", "hesitation",
    "discomfort",
)  # fmt: skip


def without_manner(document: Mapping[str, Any]) -> dict[str, Any]:
    """The same analysis with nothing in it of how it was said: words and their times, no more."""
    text = " ".join(word["word"] for word in document["words"])
    return {**document, "text": text, **dict.fromkeys(_OF_MANNER)}


def with_reply(
    document: Mapping[str, Any], impression: Assessment, feeling: Feeling, agreed: bool | None, reply: str
) -> dict[str, Any]:
    """The same analysis with what the person said when asked about an estimate.

    Parameters
    ----------
    document : mapping
    impression : Assessment
        As it is now: with the estimate withdrawn that they said no to.
    feeling : "discomfort" or "hesitation"
        What they were asked about.
    agreed : bool or None
        Their yes or no; None for neither.
    reply : str
        Their words.
    """
    return {
        **document,
        "asked": {"about": feeling, "agreed": agreed, "reply": reply},
        "hesitation": _estimate(impression.hesitation),
        "discomfort": _estimate(impression.discomfort),
    }


def _word(word: Word) -> dict[str, Any]:
    return {"word": word.word, "start_s": word.start_s, "end_s": word.end_s, "confidence": word.confidence}


def _estimate(estimate: Estimate) -> dict[str, Any]:
    return {
        "score": estimate.score,
        "low": estimate.low,
        "high": estimate.high,
        "abstained": estimate.abstained,
        "leaning": estimate.leaning,
        "threshold": round(estimate.threshold, 3),
        "evidence": [asdict(row) for row in estimate.evidence],
    }


def _measures(measures: Measures) -> dict[str, Any]:
    """Counts, and figures whose names say their units; None where there is nothing to measure."""
    longest = measures.longest_pause
    return {
        "words": measures.words,
        "syllables": measures.syllables,
        "speaking_s": _rounded(measures.speaking_s),
        "phonation_s": _rounded(measures.phonation_s),
        "speech_rate_syllables_s": _rounded(measures.speech_rate),
        "articulation_rate_syllables_s": _rounded(measures.articulation_rate),
        "mean_run_syllables": _rounded(measures.mean_run_syllables),
        "fillers_per_100_words": _rounded(measures.fillers_per_100_words),
        "fillers_inside_clauses": len(measures.fillers_inside),
        "pauses_per_minute": _rounded(measures.pauses_per_minute),
        "pauses_inside_clauses": len(measures.pauses_inside),
        "pause_mean_s": _rounded(measures.pause_mean_s),
        "pause_longest_s": _rounded(longest.duration_s if longest else None),
        "pause_share": _rounded(measures.pause_share),
        "lengthened": [{**_word(word), "expected_s": word.expected_s} for word in measures.lengthened],
        "repeats": [_word(word) for word in measures.repeats],
        "restarts": [_word(word) for word in measures.restarts],
        "cut_offs": [_word(word) for word in measures.cut_offs],
        "hedges": [_word(word) for word in measures.hedges],
        "apologies": [_word(word) for word in measures.apologies],
        "corrections": [_word(word) for word in measures.corrections],
        "trailing": measures.trailing and _word(measures.trailing),
        "non_answer": measures.non_answer,
        "prosody": measures.prosody and asdict(measures.prosody),
    }


def _rounded(figure: float | None) -> float | None:
    return None if figure is None else round(figure, 3)
