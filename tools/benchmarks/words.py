"""Count how many words are wrong of what the first ear heard, of what the second wrote, and of the transcript of both.

    python -m tools.benchmarks.words                            the project's own conversations
    python -m tools.benchmarks.words --set DIR [--half NAME]    a folder with a CSV (file, session, transcript)

All three are counted in the same way: contractions, spellings and numbers are evened out on both sides ("gonna" is
"going to", "2" is "two", "color" is "colour"), a word may be written as one or as two ("o'clock", "some day"), and
fillers and tags don't count. An error is a word substituted, left out or added (Levenshtein 1966).

`--half` takes the sessions of one half of a set, drawn by their names: "developing" for finding out what helps,
"judging" for what is reported. Hearing takes a third of the sound's length; `--cache` keeps what was heard in a folder,
so that trying another way to reconcile takes seconds.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path

from pydantic import TypeAdapter
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asr.reconcile import reconcile, second_hearing
from assistant.asr.second_ear import trust_in
from assistant.asr.sound_quality import is_narrow_band
from assistant.asr.voice_activity import SpeechSegment, VoiceActivity
from assistant.asr.whisper import Hypothesis, WhisperRecogniser
from assistant.english.normalise import normal_words, with_numbers_as_in
from assistant.english.numbers import ways_to_say
from assistant.models import find_second
from assistant.session.assembly import make_ear
from assistant.session.second_ear import SecondEarWorker
from assistant.turns.answer import Filler, Word
from assistant.turns.audio import AnswerAudio
from tools.command import ToolError, parser_for, run_command
from tools.listening import listen, samples_of
from tools.paths import RECORDINGS

_TAG = re.compile(r"\[[^\]]*\]|<[^>]*>")
_CONVERSATIONS = ("her", "fluent")


@dataclass(frozen=True, slots=True)
class Recorded:
    """A recording and what is said in it."""

    path: Path
    transcript: str


@dataclass(frozen=True, slots=True)
class PieceHeard:
    """What the second ear heard of a piece, and where that is, in seconds."""

    start_s: float
    end_s: float
    hypotheses: tuple[Hypothesis, ...]


@dataclass(frozen=True, slots=True)
class Hearing:
    """What either ear heard of a recording, and where there is voice in it."""

    words: tuple[Word, ...]
    fillers: tuple[Filler, ...]
    speech: tuple[SpeechSegment, ...]
    pieces: tuple[PieceHeard, ...]
    trust: float

    @property
    def first(self) -> str:
        """The first ear's words."""
        return " ".join(word.word for word in self.words)

    @property
    def second(self) -> str:
        """The second ear's words."""
        return " ".join(word.text for piece in self.pieces for each in piece.hypotheses[:1] for word in each.words)

    @property
    def both(self) -> str:
        """The words of the transcript that both make."""
        said = reconcile(
            self.words, second_hearing(map(self._of_piece, self.pieces)), self.speech, self.fillers, trust=self.trust
        )
        return " ".join(word.word for word in said.words)

    def _of_piece(self, piece: PieceHeard) -> tuple[Sequence[Hypothesis], Sequence[Word]]:
        here = [word for word in self.words if piece.start_s <= (word.start_s + word.end_s) / 2 < piece.end_s]
        return piece.hypotheses, here


class Ears:
    """Both ears, loaded when something is heard for the first time.

    Parameters
    ----------
    cache : Path or None
        A folder in which to keep what was heard.
    """

    def __init__(self, cache: Path | None) -> None:
        self._cache = cache
        self._stored = TypeAdapter(Hearing)

    @cached_property
    def _first(self) -> Callable[[Path], tuple[tuple[Word, ...], tuple[Filler, ...]]]:
        listener = make_ear(None).listener

        def hear(path: Path) -> tuple[tuple[Word, ...], tuple[Filler, ...]]:
            answer, _ = listen(listener, samples_of(path))
            return answer.words, answer.fillers

        return hear

    @cached_property
    def _second(self) -> SecondEarWorker:
        def fail(trouble: str) -> None:
            raise ToolError(trouble)

        model = find_second(None)
        return SecondEarWorker(WhisperRecogniser(model.path), "whisper", model.short_name, fail)

    def hear(self, path: Path) -> Hearing:
        """What both hear of a recording, as one answer."""
        kept = None
        if self._cache is not None:
            kept = self._cache / f"{hashlib.sha256(str(path.resolve()).encode()).hexdigest()[:16]}.json"
            if kept.exists():
                return self._stored.validate_json(kept.read_bytes())
        words, fillers = self._first(path)
        sound, activity = AnswerAudio(samples_of(path)), VoiceActivity()
        activity.reset()
        activity.feed(sound.samples)
        self._second.begin(verbatim=False)
        pieces = self._second.finish(sound, activity.stretches, activity.judged_s)
        heard = Hearing(
            words,
            fillers,
            activity.stretches,
            tuple(PieceHeard(each.piece.start_s, each.piece.end_s, each.hypotheses) for each in pieces),
            trust_in("whisper", narrow_band=is_narrow_band(sound.samples, activity.stretches)),
        )
        if kept is not None:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(self._stored.dump_json(heard))
        return heard


