"""Whole conversations with personas, by the audio clock: what they say, and what came of it."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.asr.interruption import Interruption
from assistant.audio.frame import RATE_HZ, Samples
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.prompts import SENSED
from assistant.dialogue.script import default_script
from assistant.english.normalise import normal_words
from assistant.english.phonetics import likeness
from assistant.films.catalogue import FilmCatalogue
from assistant.session.assembly import LoadedEar
from assistant.session.barge_in import BargeIn
from assistant.session.components import SessionComponents, Watcher
from assistant.session.session import Session
from assistant.store import Destination, Store, Turn
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment
from tools.callers.personas import ASKING_BACK, Persona
from tools.callers.speaking import broadcast, sound_of_words
from tools.simulation.desk import REPLY_S, Desk

_LONGEST_S = 1_200
_THINKS_S = 0.5
"""How long a person takes to answer."""

_NOISE = 15
"""Amplitude of the room's noise; in digital silence recognisers behave otherwise."""

_MOST_ANSWERS = 40
"""Whoever answered this often is going round in circles."""

_ALIKE = 0.8
"""How similar a word that was heard has to sound to the one that was said."""

_ANYTHING = ""
"""What people say over a prompt may belong to any answer."""

_KEPT = 0.5
"""A sentence is kept if at least this share of its words is."""


class StuckError(Exception):
    """The conversation doesn't come to an end."""


class Room(Desk):
    """A desk in a room with a bit of noise, and perhaps a television."""

    def __init__(self, television: Samples | None, seed: int) -> None:
        super().__init__()
        noise = np.random.default_rng(seed).normal(0, _NOISE, _LONGEST_S * RATE_HZ)
        if television is not None:
            noise += np.resize(television, len(noise))
        self.sound = np.clip(noise, -32_767, 32_767).astype(np.int16)
        self._echoes = np.zeros_like(self.sound)

    def play(self, samples: Samples, after_s: float = 0.0) -> None:
        """Let the microphone hear something, too."""
        start = self.now + round(after_s * RATE_HZ)
        there = self.sound[start : start + len(samples)].astype(np.int32)
        self.sound[start : start + len(samples)] = np.clip(there + samples[: len(there)], -32_767, 32_767)


