"""Silences in recordings whose truth is known, and what the listener knows in each: how the end of a turn is learned.

Every recording is heard once by the program's own listener, as one answer. What it knew is kept in a folder.
"""

from __future__ import annotations

import csv
import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from math import inf
from pathlib import Path
from typing import Final, Literal

import numpy as np
from pydantic import TypeAdapter

from assistant.asr.endpointing import ENDLESS, Evidence, TurnCompletion, any_words
from assistant.asr.listener import Listener
from assistant.asr.recogniser import VoskRecogniser
from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.condition import Conditioner
from assistant.audio.frame import RATE_HZ, Samples
from assistant.dialogue.script import default_script
from assistant.dialogue.turn_completion import completeness_for, yes_or_no
from assistant.intents import Context, command_in
from assistant.models import find
from tools.corpus.turns import truth_of
from tools.listening import PIECE, samples_of

Split = Literal["fit", "judge"]

SHORTEST_S: Final = 0.3
"""Shorter silences aren't pauses."""
LONGEST_S: Final = 3.6
"""Silence that follows an answer; whoever is silent for longer has given up the floor."""

_AT_LENGTH: Final = frozenset({"about", "emotional_movies", "monologue"})
_FIRST_ASKED_S: Final = 0.19
_LOOSE_S: Final = 0.3
"""How far the detected edges of voice may be from the true ones."""
_LEAD_S: Final = 0.5
_KEYWORDS: Final = frozenset("operator thinkengine onword wildfire voyager".split())
"""What the speakers of the telephone corpus were asked to put into a sentence; many said it after one."""


@dataclass(frozen=True, slots=True)
class Silence:
    """A silence in a recording, and what the listener knew in it: evidence, from which length of silence on."""

    start_s: float
    end_s: float | None
    known: tuple[tuple[float, Evidence], ...]

    @property
    def length_s(self) -> float:
        """How long it lasts; infinity if nothing comes after it."""
        return self.end_s - self.start_s if self.end_s is not None else inf

    def evidence_at(self, silence_s: float) -> Evidence:
        """What was known once it had lasted for so long."""
        return [evidence for from_s, evidence in self.known if from_s <= max(silence_s, self.known[0][0])][-1]

    def ended_after_s(self, needed_s: Callable[[Evidence], float], most_s: float) -> float:
        """After how much of it a turn is taken to be over by a listener that needs so much, given the evidence."""
        for (from_s, evidence), until_s in zip(self.known, [*(at_s for at_s, _ in self.known[1:]), inf], strict=True):
            ended_s = max(from_s, needed_s(evidence))
            if ended_s < until_s:
                return ended_s
        return most_s


_KEPT: Final = TypeAdapter(list[Silence])


@dataclass(frozen=True, slots=True)
class Labelled:
    """A silence of which the truth is known.

    Attributes
    ----------
    corpus, speaker, kind, place : str
        Kind of question and kind of place, as in `tools.corpus.turns`; the place is "end" after the last word, and ""
        inside a real person's answer.
    recording : str
    silence : Silence
    holds : bool
        Whether the speaker goes on after it.
    """

    corpus: str
    speaker: str
    kind: str
    place: str
    recording: str
    silence: Silence
    holds: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """A recorded answer, in seconds of its own: who gave it, to what, and where they pause and end.

    `end_s` is None where the last silence is the end, and `pauses` is None where every earlier one is a pause. `ends`
    is False if the recording breaks off before the turn is known to be over. `has_keyword` is True if they were told
    to say a keyword after the last pause.
    """

    corpus: str
    speaker: str
    kind: str
    name: str
    read: Callable[[], Samples]
    end_s: float | None = None
    pauses: tuple[tuple[float, float, str], ...] | None = None
    ends: bool = True
    has_keyword: bool = False


