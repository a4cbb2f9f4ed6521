"""Kill conversations at any moment from the last answer until after delivery, and check what became of them.

The session, the conversation, the composing, the store, the outbox, the outlets and the servers are real; only the
listening is simulated: answers come as words, so that a conversation takes a fraction of a second.
"""

from __future__ import annotations

import base64
import csv
import json
import multiprocessing
import random
import signal
import statistics
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

from assistant import reviews
from assistant.asr.events import Event, TurnEnded
from assistant.delivery import Outbox, RetryScope, destinations
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import default_script
from assistant.session.components import SessionComponents
from assistant.session.session import Session
from assistant.store import Store
from assistant.tts.voice import SilentVoice
from assistant.turns.answer import Answer
from assistant.turns.audio import AnswerAudio
from tools.notation import answer_of
from tools.paths import ROOT
from tools.simulation.http_servers import TOKEN, NeoDbServer, Receiver, serving

ANSWERS: dict[str, tuple[str, ...]] = {
    "romance": ("romantic",),
    "voice": ("introspective",),
    "emotional_movies": ("i used to stay away from them but now i go looking for them",),
    "film": ("her",),
    "about": (
        "it stayed with me for days because the main character is so lonely and so kind and i know that feeling",
        "the colors are warm and the music sounds like a piano in the next room and i loved that",
        "joaquin phoenix is alone in nearly every picture and i believed every word of it",
        "that's all",
    ),
    "stars": ("four and a half stars",),
    "review": ("send review", "yes"),
}
ENVIRONMENT = {
    "ASSISTANT_WEBHOOK_SECRET": "whsec_" + base64.b64encode(bytes(range(32))).decode(),
    "ASSISTANT_NEODB_TOKEN": TOKEN,
    # The fork server of some Python versions doesn't inherit its parent's import path.
    "PYTHONPATH": str(ROOT),
}
"""The environment of the processes; set it before the first of them is started."""

LAST = "stars"
"""The question whose answer is the last one that goes into the review."""

OUTLETS = ("markdown", "letterboxd_csv", "json", "neodb", "webhook", "command")


def settings_for(folder: Path, webhook: Receiver, neodb: NeoDbServer) -> Path:
    """Set up all outlets; the command writes to the file ``commanded``."""
    path = folder / "settings.toml"
    program = json.dumps(["/bin/sh", "-c", 'cat >>"$0"', str(folder / "commanded")])
    path.write_text(
        f'[outlets.json]\n[outlets.webhook]\nurl = "{webhook.url}"\n'
        f'[outlets.neodb]\nserver = "{neodb.url}"\nvisibility = "public"\n'
        f"[outlets.command]\nsend_to = {program}\n"
    )
    return path


KEPT = b"the last answer is on disk"
SENDING = b"they say that it is to be sent"
DONE = b"it has been delivered"


class Ears:
    """Hears one answer to each question: source, listener and watcher in one."""

    name = "words"
    dropped = 0

    def __init__(self, told: Connection) -> None:
        self._left = {question: list(answers) for question, answers in ANSWERS.items()}
        self._question: str | None = None
        self._told = told
        self.audio = AnswerAudio()

    def attend(self, label: str | None) -> None:
        """Set the question that is answered next."""
        self._question = label

    def read(self) -> None:
        """No sound: the source has ended."""
        return

    def begin(self, *_: object, **__: object) -> None:
        """Nothing to get ready."""
        pass

    def finish(self) -> list[Event]:
        """The answer to the question, as a turn that has ended."""
        if self._question == "review":
            self._told.send_bytes(SENDING)
        answers = self._left.get(self._question or "", [])
        return [TurnEnded(answer_of(answers.pop(0)) if answers else Answer())]

    def heard(self, *_: object) -> None:
        """Tell the test when the last answer is kept."""
        if self._question == LAST:
            self._told.send_bytes(KEPT)

    def __getattr__(self, name: str) -> Callable[..., None]:
        return lambda *_: None  # other events don't matter here


