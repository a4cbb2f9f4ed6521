"""Speech: a text worded for the ear, and the sound that says it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np

from assistant.audio.frame import Samples

_STARS = re.compile(r"(★+)(½?)☆*")
_LINK = re.compile(r"\[([^\]]+)\]\([^)]*\)")
_MARKUP = re.compile(r"[*`~#|]+|\b_+|_+\b|^\s*[>-]\s+", re.MULTILINE)
_DOUBLE_QUOTES = re.compile('["“”„«»]')
_YEARS = re.compile(r"(?<=\d)\s*–\s*(?=\d)")
_DASH = re.compile(r"\s*(?:[—―]|(?<=\s)[–-](?=\s))\s*")
_OUT_OF = re.compile(r"(?<=\d)\s*/\s*(?=(?:5|10)\b)")
_PAUSE = re.compile(r"\s*,[\s,]*(?=[,.;:!?]|$)")

# A rendering engine spells these out, or takes the full stop for a sentence's end.
_TITLES = {"Prof": "Professor", "Rev": "Reverend", "Ms": "Miz", "Mx": "Mix"}
_TITLE = re.compile(rf"\b({'|'.join(_TITLES)})(?:\.|(?=\s))(?=\s*\w)")

_UNSPOKEN = {"So", "Cc", "Cf", "Cs", "Co", "Cn"}


def speakable(text: str) -> str:
    """The text as it should be read out: no markup, no ornaments, titles and stars in words.

    Returns
    -------
    str
        On one line; empty where there is nothing to say.
    """
    said = unicodedata.normalize("NFC", text)
    said = _STARS.sub(lambda found: _in_stars(len(found[1]), half=bool(found[2])), said)
    said = _LINK.sub(r"\1", said)
    said = _MARKUP.sub("", said)
    # Quotation marks make an engine pause before and after a title.
    said = _DOUBLE_QUOTES.sub("", said)
    said = _OUT_OF.sub(" out of ", said)
    said = _YEARS.sub(" to ", said)
    said = _DASH.sub(", ", said)
    said = _TITLE.sub(lambda found: _TITLES[found[1]], said)
    said = "".join(" " if unicodedata.category(sign) in _UNSPOKEN and sign != "°" else sign for sign in said)
    said = _PAUSE.sub("", " ".join(said.split())).strip(" ,")
    return said if any(sign.isalnum() for sign in said) else ""


_END = re.compile(r"[.!?…]+[\"'”’)\]]*\s+(?=[\"'“‘(\[]*[A-Z0-9])")
_NO_END = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Mx|Dr|Prof|Rev|St|Sr|Jr|Lt|Col|Gen|Capt|No|Vol|vs)|\b[A-Z])\.$")


def sentences_of(text: str) -> list[str]:
    """The sentences of a text as it is read out, one after another; a title ("Dr. No") or an initial ends none."""
    found: list[str] = []
    begin = 0
    for end in _END.finditer(text):
        sentence = text[begin : end.end()].strip()
        if not _NO_END.search(sentence):
            found.append(sentence)
            begin = end.end()
    return [sentence for sentence in (*found, text[begin:].strip()) if sentence]


def _in_stars(whole: int, *, half: bool) -> str:
    if half:
        return f" {whole} and a half stars "
    return f" {whole} star " if whole == 1 else f" {whole} stars "


LEAD_S = 0.02
"""Silence left before the first sound, in seconds: enough for a speaker to wake without a click."""

TAIL_S = 0.1
"""Silence left after the last sound, in seconds: a sentence that ends at once sounds cut off."""

_QUIET = 0.02
"""What counts as silence inside a sentence, where a voice breathes (−34 dB)."""

_FLOOR = 0.004
"""What counts as silence, as a share of the loudest sample (−48 dB): below the softest "f" of a rendered voice."""


_COMMA = re.compile(r"[,;:](?=\s)|\s[–—-](?=\s)|—")
_SHORTEST_PAUSE_S = 0.08
"""Silence inside a sentence that is no stop consonant's."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A text and the sound of it.

    Attributes
    ----------
    samples : ndarray of int16, shape (n,)
        Mono, read-only.
    rate_hz : int
        Samples a second.
    text : str
        What is said, as the caller wrote it.
    """

    samples: Samples
    rate_hz: int
    text: str

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz


def trim_silence(samples: Samples, rate_hz: int) -> Samples:
    """Speech without the silence around it, except for `LEAD_S` before and `TAIL_S` after.

    Parameters
    ----------
    samples : ndarray of int16, shape (n,)
    rate_hz : int

    Returns
    -------
    ndarray of int16
        A copy, read-only; empty where all is silence.
    """
    loudness = np.abs(samples.astype(np.int32))
    heard = np.flatnonzero(loudness > _FLOOR * loudness.max(initial=0))
    if heard.size == 0:
        return np.zeros(0, np.int16)
    begin = max(0, int(heard[0]) - round(LEAD_S * rate_hz))
    end = int(heard[-1]) + 1 + round(TAIL_S * rate_hz)
    kept = np.pad(samples[begin:end], (0, max(0, end - len(samples))))
    kept.flags.writeable = False
    return kept


def with_longer_pauses(speech: Speech, least_s: float) -> Samples:
    """The sound of a speech with at least `least_s` of silence at its commas, wherever the engine pauses there.

    Engines pause at commas for 0.1 to 0.4 s, depending on engine and rate. Of the silences inside a sentence, the
    longest are taken for those of its commas, as many as it has.
    """
    commas = len(_COMMA.findall(speech.text))
    pauses = _silences(speech.samples, speech.rate_hz)
    longest = sorted(pauses, key=lambda pause: pause[0] - pause[1])[:commas]
    parts, at = [], 0
    for begin, end in sorted(longest):
        missing = round(least_s * speech.rate_hz) - (end - begin)
        parts += [speech.samples[at:end], np.zeros(max(0, missing), np.int16)]
        at = end
    return np.concatenate([*parts, speech.samples[at:]])


def _silences(samples: Samples, rate_hz: int) -> list[tuple[int, int]]:
    """Silences between two sounds, as first and last sample plus one."""
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _QUIET * np.abs(samples.astype(np.int32)).max(initial=1))
    gaps = np.flatnonzero(np.diff(loud) >= _SHORTEST_PAUSE_S * rate_hz)
    return [(int(loud[gap]) + 1, int(loud[gap + 1])) for gap in gaps]
