"""How a written text is worded for the ear."""

from __future__ import annotations

import re
import unicodedata

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


def _in_stars(whole: int, *, half: bool) -> str:
    if half:
        return f" {whole} and a half stars "
    return f" {whole} star " if whole == 1 else f" {whole} stars "
