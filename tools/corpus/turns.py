"""Answers with pauses for thought, by many voices, and the exact truth about where they pause and where they end.

What the end of a turn is learned from and judged by: texts and voices of the two don't meet. The sound and its truth go
into a folder of your own:

  python -m tools.corpus.turns fit FOLDER --work DIR
  python -m tools.corpus.turns judge FOLDER --work DIR

Voices for fitting are eSpeak NG's and Flite's slt and rms; for judging Hibari's (at three speeds), two of Kokoro's and
Flite's awb. DIR is where Kokoro is fetched to. Needs Debian's espeak-ng and flite, and
`pip install -c requirements.lock -e '.[tools]' hibari-tts pyworld 'setuptools<81'`.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import numpy as np
import soxr
from rich.progress import track

from assistant.audio.frame import RATE_HZ
from assistant.config import parse_toml
from tools.command import ToolError, parser_for, run_command
from tools.corpus.clip import Sound, voiced_span
from tools.corpus.engines import Engines
from tools.corpus.graded import TEXTS_FILE
from tools.corpus.kokoro import Kokoro
from tools.corpus.utterance import Filler

Split = Literal["fit", "judge"]
Place = Literal["sentence", "clause", "joint", "filler", "phrase"]
"""After a whole sentence, between two clauses, after a conjunction, after a filler, or in the middle of a phrase."""

TEXTS: Final = Path(__file__).with_name("answers.toml")
TRUTH: Final = "turns.json"

_VOICES: Final[dict[Split, tuple[str, ...]]] = {
    "fit": (
        *("flite:slt", "flite:rms") * 3,
        *(f"espeak:{name}" for name in "en-us en-us+f3 en-gb en-gb+m7 en-gb-x-rp+f2 en-us+m3 en-029+Andrea".split()),
    ),
    "judge": (
        "hibari:0.9",
        "kokoro:am_michael",
        "flite:awb",
        "hibari:1.1",
        "kokoro:bf_emma",
        "flite:awb",
        "hibari:1.0",
    ),
}
_TIMES: Final = 2
"""How often each text is said, each time by another voice and with other pauses."""

_PAUSE_MEDIAN_S, _PAUSE_SPREAD = 0.75, 0.6
_SHORTEST_S, _LONGEST_S = 0.3, 3.0
"""Pauses are log-normal; longer than in conversation (0.53 s, docs/sensing.md), since these people think. Ours."""

_PAUSED: Final = 0.75
"""The share of the bars of a short answer at which the speaker pauses."""
_FILLER: Final = 0.15
"""The share of other places than ends of sentences where a filler comes before the pause."""
_PAUSED_AT: Final[dict[Place, float]] = {"sentence": 0.9, "clause": 0.45, "joint": 0.2, "filler": 0.0, "phrase": 0.05}
"""The share of places in a longer answer at which the speaker pauses."""

_FADE_S, _MARGIN_S, _LEAD_S, _TAIL_S = 0.01, 0.03, 0.5, 4.0
_NOISE_DBFS, _SPEECH_DBFS = -62.0, -28.0

_JOINTS = frozenset("and but so because or although while when who which that if as until".split())
_LEADING = frozenset("a an the of to in on at with for his her my their it's is was were i he she they very".split())
_FILLED = re.compile(r"\b(?:um|uh|hmm),?$", re.IGNORECASE)
_ENGINE_FILLERS = {"um": (("ʌ", 0.2), ("m", 0.2)), "uh": (("ʌ", 0.3),)}


@dataclass(frozen=True, slots=True)
class Piece:
    """Words said in one breath, then a pause (none at the end) at a kind of place."""

    text: str
    place: Place | None = None
    pause_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence inside an answer, in seconds."""

    start_s: float
    end_s: float
    place: Place


@dataclass(frozen=True, slots=True)
class Turn:
    """An answer as it was said: its file, the kind of question, and the truth in seconds."""

    file: str
    kind: str
    voice: str
    text: str
    pauses: tuple[Pause, ...]
    start_s: float
    end_s: float


