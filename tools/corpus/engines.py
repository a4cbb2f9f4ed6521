"""Voices that can't hold a sound for a given time: they say phrases and fillers one by one, which are then joined."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tools.corpus.clip import OUT_FILE, Sound, synthesise
from tools.corpus.packages import Package
from tools.corpus.utterance import PAUSE, Filler, Part, Span, Spoken

GNUSPEECH = Package("@echogarden/gnuspeech-wasm", "0.3.0", "npm", "GPL-3.0")
GNUSPEECH_MEMORY = Package("wasm-heap-manager", "0.4.1", "npm", "MIT")
"""What Gnuspeech needs to run."""

_FLITE = ("awb", "kal16", "rms", "slt", "kal")
_FESTIVAL = {"kal": "kal_diphone", "ked": "ked_diphone", "slt": "cmu_us_slt_arctic_hts"}
_GNUSPEECH = ("male", "female", "large_child", "small_child")
_ACCENTS = tuple("en-us en-gb en-gb-scotland en-gb-x-rp en-gb-x-gbclan en-gb-x-gbcwmd en-029 en-us-nyc".split())
_TIMBRES = tuple(
    "m1 m2 m3 m4 m5 m6 m7 m8 f1 f2 f3 f4 f5 adam Alex Andrea Andy anika antonio belinda benjamin caleb david Denis "
    "edward gene Gene2 iven Jacky john kaukovalta klatt2 klatt4 Lee linda marcelo Mario michael miguel Mike norbert "
    "pablo paul Reed rob robert sandro shelby steph steph2 steph3 Storm travis victor zac".split()
)
"""eSpeak NG's variants that could be people: no robots, whispers or croaks."""
_ESPEAK_WORDS_PER_MINUTE = 155

_ARPABET = {"ʌ": "ah", "ə": "ax", "ɜ": "er", "ɑ": "aa", "ɛ": "eh", "m": "m", "h": "hh"}
_KIRSHENBAUM = {"ʌ": "V", "ə": "@", "ɜ": "3:", "ɑ": "A:", "ɛ": "E", "m": "m", "h": "h"}
_SPELLINGS = {"um": "um", "uh": "uh", "ah": "ah", "er": "err", "mm": "mm", "hmm": "hum", "eh": "eh"}

_HEARD_DB = 30.0

_GNUSPEECH_SCRIPT = """
import { readFileSync, writeFileSync } from "fs";
const [library, voice, out] = process.argv.slice(1);
const { synthesize } = await import(library);
writeFileSync(out, (await synthesize(readFileSync(0, "utf8"), { voice })).audioData);
"""


def names() -> list[str]:
    """All voices; those of the better engines appear several times, to be drawn more often."""
    better = [
        *(f"flite:{name}" for name in _FLITE),
        *(f"festival:{name}" for name in _FESTIVAL),
        *(f"gnuspeech:{name}" for name in _GNUSPEECH),
    ]
    varied = [f"espeak:{_ACCENTS[number % len(_ACCENTS)]}+{timbre}" for number, timbre in enumerate(_TIMBRES)]
    return [*better * 6, *(f"espeak:{accent}" for accent in _ACCENTS), *varied]


