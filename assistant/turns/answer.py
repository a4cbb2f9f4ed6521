"""What was heard in one turn: words with their times, fillers, pauses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Literal

HeardBy = Literal["both", "vosk", "whisper", "typed"]
"""The recogniser that heard a word; "whisper" stands for the second ear, "both" for both. "typed" was heard by none."""


@dataclass(frozen=True, slots=True)
class Word:
    """A spoken word. Times in seconds from the start of the answer (see `Answer`).

    Attributes
    ----------
    word : str
        In lower case, without punctuation, numbers in words.
    start_s, end_s : float
        A word that was typed has no time: these are its place before second 0, and `is_timed` is false.
    confidence : float
        How probable it is that the word was said, 0–1.
    by : "both", "vosk", "whisper" or "typed"
        Who heard it.
    written : str or None
        How the second ear wrote it, with its capitals and the punctuation after it: "Phoenix,"; None if it didn't.
    """

    word: str
    start_s: float
    end_s: float
    confidence: float
    by: HeardBy = field(default="vosk", kw_only=True)
    written: str | None = field(default=None, kw_only=True)

    @property
    def is_timed(self) -> bool:
        """Whether it was heard at some time."""
        return self.end_s > 0


@dataclass(frozen=True, slots=True)
class Filler(Word):
    """A filled pause ("um", "uh"): recognised like a word, but part of how something was said."""


@dataclass(frozen=True, slots=True)
class Lengthened(Word):
    """A drawn-out word ("aaand"), which is a way to hesitate without a filler.

    `expected_s` is how long this speaker would usually take for it, in seconds.
    """

    expected_s: float


@dataclass(frozen=True, slots=True)
class WrittenWord:
    """A word as the second ear wrote it.

    Attributes
    ----------
    text : str
        With its case and the marks next to it: "Well,".
    probability : float
        The geometric mean of its tokens' probabilities, given the context and the words before it (0–1).
    start_s, end_s : float
        Roughly when it was said, in seconds from the beginning of the sound: often half a second early, next to a
        pause by as much as the pause.
    """

    text: str
    probability: float
    start_s: float
    end_s: float


@dataclass(frozen=True, slots=True)
class SecondTranscript:
    """What the second ear wrote of an answer.

    Attributes
    ----------
    engine : str
        The kind of recogniser: "whisper", "sphinx".
    model : str or None
        The name of its model, if it can have several.
    text : str
        Its words, capitals and punctuation as they came.
    """

    engine: str
    model: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence inside an answer, in seconds from its start; `before` is the word or filler after it."""

    start_s: float
    end_s: float
    before: str

    @property
    def duration_s(self) -> float:
        """Length of the silence in seconds."""
        return self.end_s - self.start_s


@dataclass(frozen=True, slots=True)
class LostSound:
    """A stretch that was lost on the way, in seconds from the answer's start. What was said in it nobody knows."""

    start_s: float
    end_s: float

    @property
    def duration_s(self) -> float:
        """Its length in seconds."""
        return self.end_s - self.start_s

    def overlaps(self, start_s: float, end_s: float) -> bool:
        """Whether any of it lies between two moments."""
        return self.start_s < end_s and self.end_s > start_s


@dataclass(frozen=True, slots=True)
class Sound:
    """How well an answer could be heard.

    Attributes
    ----------
    level_dbfs : float or None
        Level of the voice; None if nobody spoke.
    noise_dbfs : float or None
        Level that a tenth of the answer stays below.
    offset : float
        Direct current, which was taken out; full scale is 1.
    clipped_share : float
        Samples at full scale, as a share of the voice (0–1).
    lost_s : float
        Sound that was lost, in seconds.
    warnings : tuple of str
        What is wrong with the microphone, as sentences that say what to do.
    """

    level_dbfs: float | None
    noise_dbfs: float | None
    offset: float
    clipped_share: float
    lost_s: float
    warnings: tuple[str, ...]


class TurnEnd(Enum):
    """Why a turn ended."""

    SILENCE = "silence"
    """The person spoke and then was silent for long enough."""
    NOBODY_SPOKE = "nobody_spoke"
    """The person didn't begin to speak in time."""
    SOURCE_ENDED = "source_ended"
    """The recording ended."""
    TOO_LONG = "too_long"
    """The turn reached the longest length allowed; the speaker may have gone on."""
    TYPED = "typed"
    """It was typed, not spoken."""
    LEFT = "left"
    """The person closed the input instead of typing an answer."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One turn of the person.

    Second 0 is where listening began: the end of the assistant's prompt, or the start of a recording.

    Attributes
    ----------
    words, fillers : tuple
        What was said, in order, with fillers separate. `items` has both, in order.
    pauses : tuple of Pause
        Silences of at least 0.25 s between the first and the last word or filler.
    lengthened : tuple of Lengthened
        Those of `words` that were drawn out, with the length expected of each.
    speech_start_s, speech_end_s : float or None
        First and last voice activity; None if there was none.
    duration_s : float
        Time from the start of listening to the end of the turn.
    ended : TurnEnd
    hallucinated_words : int
        Words from the recogniser that were dropped: without a voice under them, or named as a filler but not sounding
        like one.
    lost : tuple of LostSound
        Stretches whose sound was lost: the machine didn't keep up, or the microphone or its connection dropped out.
    interrupts : bool
        Whether it began while the assistant was still speaking; second 0 is then a little before its beginning.
    second_hearing : SecondTranscript or None
        What the second ear wrote; None if there is none, or if it had nothing to hear.
    sound : Sound or None
        How well it could be heard; None if it wasn't heard at all.
    typed : str or None
        What was typed; None if it was spoken.
    """

    words: tuple[Word, ...] = ()
    fillers: tuple[Filler, ...] = ()
    pauses: tuple[Pause, ...] = ()
    lengthened: tuple[Lengthened, ...] = ()
    speech_start_s: float | None = None
    speech_end_s: float | None = None
    duration_s: float = 0.0
    ended: TurnEnd = TurnEnd.SILENCE
    hallucinated_words: int = 0
    lost: tuple[LostSound, ...] = ()
    interrupts: bool = False
    second_hearing: SecondTranscript | None = None
    sound: Sound | None = None
    typed: str | None = None

    def words_alone(self) -> Answer:
        """The same answer without anything about how it was said."""
        return replace(self, fillers=(), pauses=(), lengthened=())

    @property
    def items(self) -> tuple[Word, ...]:
        """Words and fillers in the order in which they were said."""
        return tuple(sorted((*self.words, *self.fillers), key=lambda item: (item.start_s, item.end_s)))

    @property
    def text(self) -> str:
        """Verbatim: words and fillers, in order, or what was typed."""
        return self.typed if self.typed is not None else " ".join(item.word for item in self.items)

    @property
    def spoken(self) -> str:
        """The words alone."""
        return " ".join(word.word for word in self.words)

    @property
    def response_latency_s(self) -> float | None:
        """Seconds from the end of the prompt to the first voice.

        None if there is no voice, or it came earlier, or it may have: sound before it was lost.
        """
        start_s = self.speech_start_s
        if start_s is None or self.interrupts or any(lost.overlaps(0.0, start_s) for lost in self.lost):
            return None
        return start_s

    @property
    def lost_s(self) -> float:
        """How much sound was lost in all, in seconds."""
        return round(sum(lost.duration_s for lost in self.lost), 3)