def pieces_of(text: str, chance: random.Random) -> list[Piece]:
    """Draw where a speaker pauses in a text with bars, and for how long."""
    pieces: list[Piece] = []
    begun = ""
    *parts, last = (part.strip() for part in text.split("|"))
    for part in parts:
        begun = f"{begun} {part}".strip()
        place = place_after(begun)
        if chance.random() < _PAUSED:
            pieces.append(_paused(begun, place, chance))
            begun = ""
    return [*pieces, Piece(f"{begun} {last}".strip())]


def with_bars(text: str, chance: random.Random) -> str:
    """Draw where a speaker may stop to think in a text without bars."""
    words = text.split()
    found = []
    for number, word in enumerate(words[:-1]):
        found.append(word)
        place = place_after(word)
        if word[-1].isalpha() and words[number + 1].lower() in _JOINTS:
            place = "clause"
        if chance.random() < _PAUSED_AT[place] / _PAUSED:
            found.append("|")
    return " ".join([*found, words[-1]])


def place_after(text: str) -> Place:
    """The kind of place after a text."""
    if _FILLED.search(text):
        return "filler"
    if text[-1] in ".?!":
        return "sentence"
    if text[-1] == ",":
        return "clause"
    return "joint" if text.rsplit(maxsplit=1)[-1].lower() in _JOINTS else "phrase"


def _paused(text: str, place: Place, chance: random.Random) -> Piece:
    if place in {"clause", "joint", "phrase"} and chance.random() < _FILLER:
        text, place = f"{text.rstrip(',')}, {chance.choice(('um', 'uh'))}", "filler"
    pause_s = min(max(chance.lognormvariate(np.log(_PAUSE_MEDIAN_S), _PAUSE_SPREAD), _SHORTEST_S), _LONGEST_S)
    return Piece(text, place, round(pause_s, 2))