class Engines:
    """Speaks with the voices of Flite, Festival, eSpeak NG and Gnuspeech."""

    def __init__(self, work: Path) -> None:
        self._work = work

    def speak(self, voice: str, parts: Sequence[Part], pace: float) -> Spoken:
        """Say the parts one by one."""
        engine, _, name = voice.partition(":")
        sounds: list[Sound] = []
        spans: list[Span] = []
        at_s, rate_hz = 0.0, 0
        for part in parts:
            if isinstance(part, Filler):
                sound, rate_hz = self._filler(engine, name, part)
                before_s = part.sounds[0][1] if part.sounds[0][0] == PAUSE else 0.0
                after_s = part.sounds[-1][1] if part.sounds[-1][0] == PAUSE else 0.0
                spans.append(Span(part.name, at_s + before_s, at_s + before_s + len(sound) / rate_hz))
                sound = np.pad(sound, (int(before_s * rate_hz), int(after_s * rate_hz)))
            else:
                sound, rate_hz = self._words(engine, name, part, pace)
            sounds.append(sound)
            at_s += len(sound) / rate_hz
        return Spoken(np.concatenate(sounds), rate_hz, tuple(spans))

    def _words(self, engine: str, name: str, text: str, pace: float) -> tuple[Sound, int]:
        if engine == "flite":
            stretch = f"duration_stretch={1 / pace:.2f}"
            return _said(["flite", "-voice", name, "--setf", stretch, "-t", text, "-o", OUT_FILE])
        if engine == "festival":
            return _festival(name, [f'(set! said (Utterance Text "{text}"))'], pace)
        if engine == "espeak":
            return _said(
                ["espeak-ng", "-v", name, "-s", f"{_ESPEAK_WORDS_PER_MINUTE * pace:.0f}", "-w", OUT_FILE, text]
            )
        return self._gnuspeech(name, text)

    def _filler(self, engine: str, name: str, filler: Filler) -> tuple[Sound, int]:
        """The filler alone, at its given length."""
        held = [(sound, length_s) for sound, length_s in filler.sounds if sound != PAUSE]
        arpabet = " ".join(_ARPABET[sound] for sound, _ in held)
        if engine == "flite":
            sound, rate_hz = _said(["flite", "-voice", name, "-p", f"pau {arpabet} pau", "-o", OUT_FILE])
        elif engine == "festival":
            word = f"""(lex.add.entry '("xfillerx" n ((({arpabet}) 1))))"""
            sound, rate_hz = _festival(name, [word, '(set! said (Utterance Text "xfillerx"))'], 1.0)
        elif engine == "espeak":
            phonemes = "".join(_KIRSHENBAUM[sound] for sound, _ in held)
            sound, rate_hz = _said(["espeak-ng", "-v", name, "-s", "150", "-w", OUT_FILE, f"[[{phonemes}]]"])
        else:
            sound, rate_hz = self._gnuspeech(name, _SPELLINGS[filler.name])
        return _stretched(_trimmed(sound, rate_hz), rate_hz, sum(length_s for _, length_s in held)), rate_hz

    def _gnuspeech(self, name: str, text: str) -> tuple[Sound, int]:
        library = GNUSPEECH.unpacked(self._work).resolve() / "dist" / "exports" / "GnuSpeech.js"
        return _said(["node", "--input-type=module", "-e", _GNUSPEECH_SCRIPT, library.as_uri(), name, OUT_FILE], text)


def _said(command: Sequence[str], given: str = "") -> tuple[Sound, int]:
    return synthesise(command, given)[1:]


def _festival(name: str, utterance: Sequence[str], pace: float) -> tuple[Sound, int]:
    return _said(
        [
            "festival",
            "-b",
            f"(voice_{_FESTIVAL[name]})",
            f"(Parameter.set 'Duration_Stretch {1 / pace:.2f})",
            *utterance,
            "(utt.synth said)",
            f'(utt.save.wave said "{OUT_FILE}" \'riff)',
        ]
    )


def _trimmed(sound: Sound, rate_hz: int) -> Sound:
    """The sound from the first to the last 10 ms within 30 dB of the loudest."""
    hop = rate_hz // 100
    power = np.square(sound[: len(sound) // hop * hop].astype(np.float64)).reshape(-1, hop).mean(axis=1)
    loud = np.flatnonzero(power > power.max() * 10 ** (-_HEARD_DB / 10))
    return sound[loud[0] * hop : (loud[-1] + 1) * hop]


def _stretched(sound: Sound, rate_hz: int, length_s: float) -> Sound:
    """Stretch the sound to a length at the same pitch, with the vocoder WORLD (Morise et al. 2016)."""
    import pyworld

    samples = sound.astype(np.float64)
    pitch, times = pyworld.harvest(samples, rate_hz, f0_floor=60, f0_ceil=500)
    size = pyworld.get_cheaptrick_fft_size(rate_hz, 60)
    envelope = pyworld.cheaptrick(samples, pitch, times, rate_hz, fft_size=size)
    aperiodicity = pyworld.d4c(samples, pitch, times, rate_hz, fft_size=size)
    factor = length_s * rate_hz / len(sound)
    taken = np.clip(np.round(np.arange(int(len(pitch) * factor)) / factor).astype(int), 0, len(pitch) - 1)
    held = pyworld.synthesize(
        pitch[taken], np.ascontiguousarray(envelope[taken]), np.ascontiguousarray(aperiodicity[taken]), rate_hz
    )
    return np.asarray(np.clip(held, -1.0, 1.0), np.float32)
