"""Measure what becomes of people whom the assistant cuts off.

First by the audio clock: answers of tests/recordings are cut into two at each of their pauses. The person waits in
between until the assistant has begun to speak, and goes on a certain time after its first sound. An answer is whole if
the conversation goes on as it does after the same answer without that pause. Words are lost if they were heard in the
undivided answer and not in this one.

With ``--room N``, instead, in a room made of a sound server: N times, a voice begins over a prompt, and an observer
notes how long it takes until the speaker is silent.
"""

from __future__ import annotations

import random
import statistics
import tempfile
import threading
import time
from collections import Counter
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import soundfile

from assistant.asr.interruption import Interruption
from assistant.audio.frame import RATE_HZ, Samples
from assistant.audio.microphone import Microphone
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import default_script
from assistant.session.assembly import make_ear, make_voice
from assistant.session.barge_in import BargeIn
from assistant.session.components import SessionComponents, Watcher
from assistant.session.options import SessionOptions
from assistant.session.session import Session
from assistant.store import Store
from tools.command import parser_for
from tools.simulation.desk import Desk, GoneError, Speaker, part_of, words_in
from tools.simulation.pace import first_in_line
from tools.simulation.sound_room import SoundRoom, SpeakerRecording

_ANSWERS = tuple(
    f"{who}/{name}" for who in ("fluent", "her") for name in ("emotional_movies", "about-1", "about-2", "about-3")
)
_GOES_ON_S = (-0.1, 0.1, 0.5, 0.9, 1.3)
"""Seconds from the assistant's first sound to the person's next one."""
_SHORTEST_GAP_S = 0.2
_LOUD = 200


@dataclass(frozen=True)
class Heard:
    """What came of an answer: what was heard, turn by turn, and what the assistant said next."""

    turns: tuple[str, ...]
    next: str


class Listening:
    """Hears what a person answers when asked about emotional movies; the next question is about the film."""

    def __init__(self, folder: Path) -> None:
        self._ear = make_ear(None)
        self._folder = folder
        script = default_script()
        asked = tuple(each for each in script.question if each.id in ("emotional_movies", "about", "review"))
        self._script = script.model_copy(update={"question": asked})

    def hear(self, sound: Samples, rest: Samples | None = None, goes_on_s: float = 0.0) -> Heard:
        """Hear an answer, and the rest of it, which comes so long after the first sound of the reply."""
        desk, ear = Desk(), self._ear
        person = Speaker(desk, [("", rest, goes_on_s)] if rest is not None else [], [sound])
        barge_in = BargeIn(desk, Interruption(ear.words))
        with Store(self._folder) as store:
            parts = SessionComponents(
                desk, ear.listener, ear.model, desk, store, person, (), commands=ear.commands, barge_in=barge_in
            )
            session = Session(parts, Conversation(self._script))
            with suppress(GoneError):
                session.run()
            turns = tuple(turn.text for turn in store.turns(session.id) if turn.speaker == "person")
        return Heard(turns, person.log[-1])


def parts_of(recording: str) -> list[tuple[Samples, Samples]]:
    """A recording cut into two, at each of its pauses in turn."""
    words = words_in(recording)
    gaps = [at for at in range(2, len(words) - 1) if words[at]["start_s"] - words[at - 1]["end_s"] >= _SHORTEST_GAP_S]
    return [(part_of(recording, 0, at - 1), part_of(recording, at)) for at in gaps]


def measure_wholes(folder: Path) -> None:
    """Print how many of the answers that are cut off end as one, and how many words are lost."""
    listening = Listening(folder)
    wholes, words, lost, taken = 0, 0, 0, 0
    cases = [(name, *parts) for name in _ANSWERS for parts in parts_of(name)]
    for number, (name, first, rest) in enumerate(cases):
        goes_on_s = _GOES_ON_S[number % len(_GOES_ON_S)]
        undivided = listening.hear(np.concatenate((first, np.zeros(RATE_HZ // 4, np.int16), rest)))
        heard = listening.hear(first, rest, goes_on_s)
        expected = Counter(undivided.turns[0].split())
        missing = sum((expected - Counter(" ".join(heard.turns).split())).values())
        is_whole = len(heard.turns) == 1 and heard.next == undivided.next
        wholes, words, lost = wholes + is_whole, words + expected.total(), lost + missing
        taken += len(heard.turns) > 1
        if not is_whole or missing:
            print(f"{name}, {goes_on_s:+.1f} s: {missing} words lost: {' / '.join(heard.turns)} → {heard.next}")
    print(f"{wholes} of {len(cases)} answers that were cut off ended as one; {taken} were taken for two")
    print(f"{lost} of {words} words lost ({lost / words:.1%})")


def measure_silence(times: int) -> None:
    """Print how long it takes in a real room until the speaker is silent."""
    chosen, draw = SessionOptions(rate_wpm=170), random.Random(1)
    voices = [(name, part_of(name, 0, 8)) for name in _ANSWERS]
    took_ms = []
    with SoundRoom() as room, first_in_line(), tempfile.TemporaryDirectory() as folder:
        paths = []
        for number, (_, sound) in enumerate(voices):
            paths.append(Path(folder) / f"{number}.wav")
            soundfile.write(paths[-1], sound, RATE_HZ)
        ear, voice = make_ear(None), make_voice(chosen, print, Watcher())
        with Microphone() as microphone, closing(voice):
            voice.start()
            barge_in = BargeIn(microphone, Interruption(ear.words))
            for number in range(times):
                microphone.attend(None)
                barge_in.listen_on()
                with room.recording() as speaker, room.recording("room") as heard:
                    timer = threading.Timer(draw.uniform(0.1, 1.2), room.say, [paths[number % len(paths)]])
                    timer.start()
                    barge_in.say(voice, "Thank you for telling me. Which film is your review about?", may_break_in=True)
                    timer.join()
                    time.sleep(0.3)
                    onset, silent = np.flatnonzero(_loud(heard)), np.flatnonzero(_loud(speaker))
                    if len(onset) and len(silent):
                        took_s = speaker.time_of(int(silent[-1])) - heard.time_of(int(onset[0]))
                        took_ms.append(1000 * took_s)
                barge_in.taken()
    ranked = sorted(took_ms)
    print(f"silent after {statistics.median(ranked):.0f} ms (median of {len(ranked)}), ", end="")
    print(
        f"95 % within {ranked[min(len(ranked) - 1, round(0.95 * len(ranked)))]:.0f} ms, all within {ranked[-1]:.0f} ms"
    )


def _loud(recording: SpeakerRecording) -> npt.NDArray[np.bool_]:
    return np.abs(recording.up_to_now().astype(np.int32)) > _LOUD


def main() -> None:
    """Run the command."""
    parser = parser_for("tools.benchmarks.floor", __doc__)
    parser.add_argument("--room", type=int, metavar="N", help="only measure in a room, with this many voices")
    chosen = parser.parse_args()
    if chosen.room:
        measure_silence(chosen.room)
        return
    with tempfile.TemporaryDirectory() as folder:
        measure_wholes(Path(folder))


if __name__ == "__main__":
    main()
