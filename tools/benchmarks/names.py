"""Measure how many names in spoken answers about films are spelled right in the review.

Voices that nothing was developed with say the answers of tests/judging/names.toml; each is heard as in a conversation
after its film is known, and a review is made of it. A name counts if the review has it exactly as it is written.

  python -m tools.benchmarks.names                         with both ears
  python -m tools.benchmarks.names --second-hearing none   with the first ear alone
  python -m tools.benchmarks.names --misses                also what the reviews have instead
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.asr.endpointing import TurnCompletion
from assistant.asr.events import TurnEnded
from assistant.audio.frame import Frame, Samples
from assistant.config import parse_toml
from assistant.films.catalogue import FilmCatalogue
from assistant.films.film import FilmEntry
from assistant.films.film_table import vendored
from assistant.films.mentions import films_named
from assistant.films.people import with_names
from assistant.review import ReviewRequest, compose, people_named
from assistant.session.assembly import LoadedEar, make_ear, make_second_ear
from assistant.turns.answer import Answer
from assistant.turns.user_turn import UserTurn
from tools.benchmarks.speakers import JUDGES, JUDGES_NEED, WORK, speaker_of
from tools.command import parser_for, require, run_command
from tools.paths import JUDGING_SETS

_FRAME = 1600
_GOAL = 0.95


@dataclass(frozen=True, slots=True)
class Item:
    """A spoken answer about a film, and the names in it as they are written."""

    said: str
    names: tuple[str, ...]
    entry: FilmEntry

    @property
    def expected(self) -> tuple[str, ...]:
        """The names that the program knows once it knows the film."""
        return (self.entry.film.title, *self.entry.directors, *self.entry.players)


def main() -> int:
    """Run the command and return its exit code."""
    parser = parser_for("tools.benchmarks.names", __doc__)
    parser.add_argument("--second-hearing", metavar="EAR", default="base", help="the second ear, or none")
    parser.add_argument("--misses", action="store_true", help="print the reviews that lack a name")
    parser.add_argument("--work", type=Path, default=WORK, metavar="DIR", help="a folder for what the voices say")
    options = parser.parse_args()
    require(JUDGES_NEED, "pip install hibari-tts")
    second_ear = make_second_ear(options.second_hearing, lambda trouble: print(trouble, file=sys.stderr))
    ear, catalogue, items = make_ear(None, second_ear), FilmCatalogue(), judging_items()
    right, names = Counter[str](), sum(len(item.names) for item in items)
    for voice in JUDGES:
        say = speaker_of(voice, options.work)
        for item in items:
            review = review_of(_hear(ear, say(item.said), item.expected), item, catalogue)
            found = [name for name in item.names if has_name(review, name)]
            right[voice] += len(found)
            if options.misses and len(found) < len(item.names):
                print(f"{voice}: {', '.join(item.names)}: {review}")
        print(f"{voice}: {right[voice]} of {names} ({right[voice] / names:.1%})", flush=True)
    share = right.total() / (names * len(JUDGES))
    print(f"all: {share:.1%}; goal ({_GOAL:.0%}): {'met' if share >= _GOAL else 'not met'}")
    if second_ear is not None:
        second_ear.close()
    return 0 if share >= _GOAL else 1


def judging_items() -> list[Item]:
    """The answers of the judging set."""
    table = vendored()
    entries = [table.entry(number) for number in range(len(table.titles))]
    known = {(entry.film.title, entry.film.year): entry for entry in entries}
    data = parse_toml((JUDGING_SETS / "names.toml").read_text("utf-8"))
    return [Item(each["said"], tuple(each["names"]), known[each["film"], each["year"]]) for each in data["answer"]]


def review_of(answer: Answer, item: Item, catalogue: FilmCatalogue) -> str:
    """The text of a review that is made of this answer alone; the answer itself if it is too little for one."""
    turn = UserTurn(1, replace(answer, words=with_names(answer.words, item.expected)), question="about")
    request = ReviewRequest(
        item.entry.film,
        names=(*item.entry.directors, *item.entry.players),
        mentioned=(*films_named(catalogue, turn.answer.spoken), *people_named(catalogue.people, turn.answer.spoken)),
    )
    review = compose([turn], request)
    return " ".join(sentence.text for sentence in review.sentences) if review is not None else answer.spoken


def has_name(review: str, name: str) -> bool:
    """Whether a review has a name exactly as it is written."""
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", review) is not None


def _hear(ear: LoadedEar, samples: Samples, expected: Sequence[str]) -> Answer:
    ear.commands.expect(None)
    ear.listener.begin(completeness=lambda _: TurnCompletion.INCOMPLETE, context=expected)
    for at in range(0, len(samples), _FRAME):
        ear.listener.feed(Frame(samples[at : at + _FRAME], at))
    [answer] = [event.answer for event in ear.listener.finish() if isinstance(event, TurnEnded)]
    return answer


if __name__ == "__main__":
    run_command(main)
