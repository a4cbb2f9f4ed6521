"""Recordings in place of the microphone: which ones in which order, faster than real time, the same every time."""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from typing_extensions import Self

from assistant.audio.condition import Conditioner
from assistant.audio.decoding import READABLE
from assistant.audio.frame import FRAME_SAMPLES, Frame, Samples
from assistant.audio.recording import AUDIO_SUFFIXES, Recording, RecordingScan, scan_recording
from assistant.errors import AudioFileError


@dataclass(frozen=True, slots=True)
class Playlist:
    """Recordings in their order.

    Attributes
    ----------
    name : str
        What to call it in captions and reports.
    files : tuple of Path
        All of them; heard one after another unless `by_label` says otherwise.
    by_label : mapping of str to tuple of Path, or None
        Label to its recordings, the first one first; None where the files aren't named for labels.
    passed_over : tuple of Path
        Audio files of a folder named for labels whose own names are no label.
    """

    name: str
    files: tuple[Path, ...]
    by_label: Mapping[str, tuple[Path, ...]] | None = None
    passed_over: tuple[Path, ...] = ()


def find_recordings(paths: Sequence[Path], labels: Collection[str]) -> Playlist:
    """Find the recordings that files and folders stand for.

    Parameters
    ----------
    paths : sequence of Path
        Audio files, and folders of them (sorted by name, numbers in it by their
        value; hidden files and what isn't audio are passed over).
    labels : collection of str
        What recordings may be named for, such as the questions of an interview. In a folder that holds
        ``romance.flac`` or ``about-1.flac``, say, each file is heard when its label is attended to.

    Raises
    ------
    AudioFileError
        No path at all, a folder without audio or one that may not be listed, or a folder named for labels
        together with other recordings.
    """
    if not paths:
        raise AudioFileError(f"There is no recording to hear. Name a file or a folder ({READABLE}).")
    name = paths[0].resolve().name if len(paths) == 1 else f"{len(paths)} recordings"
    files: list[Path] = []
    for path in paths:
        is_folder = _is_folder(path)
        found = _audio_files(path) if is_folder else [path]
        if is_folder and any(_label_of(file, labels) for file in found):
            if len(paths) > 1:
                raise AudioFileError(
                    f"The files in {path} are named for the questions that they answer. Replay that folder alone."
                )
            return _by_label(name, found, labels)
        files += found
    return Playlist(name, tuple(files))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError as error:
        raise AudioFileError(f"{path} can't be read: {error.strerror or error}.") from error


def _audio_files(folder: Path) -> list[Path]:
    try:
        files = sorted(
            (
                file
                for file in folder.iterdir()
                if file.suffix.lower() in AUDIO_SUFFIXES and not file.name.startswith(".") and not file.is_dir()
            ),
            key=_as_people_count,
        )
    except OSError as error:
        raise AudioFileError(f"The folder {folder} can't be read: {error.strerror or error}.") from error
    if not files:
        raise AudioFileError(f"There is no recording in the folder {folder}. These can be read: {READABLE}.")
    return files


def _as_people_count(file: Path) -> tuple[list[str | int], str]:
    """What to sort by, so that “Recording 2” comes before “Recording 10”, and “Recording” before both."""
    parts = re.split(r"([0-9]+)", file.stem.casefold())
    return [int(part) if at % 2 else part for at, part in enumerate(parts)], file.name


def _label_of(file: Path, labels: Collection[str]) -> tuple[str, int] | None:
    """The label a file is named for and its number; 0 where the name has none."""
    stem = file.stem.lower()
    if stem in labels:
        return stem, 0
    numbered = re.fullmatch(r"(.+)-([0-9]+)", stem)
    return (numbered[1], int(numbered[2])) if numbered and numbered[1] in labels else None


