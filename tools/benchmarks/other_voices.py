"""Measure whether the person is followed while others speak: a television in the room, music, and nothing at all.

    python -m tools.benchmarks.other_voices                     a television beside answers, the developing half
    python -m tools.benchmarks.other_voices --half judging      texts, voices and people that nothing was fitted to
    python -m tools.benchmarks.other_voices --ordinary DIR...   recordings with one person each: what is dropped of them

A television is added 20, 15 and 10 dB below the person's voice, from the beginning of each answer to 12 s after its
end. Told are how long after their last word the turn ends, which words in the answer were said after that, and
how many of the words that are heard without the television are missing or were heard as others'. `heart` and the
voices of Kokoro are as in `tools.corpus.television`; what they say is kept in the folder `--work`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asr.endpointing import EndpointTimeouts
from assistant.asr.events import TurnEnded
from assistant.asr.listener import Listener
from assistant.audio.condition import Conditioner
from assistant.audio.frame import RATE_HZ, Samples
from assistant.session.assembly import make_ear
from assistant.session.turn_recorder import AT_LENGTH, BRIEFLY
from assistant.turns.answer import Answer, TurnEnd
from tools.benchmarks.speakers import WORK
from tools.command import parser_for
from tools.corpus.television import Half, Precise, beside, music, news, speaker
from tools.listening import PIECE, listen, samples_of
from tools.paths import RECORDINGS

BELOW_DB = (20, 15, 10)
_AFTER_S = 12.0
_SLACK_S = 0.15
_SOON_S = 3.0

_QUESTIONS = ("romance", "voice", "emotional_movies", "film", "about-1", "about-2", "stars")
_PEOPLE = {"developing": (), "judging": ("kokoro:af_kore", "kokoro:am_liam", "kokoro:bf_lily", "kokoro:bm_lewis")}
_ANSWERS = {
    "romance": "I would say that I am rather romantic.",
    "voice": "Funny, please.",
    "emotional_movies": "I like them when I am alone, and I cry at nearly all of them.",
    "film": "The Truman Show.",
    "about-1": "A man finds out that his whole life is a show on television. I kept thinking of it for a week.",
    "about-2": "The moment when the lamp falls out of the sky. And then, at the end, he takes a bow and leaves.",
    "stars": "Five stars.",
}


@dataclass(frozen=True, slots=True)
class Said:
    """An answer without anything beside it."""

    question: str
    samples: Samples

    @property
    def patience(self) -> EndpointTimeouts:
        """How long a conversation would wait for more of it."""
        return AT_LENGTH if self.question.startswith("about") else BRIEFLY


@dataclass
class Tally:
    """What became of the answers of a kind."""

    answers: int = 0
    after_s: list[float] = field(default_factory=list)
    early: int = 0
    foreign: int = 0
    words: int = 0
    missing: int = 0

    def add(self, alone: Answer, heard: Answer) -> None:
        """Add an answer, as it was heard alone and with something beside it."""
        end_s = alone.items[-1].end_s
        self.answers += 1
        self.after_s.append(heard.duration_s - end_s)
        self.early += heard.ended is TurnEnd.SILENCE and heard.duration_s < end_s
        own = [word for word in heard.items if word.start_s < end_s + _SLACK_S]
        self.foreign += len(heard.items) - len(own)
        self.words += len(alone.items)
        self.missing += max(0, len(alone.items) - len(own))

    @property
    def row(self) -> list[str]:
        """As in the table."""
        after_s = np.array(self.after_s)
        return [
            str(self.answers),
            f"{np.median(after_s):.1f} s",
            f"{after_s.max():.1f} s",
            f"{np.mean(after_s <= _SOON_S):.0%}",
            str(self.early),
            str(self.foreign),
            f"{self.missing} of {self.words}",
        ]


def people(half: Half, work: Path) -> Iterator[list[Said]]:
    """Whole conversations' answers, person by person: of the recordings, and of voices of the half."""
    for folder in ("her", "fluent"):
        yield [Said(each, samples_of(RECORDINGS / folder / f"{each}.flac")) for each in _QUESTIONS]
    for voice in _PEOPLE[half]:
        says = speaker(voice, work)
        quiet = np.zeros(RATE_HZ // 2, np.int16)
        yield [Said(each, np.concatenate((quiet, says(text), quiet))) for each, text in _ANSWERS.items()]


def hear(listener: Listener, samples: Samples, patience: EndpointTimeouts) -> Answer:
    """Hear an answer as a conversation does."""
    listener.begin(patience)
    conditioner = Conditioner()
    for start in range(0, len(samples), PIECE):
        for event in listener.feed(conditioner.frame(samples[start : start + PIECE], start)):
            if isinstance(event, TurnEnded):
                return event.answer
    return next(event.answer for event in listener.finish() if isinstance(event, TurnEnded))


def measure(listener: Listener, half: Half, work: Path) -> dict[str, Tally]:
    """Hear all answers of a half alone, and with each of the sounds beside them."""
    television = news(half, work)
    beds: dict[str, tuple[Precise, int]] = {f"television, {db} dB below": (television, db) for db in BELOW_DB}
    beds["music, 10 dB below"] = (music(60.0), 10)
    tallies = {name: Tally() for name in beds}
    for number, answers in enumerate(track(list(people(half, work)), console=Console(stderr=True))):
        alone = {said.question: hear(listener, _followed(said.samples), said.patience) for said in answers}
        for name, (sound, below_db) in beds.items():
            listener.release()
            for at, said in enumerate(answers):
                elsewhere = np.roll(sound, -(7 * number + 11 * at) * RATE_HZ)
                mixed = beside(said.samples, elsewhere, below_db, before_s=0.0, after_s=_AFTER_S)
                tallies[name].add(alone[said.question], hear(listener, mixed, said.patience))
                listener.remember_person()
        listener.release()
    return tallies


def _followed(samples: Samples) -> Samples:
    """By enough silence for the turn to end."""
    return np.concatenate((samples, np.zeros(3 * RATE_HZ, np.int16)))


def dropped(listener: Listener, folders: Iterable[Path]) -> list[tuple[Path, Answer]]:
    """All recordings in some folders as they are heard, each as one answer."""
    paths = [
        path for folder in folders for path in sorted(folder.rglob("*")) if path.suffix in (".flac", ".ogg", ".wav")
    ]
    return [(path, listen(listener, samples_of(path))[0]) for path in track(paths, console=Console(stderr=True))]


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, and print a table."""
    parser = parser_for("tools.benchmarks.other_voices", __doc__)
    parser.add_argument("--half", choices=("developing", "judging"), default="developing")
    parser.add_argument("--ordinary", nargs="+", type=Path, metavar="DIR", help="recordings with one person each")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for what was said (default: %(default)s)")
    given = parser.parse_args(argv)
    listener = make_ear(None).listener
    console = Console()
    if given.ordinary:
        heard = dropped(listener, given.ordinary)
        for path, answer in heard:
            for other in answer.other_voices:
                console.print(f"{path}: {other.start_s}–{other.end_s} s: {other.text}", soft_wrap=True)
        words = sum(len(answer.items) for _, answer in heard)
        lost = sum(len(other.text.split()) for _, answer in heard for other in answer.other_voices)
        minutes = sum(answer.duration_s for _, answer in heard) / 60
        console.print(f"{len(heard)} recordings, {minutes:.0f} minutes, {words} words; taken for others': {lost} words")
        return
    table = Table(
        "beside the answer", "answers", "ends after", "at most", "within 3 s", "too early", "foreign", "missing"
    )
    for name, tally in measure(listener, given.half, given.work).items():
        table.add_row(name, *tally.row)
    console.print(table)


if __name__ == "__main__":
    main()
