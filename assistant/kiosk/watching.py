"""What a kiosk notes of a session: what happens, and never a word of what is said."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

from assistant.audio.frame import Frame
from assistant.kiosk.health import Health
from assistant.session.components import Watcher
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment

_log = logging.getLogger("assistant.kiosk")


class KioskLog(Watcher):
    """Watches sessions for a kiosk's log, its health and its watchdog.

    Parameters
    ----------
    health : Health, optional
        Counts.
    beat : callable, optional
        Called whenever something goes on.
    """

    def __init__(self, health: Health | None = None, beat: Callable[[], object] = lambda: None) -> None:
        self._health = health or Health()
        self._beat = beat
        self._answered_at: float | None = None
        self.question: str | None = None
        """The question that was asked last."""

    def said(self, text: str, question: str | None) -> None:
        """Log which question is asked."""
        self._beat()
        if question is not None:
            self.question = question
            _log.info("asking: %s", question, extra={"facts": {"event": "asking", "question": question}})

    def speaking(self, sentence: str) -> None:
        """Note when the reply begins."""
        self._beat()
        if self._answered_at is not None:
            self._health.replied(time.monotonic() - self._answered_at)
            self._answered_at = None

    def sound(self, frame: Frame) -> None:
        """Note that sound comes."""
        self._beat()

    def heard(self, answer: Answer, assessment: Assessment | None) -> None:
        """Log how much was heard."""
        self._beat()
        self._answered_at = time.monotonic()
        facts = {
            "event": "heard",
            "question": self.question,
            "words": len(answer.words),
            "duration_s": round(answer.duration_s, 1),
            "ended": answer.ended.value,
        }
        _log.info(
            "heard %d words in %.1f s (%s)",
            len(answer.words),
            answer.duration_s,
            answer.ended.value,
            extra={"facts": facts},
        )
        self._health.answers += 1
        if answer.lost_s:
            self._health.lost += 1
            lost = {"event": "lost", "seconds": round(answer.lost_s, 2)}
            _log.warning("%.2f s of sound were lost on the way", answer.lost_s, extra={"facts": lost})

    def warned(self, sentence: str) -> None:
        """Log what is wrong with the microphone."""
        _log.warning("%s", sentence, extra={"facts": {"event": "microphone"}})

    def composing(self) -> None:
        """Log that the review is being composed."""
        self._beat()
        _log.info("composing", extra={"facts": {"event": "composing"}})

    def delivered(self, path: str) -> None:
        """Log that a review has arrived: in which folder, since the file's name has the film in it."""
        self._beat()
        self._health.deliveries["delivered"] += 1
        where = path if "://" in path else str(Path(path).parent)
        _log.info("delivered to %s", where, extra={"facts": {"event": "delivered"}})

    def undelivered(self, outlet: str, why: str) -> None:
        """Log why a review hasn't arrived: once the person is forgotten, the reason is nowhere else."""
        self._health.deliveries["undelivered"] += 1
        facts = {"event": "undelivered", "outlet": outlet}
        _log.warning("not delivered to %s: %s", outlet, why, extra={"facts": facts})
