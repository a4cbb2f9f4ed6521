"""Graded recordings: the same answer by the same voice, first fluent, then with more and more hesitation.

Grade 0 is fluent: silences only between sentences, and a prompt beginning. Each further grade keeps the events of the
one below. To a text of thirty words, it adds two events, and two fifths to the time before the answer. An event is a
filler with a pause, a silent pause inside a clause, a drawn-out word and a pause, a repeated word, or a subject that
starts a clause over. From the fourth grade on, the answer trails off on a "but". People hesitate in different ways:
some fall silent, some say "um", most do both.

There are two more kinds of each text. *usual* is an answer by someone who talks as they always do: with as many
fillers, repeats and pauses inside clauses, and as late a beginning, as is normal for them. People differ in that as
much as the norms say, so some of them always say "um". There are two of each text. *uneasy* has no "um" at all, but
long silences, repeats, restarts, "I guess" and "sorry", in grades 2 and 4.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from assistant.config import parse_toml
from tools.corpus.script import ScriptedRecording

TEXTS_FILE = Path(__file__).with_name("graded.toml")

GRADES = (0, 1, 2, 3, 4)
UNEASY_GRADES = (2, 4)
USUAL = (1, 2)
_VOICES = ("joe", "slt", "rms", "awb")
_SENTENCE_PAUSE_S = (0.32, 0.5)
_FIRST_LEAD_S = (0.5, 0.9)
_LEAD_GROWS = 1.4
_WORDS_PER_STEP = 30
_EVENTS_PER_STEP = 2
_TRAILS_FROM = 4
_FILLERS_PER_WORD = 0.0256
_REPEATS_PER_WORD = 0.0147
_PAUSES_PER_WORD = 0.025
_NORM_WORDS = 90
"""A person's rate is Gamma-distributed around the norm, as if it had been estimated from this many words."""
_LATENCY_S, _LATENCY_SPREAD = 0.9, 0.5

_FUNCTION_WORDS = frozenset(
    "a an the and but or so that because when if of in on at to with for from by as was is were are it he she they we "
    "i who what my his her their had has".split()
)
_DRAWN_OUT = frozenset("a the and but so to of with that was is who".split())
_BEFORE_CLAUSES = frozenset("and but because so when that if".split())
_BEGUN = {"i": "was", "he": "was", "she": "was", "it": "was", "they": "were", "we": "were"}
"""Subjects, and the verb with which a clause starts before it starts over."""
_MANNERS = {
    "both": {"filler": 3, "pause": 3, "drawn": 2, "repeat": 2, "restart": 1},
    "silent": {"pause": 6, "drawn": 2, "repeat": 1, "restart": 1},
    "filled": {"filler": 6, "drawn": 1, "pause": 1, "repeat": 1},
    "uneasy": {"long": 3, "repeat": 2, "restart": 2, "hedge": 2, "sorry": 1},
}
_HESITANT = ("both", "both", "silent", "filled")


@dataclass(slots=True)
class _Text:
    """A text's words, and what to insert before each."""

    words: list[str]
    before: dict[int, str] = field(default_factory=dict)
    drawn: set[int] = field(default_factory=set)
    said_first: dict[int, str] = field(default_factory=dict)

    @property
    def free(self) -> list[int]:
        """Places with nothing within two words of them."""
        taken = set(self.before) | set(self.said_first)
        return [at for at in range(2, len(self.words) - 1) if not taken & set(range(at - 2, at + 3))]

    def put(self, kind: str, chance: random.Random) -> bool:
        """Insert an event; False if there is no place left for it."""
        places = self._places(kind)
        if not places:
            return False
        at = chance.choice(places)
        short, middle, long = (round(chance.uniform(*span), 2) for span in ((0.4, 0.6), (0.5, 0.9), (1.1, 1.7)))
        filler = chance.choice(("um", "uh"))
        match kind:
            case "filler":
                self.before[at] = f"{filler} ({middle})"
            case "pause":
                self.before[at] = f"({middle})"
            case "long":
                self.before[at] = f"({long})"
            case "drawn":
                self.drawn.add(at - 1)
                self.before[at] = f"({short})"
            case "repeat":
                self.said_first[at] = f"{_bare(self.words[at])} ({short})"
            case "restart":
                self.said_first[at] = f"{_bare(self.words[at])} {_BEGUN[_bare(self.words[at])]} ({short})"
            case "hedge":
                self.before[at] = f"I guess ({short})"
            case "sorry":
                self.before[at] = f"({short}) sorry ({short})"
        return True

    def _places(self, kind: str) -> list[int]:
        bare = [_bare(word) for word in self.words]
        free = self.free
        first = {at for at in free if self.words[at - 1][-1] in ".," or bare[at - 1] in _BEFORE_CLAUSES}
        match kind:
            case "drawn":
                return [at for at in free if self.words[at - 1] in _DRAWN_OUT]
            case "repeat":
                return [at for at in free if bare[at] in _FUNCTION_WORDS]
            case "restart":
                return [at for at in sorted(first) if bare[at] in _BEGUN and bare[at + 1] not in {"was", "is", "had"}]
        searching = {at for at in free if bare[at - 1] in _FUNCTION_WORDS or bare[at] not in _FUNCTION_WORDS}
        # Fillers also come before clauses, which they help to plan; pauses between clauses are there already.
        return sorted(searching | first if kind == "filler" else searching - first)

    def say(self, sentence_pause_s: float, ending: str) -> str:
        """The whole text in the script's notation."""
        said = []
        for at, word in enumerate(self.words):
            said += [self.said_first.get(at, ""), self.before.get(at, "")]
            said.append(f"{word}~" if at in self.drawn else word)
            if word.endswith(".") and at + 1 < len(self.words):
                said.append(f"({sentence_pause_s})")
        return " ".join(filter(None, [*said, ending]))


