"""Speech as text: words, with silences in brackets and fillers among them.

A number in brackets, round or pointed, is a silence in seconds; the words *um* and *uh* are fillers:

    I guess, um (0.8) I haven't been, (0.5) uh, in a long while

A word with a tilde is drawn out to about twice its length: "and~ (0.4) then".
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from assistant.editing.document import Document, DocumentLine
from assistant.review import Sentence
from assistant.turns.answer import Answer, Filler, Pause, TurnEnd, Word

FILLERS = ("um", "uh")

_PAUSE = re.compile(r"[(<](\d+(?:\.\d+)?)[)>]")
_FILLER = re.compile(r"\b(um|uh)\b[,.]?", re.IGNORECASE)
_DRAWN_OUT = re.compile(r"([a-z']+)~", re.IGNORECASE)
_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*'?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words spoken without interruption."""

    text: str


@dataclass(frozen=True, slots=True)
class FillerCue:
    """A filled pause."""

    word: str


@dataclass(frozen=True, slots=True)
class PauseCue:
    """Silence, in seconds."""

    seconds: float


@dataclass(frozen=True, slots=True)
class DrawnOutCue:
    """A word that is drawn out."""

    word: str


Cue = Phrase | FillerCue | PauseCue | DrawnOutCue


@dataclass(frozen=True, slots=True)
class Timing:
    """How fast a text is spoken.

    Attributes
    ----------
    first_word_s : float
        When the first word begins.
    word_s, letter_s : float
        How long a word lasts, and how much longer for each letter.
    gap_s : float
        Time between words without a silence.
    shortest_pause_s : float
        Shorter silences aren't pauses of the answer.
    """

    first_word_s: float = 0.5
    word_s: float = 0.3
    letter_s: float = 0.0
    gap_s: float = 0.0
    shortest_pause_s: float = 0.0

    def length_s(self, word: str) -> float:
        """How long a word lasts."""
        return self.word_s + self.letter_s * len(word)


_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+")

_TAIL_S = 0.7
_SILENCE_S = 8.0


def answer_of(
    text: str, timing: Timing | None = None, *, fillers: Collection[str] = FILLERS, confidence: float = 1.0
) -> Answer:
    """What a perfect recogniser hears of a text without punctuation: "well um (0.8) i loved it".

    Parameters
    ----------
    text : str
    timing : Timing, optional
    fillers : collection of str
        Words that are fillers.
    confidence : float
        The confidence of every word and filler.
    """
    timing = timing or Timing()
    words: list[Word] = []
    found: list[Filler] = []
    pauses: list[Pause] = []
    now_s, silence_s = timing.first_word_s, 0.0
    for token in text.split():
        if silence := _PAUSE.fullmatch(token):
            silence_s = float(silence[1])
            continue
        if silence_s and silence_s >= timing.shortest_pause_s:
            pauses.append(Pause(round(now_s, 6), round(now_s + silence_s, 6), token))
        now_s += silence_s or (timing.gap_s if words or found else 0.0)
        silence_s = 0.0
        start_s, now_s = now_s, now_s + timing.length_s(token)
        if token in fillers:
            found.append(Filler(token, round(start_s, 6), round(now_s, 6), confidence))
        else:
            words.append(Word(token, round(start_s, 6), round(now_s, 6), confidence))
    if not words and not found:
        return Answer(duration_s=_SILENCE_S, ended=TurnEnd.NOBODY_SPOKE)
    return Answer(
        words=tuple(words),
        fillers=tuple(found),
        pauses=tuple(pauses),
        speech_start_s=timing.first_word_s,
        speech_end_s=round(now_s, 6),
        duration_s=round(now_s + _TAIL_S, 6),
    )


def document_of(text: str) -> Document:
    """A review that says `text`, ready to be edited, its sentences without sources; a blank line opens a paragraph."""
    lines = []
    for number, paragraph in enumerate(re.split(r"\n\s*\n", text.strip())):
        for at, sentence in enumerate(_SENTENCE_END.split(paragraph.strip())):
            lines.append(DocumentLine(Sentence(sentence, ()), (), opens_paragraph=number > 0 and at == 0))
    return Document(tuple(lines))


def parse(say: str) -> tuple[Cue, ...]:
    """Turn the notation into cues."""
    cues: list[Cue] = []
    rest = " ".join(say.split())
    while rest:
        marks = [mark for mark in (_PAUSE.search(rest), _FILLER.search(rest), _DRAWN_OUT.search(rest)) if mark]
        mark = min(marks, key=lambda each: each.start(), default=None)
        spoken = rest if mark is None else rest[: mark.start()]
        if words_of(spoken):
            cues.append(Phrase(spoken.strip()))
        if mark is None:
            break
        cues.append(_marked(mark))
        rest = rest[mark.end() :]
    return tuple(cues)


def _marked(mark: re.Match[str]) -> Cue:
    if mark.re is _PAUSE:
        return PauseCue(float(mark[1]))
    return FillerCue(mark[1].lower()) if mark.re is _FILLER else DrawnOutCue(mark[1])


def words_of(text: str) -> list[str]:
    """The words of a text, in lower case, without punctuation."""
    return [word.lower() for word in _WORD.findall(text)]
