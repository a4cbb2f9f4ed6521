"""Recordings in place of the microphone: faster than real time, and the same every time."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Sequence
from pathlib import Path
from types import TracebackType

import numpy as np
from typing_extensions import Self

from assistant.audio.frame import FRAME_SAMPLES, Frame, Samples
from assistant.audio.playlist import Playlist, playlist_of
from assistant.audio.recording import Recording
from assistant.audio.scan import RecordingScan, scan_recording


class Replay:
    """A `Source` that hears recordings. The constructor touches nothing; `open` checks every file.

    *One after another* (the usual case): `attend` goes on where the last turn ended. Where nothing worth hearing is
    left of a file that was begun (see `scan_recording`), it goes to the next one, so that the silence after an answer
    isn't taken for another answer. *By question* (`Playlist.by_question`): each `attend` to a question hears its next
    answer from the beginning; a rest of the one before is dropped. Attending twice with nothing read in between is
    attending once.

    A file's end gives None once. After that, and wherever there is nothing to hear, come frames of silence without end.
    `Frame.start` runs on over all files and silences: it counts the samples handed out.

    Parameters
    ----------
    playlist : Playlist
    on_trouble : callable, optional
        Gets each of the `notes` when they are known.

    Attributes
    ----------
    name : str
    notes : tuple of str
        From `open` on, for a person: what is wrong with files that can be used all the same, and which were passed
        over.
    """

    def __init__(self, playlist: Playlist, on_trouble: Callable[[str], None] | None = None) -> None:
        self._on_trouble = on_trouble
        self.name = playlist.name
        self.notes: tuple[str, ...] = ()
        self._playlist = playlist
        self._surveys: dict[Path, RecordingScan] = {}
        self._to_come: deque[Path] = deque()
        self._answers: dict[str, deque[Path]] = {}
        self._recording: Recording | None = None
        self._pending: Samples = np.zeros(0, np.int16)
        self._position = 0
        self._question: str | None = None
        self._clock = 0

    @property
    def dropped(self) -> int:
        """Samples lost: always 0, a recording waits."""
        return 0

    def open(self) -> None:
        """Read all recordings through once, and begin.

        Raises
        ------
        AudioFileError
            One of them can't be used; the sentence names it and says why.
        """
        self.close()
        self._surveys = {path: scan_recording(path) for path in self._playlist.files}
        self.notes = tuple(
            [found.note for found in self._surveys.values() if found.note]
            + [f"{path.name} was passed over: no question is called that." for path in self._playlist.passed_over]
        )
        if self._on_trouble is not None:
            for note in self.notes:
                self._on_trouble(note)
        self._clock = 0
        by_question = self._playlist.by_question
        if by_question is None:
            self._to_come = deque(self._playlist.files)
            self._begin_next(self._to_come)
        else:
            self._answers = {question: deque(answers) for question, answers in by_question.items()}

    def close(self) -> None:
        """Let go of the file that is being heard. May be called twice."""
        if self._recording is not None:
            self._recording.close()
        self._recording = None
        self._question = None

    def attend(self, question: str | None) -> None:
        """Hear the next answer; which one that is, the class says."""
        if self._playlist.by_question is None:
            if self._recording is None or self._is_over(self._recording):
                self._begin_next(self._to_come)
        elif question != self._question or self._recording is None or self._position:
            self._begin_next(self._answers.get(question, deque()) if question is not None else deque())
            self._question = question

    def read(self) -> Frame | None:
        """The next 20 ms (less at a file's end); None once at a file's end.

        Raises
        ------
        AudioFileError
            A file was changed or taken away since `open`.
        """
        if self._recording is None:
            return self._frame(np.zeros(FRAME_SAMPLES, np.int16))
        while len(self._pending) < FRAME_SAMPLES and (block := self._recording.read()) is not None:
            self._pending = np.concatenate((self._pending, block))
        samples, self._pending = self._pending[:FRAME_SAMPLES], self._pending[FRAME_SAMPLES:]
        if not len(samples):
            self._recording = None
            return None
        self._position += len(samples)
        return self._frame(samples)

    def _frame(self, samples: Samples) -> Frame:
        frame = Frame(samples, self._clock)
        self._clock = frame.end
        return frame

    def _is_over(self, recording: Recording) -> bool:
        return 0 < self._position >= self._surveys[recording.path].sound_end

    def _begin_next(self, paths: deque[Path]) -> None:
        if self._recording is not None:
            self._recording.close()
        self._recording, self._position = None, 0
        self._pending = np.zeros(0, np.int16)
        if paths:
            self._recording = Recording(paths.popleft())
            self._recording.open()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def replay_of(
    paths: Sequence[Path], questions: Collection[str], on_trouble: Callable[[str], None] | None = None
) -> Replay:
    """Make a `Replay` of files and folders; `playlist_of` says what the parameters are and what is raised."""
    return Replay(playlist_of(paths, questions), on_trouble)