def converse(folder: Path, settings: Path, told: Connection) -> None:
    """Hold the conversation, and stay for a little while after it, so that we can be killed then, too."""
    ears = cast("Any", Ears(told))
    with Store(folder / "data") as store:
        where = destinations(folder / "out", settings)
        parts = SessionComponents(ears, ears, "words", SilentVoice(), store, ears, where)
        Session(parts, Conversation(default_script()), interview="default").run()
        told.send_bytes(DONE)
    time.sleep(0.05)


def start_again(folder: Path, settings: Path, began: Connection) -> None:
    """Start again: deliver a sent review; otherwise send it, as a person does who didn't hear that it was sent."""
    began.send_bytes(b"began")
    with Store(folder / "data") as store:
        session = store.sessions()[0]
        if session.status == "unsent":
            store.send(session.id, destinations(folder / "out", settings))
        Outbox(store).deliver_due(RetryScope.EVERYTHING)


@dataclass
class Tally:
    """What became of the conversations: how many were killed in each phase, and what went wrong."""

    killed: Counter[str] = field(default_factory=Counter)
    killed_again: int = 0
    resent: int = 0
    told: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        phases = ", ".join(f"{count} {phase}" for phase, count in sorted(self.killed.items()))
        return (
            f"Killed {self.killed.total()} times: {phases}; {self.killed_again} of them killed a second time.\n"
            f"Messages that a receiver saw again under the same id: {self.resent}. "
            f"Commands cut off and told: {self.told}.\n"
            f"Lost or delivered twice: {len(self.wrong)}." + "".join(f"\n  {one}" for one in self.wrong)
        )


