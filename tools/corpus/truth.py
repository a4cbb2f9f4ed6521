"""The truth beside a recording: what was said in it and when, as JSON (see tests/recordings/README.md)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from assistant.turns.answer import Answer, Filler, Lengthened, Pause, TurnEnd, Word
from tools.corpus.clip import Sound
from tools.corpus.performance import Performance
from tools.corpus.script import ScriptedRecording


def write(folder: Path, recording: ScriptedRecording, performance: Performance, voice: str, sound: Sound) -> Path:
    """Write the FLAC and its truth; return the path of the FLAC."""
    import soundfile

    path = folder / recording.file
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound, recording.rate_hz, subtype="PCM_16", format="FLAC", compression_level=1.0)
    truth = _truth(recording, performance, voice, len(sound) / recording.rate_hz)
    path.with_suffix(".json").write_text(_laid_out(truth), "utf-8")
    return path


def answer_of(truth: dict[str, Any]) -> Answer:
    """The answer in a truth with one answer, as a perfect recogniser would hear it."""
    words, fillers, pauses, lengthened = [], [], [], []
    items = truth["items"]
    for number, item in enumerate(items):
        start_s, end_s = item["start_s"], item["end_s"]
        if item["kind"] == "pause":
            pauses.append(Pause(start_s, end_s, items[number + 1]["word"]))
        elif item["kind"] == "filler":
            fillers.append(Filler(item["word"], start_s, end_s, 1.0))
        else:
            words.append(Word(item["word"], start_s, end_s, 1.0))
            if "drawn_out" in item:
                usual_s = (end_s - start_s) / item["drawn_out"]
                lengthened.append(Lengthened(item["word"], start_s, end_s, 1.0, round(usual_s, 3)))
    return Answer(
        words=tuple(words),
        fillers=tuple(fillers),
        pauses=tuple(pauses),
        lengthened=tuple(lengthened),
        speech_start_s=items[0]["start_s"],
        speech_end_s=items[-1]["end_s"],
        duration_s=truth["duration_s"],
        ended=TurnEnd.SOURCE_ENDED,
    )


def _truth(recording: ScriptedRecording, performance: Performance, voice: str, duration_s: float) -> dict[str, Any]:
    return {
        "source": Path(recording.file).name,
        "about": recording.about,
        "rate_hz": recording.rate_hz,
        "channels": recording.channels,
        "duration_s": round(duration_s, 3),
        "voice": voice if performance.items else None,
        "snr_db": recording.snr_db,
        "text": " ".join(answer.text for answer in performance.answers),
        "questions": [
            {
                "question": answer.question,
                "start_s": round(answer.start_s, 3),
                "end_s": round(answer.end_s, 3),
                "text": answer.text,
            }
            for answer in performance.answers
        ],
        "items": [
            {"kind": item.kind, "word": item.word, "start_s": round(item.start_s, 3), "end_s": round(item.end_s, 3)}
            | ({} if item.drawn_out is None else {"drawn_out": item.drawn_out})
            for item in performance.items
        ],
    }


def _laid_out(truth: dict[str, Any]) -> str:
    """Format JSON with one item per line, so that a change of the script gives a small diff."""
    lines = []
    for key, value in truth.items():
        if isinstance(value, list) and value:
            rows = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in value)
            lines.append(f"  {json.dumps(key)}: [\n{rows}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