class Ear:
    """Listens to answers; what it knew in their silences is kept in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._voice = VoiceActivity()
        self._listener: Listener | None = None

    def silences(self, answer: Answer) -> list[Silence]:
        """The silences between the stretches of voice, and the one after the last, which ends at infinity."""
        kept = self._folder / f"{answer.name.replace('/', '_')}.json"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(_KEPT.dump_json(self._hear(answer.read(), answer.kind)))
        return _KEPT.validate_json(kept.read_bytes())

    def _hear(self, samples: Samples, kind: str) -> list[Silence]:
        if self._listener is None:
            model = find(None)
            self._listener = Listener(VoskRecogniser(model.path), self._voice, fillers=model.fillers)
        self._listener.begin(replace(ENDLESS, at_length=kind in _AT_LENGTH), _completeness(kind))
        known: dict[float, list[tuple[float, Evidence]]] = {}
        conditioner = Conditioner()
        for start in range(0, len(samples), PIECE):
            self._listener.feed(conditioner.frame(samples[start : start + PIECE], start))
            speech = self._voice.stretches
            silence_s = self._voice.judged_s - speech[-1].end_s if speech else 0.0
            if silence_s >= _FIRST_ASKED_S:
                evidence = self._listener.evidence()
                so_far = known.setdefault(speech[-1].end_s, [])
                if not so_far or so_far[-1][1] != evidence:
                    so_far.append((round(silence_s, 3), evidence))
        begins = [each.start_s for each in self._voice.stretches]
        return [
            Silence(start_s, min((each for each in begins if each >= start_s), default=None), tuple(found))
            for start_s, found in known.items()
        ]

    def speech(self, samples: Samples) -> list[tuple[float, float]]:
        """The stretches of voice in a recording, in seconds."""
        self._voice.reset()
        self._voice.feed(samples)
        return [(each.start_s, each.end_s) for each in self._voice.stretches]


@lru_cache
def _completeness(kind: str) -> Callable[[str], TurnCompletion]:
    questions = {question.id: question for question in default_script().question}
    if kind == "yes_no":
        return yes_or_no
    if kind == "review":
        return _of_review
    return completeness_for(questions[kind]) if kind in questions else any_words


def _of_review(text: str) -> TurnCompletion:
    # Which corrections are complete depends on the review.
    return TurnCompletion.UNKNOWN if command_in(text, Context.REVIEW) is None else TurnCompletion.ANSWERED


def labelled(answers: Iterable[Answer], ear: Ear) -> Iterator[Labelled]:
    """The silences of answers with the truth about each."""
    for answer in answers:
        silences = ear.silences(answer)
        end_s = answer.end_s if answer.end_s is not None else silences[-1].start_s if silences else 0.0
        if answer.has_keyword:
            # Whether the sentence before it was over, nobody knows.
            silences = [*silences[:-2], *silences[-1:]]
        for silence in silences:
            of = (answer.corpus, answer.speaker, answer.kind)
            if silence.start_s > end_s - _LOOSE_S:
                if answer.ends:
                    yield Labelled(*of, "end", answer.name, silence, holds=False)
                # What follows is the room, or the next answer.
                break
            place = _place(silence, answer)
            if place is not None and SHORTEST_S <= silence.length_s <= LONGEST_S:
                yield Labelled(*of, place, answer.name, silence, holds=True)


def _place(silence: Silence, answer: Answer) -> str | None:
    if answer.pauses is None:
        return ""
    return next(
        (place for start_s, end_s, place in answer.pauses if start_s - _LOOSE_S < silence.start_s < end_s), None
    )


def generated(folder: Path, split: Split) -> Iterator[Answer]:
    """The answers that `tools.corpus.turns` made."""
    for turn in truth_of(folder):
        yield Answer(
            "generated",
            turn.voice,
            turn.kind,
            f"{split}/{turn.file}",
            partial(_beginning, folder / turn.file, turn.end_s + LONGEST_S),
            turn.end_s,
            tuple((pause.start_s, pause.end_s, pause.place) for pause in turn.pauses),
        )


def own_recordings(folder: Path) -> Iterator[Answer]:
    """The answers of the project's recordings, each in a file of its own."""
    for path in sorted(folder.glob("*/*.json")):
        truth = json.loads(path.read_text("utf-8"))
        if len(truth["questions"]) == 1:
            [answer] = truth["questions"]
            sound = path.with_suffix(".flac")
            pauses = tuple((each["start_s"], each["end_s"], "") for each in truth["items"] if each["kind"] == "pause")
            yield Answer(
                "own",
                truth["voice"],
                answer["question"] or "review",
                f"own/{path.parent.name}/{path.stem}",
                partial(_with_room, sound),
                answer["end_s"],
                pauses,
            )