@dataclass(slots=True)
class Score:
    """Words said, and how many of them each hearing has wrong."""

    words: int = 0
    first: int = 0
    second: int = 0
    both: int = 0

    def add(self, transcript: str, heard: Hearing) -> None:
        """Count a recording."""
        self.words += len(counted(transcript))
        self.first += errors(transcript, heard.first)
        self.second += errors(transcript, heard.second)
        self.both += errors(transcript, heard.both)


def counted(text: str) -> list[str]:
    """The words of a text that count, in one spelling."""
    return [spoken for word in normal_words(_TAG.sub(" ", text)) for spoken in _in_words(word.replace("'", ""))]


def _in_words(word: str) -> list[str]:
    return ways_to_say(word)[-1 if len(word) == 4 else 0] if word.isdigit() else [word]


def errors(transcript: str, heard: str) -> int:
    """How many words are wrong."""
    from rapidfuzz.distance import Levenshtein

    said = counted(transcript)
    words = with_numbers_as_in(normal_words(_TAG.sub(" ", heard)), said)
    return int(Levenshtein.distance(said, _as_parted(counted(" ".join(words)), said)))


def _as_parted(words: Sequence[str], said: Sequence[str]) -> list[str]:
    """Words written as one or as two as they are in what was said."""
    whole = set(said)
    parts = {one + two: (one, two) for one, two in pairwise(said)}
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] + word in whole:
            joined[-1] += word
        else:
            joined.append(word)
    return [part for word in joined for part in (parts.get(word, (word,)) if word not in whole else (word,))]


def annotated(folder: Path, half: str | None) -> Iterator[Recorded]:
    """The recordings of a folder with a CSV.

    Raises
    ------
    ToolError
        There is no such CSV.
    """
    tables = sorted(folder.glob("*.csv"))
    if len(tables) != 1:
        raise ToolError(f"{folder} has to hold one CSV file (columns file, session, transcript); it has {len(tables)}.")
    with tables[0].open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if half is None or half_of(row["session"]) == half:
                yield Recorded(folder / row["file"], row["transcript"])


def half_of(session: str) -> str:
    """Which half of a set a session belongs to."""
    return "judging" if hashlib.sha1(session.encode(), usedforsecurity=False).digest()[0] % 2 else "developing"


def conversations() -> Iterator[Recorded]:
    """The answers of the project's own recorded conversations."""
    for name in _CONVERSATIONS:
        for path in sorted((RECORDINGS / name).glob("*.json")):
            items = json.loads(path.read_text(encoding="utf-8"))["items"]
            yield Recorded(path.with_suffix(".flac"), " ".join(i["word"] for i in items if i["kind"] == "word"))


def main() -> None:
    """Run the command."""
    parser = parser_for("tools.benchmarks.words", __doc__)
    parser.add_argument("--set", type=Path, action="append", default=[], metavar="DIR", help="a folder with a CSV")
    parser.add_argument("--half", choices=("developing", "judging"), help="only this half of the sessions")
    parser.add_argument("--cache", type=Path, metavar="DIR", help="where to keep what was heard")
    options = parser.parse_args()
    sets = {folder.name: list(annotated(folder, options.half)) for folder in options.set}
    if not sets:
        sets["conversations"] = list(conversations())
    ears, console = Ears(options.cache), Console(stderr=True)
    table = Table(box=None, pad_edge=False)
    for column in ("words wrong", "words", "first ear", "second ear", "both", "to the better one"):
        table.add_column(column, justify="left" if column == "words wrong" else "right")
    for name, recorded in sets.items():
        score = Score()
        for each in track(recorded, description=name, console=console):
            score.add(each.transcript, ears.hear(each.path))
        shares = (f"{100 * wrong / score.words:.1f} %" for wrong in (score.first, score.second, score.both))
        better = min(score.first, score.second)
        table.add_row(name, str(score.words), *shares, f"{score.both / better:.2f}" if better else "–")
    Console().print(table)


if __name__ == "__main__":
    run_command(main)
