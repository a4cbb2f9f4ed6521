"""Which recordings are heard, and in which order."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.audio.recording import AUDIO_SUFFIXES, READABLE
from assistant.errors import AudioFileError


@dataclass(frozen=True, slots=True)
class Playlist:
    """Recordings in their order.

    Attributes
    ----------
    name : str
        What to call it in captions and reports.
    files : tuple of Path
        All of them; heard one after another unless `by_question` says otherwise.
    by_question : mapping of str to tuple of Path, or None
        Question to its answers, first answer first; None where the files aren't named for questions.
    passed_over : tuple of Path
        Audio files of a folder named for questions that no question is called for.
    """

    name: str
    files: tuple[Path, ...]
    by_question: Mapping[str, tuple[Path, ...]] | None = None
    passed_over: tuple[Path, ...] = ()


def playlist_of(paths: Sequence[Path], questions: Collection[str]) -> Playlist:
    """Find the recordings that files and folders stand for.

    Parameters
    ----------
    paths : sequence of Path
        Audio files, and folders of them (sorted by name; hidden files and what isn't audio are passed over).
    questions : collection of str
        Names of the questions there are. A folder that holds ``romance.flac`` or ``about-1.flac``, say, is taken for
        one whose files each answer their own question.

    Raises
    ------
    AudioFileError
        No path at all, a folder without audio or one that may not be listed, or a folder named for questions
        together with other recordings.
    """
    if not paths:
        raise AudioFileError(f"There is no recording to hear. Name a file or a folder ({READABLE}).")
    name = paths[0].resolve().name if len(paths) == 1 else f"{len(paths)} recordings"
    files: list[Path] = []
    for path in paths:
        is_folder = _is_folder(path)
        found = _audio_files(path) if is_folder else [path]
        if is_folder and any(_question_of(file, questions) for file in found):
            if len(paths) > 1:
                raise AudioFileError(
                    f"The files in {path} are named for the questions that they answer. Replay that folder alone."
                )
            return _by_question(name, found, questions)
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
            file
            for file in folder.iterdir()
            if file.suffix.lower() in AUDIO_SUFFIXES and not file.name.startswith(".") and not file.is_dir()
        )
    except OSError as error:
        raise AudioFileError(f"The folder {folder} can't be read: {error.strerror or error}.") from error
    if not files:
        raise AudioFileError(f"There is no recording in the folder {folder}. These can be read: {READABLE}.")
    return files


def _question_of(file: Path, questions: Collection[str]) -> tuple[str, int] | None:
    """The question a file is named for and the number of the answer; 0 where the name has none."""
    stem = file.stem.lower()
    if stem in questions:
        return stem, 0
    numbered = re.fullmatch(r"(.+)-([0-9]+)", stem)
    return (numbered[1], int(numbered[2])) if numbered and numbered[1] in questions else None


def _by_question(name: str, files: Sequence[Path], questions: Collection[str]) -> Playlist:
    answers: dict[str, list[tuple[int, Path]]] = {}
    passed_over = []
    for file in files:
        named = _question_of(file, questions)
        if named is None:
            passed_over.append(file)
        else:
            answers.setdefault(named[0], []).append((named[1], file))
    by_question = {question: tuple(file for _, file in sorted(numbered)) for question, numbered in answers.items()}
    return Playlist(
        name, tuple(file for answer in by_question.values() for file in answer), by_question, tuple(passed_over)
    )
