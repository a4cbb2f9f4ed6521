"""From text to speech: one engine, asked from any thread, the urgent first; with a time limit and a second chance."""

from __future__ import annotations

import atexit
import itertools
import logging
import os
import queue
import shutil
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as OutOfTime
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from assistant.errors import VoiceError
from assistant.tts.engine import Engine, UnspeakableError, VoiceSettings
from assistant.tts.engines import make_engine
from assistant.tts.speech import Speech, speakable, trim_silence

_log = logging.getLogger(__name__)
RENDER_LIMIT_S = 10.0
"""How long a rendering may take at least, in seconds; an ordinary one takes 10 ms."""
_LIMIT_A_SIGN_S = 0.02
_CLOSE_S = 1.0
_MEMORY = Path("/dev/shm")  # noqa: S108 (files in memory; each prompt gets a private folder there)
_RATE_OF_NOTHING_HZ = 22_050
_END, _URGENT, _AHEAD = -1, 0, 1


class EngineThread:
    """Runs an engine on its own thread, one task at a time, each with a time limit.

    An engine that overstays its limit is left behind together with its thread (a daemon, so that it doesn't keep the
    program from ending); nothing can be asked of it again.

    Parameters
    ----------
    make : callable
        Makes the engine; called on the thread.
    """

    def __init__(self, make: Callable[[], Engine]) -> None:
        self._make = make
        self._tasks: queue.SimpleQueue[tuple[Future[None], str, Path] | None] = queue.SimpleQueue()
        self._opened: Future[None] = Future()

    def open(self, limit_s: float) -> None:
        """Start the thread and the engine on it.

        Raises
        ------
        VoiceError
            What the engine says.
        concurrent.futures.TimeoutError
            It didn't open in `limit_s` seconds.
        """
        threading.Thread(target=self._run, name="voice-engine", daemon=True).start()
        self._opened.result(limit_s)

    def synthesise(self, text: str, path: Path, limit_s: float) -> None:
        """Have the engine write the sound of `text` to `path`.

        Raises
        ------
        VoiceError
            What the engine says.
        concurrent.futures.TimeoutError
            It wasn't done in `limit_s` seconds.
        """
        done: Future[None] = Future()
        self._tasks.put((done, text, path))
        done.result(limit_s)

    def leave(self) -> None:
        """Let the thread end after what it is doing now, if ever it ends."""
        self._tasks.put(None)

    def _run(self) -> None:
        try:
            engine = self._make()
            engine.open()
        except BaseException as error:  # whatever it is, the one who waits must hear of it
            self._opened.set_exception(error)
            return
        self._opened.set_result(None)
        while (task := self._tasks.get()) is not None:
            done, text, path = task
            try:
                engine.synthesise(text, path)
            except BaseException as error:
                done.set_exception(error)
            else:
                done.set_result(None)


class ReliableEngine:
    """An engine that is replaced, once a text, when it hangs or fails; given up when it hangs again.

    Parameters
    ----------
    make : callable
        Makes an engine.
    limit_s : float
        How long one rendering may take, in seconds; long texts get more.
    """

    def __init__(self, make: Callable[[], Engine], limit_s: float) -> None:
        self._make = make
        self._limit_s = limit_s
        self._thread: EngineThread | None = None

    def open(self) -> None:
        """Start the engine.

        Raises
        ------
        VoiceError
            It isn't there, or doesn't start.
        """
        thread = EngineThread(self._make)
        try:
            thread.open(self._limit_s)
        except Exception as error:
            thread.leave()
            raise as_voice_error(error) from error
        self._thread = thread

    def leave(self) -> None:
        """Let go of the engine."""
        if self._thread is not None:
            self._thread.leave()
            self._thread = None

    def render(self, text: str) -> Speech:
        """The sound of `text`; of no length where there is nothing in it to say.

        Raises
        ------
        VoiceError
            It failed twice, or the engine was given up before.
        """
        said = speakable(text)
        if not said:
            return Speech(np.zeros(0, np.int16), _RATE_OF_NOTHING_HZ, text)
        if self._thread is None:
            raise VoiceError("The voice stopped answering and was given up.")
        try:
            return self._attempt(self._thread, said, text)
        except (OutOfTime, VoiceError, OSError) as error:
            _log.warning("%s Starting it again.", as_voice_error(error))
        self.leave()
        self.open()
        try:
            return self._attempt(self._thread, said, text)
        except OutOfTime as error:
            self.leave()
            raise as_voice_error(error) from error

    def _attempt(self, thread: EngineThread, said: str, text: str) -> Speech:
        limit_s = self._limit_s + _LIMIT_A_SIGN_S * len(said)
        # A prompt may contain the person's name: where the machine keeps files in memory, it goes there.
        memory = _MEMORY if os.access(_MEMORY, os.W_OK | os.X_OK) else None
        # Not TemporaryDirectory: when the program ends, it is removed while the engine is still writing.
        folder = Path(tempfile.mkdtemp(prefix="assistant-voice-", dir=memory))
        try:
            thread.synthesise(said, folder / "prompt.wav", limit_s)
            return _read(folder / "prompt.wav", text)
        except UnspeakableError:
            return Speech(np.zeros(0, np.int16), _RATE_OF_NOTHING_HZ, text)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


def as_voice_error(error: Exception) -> VoiceError:
    """The error as one of the voice's, in a sentence."""
    if isinstance(error, VoiceError):
        return error
    if isinstance(error, OutOfTime):
        return VoiceError("The voice didn't answer in time.")
    return VoiceError(f"The voice failed: {error}.")


def _read(path: Path, text: str) -> Speech:
    import soundfile

    try:
        samples, rate_hz = soundfile.read(path, dtype="int16", always_2d=True)
    except soundfile.LibsndfileError as error:
        raise VoiceError(f"The voice wrote no sound that can be read: {error}.") from error
    spoken = trim_silence(samples[:, 0], rate_hz)
    if not spoken.size:
        raise VoiceError("The voice gave nothing but silence. Is the chosen voice fully installed?")
    return Speech(spoken, rate_hz, text)


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
        make_engine: Callable[[VoiceSettings], Engine] = make_engine,
        limit_s: float = RENDER_LIMIT_S,
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
        # When the program ends, a daemon thread is cut off in its work, and would leave a sound file behind.
        atexit.register(self.close)

    def change(self, settings: VoiceSettings) -> None:
        """Speak with other settings from now on: the engine is started again. What is still to be rendered is dropped.

        Raises
        ------
        VoiceError
            It doesn't start.
        """
        self.close()
        self.settings = settings
        self.start()

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