def _by_label(name: str, files: Sequence[Path], labels: Collection[str]) -> Playlist:
    answers: dict[str, list[tuple[int, Path]]] = {}
    passed_over = []
    for file in files:
        named = _label_of(file, labels)
        if named is None:
            passed_over.append(file)
        else:
            answers.setdefault(named[0], []).append((named[1], file))
    by_label = {label: tuple(file for _, file in sorted(numbered)) for label, numbered in answers.items()}
    return Playlist(name, tuple(file for answer in by_label.values() for file in answer), by_label, tuple(passed_over))


class Replay:
    """An `AudioSource` made of recordings. The constructor touches nothing; `open` checks every file.

    *One after another* (the usual case): `attend` continues where the last turn ended. Where nothing worth hearing is
    left of a file that was begun (see `scan_recording`), it goes to the next one, so that the silence after an answer
    isn't taken for another answer. *By label* (`Playlist.by_label`): each `attend` to a label hears its next
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
        self._scans: dict[Path, RecordingScan] = {}
        self._to_come: deque[Path] = deque()
        self._answers: dict[str, deque[Path]] = {}
        self._recording: Recording | None = None
        self._conditioner = Conditioner()
        self._pending: Samples = np.zeros(0, np.int16)
        self._position = 0
        self._label: str | None = None
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
        self._scans = {path: scan_recording(path) for path in self._playlist.files}
        self.notes = tuple(
            [found.note for found in self._scans.values() if found.note]
            + [f"{path.name} was passed over: no question is called that." for path in self._playlist.passed_over]
        )
        if self._on_trouble is not None:
            for note in self.notes:
                self._on_trouble(note)
        self._clock = 0
        by_label = self._playlist.by_label
        if by_label is None:
            self._to_come = deque(self._playlist.files)
            self._begin_next(self._to_come)
        else:
            self._answers = {label: deque(answers) for label, answers in by_label.items()}

    def close(self) -> None:
        """Let go of the file that is being heard. May be called twice."""
        if self._recording is not None:
            self._recording.close()
        self._recording = None
        self._label = None

    def attend(self, label: str | None) -> None:
        """Hear the next answer; which one that is, the class says."""
        if self._playlist.by_label is None:
            if self._recording is None or self._is_over(self._recording):
                self._begin_next(self._to_come)
        elif label != self._label or self._recording is None or self._position:
            self._begin_next(self._answers.get(label, deque()) if label is not None else deque())
            self._label = label

    def read(self) -> Frame | None:
        """The next 20 ms (less at a file's end); None once at a file's end.

        Raises
        ------
        AudioFileError
            A file was changed or taken away since `open`.
        """
        if self._recording is None:
            return self._timed(Frame(np.zeros(FRAME_SAMPLES, np.int16), self._clock))
        while len(self._pending) < FRAME_SAMPLES and (block := self._recording.read()) is not None:
            self._pending = np.concatenate((self._pending, block))
        samples, self._pending = self._pending[:FRAME_SAMPLES], self._pending[FRAME_SAMPLES:]
        if not len(samples):
            self._recording = None
            return None
        self._position += len(samples)
        return self._timed(self._conditioner.frame(samples, self._clock))

    def _timed(self, frame: Frame) -> Frame:
        self._clock = frame.end
        return frame

    def _is_over(self, recording: Recording) -> bool:
        return 0 < self._position >= self._scans[recording.path].sound_end

    def _begin_next(self, paths: deque[Path]) -> None:
        if self._recording is not None:
            self._recording.close()
        self._recording, self._position = None, 0
        self._pending = np.zeros(0, np.int16)
        if paths:
            self._recording, self._conditioner = Recording(paths.popleft()), Conditioner()
            self._recording.open()

    def __enter__(self) -> Self:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def replay_of(
    paths: Sequence[Path], labels: Collection[str], on_trouble: Callable[[str], None] | None = None
) -> Replay:
    """Make a `Replay` of files and folders; `find_recordings` says what the parameters are and what is raised."""
    return Replay(find_recordings(paths, labels), on_trouble)
