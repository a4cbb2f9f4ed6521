"""What was heard in one turn: words with their times, fillers, pauses."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Literal, TypeVar

SHORTEST_PAUSE_S = 0.25
"""Shorter silences belong to articulation (Goldman-Eisler 1968, *Psycholinguistics: Experiments in Spontaneous
Speech*)."""

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
class OtherVoice:
    """A stretch in which not the person spoke but somebody else, such as a television.

    Attributes
    ----------
    start_s, end_s : float
        In seconds from the answer's start.
    text : str
        What the first ear heard there; none of it is part of the answer.
    """

    start_s: float
    end_s: float
    text: str


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

    def together_with(self, other: Sound) -> Sound:
        """Two parts of an answer as one: what is worse counts, and of two levels of the voice the quieter one."""
        return Sound(
            level_dbfs=min((each for each in (self.level_dbfs, other.level_dbfs) if each is not None), default=None),
            noise_dbfs=max((each for each in (self.noise_dbfs, other.noise_dbfs) if each is not None), default=None),
            offset=max(self.offset, other.offset, key=abs),
            clipped_share=max(self.clipped_share, other.clipped_share),
            lost_s=round(self.lost_s + other.lost_s, 3),
            warnings=tuple(dict.fromkeys((*self.warnings, *other.warnings))),
        )


class TurnEnd(Enum):
    """Why a turn ended."""

    SILENCE = "silence"
    """The person spoke and then was silent for long enough."""
    NOBODY_SPOKE = "nobody_spoke"
    """The person didn't begin to speak in time."""
    SOURCE_ENDED = "source_ended"
    """The recording ended."""
    UNANSWERED = "unanswered"
    """Somebody talked on and on without an answer, where nobody may be meant to give one."""
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
    other_voices : tuple of OtherVoice
        Where somebody else was heard, who isn't counted in anything else here.
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
    other_voices: tuple[OtherVoice, ...] = ()
    typed: str | None = None

    def words_alone(self) -> Answer:
        """The same answer without anything about how it was said."""
        return replace(self, fillers=(), pauses=(), lengthened=())

    def followed_by(self, more: Answer, at_s: float, *, paused: bool = True) -> Answer:
        """Join this answer and more of it.

        Parameters
        ----------
        more : Answer
            What came after it was thought to be over.
        at_s : float
            Where in this answer the second 0 of `more` is.
        paused : bool
            Whether the silence between the two is one of the person's own pauses; it isn't if they were told to go on.
        """
        words = self.words
        if words and more.words and words[-1].written is not None:
            # The full stop only stands where the answer was cut.
            words = (*words[:-1], replace(words[-1], written=words[-1].written.rstrip(".…")))
        joint: tuple[Pause, ...] = ()
        if more.items and self.speech_end_s is not None and more.speech_start_s is not None:
            pause = Pause(self.speech_end_s, round(more.speech_start_s + at_s, 3), more.items[0].word)
            joint = (pause,) if paused and self.items and pause.duration_s >= SHORTEST_PAUSE_S else ()
        starts = (self.speech_start_s, _later(more.speech_start_s, at_s))
        return replace(
            self,
            words=(*words, *_moved(more.words, at_s)),
            fillers=(*self.fillers, *_moved(more.fillers, at_s)),
            pauses=(*self.pauses, *joint, *_moved(more.pauses, at_s)),
            lengthened=(*self.lengthened, *_moved(more.lengthened, at_s)),
            speech_start_s=next((each for each in starts if each is not None), None),
            speech_end_s=self.speech_end_s if more.speech_end_s is None else _later(more.speech_end_s, at_s),
            duration_s=round(at_s + more.duration_s, 3),
            ended=more.ended if more.words or not self.words else self.ended,
            hallucinated_words=self.hallucinated_words + more.hallucinated_words,
            lost=(*self.lost, *_moved(more.lost, at_s)),
            other_voices=(*self.other_voices, *_moved(more.other_voices, at_s)),
            second_hearing=_both_written(self.second_hearing, more.second_hearing),
            sound=self.sound.together_with(more.sound) if self.sound and more.sound else self.sound or more.sound,
        )

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


_Timed = TypeVar("_Timed", bound="Word | Pause | LostSound | OtherVoice")


def _moved(timed: tuple[_Timed, ...], by_s: float) -> tuple[_Timed, ...]:
    return tuple(
        replace(each, start_s=round(each.start_s + by_s, 3), end_s=round(each.end_s + by_s, 3)) for each in timed
    )


def _later(moment_s: float | None, by_s: float) -> float | None:
    return None if moment_s is None else round(moment_s + by_s, 3)


def _both_written(first: SecondTranscript | None, more: SecondTranscript | None) -> SecondTranscript | None:
    if first is None or more is None:
        return first or more
    return replace(more, text=f"{first.text} {more.text}".strip())
