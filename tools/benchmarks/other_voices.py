"""Measure whether the person is followed while others speak: a television in the room, music, and nothing at all.

    python -m tools.benchmarks.other_voices                     a television beside answers, the developing half
    python -m tools.benchmarks.other_voices --half judging      texts, voices and people that nothing was fitted to
    python -m tools.benchmarks.other_voices --ordinary DIR...   recordings with one person each: what is dropped of them

A television is added 20, 15 and 10 dB below the person's voice, from the beginning of each answer to 12 s after its
end. Told are how long after their last sound the turn ends, if it takes a silence of 1.2 s; how much of the television
is taken for the person after that; and how much of the person's voice is taken for another. Nothing is recognised, so
that it takes little time. The voices of Kokoro are as in `tools.corpus.television`; what they say is kept in `--work`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asr.following import Follower
from assistant.asr.speaker import speaker_encoder
from assistant.asr.voice_activity import SpeechSegment, VoiceActivity
from assistant.audio.condition import Conditioner
from assistant.audio.frame import RATE_HZ, Samples
from assistant.models import find
from assistant.turns.audio import AnswerAudio
from tools.benchmarks.speakers import WORK
from tools.command import parser_for
from tools.corpus.television import Half, Precise, beside, music, news, speaker
from tools.listening import samples_of
from tools.paths import RECORDINGS

BELOW_DB = (20, 15, 10)
_AFTER_S = 12.0
_SLACK_S = 0.15
_SOON_S = 3.0
_PIECE = RATE_HZ // 10
_SILENCE_S = 1.2

_QUESTIONS = ("romance", "voice", "emotional_movies", "film", "about-1", "about-2", "stars")
_JUDGES = ("kokoro:af_kore", "kokoro:am_liam")
_ANSWERS = (
    "I would say that I am rather romantic.",
    "Funny, please.",
    "I like them when I am alone, and I cry at nearly all of them.",
    "The Truman Show.",
    "A man finds out that his whole life is a show on television. I kept thinking of it for a week.",
    "The moment when the lamp falls out of the sky. And then, at the end, he takes a bow and leaves.",
    "Five stars.",
)


@dataclass(frozen=True, slots=True)
class Followed:
    """What was made of a sound: until when it was heard, where the person speaks, and where others do."""

    duration_s: float
    speech: tuple[SpeechSegment, ...]
    others: tuple[SpeechSegment, ...]


@dataclass
class Tally:
    """What became of the answers of a kind."""

    answers: int = 0
    after_s: list[float] = field(default_factory=list)
    early: int = 0
    foreign_s: float = 0.0
    voice_s: float = 0.0
    missing_s: float = 0.0

    def add(self, alone: Followed, heard: Followed) -> None:
        """Add an answer, as it is alone and with something beside it."""
        end_s = alone.speech[-1].end_s
        self.answers += 1
        self.after_s.append(heard.duration_s - end_s)
        self.early += heard.duration_s < end_s
        self.foreign_s += sum(max(0.0, each.end_s - max(each.start_s, end_s + _SLACK_S)) for each in heard.speech)
        self.voice_s += sum(each.end_s - each.start_s for each in alone.speech)
        self.missing_s += sum(_shared_s(each, other) for each in alone.speech for other in heard.others)

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
            f"{self.foreign_s / self.answers:.2f} s",
            f"{self.missing_s / self.voice_s:.1%}",
        ]


def _shared_s(one: SpeechSegment, other: SpeechSegment) -> float:
    return max(0.0, min(one.end_s, other.end_s) - max(one.start_s, other.start_s))


class Ear:
    """Voice activity, and a follower of the person."""

    def __init__(self) -> None:
        self._activity = VoiceActivity()
        self.follower = Follower(speaker_encoder(find(None).path))

    def hear(self, samples: Samples, silence_s: float) -> Followed:
        """Follow the person until they are silent for so long, or until the sound ends."""
        self._activity.reset()
        self.follower.begin()
        sound, conditioner = AnswerAudio(), Conditioner()
        speech: tuple[SpeechSegment, ...] = ()
        for start in range(0, len(samples), _PIECE):
            sound.append(conditioner.frame(samples[start : start + _PIECE], start).samples)
            self._activity.feed(sound.since(start))
            speech = self.follower.of_person(sound, self._activity.stretches, self._activity.judged_s)
            if speech and self._activity.judged_s - speech[-1].end_s >= silence_s:
                break
        return Followed(sound.duration_s, speech, self.follower.others)


def people(half: Half, work: Path) -> Iterator[list[Samples]]:
    """Whole conversations' answers, person by person: recorded for the tests, or by voices to judge with."""
    if half == "developing":
        for folder in ("her", "fluent"):
            yield [samples_of(RECORDINGS / folder / f"{each}.flac") for each in _QUESTIONS]
        return
    for voice in _JUDGES:
        says = speaker(voice, work)
        quiet = np.zeros(RATE_HZ // 2, np.int16)
        yield [np.concatenate((quiet, says(text), quiet)) for text in _ANSWERS]


def measure(half: Half, work: Path) -> dict[str, Tally]:
    """Follow everybody of a half alone, and with each of the sounds beside their answers."""
    ear, television = Ear(), news(half, work)
    beds: dict[str, tuple[Precise, int]] = {f"television, {db} dB below": (television, db) for db in BELOW_DB}
    beds["music, 10 dB below"] = (music(60.0), 10)
    tallies = {name: Tally() for name in beds}
    for number, answers in enumerate(track(list(people(half, work)), console=Console(stderr=True))):
        alone = [ear.hear(samples, float("inf")) for samples in answers]
        for name, (sound, below_db) in beds.items():
            ear.follower.forget()
            for at, samples in enumerate(answers):
                elsewhere = np.roll(sound, -(7 * number + 11 * at) * RATE_HZ)
                mixed = beside(samples, elsewhere, below_db, before_s=0.0, after_s=_AFTER_S)
                tallies[name].add(alone[at], ear.hear(mixed, _SILENCE_S))
                ear.follower.remember()
        ear.follower.forget()
    return tallies


def dropped(folders: Iterable[Path]) -> Iterator[tuple[Path, Followed]]:
    """All recordings in some folders, each followed as one answer."""
    ear = Ear()
    found = (path for folder in folders for path in sorted(folder.rglob("*")))
    for path in track(
        [path for path in found if path.suffix in (".flac", ".ogg", ".wav")], console=Console(stderr=True)
    ):
        ear.follower.forget()
        yield path, ear.hear(samples_of(path), float("inf"))


def main(argv: Sequence[str] | None = None) -> None:
    """Measure, and print a table."""
    parser = parser_for("tools.benchmarks.other_voices", __doc__)
    parser.add_argument("--half", choices=("developing", "judging"), default="developing")
    parser.add_argument("--ordinary", nargs="+", type=Path, metavar="DIR", help="recordings with one person each")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for what was said (default: %(default)s)")
    given = parser.parse_args(argv)
    console = Console()
    if given.ordinary:
        voice_s, minutes, lost_s, count = 0.0, 0.0, 0.0, 0
        for path, heard in dropped(given.ordinary):
            for other in heard.others:
                console.print(f"{path}: {other.start_s:.1f} to {other.end_s:.1f} s", soft_wrap=True)
                lost_s += sum(_shared_s(each, other) for each in (*heard.speech, other))
            count, minutes = count + 1, minutes + heard.duration_s / 60
            voice_s += sum(each.end_s - each.start_s for each in (*heard.speech, *heard.others))
        console.print(f"{count} recordings, {minutes:.0f} minutes: {lost_s:.1f} s of {voice_s:.0f} s of voice dropped")
        return
    table = Table(
        "beside the answer", "answers", "ends after", "at most", "within 3 s", "too early", "foreign", "missing"
    )
    for name, tally in measure(given.half, given.work).items():
        table.add_row(name, *tally.row)
    console.print(table)


if __name__ == "__main__":
    main()
