"""Measure how soon the assistant replies, as an observer hears it, in a room made of a sound server.

A simulated user holds the conversation of tests/recordings/fluent in real time (two minutes). For each answer, this
prints the time from the end of the user's last word to the first sample of the reply, and how much of it is the silence
that ends a turn. The rest is the program's own work, including the latencies of microphone and speaker.
"""

from __future__ import annotations

import json
import statistics
import sys
import tempfile

from tools.command import parser_for, run_command
from tools.paths import RECORDINGS
from tools.simulation.program import run
from tools.simulation.sound_room import SoundRoom
from tools.simulation.user import SimulatedUser


def main() -> None:
    """Run the command."""
    parser_for("tools.benchmarks.latency", __doc__).parse_args()
    with tempfile.TemporaryDirectory() as folder, SoundRoom() as room:
        user = SimulatedUser(room, RECORDINGS / "fluent")
        code = user.talk("talk", "--data", folder, "--out", folder)
        if code:
            sys.exit(f"The conversation ended with exit code {code}:\n" + "\n".join(user.captions[-5:]))
        session = run("reviews", "list", "--data", folder).stdout.split()[0]
        shown = json.loads(run("reviews", "show", session, "--json", "--data", folder).stdout)
        turns = [turn for turn in shown["turns"] if turn["speaker"] == "person"]
    if len(turns) != len(user.exchanges):
        sys.exit(
            f"The user answered {len(user.exchanges)} times, and {len(turns)} answers were heard: one was cut, or put "
            "together with another one. Which reply came after which can't be told. Try again on an idle machine."
        )
    print(f"{'question':<18} {'reply after':>12} {'of it silence':>14} {'own work':>10}")
    works = []
    for turn, exchange in zip(turns, user.exchanges, strict=True):
        spoken_until_s = turn["analysis"]["speech_end_s"]
        if exchange.reply_began is None or spoken_until_s is None:
            continue
        gap_ms = 1000 * (exchange.reply_began - exchange.answer_ended)
        silence_ms = 1000 * (turn["analysis"]["duration_s"] - spoken_until_s)
        works.append(gap_ms - silence_ms)
        print(f"{exchange.question:<18} {gap_ms:9.0f} ms {silence_ms:11.0f} ms {works[-1]:7.0f} ms")
    print(f"Own work, median of {len(works)}: {statistics.median(works):.0f} ms (the goal is 150 ms)")


if __name__ == "__main__":
    run_command(main)
