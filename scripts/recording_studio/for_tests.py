"""The few graded recordings that the tests hear, small enough to be kept: Ogg Vorbis in place of FLAC."""

from __future__ import annotations

from pathlib import Path

FOR_TESTS = tuple(f"test/{text}-{grade}" for text in ("00", "05", "10", "15", "18", "23") for grade in (0, 3))
"""Two of each voice but one, and every manner to hesitate in."""


def keep(made: Path, folder: Path) -> None:
    """Copy `FOR_TESTS` from where they were made into `folder`, sound and truth."""
    import soundfile

    folder.mkdir(parents=True, exist_ok=True)
    for name in FOR_TESTS:
        flac = made / f"{name}.flac"
        ogg = folder / f"{flac.stem}.ogg"
        sound, rate_hz = soundfile.read(flac, dtype="float32")
        soundfile.write(ogg, sound, rate_hz, format="OGG", subtype="VORBIS", compression_level=0.5)
        truth = flac.with_suffix(".json").read_text("utf-8")
        ogg.with_suffix(".json").write_text(truth.replace(flac.name, ogg.name), "utf-8")
