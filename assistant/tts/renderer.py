"""From text to speech: one engine, asked from any thread, the urgent first."""

from __future__ import annotations

import atexit
import itertools
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field

from assistant.errors import VoiceError
from assistant.tts.engine import Engine, SpeechEngine
from assistant.tts.reliable import ReliableEngine, as_voice_error
from assistant.tts.settings import VoiceSettings
from assistant.tts.speech import Speech

LIMIT_S = 10.0
"""How long a rendering may take at least, in seconds; an ordinary one takes 10 ms."""

_CLOSE_S = 1.0
_END, _URGENT, _AHEAD = -1, 0, 1


@dataclass(order=True, frozen=True, slots=True)
class _Task:
    rank: int
    number: int
    text: str = field(compare=False, default="")
    done: Future[Speech] = field(compare=False, default_factory=Future)


_Tasks = queue.PriorityQueue[_Task]


class Renderer:
    """Renders text to `Speech`. Any thread may ask; one does the work.

    An engine that hangs or fails is replaced once, and the text tried again. Where that hangs too, the voice is lost:
    everything asked of it from then on fails at once, until it is closed and started. There should be one started
    renderer in a program, since espeak-ng has but one state for all.

    Parameters
    ----------
    settings : VoiceSettings, optional
    make_engine : callable, optional
        Makes the engine, given the settings.
    limit_s : float
        How long one rendering may take, in seconds; long texts get more.
    """

    def __init__(
        self,
        settings: VoiceSettings | None = None,
        make_engine: Callable[[VoiceSettings], Engine] = SpeechEngine,
        limit_s: float = LIMIT_S,
    ) -> None:
        self.settings = settings or VoiceSettings()
        self._make_engine = make_engine
        self._limit_s = limit_s
        self._numbers = itertools.count()
        self._state = threading.Lock()
        self._tasks: _Tasks = queue.PriorityQueue()
        self._worker: threading.Thread | None = None

    def start(self) -> None:
        """Start the engine. Does nothing where it is started already.

        Raises
        ------
        VoiceError
            The engine or the chosen voice isn't there, or doesn't start.
        """
        if self._worker is not None:
            return
        engine = ReliableEngine(lambda: self._make_engine(self.settings), self._limit_s)
        engine.open()
        # Engine and tasks are this start's own, so that a worker that still hangs from an earlier one is no bother.
        self._tasks = queue.PriorityQueue()
        self._worker = threading.Thread(target=_work, args=(self._tasks, engine), name="voice-renderer", daemon=True)
        self._worker.start()
        # A daemon thread is cut off in mid-work when the program ends, and would leave a sound file behind.
        atexit.register(self.close)

    def close(self) -> None:
        """Drop what is still to be rendered and let go of the engine. May be called twice."""
        with self._state:
            worker, self._worker = self._worker, None
            if worker is None:
                return
            self._tasks.put(_Task(_END, next(self._numbers)))
        atexit.unregister(self.close)
        # One that hangs ends by itself at its time limit; nobody need wait for it.
        worker.join(_CLOSE_S)

    def render(self, text: str) -> Speech:
        """The sound of `text`, before anything that was submitted without urgency.

        Raises
        ------
        VoiceError
            It can't be rendered, or the renderer isn't started.
        """
        return self.submit(text).result()

    def submit(self, text: str, *, urgent: bool = True) -> Future[Speech]:
        """Ask for the sound of `text`, and go on.

        Returns
        -------
        Future of Speech
            May be cancelled as long as it hasn't begun. Fails with VoiceError.

        Raises
        ------
        VoiceError
            The renderer isn't started.
        """
        task = _Task(_URGENT if urgent else _AHEAD, next(self._numbers), text)
        with self._state:
            if self._worker is None:
                raise _closed()
            self._tasks.put(task)
        return task.done


def _work(tasks: _Tasks, engine: ReliableEngine) -> None:
    while (task := tasks.get()).rank != _END:
        if not task.done.set_running_or_notify_cancel():
            continue
        try:
            speech = engine.render(task.text)
        except Exception as error:
            task.done.set_exception(as_voice_error(error))
        else:
            task.done.set_result(speech)
    engine.leave()
    while not tasks.empty():
        left = tasks.get().done
        if left.set_running_or_notify_cancel():
            left.set_exception(_closed())


def _closed() -> VoiceError:
    return VoiceError("The voice isn't started, or was closed.")