def followed_by_silence(samples: Samples) -> Samples:
    """A recording with room for a decision after its end, as quiet as its quietest parts."""
    frames = samples[: len(samples) // 160 * 160].astype(np.float64).reshape(-1, 160)
    quiet = max(float(np.percentile(np.sqrt(np.mean(frames**2, axis=1)), 5)), 1.0)
    tail = np.random.default_rng(1).normal(0.0, quiet, int(LONGEST_S * RATE_HZ))
    return np.concatenate((samples, tail.astype(np.int16)))


def is_kept_back(speaker: str) -> bool:
    """Whether a real person's speech is only for judging; decided before any of it was looked at."""
    return zlib.crc32(f"turns/{speaker}".encode()) % 2 == 0


def utterances(folder: Path) -> Iterator[Answer]:
    """Single utterances on the telephone; after their last word they are over."""
    for row in _rows(folder / "wuw.csv"):
        path = folder / row["file"]
        yield Answer(
            "telephone",
            f"wuw-{row['session']}",
            "any",
            f"telephone/{path.stem}",
            partial(_with_room, path),
            has_keyword=row["transcript"].rsplit(maxsplit=1)[-1] in _KEYWORDS,
        )


def monologues(folder: Path) -> Iterator[Answer]:
    """Monologues, whose end isn't known."""
    for path in sorted((folder / "mfa").glob("*.flac")):
        yield Answer(
            "monologue", path.stem, "monologue", f"monologue/{path.stem}", partial(samples_of, path), ends=False
        )


def conversations(folder: Path, ear: Ear) -> Iterator[Answer]:
    """The turns of two people, each in a recording of their own: a turn is over where the other one takes the floor."""
    for row in _rows(folder / "real-speech.csv"):
        path = folder / row["file"]
        other = path.with_name(_other_side(path.name))
        samples = samples_of(path)
        mine, theirs = ear.speech(samples), ear.speech(samples_of(other))
        for number, (start_s, end_s) in enumerate(_turns(mine, theirs)):
            again_s = min((begins for begins, _ in mine if begins > end_s), default=len(samples) / RATE_HZ)
            first_s, last_s = max(0.0, start_s - _LEAD_S), min(again_s - _CLEAR_S, end_s + LONGEST_S)
            known = row["source"] == "hvb" or any(begins > end_s - _OVERLAP_S for begins, _ in theirs)
            yield Answer(
                {"hvb": "calls", "ami": "meetings"}[row["source"]],
                row["session"],
                "any",
                f"{row['source']}/{path.stem}-{number}",
                partial(_part, samples, first_s, last_s),
                end_s - first_s,
                ends=known,
            )


_OVERLAP_S: Final = 0.2
_CLEAR_S: Final = 0.05


def _turns(mine: Sequence[tuple[float, float]], theirs: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """From where to where one speaks, until the other does and they don't."""
    turns: list[tuple[float, float]] = []
    has_floor = False
    for start_s, end_s, is_mine in sorted([(*each, True) for each in mine] + [(*each, False) for each in theirs]):
        if is_mine and has_floor:
            turns[-1] = turns[-1][0], end_s
        elif is_mine:
            turns.append((start_s, end_s))
            has_floor = True
        elif has_floor and start_s >= turns[-1][1] - _OVERLAP_S:
            has_floor = False
    return turns


def _other_side(name: str) -> str:
    return name.replace("agent", "caller") if "agent" in name else name.replace("caller", "agent")


def _part(samples: Samples, first_s: float, last_s: float) -> Samples:
    return followed_by_silence(samples[int(first_s * RATE_HZ) : int(last_s * RATE_HZ)])


def _beginning(path: Path, until_s: float) -> Samples:
    return samples_of(path)[: int(until_s * RATE_HZ)]


def _with_room(path: Path) -> Samples:
    return followed_by_silence(samples_of(path))


def _rows(table: Path) -> list[dict[str, str]]:
    with table.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