class CrashTest:
    """Kills conversations, one after another.

    Processes are forked from a clean one with everything loaded (a fork server), so that each moment falls into the
    conversation, not into the start of Python.
    """

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder = folder
        self._chance = random.Random(seed)
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(
            [__name__, "requests", "assistant.delivery.neodb", "assistant.delivery.webhook"]
        )

    def run(self, times: int) -> Tally:
        """Kill `times` conversations and check each."""
        tally = Tally()
        whole_s = {
            since: statistics.median(
                self._once(f"{since.decode()} {number}", since, None, tally) for number in range(3)
            )
            for since in (KEPT, SENDING)
        }
        for number in range(times):
            # Every other one after sending: composing takes most of the time, and most can go wrong in delivery.
            since = (KEPT, SENDING)[number % 2]
            # Spread evenly, so that every phase has its share.
            moment_s = 1.1 * whole_s[since] * (number + self._chance.random()) / times
            self._once(str(number), since, moment_s, tally)
        return tally

    def _once(self, name: str, since: bytes, moment_s: float | None, tally: Tally) -> float:
        """Hold a conversation and kill it `moment_s` after a certain point; never if that is None.

        Returns
        -------
        float
            Seconds from that point to the end, if it wasn't killed.
        """
        folder = self._folder / name
        folder.mkdir(parents=True)
        with ExitStack() as stack:
            webhook, neodb = Receiver(), NeoDbServer()
            stack.enter_context(serving(webhook))
            stack.enter_context(serving(neodb))
            neodb.add("Her", 2013, "tt1798709")
            settings = settings_for(folder, webhook, neodb)
            took_s = self._converse(folder, settings, since, moment_s)
            if moment_s is not None:
                tally.killed[self._phase(folder)] += 1
            if moment_s is not None and self._chance.random() < 0.3:
                tally.killed_again += 1
                self._start_again(folder, settings, self._chance.uniform(0, 0.05))
            self._start_again(folder, settings, None)
            try:
                self._check(folder, webhook, neodb, tally)
            except AssertionError as error:
                tally.wrong.append(f"{name}, killed {moment_s} s after “{since.decode()}”: {error}")
        return took_s

    def _converse(self, folder: Path, settings: Path, since: bytes, moment_s: float | None) -> float:
        here, there = self._context.Pipe(duplex=False)
        process = self._context.Process(target=converse, args=(folder, settings, there))
        process.start()
        there.close()
        _wait_for(here, since)
        began_s = time.monotonic()
        if moment_s is None:
            _wait_for(here, DONE)
        else:
            time.sleep(moment_s)  # the moment is what's tested
            process.kill()
        took_s = time.monotonic() - began_s
        self._ended(process, moment_s is not None)
        return took_s

    def _start_again(self, folder: Path, settings: Path, moment_s: float | None) -> None:
        here, there = self._context.Pipe(duplex=False)
        process = self._context.Process(target=start_again, args=(folder, settings, there))
        process.start()
        there.close()
        here.recv_bytes()
        if moment_s is not None:
            time.sleep(moment_s)
            process.kill()
        self._ended(process, moment_s is not None)

    def _ended(self, process: BaseProcess, killed: bool) -> None:
        process.join()
        # A process that ended before it was killed counts as ended.
        assert process.exitcode in ({0, -signal.SIGKILL} if killed else {0}), process.exitcode

    def _phase(self, folder: Path) -> str:
        """The phase in which it was killed. Opening the store ends the session, as the next start would."""
        with Store(folder / "data") as store:
            session = store.sessions()[0]
            if session.status == "abandoned":
                return "before the review was made"
            if session.status == "unsent":
                return "before it was sent"
            entries = store.entries(session.id)
            if all(entry.state == "delivered" for entry in entries):
                return "after delivery"
            return "during delivery"

    def _check(self, folder: Path, webhook: Receiver, neodb: NeoDbServer, tally: Tally) -> None:
        with Store(folder / "data") as store:
            session = store.sessions()[0]
            self._check_answers(store, session.id)
            if session.status == "abandoned":
                assert not store.has_review(session.id), "there is a review, and the session counts as abandoned"
                assert not webhook.requests, "something was delivered that wasn't sent"
                assert not neodb.reviews, "something was delivered that wasn't sent"
                assert not (folder / "out").exists(), "something was delivered that wasn't sent"
                return
            text = store.review(session.id).review.text
            states = {entry.destination.outlet: entry.state for entry in store.entries(session.id)}
            commanded = folder / "commanded"
            runs = commanded.read_text(encoding="utf-8").count(text) if commanded.exists() else 0
            if states["command"] == "failed":
                # It may have run or not, and we can't know; the person is told so.
                tally.told += 1
                assert "cut off before it ended" in str(store.entries(session.id)[-1].last_error)
                assert runs <= 1, f"the command ran {runs} times"
                states["command"] = "delivered"
            else:
                assert runs == 1, f"the command ran {runs} times"
            assert states == dict.fromkeys(OUTLETS, "delivered"), states
            told = reviews.document(store, session.id)
        self._check_files(folder / "out", text)
        ids = [request.headers["webhook-id"] for request in webhook.requests]
        assert len(set(ids)) == 1, f"the webhook had {len(set(ids))} messages"
        assert len({request.body for request in webhook.requests}) == 1, "the webhook had different bodies"
        tally.resent += len(ids) - 1
        assert webhook.requests[0].json["data"]["sentences"] == told["review"]["sentences"], (
            "the webhook had other words"
        )
        assert [review["body"] for review in neodb.reviews.values()] == [text], "NeoDB has other words"
        assert [mark["rating_grade"] for mark in neodb.marks.values()] == [9], "NeoDB has other stars"
        assert len(neodb.review_posts) == 1, f"the review was written to NeoDB {len(neodb.review_posts)} times"

    def _check_answers(self, store: Store, session: str) -> None:
        said = [turn.text for turn in store.turns(session) if turn.speaker == "person"]
        wanted = [text for question, answers in ANSWERS.items() if question != "review" for text in answers]
        for text in wanted[: wanted.index(ANSWERS[LAST][0]) + 1]:
            assert text in said or text == "that's all", f"lost: {text}"

    def _check_files(self, out: Path, text: str) -> None:
        files = sorted(path.name for path in (out / "reviews").iterdir())
        assert [Path(name).suffix for name in files] == [".json", ".md"], f"there are {files}"
        for name in files:
            assert text in (out / "reviews" / name).read_text(encoding="utf-8"), f"{name} has other words"
        with (out / "letterboxd.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, strict=True))
        assert [row["Rating"] for row in rows] == ["4.5"], f"there are {len(rows)} rows for Letterboxd"


def _wait_for(here: Connection, what: bytes) -> None:
    while here.recv_bytes() != what:
        pass
