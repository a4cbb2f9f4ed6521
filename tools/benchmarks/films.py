"""Measure how well spoken film titles are understood: three synthetic voices, Vosk, and the catalogue of films.

Candidates are the 2,000 best-known films of the catalogue, and of films with the same title the best-known. A shuffle
with a fixed seed divides them into two halves: 200 films of one are for development (--development), 200 of the other
are for measuring. Each voice says each title by itself, as the catalogue writes it; roman numerals and signs, which
voices would spell, are replaced by words. It is recognised as in a conversation: by Vosk freely, and by the second
recogniser that listens only for titles. There are figures for the first alone, and for both.

  python -m tools.benchmarks.films                    the figures
  python -m tools.benchmarks.films --development      the same with the films that you may look at
  python -m tools.benchmarks.films --heard FILE       keep what Vosk heard in FILE, or read it from there
"""

from __future__ import annotations

import json
import random
import re
import statistics
import sys
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from assistant.asr.biasing import BiasingContext
from assistant.films.catalogue import FilmCatalogue
from assistant.films.entry import FilmEntry
from assistant.films.vendored import VendoredTable, vendored
from assistant.models import find
from assistant.session.assembly import make_ear
from assistant.turns.audio import AnswerAudio
from tools.benchmarks.speakers import NEEDS, VOICES, WORK, speaker_of
from tools.command import ToolError, parser_for, require

_CANDIDATES = 2000
_SPOKEN = 200
_SEED = 1895
_FRAME = 1600
_GOALS = {1: 0.90, 3: 0.96}
_MOST_MS = 10.0


def main() -> int:
    """Run the command and return its exit code."""
    parser = parser_for("tools.benchmarks.films", __doc__)
    parser.add_argument("--development", action="store_true", help="the films that may be looked at")
    parser.add_argument("--heard", type=Path, metavar="FILE", help="keep what was heard here, or take it from here")
    parser.add_argument("--work", type=Path, default=WORK, metavar="DIR", help="a folder for what the voices say")
    parser.add_argument("--model", metavar="NAME", help="a speech model's name or folder; the usual one otherwise")
    options = parser.parse_args()
    try:
        require(NEEDS)
    except ToolError as error:
        print(error, file=sys.stderr)
        return 2

    table = vendored()
    films = _chosen([table.entry(number) for number in range(len(table.titles))], options.development)
    if options.heard and options.heard.exists():
        heard = json.loads(options.heard.read_text("utf-8"))
    else:
        heard = _hear(films, options.model, options.work)
        if options.heard:
            options.heard.write_text(json.dumps(heard, indent=1), "utf-8")
    return _measure(films, heard)


def _chosen(entries: list[FilmEntry], development: bool) -> list[FilmEntry]:
    """The films whose titles are spoken, by the rules above."""
    best: dict[str, FilmEntry] = {}
    for entry in sorted(entries, key=lambda entry: (-entry.renown, entry.film.title, entry.film.imdb_id or "")):
        best.setdefault(entry.film.title.casefold(), entry)
    candidates = list(best.values())[:_CANDIDATES]
    random.Random(_SEED).shuffle(candidates)
    half = len(candidates) // 2
    return (candidates[:half] if development else candidates[half:])[:_SPOKEN]


_ROMAN = {"I": "one", "II": "two", "III": "three", "IV": "four", "V": "five", "VI": "six", "VII": "seven",
          "VIII": "eight", "IX": "nine"}  # fmt: skip


def _as_said(title: str) -> str:
    said = title.replace("½", " and a half").replace("⅓", " and a third").replace("&", "and").replace("+", "and")
    said = re.sub(r"[–/]", ", ", said)
    said = re.sub(r"\b((?:Part|Episode|Chapter|Volume) )([IVX]+)\b", lambda found: found[1] + _ROMAN[found[2]], said)
    return re.sub(r"(?<=\w )(II|III|IV|VI|VII|VIII|IX)\b", lambda found: _ROMAN[found[1]], said)


