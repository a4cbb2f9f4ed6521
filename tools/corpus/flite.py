"""More speakers: Flite, a small synthesiser that reports the length of each of its sounds."""

from __future__ import annotations

from functools import lru_cache

from tools.command import run_program
from tools.corpus.clip import OUT_FILE, Clip, Sound, TimedWord, synthesise
from tools.corpus.word_times import GAP, Phone, timed_clip

_RATES_HZ = {"slt": 16_000, "rms": 16_000, "awb": 16_000, "kal": 8_000}
_FILLERS = {"um": ("pau ah m pau", 1.5), "uh": ("pau ah pau", 2.4)}


class FliteVoice:
    """One of Flite's voices (Debian package `flite`): slt, rms, awb or kal. It has no randomness and needs no seed."""

    def __init__(self, speaker: str) -> None:
        self._speaker = speaker

    @property
    def name(self) -> str:
        """Its name in the truth."""
        return f"flite {self._speaker}"

    @property
    def rate_hz(self) -> int:
        """Rate of everything it speaks."""
        return _RATES_HZ[self._speaker]

    def begin(self, seed: int) -> None:
        """Do nothing: this voice has no randomness."""
        del seed

    def phrase(self, text: str, pace: float) -> Clip:
        """Speak `text`; `pace` 1 is the voice's own, 2 twice as slow."""
        listing, sound, _ = _sound_of(self._speaker, "-psdur", "--setf", f"duration_stretch={pace}", "-t", text)
        phones = []
        start_s = 0.0
        for entry in listing.split():
            name, _, end = entry.partition(":")
            phones.append(Phone(GAP if name == "pau" else name, start_s, float(end)))
            start_s = float(end)
        return timed_clip(text, phones, lambda word: _spelling(self._speaker, word), sound, self.rate_hz)

    def filler(self, word: str, pace: float) -> Clip:
        """Speak "um" or "uh" in a flat tone."""
        phones, slowness = _FILLERS[word]
        _, sound, _ = _sound_of(
            self._speaker,
            "--setf",
            f"duration_stretch={slowness * pace}",
            "--setf",
            "int_f0_target_stddev=3",
            "-p",
            phones,
        )
        return Clip(sound, self.rate_hz, (TimedWord(word, 0.0, len(sound) / self.rate_hz),))


def flite_says(speaker: str, text: str) -> tuple[Sound, int]:
    """Say a text in one of Flite's voices; return the sound and its rate in Hz."""
    return _sound_of(speaker, "-t", text)[1:]


def _sound_of(speaker: str, *arguments: str) -> tuple[str, Sound, int]:
    """What Flite prints, what it says, and the rate in Hz."""
    return synthesise(["flite", "-voice", speaker, *arguments, "-o", OUT_FILE])


@lru_cache(maxsize=4096)
def _spelling(speaker: str, word: str) -> tuple[str, ...]:
    command = ["flite", "-voice", speaker, "-ps", "-t", word, "-o", "none"]
    listing = run_program(command, what="Finding out how Flite says words")
    return tuple(phone for phone in listing.split() if phone != "pau")