def _bare(word: str) -> str:
    return word.lower().strip(".,")


def recordings() -> list[ScriptedRecording]:
    """All graded recordings: `dev/…` for development, `test/…` for reporting."""
    made = []
    texts = parse_toml(TEXTS_FILE.read_text("utf-8"))
    for part, key in (("dev", "development"), ("test", "held_out")):
        for number, text in enumerate(texts[key]):
            made += list(_of_text(part, number, text))
    return made


def _of_text(part: str, number: int, text: str) -> Iterator[ScriptedRecording]:
    # Every voice hesitates in every manner.
    voice = _VOICES[number % len(_VOICES)]
    manner = _HESITANT[number // len(_VOICES) % len(_HESITANT)]
    name = f"{part}/{number:02}"
    chance = random.Random(f"{name} {text}")
    pause_s = round(chance.uniform(*_SENTENCE_PAUSE_S), 2)
    lead_s = chance.uniform(*_FIRST_LEAD_S)

    def recording(kind: str, about: str, text: _Text, lead_s: float, ending: str = "") -> ScriptedRecording:
        return ScriptedRecording(
            file=f"{name}-{kind}.flac",
            about=about,
            voice=voice,
            say=text.say(pause_s, ending),
            lead_s=round(lead_s, 2),
        )

    for kinds, grades in ((manner, GRADES), ("uneasy", UNEASY_GRADES)):
        growing = _Text(text.split())
        for grade in range(max(grades) + 1):
            if grade:
                _add(growing, _MANNERS[kinds], chance)
            ending = "(0.4) but" if grade >= _TRAILS_FROM else ""
            if grade in grades:
                kind = f"{'uneasy-' if kinds == 'uneasy' else ''}{grade}"
                yield recording(kind, kinds, growing, lead_s * _LEAD_GROWS**grade, ending)
    for person in USUAL:
        yield recording(f"usual-{person}", "usual", _usual(text, chance), _usual_lead_s(chance))


def _add(text: _Text, manner: dict[str, int], chance: random.Random) -> None:
    """Add one grade."""
    for _ in range(round(_EVENTS_PER_STEP * len(text.words) / _WORDS_PER_STEP)):
        kinds = list(manner)
        while kinds:
            kind = chance.choices(kinds, [manner[each] for each in kinds])[0]
            if text.put(kind, chance):
                break
            kinds.remove(kind)


def _usual(text: str, chance: random.Random) -> _Text:
    usual = _Text(text.split())
    for kind, rate in (("filler", _FILLERS_PER_WORD), ("repeat", _REPEATS_PER_WORD), ("pause", _PAUSES_PER_WORD)):
        own_rate = chance.gammavariate(rate * _NORM_WORDS, 1 / _NORM_WORDS)
        for _ in usual.words:
            if chance.random() < own_rate:
                usual.put(kind, chance)
    return usual


def _usual_lead_s(chance: random.Random) -> float:
    return min(max(_LATENCY_S * math.exp(chance.gauss(0, _LATENCY_SPREAD)), 0.3), 4.0)