def _hear(films: list[FilmEntry], model: str | None, work: Path) -> dict[str, list[list[str]]]:
    """What is heard for each title and voice: freely, and by the second recogniser."""
    fillers = find(model).fillers
    recogniser = make_ear(model).commands
    recogniser.expect(BiasingContext(FilmCatalogue().titles))
    heard: dict[str, list[list[str]]] = {}
    for voice in VOICES:
        say = speaker_of(voice, work)
        name = f"{'piper' if voice == 'joe' else 'flite'} {voice}"
        print(f"{name} says {len(films)} titles", file=sys.stderr)
        heard[name] = []
        for film in films:
            said = _as_said(film.film.title)
            # Flite can't read accents.
            samples = say(
                said if voice == "joe" else unicodedata.normalize("NFKD", said).encode("ascii", "ignore").decode()
            )
            recogniser.begin()
            answer = AnswerAudio()
            for at in range(0, len(samples), _FRAME):
                answer.append(samples[at : at + _FRAME])
                recogniser.accept(answer)
            freely = " ".join(word.word for word in recogniser.finish(answer) if word.word not in fillers)
            heard[name].append([freely, recogniser.as_title or freely])
    return heard


def _measure(films: list[FilmEntry], heard: dict[str, list[list[str]]]) -> int:

    began = time.process_time()
    catalogue = FilmCatalogue(VendoredTable())
    print(f"Catalogue ready in {1000 * (time.process_time() - began):.0f} ms")
    once = _ranks("heard once", catalogue, films, heard, hearings=1)
    twice = _ranks("heard twice", catalogue, films, heard, hearings=2)
    met = once.met or twice.met
    goals = ", ".join(f"{goal:.0%} within {within}" for within, goal in _GOALS.items())
    print(f"Goals ({goals}, {_MOST_MS:.0f} ms a look-up): {'met' if met else 'not met'}")
    return 0 if met else 1


@dataclass(frozen=True)
class _Outcome:
    ranks: dict[str, list[int]]
    took_ms: list[float]

    @property
    def met(self) -> bool:
        right = all(_share(self.ranks["all"], within) >= goal for within, goal in _GOALS.items())
        return right and statistics.quantiles(self.took_ms, n=20)[-1] <= _MOST_MS


def _ranks(
    title: str, catalogue: FilmCatalogue, films: list[FilmEntry], heard: dict[str, list[list[str]]], hearings: int
) -> _Outcome:
    """The rank of the right film for each title, and the processor time of each look-up; prints failures."""
    print(f"\n{title}")
    ranks: dict[str, list[int]] = {name: [] for name in heard}
    took_ms = []
    for name, answers in heard.items():
        for film, answer in zip(films, answers, strict=True):
            texts = list(dict.fromkeys(answer[:hearings]))
            began = time.process_time()
            found = catalogue.find(texts[0], texts[1:])
            took_ms.append(1000 * (time.process_time() - began) / len(texts))
            rank = next((at for at, match in enumerate(found, 1) if match.entry.film == film.film), 99)
            ranks[name].append(rank)
            if rank > 1:
                said = f"{film.film.title} ({film.film.year}), heard “{'”, “'.join(texts)}”"
                first = f"{found[0].entry.film.title} ({found[0].entry.film.year})" if found else "nothing"
                print(f"  {name}: {said}: {first}{f'; right is number {rank}' if rank < 99 else ''}")
    ranks["all"] = [rank for each in ranks.values() for rank in each]
    print(f"{'voice':12} {'titles':>6} {'first':>7} {'of 3':>7}")
    for name, each in ranks.items():
        print(f"{name:12} {len(each):6} {_share(each, 1):7.1%} {_share(each, 3):7.1%}")
    print(
        f"A look-up of one hearing takes {statistics.mean(took_ms):.1f} ms, "
        f"95th percentile {statistics.quantiles(took_ms, n=20)[-1]:.1f}, longest {max(took_ms):.1f}"
    )
    return _Outcome(ranks, took_ms)


def _share(ranks: list[int], within: int) -> float:
    return sum(rank <= within for rank in ranks) / len(ranks)


if __name__ == "__main__":
    sys.exit(main())
