"""The truth beside a recording: what was said in it, and when."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from recording_studio.clip import Sound
from recording_studio.performance import Performance
from recording_studio.script import Recording


def write(folder: Path, recording: Recording, performance: Performance, voice: str, sound: Sound) -> Path:
    """Write FLAC and truth; give back the path of the FLAC."""
    import soundfile

    path = folder / recording.file
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, sound, recording.rate_hz, subtype="PCM_16", format="FLAC", compression_level=1.0)
    truth = _truth(recording, performance, voice, len(sound) / recording.rate_hz)
    path.with_suffix(".json").write_text(_laid_out(truth), "utf-8")
    return path


def _truth(recording: Recording, performance: Performance, voice: str, duration_s: float) -> dict[str, Any]:
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
    """JSON with an item a line, so that a change of the script shows as a small difference."""
    lines = []
    for key, value in truth.items():
        if isinstance(value, list) and value:
            rows = ",\n".join(f"    {json.dumps(row, ensure_ascii=False)}" for row in value)
            lines.append(f"  {json.dumps(key)}: [\n{rows}\n  ]")
        else:
            lines.append(f"  {json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}")
    return "{\n" + ",\n".join(lines) + "\n}\n"