class Caller(Watcher):
    """A person in the room: answers by the question, and speaks over prompts if that's their way.

    Attributes
    ----------
    said_to : list of (str, str)
        Each question and what they said to it.
    log : list of str
        What the assistant said (●) and what was heard (○).
    """

    def __init__(self, persona: Persona, room: Room, seed: int) -> None:
        self._persona = persona
        self._room = room
        self._seed = seed
        self._over = list(persona.over)
        self._left = {question: list(answers) for question, answers in persona.answers.items()}
        self._asked_back: set[str] = set()
        self._question, self._text = "", ""
        self._speaks_until = 0
        self.said_to: list[tuple[str, str]] = []
        self.log: list[str] = []

    def said(self, text: str, question: str | None) -> None:
        """Hear the assistant begin to speak, and perhaps speak, too."""
        self.log.append(f"● {text}")
        if question is not None:
            self._question, self._text = question, text
        if self._over and text.startswith(self._over[0][0]):
            _, words, after_s = self._over.pop(0)
            self.said_to.append((_ANYTHING, words))
            self._speak(words, after_s)

    def listening(self) -> None:
        """Have the word. Who has already begun to speak goes on with that."""
        if self._speaks_until > self._room.read_up_to:
            return
        if len(self.said_to) >= _MOST_ANSWERS:
            raise StuckError
        words = self._answer()
        if words is not None:
            self.said_to.append((self._question, words))
            self._speak(words, _THINKS_S)

    def heard(self, answer: Answer, assessment: Assessment | None) -> None:
        """Note what was heard; the assistant takes a moment to reply."""
        self.log.append(f"○ {answer.text}")
        self._room.now += round(REPLY_S * RATE_HZ)

    def _speak(self, words: str, after_s: float) -> None:
        sound = sound_of_words(words, self._persona, self._seed)
        self._room.play(sound, after_s)
        self._speaks_until = self._room.now + round(after_s * RATE_HZ) + len(sound)

    def _answer(self) -> str | None:
        persona, question = self._persona, self._question
        if not question:
            return None  # they haven't been asked anything yet
        if persona.leaves_after is not None and len(self.said_to) >= persona.leaves_after:
            return None
        if question == SENSED:
            return "No, not really."
        if question == "review":
            return "Yes." if "I'll send it" in self._text else "Send review."
        if persona.asks_back and question in ASKING_BACK and question not in self._asked_back:
            self._asked_back.add(question)
            return ASKING_BACK[question]
        left = self._left[question]
        if question == "about":
            return left.pop(0) if left else "That's all."
        return left.pop(0) if len(left) > 1 else left[0]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a conversation.

    Attributes
    ----------
    ends, title, stars : bool
        Whether it ended as it has to, with this title and these stars.
    said, kept, stolen : int
        Sentences that were said to questions; of them, those whose words are in an answer to their question; and those
        whose words are in the answer to another question instead.
    lasted_s : float
    log : tuple of str
    """

    ends: bool
    title: bool
    stars: bool
    said: int
    kept: int
    stolen: int
    lasted_s: float
    log: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        """Whether nothing went wrong."""
        return self.ends and self.title and self.stars and self.kept == self.said and not self.stolen


def call(persona: Persona, ear: LoadedEar, films: FilmCatalogue, seed: int = 0) -> Outcome:
    """Hold a conversation with a person who wears headphones, so that the assistant can be spoken over."""
    television = None
    if persona.television_db is not None:
        television = (broadcast() * 10 ** (persona.television_db / 20)).astype(np.int16)
    room = Room(television, seed)
    caller = Caller(persona, room, seed)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "data") as store:
        parts = SessionComponents(
            room, ear.listener, ear.model, room, store, caller, (Destination("json", {"folder": folder}),),
            files_only=True, commands=ear.commands, films=lambda: films,
            barge_in=BargeIn(room, Interruption(ear.words)),
        )  # fmt: skip
        session = Session(parts, Conversation(default_script(), films=parts.films))
        try:
            session.run()
        except StuckError:
            caller.log.append("(it went round in circles)")
        stored = store.session(session.id)
        turns = store.turns(session.id)
    kept, stolen, said = count_sentences(caller.said_to, turns)
    film = stored.film.title if stored.film is not None else None
    is_abandoned = persona.ends == "abandoned"
    return Outcome(
        stored.status == persona.ends,
        film == persona.title,
        is_abandoned or stored.rating == persona.stars,
        said,
        kept,
        stolen,
        room.now / RATE_HZ,
        tuple(caller.log),
    )


def count_sentences(said_to: Sequence[tuple[str, str]], turns: Sequence[Turn]) -> tuple[int, int, int]:
    """How many sentences were kept, taken for the answer to another question, and said, before there was a review.

    Parameters
    ----------
    said_to : sequence of (str, str)
        Each question, or nothing for what may belong to any answer, and what was said to it.
    turns : sequence of Turn
        What was stored.
    """
    heard: dict[str, set[str]] = {}
    for turn in turns:
        if turn.speaker == "person":
            heard.setdefault(turn.question or "", set()).update(normal_words(turn.text))
    kept = stolen = said = 0
    for question, words in said_to:
        if question in ("review", SENSED):
            continue
        for sentence in _sentences(words):
            said += 1
            there = heard.get(question, set()) if question != _ANYTHING else set().union(*heard.values())
            if _share(sentence, there) >= _KEPT:
                kept += 1
            elif any(_share(sentence, others) > _KEPT for asked, others in heard.items() if asked != question):
                stolen += 1
    return kept, stolen, said


def _sentences(words: str) -> list[list[str]]:
    whole = "".join(part for at, part in enumerate(words.replace("<", ">").split(">")) if at % 2 == 0)
    return [normal_words(sentence) for sentence in whole.replace("?", ".").split(".") if normal_words(sentence)]


def _share(sentence: Sequence[str], heard: Collection[str]) -> float:
    """The share of its words that are among those heard, or sound like one of them: "four" may be "for"."""
    return sum(word in heard or any(likeness(word, one) >= _ALIKE for one in heard) for word in sentence) / len(
        sentence
    )