def drawn(split: Split) -> list[tuple[str, str, str, list[Piece]]]:
    """All answers of a split: name, kind of question, voice, and pieces. They are the same in every run."""
    short: dict[str, list[str]] = parse_toml(TEXTS.read_text("utf-8"))[split]
    listed = [(kind, text, False) for kind, texts in short.items() for text in texts]
    graded = parse_toml(TEXTS_FILE.read_text("utf-8"))["development" if split == "fit" else "held_out"]
    listed += [("about", text, True) for text in graded]
    answers = []
    for number, (kind, text, is_long) in enumerate(listed):
        for time in range(_TIMES):
            chance = random.Random(f"{split} {number} {time}")
            voices = _VOICES[split]
            voice = voices[(number + time * (len(voices) // 2 + 1)) % len(voices)]
            bars = with_bars(text, chance) if is_long else text
            answers.append((f"{kind}-{number:03}-{time}", kind, voice, pieces_of(bars, chance)))
    return answers


def perform(pieces: Sequence[Piece], say: Callable[[str], tuple[Sound, int]]) -> tuple[Sound, list[Pause], float]:
    """Say the pieces and join them, with silence at the end; return the sound at 16 kHz, the pauses, and the end."""
    sounds: list[Sound] = [np.zeros(int(_LEAD_S * RATE_HZ), np.float32)]
    pauses: list[Pause] = []
    at_s = _LEAD_S
    for piece in pieces:
        sound, rate_hz = say(_sayable(piece))
        first_s, last_s = voiced_span(sound, rate_hz)
        cut = sound[max(0, round((first_s - _FADE_S) * rate_hz)) : round((last_s + _MARGIN_S) * rate_hz)].copy()
        fade = round(_MARGIN_S * rate_hz)
        cut[-fade:] *= np.linspace(1, 0, fade, dtype=np.float32)
        power = float(np.mean(np.square(cut, dtype=np.float64)))
        cut *= np.float32(np.sqrt(10 ** (_SPEECH_DBFS / 10) / power))
        heard = np.asarray(soxr.resample(cut, rate_hz, RATE_HZ), np.float32)
        end_s = at_s + len(heard) / RATE_HZ - _MARGIN_S
        silence_s = piece.pause_s - _FADE_S - _MARGIN_S if piece.place else _TAIL_S
        sounds += [heard, np.zeros(int(silence_s * RATE_HZ), np.float32)]
        if piece.place:
            pauses.append(Pause(round(end_s, 3), round(end_s + piece.pause_s, 3), piece.place))
        at_s += len(heard) / RATE_HZ + int(silence_s * RATE_HZ) / RATE_HZ
    noise = np.random.default_rng(len(pieces)).normal(0, 10 ** (_NOISE_DBFS / 20), sum(map(len, sounds)))
    return np.concatenate(sounds) + noise.astype(np.float32), pauses, round(end_s, 3)


def _sayable(piece: Piece) -> str:
    """The text with punctuation that tells a synthesiser whether more is to come."""
    unfinished = piece.place is not None and piece.text[-1] not in ".?!,"
    return f"{piece.text}," if unfinished else piece.text


def _speaker(voice: str, work: Path) -> Callable[[str], tuple[Sound, int]]:
    if voice.startswith("hibari:"):
        speed = float(voice.partition(":")[2])
        return lambda text: (_hibari()(text, speed, 1), _hibari().sample_rate)
    engine = _kokoro(work) if voice.startswith("kokoro:") else Engines(work)

    def say(text: str) -> tuple[Sound, int]:
        parts: list[str | Filler] = []
        for part in re.split(r"\b(um|uh)\b[,.]?", text, flags=re.IGNORECASE):
            if part.lower() in _ENGINE_FILLERS:
                parts.append(Filler(part.lower(), _ENGINE_FILLERS[part.lower()]))
            elif re.search(r"\w", part):
                parts.append(part.strip())
        spoken = engine.speak(voice, parts, 1.0)
        return spoken.sound, spoken.rate_hz

    return say


@cache
def _hibari() -> Any:  # noqa: ANN401 - it has no types
    from hibari import Hibari

    return Hibari()


@cache
def _kokoro(work: Path) -> Kokoro:
    return Kokoro(work, 1)


def truth_of(folder: Path) -> list[Turn]:
    """The truth about a folder's answers.

    Raises
    ------
    ToolError
        If there is none.
    """
    try:
        listed: list[dict[str, Any]] = json.loads((folder / TRUTH).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ToolError(f"There is no {TRUTH} in {folder}. Make it with: python -m tools.corpus.turns") from error
    return [Turn(**{**each, "pauses": tuple(Pause(**pause) for pause in each["pauses"])}) for each in listed]


def make(split: Split, folder: Path, work: Path) -> list[Turn]:
    """Say all answers of a split, and write them with their truth into a folder."""
    import soundfile

    folder.mkdir(parents=True, exist_ok=True)
    turns = []
    for name, kind, voice, pieces in track(drawn(split), description=split):
        path = folder / f"{name}.flac"
        sound, pauses, end_s = perform(pieces, _speaker(voice, work))
        soundfile.write(path, sound, RATE_HZ)
        text = " ".join(piece.text for piece in pieces)
        turns.append(Turn(path.name, kind, voice, text, tuple(pauses), _LEAD_S, end_s))
    (folder / TRUTH).write_text(json.dumps([asdict(turn) for turn in turns], ensure_ascii=False, indent=1), "utf-8")
    return turns


def main() -> None:
    """Make the answers."""
    parser = parser_for("tools.corpus.turns", __doc__)
    parser.add_argument("split", choices=("fit", "judge"), help="which texts and voices")
    parser.add_argument("folder", type=Path, help="where the recordings go")
    parser.add_argument("--work", type=Path, required=True, metavar="DIR", help="where Kokoro is fetched to")
    options = parser.parse_args()
    turns = make(options.split, options.folder, options.work)
    print(f"{len(turns)} answers with {sum(len(turn.pauses) for turn in turns)} pauses in them")


if __name__ == "__main__":
    run_command(main)
