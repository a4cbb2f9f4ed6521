"""What was heard in an answer, as the JSON that ``assistant analyse`` prints and the store keeps."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.audio.frame import RATE_HZ, Frame
from assistant.audio.recording import Recording
from assistant.hearing.answer import Answer, Word
from assistant.hearing.events import TurnEnded
from assistant.hearing.listener import Listener
from assistant.hearing.turn import ENDLESS
from assistant.hesitation.estimate import Estimate
from assistant.hesitation.speaker import Impression

if TYPE_CHECKING:
    from rich.console import Console


def hear_recording(path: Path, listener: Listener, console: Console) -> Answer:
    """Hear a recording as one answer, from its first to its last sample, with a progress bar on `console`.

    Raises
    ------
    AudioFileError
        If it can't be used.
    """
    from rich.progress import Progress

    listener.begin(ENDLESS)
    heard = 0
    with (
        Recording(path) as recording,
        Progress(console=console, transient=True, disable=not console.is_terminal) as bar,
    ):
        task = bar.add_task(path.name, total=recording.duration_s)
        while (samples := recording.read()) is not None:
            listener.feed(Frame(samples, heard))
            heard += len(samples)
            bar.update(task, completed=heard / RATE_HZ)
        if recording.note:
            console.print(recording.note, style="yellow", markup=False, soft_wrap=True)
    return next(event.answer for event in listener.finish() if isinstance(event, TurnEnded))


def analysis_document(answer: Answer, impression: Impression, *, source: str, model: str) -> dict[str, Any]:
    """One answer's analysis; times in seconds from the answer's start.

    Parameters
    ----------
    answer : Answer
    impression : Impression
    source : str
        What it was heard from.
    model : str
        Name of the speech model that heard it.
    """
    return {
        "source": source,
        "duration_s": answer.duration_s,
        "model": model,
        "text": answer.text,
        "words": [_word(word) for word in answer.words],
        "fillers": [_word(filler) for filler in answer.fillers],
        "pauses": [asdict(pause) for pause in answer.pauses],
        "response_latency_s": answer.response_latency_s,
        "speech_end_s": answer.speech_end_s,
        "ended": answer.ended.value,
        "dropped_words": answer.ghosts,
        "lost_s": answer.lost_s,
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
        "evidence": [asdict(row) for row in estimate.evidence],
    }
