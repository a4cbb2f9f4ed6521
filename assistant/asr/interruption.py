"""Overlap: noticing a voice while the assistant speaks, telling whether it wants the floor, and keeping its sound."""

from __future__ import annotations

from collections import deque
from enum import Enum

import numpy as np

from assistant.asr.recogniser import Recogniser
from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Frame
from assistant.audio.level import rms_dbfs
from assistant.english.words import FILLERS
from assistant.turns.audio import AnswerAudio

QUICK_S = 0.04
"""So much voice, or so much of anything loud, is enough to fall silent where a person is likely to go on."""

_RISES_DB = 12.0
"""A voice that begins is louder than the room by so much."""

_SOFTEST_DBFS = -55.0
"""Nothing softer is somebody at the microphone."""

LASTS_S = 0.8
"""A voice of this length wants the floor even if no word of it was understood: coughs and back-channels are shorter."""

_LONGEST_S = 1.2
"""No back-channel is longer, not even two in a row."""

_OVER_S = 0.3
"""After so much silence, what was said is over: long enough for the recogniser to have come to its last word."""

_KEPT_S = 1.5
"""Sound to keep for the answer: a soft beginning, a back-channel, and the delay of noticing it, together."""

_PREROLL_S = 0.3
"""Sound from before the voice was noticed that the recogniser hears as well."""

_LEVELS = RATE_HZ // FRAME_SAMPLES
"""Frames, a second of them, that say how loud the room is."""

_INVENTED = frozenset(("the", "a", "huh"))
"""What Vosk hears in coughs and knocks."""

_BACK_CHANNELS = FILLERS | frozenset("yeah yes yep yup okay ok right sure oh aha wow true exactly nice".split())
_I_SEE = "i see"


class Overlap(Enum):
    """What a voice over the assistant's own is."""

    NOTHING = "nothing"
    """Nobody speaks."""
    UNDECIDED = "undecided"
    """Somebody or something does, and it isn't clear yet."""
    NOISE = "noise"
    """A cough, a knock: there was no word in it."""
    BACK_CHANNEL = "back-channel"
    """"Mm-hm", "yeah": they listen, and want the assistant to go on."""
    INTERRUPTION = "interruption"
    """They want to say something."""


def judge(voice_s: float, silence_s: float, text: str) -> Overlap:
    """Tell what a voice over the assistant's own is.

    Parameters
    ----------
    voice_s : float
        From its beginning to its end so far, in seconds.
    silence_s : float
        Since then.
    text : str
        The words understood so far.
    """
    if not voice_s:
        return Overlap.NOTHING
    words = [word for word in text.replace(_I_SEE, "yes").split() if word not in _INVENTED]
    if any(word not in _BACK_CHANNELS for word in words):
        return Overlap.INTERRUPTION
    if voice_s >= (_LONGEST_S if words else LASTS_S):
        return Overlap.INTERRUPTION
    if silence_s < _OVER_S:
        return Overlap.UNDECIDED
    return Overlap.BACK_CHANNEL if words else Overlap.NOISE


class Interruption:
    """Listens while the assistant speaks. Its only clock is the count of samples.

    Parameters
    ----------
    recogniser : Recogniser, optional
        Understands what is said; without one, only its length counts. Used from `begin` to `release`.
    activity : VoiceActivity, optional
        Not shared with others.
    """

    def __init__(self, recogniser: Recogniser | None = None, activity: VoiceActivity | None = None) -> None:
        self._recogniser = recogniser
        self._activity = activity or VoiceActivity(shortest_s=0.0, bridged_s=_OVER_S)
        self._kept: deque[Frame] = deque()
        self._keeps_all = False
        self._dismissed_s = 0.0
        self._heard: AnswerAudio | None = None
        self._understood = ""
        self._levels: deque[float] = deque(maxlen=_LEVELS)
        self._loud_s = 0.0
        self._noticed_at: int | None = None
        self.now: int | None = None
        """Place on the audio clock right after the last frame; None before the first one."""

    def begin(self, *, keep_all: bool = False) -> None:
        """Start over; `keep_all` means to keep all sound until `trim`, even without a voice."""
        self._activity.reset()
        self._kept.clear()
        self._levels.clear()
        self.now = None
        self._keeps_all = keep_all
        self.dismiss()
        self._dismissed_s = 0.0

    def feed(self, frame: Frame) -> None:
        """Process a frame; frames come in order."""
        self.now = frame.end
        self._kept.append(frame)
        self._activity.feed(frame.samples)
        self._notice_onset(frame)
        if not self._voice_s and not self._keeps_all:
            self.trim()
        elif self._voice_s and self._recogniser is not None:
            self._let_hear(self._recogniser, frame)

    def _notice_onset(self, frame: Frame) -> None:
        # The detector of voices takes 0.1 s and more to be sure of one that begins softly.
        level_dbfs = rms_dbfs(frame.samples)
        is_loud = level_dbfs >= max(_SOFTEST_DBFS, self._floor_dbfs + _RISES_DB)
        self._loud_s = self._loud_s + len(frame.samples) / RATE_HZ if is_loud else 0.0
        self._levels.append(level_dbfs)
        if self._noticed_at is None and (self._loud_s >= QUICK_S or self._voice_s >= QUICK_S):
            self._noticed_at = frame.end

    @property
    def _floor_dbfs(self) -> float:
        return float(np.percentile(self._levels, 30)) if self._levels else 0.0

    def _let_hear(self, recogniser: Recogniser, frame: Frame) -> None:
        if self._heard is None:
            self._heard = AnswerAudio()
            recogniser.begin()
            since = frame.end - (self.since_onset_s + _PREROLL_S) * RATE_HZ
            for kept in self._kept:
                if kept.start >= since:
                    self._heard.append(kept.samples)
        else:
            self._heard.append(frame.samples)
        recogniser.accept(self._heard)

    def trim(self) -> None:
        """From here on, keep only what an answer may begin with."""
        self._keeps_all = False
        while self._kept and self._kept[-1].end - self._kept[0].start > _KEPT_S * RATE_HZ:
            self._kept.popleft()

    @property
    def _voice(self) -> tuple[float, float] | None:
        stretches = [each for each in self._activity.stretches if each.end_s > self._dismissed_s]
        return (max(stretches[0].start_s, self._dismissed_s), stretches[-1].end_s) if stretches else None

    @property
    def _voice_s(self) -> float:
        voice = self._voice
        return voice[1] - voice[0] if voice is not None else 0.0

    @property
    def _silence_s(self) -> float:
        voice = self._voice
        return self._activity.judged_s - voice[1] if voice is not None else 0.0

    @property
    def since_onset_s(self) -> float:
        """Seconds since the voice began; 0 if there is none."""
        return self._voice_s + self._silence_s

    @property
    def is_speaking(self) -> bool:
        """Whether there is a voice at this moment."""
        return self._activity.speaking

    @property
    def is_noticed(self) -> bool:
        """Whether there is enough of something to fall silent where a person is likely to go on."""
        return self._noticed_at is not None

    @property
    def overlap(self) -> Overlap:
        """What the voice is, as far as it can be told by now."""
        if self._heard is not None and self._recogniser is not None:
            if self._silence_s >= _OVER_S:
                self._understood = " ".join(word.word for word in self._recogniser.finish(self._heard))
                self._heard = None
            else:
                self._understood = self._recogniser.caption
        if not self._voice_s and self._noticed_at is not None and self.now is not None:
            # The detector of voices may still be coming to it.
            return Overlap.UNDECIDED if self.now - self._noticed_at < _OVER_S * RATE_HZ else Overlap.NOISE
        return judge(self._voice_s, self._silence_s, self._understood)

    def dismiss(self) -> None:
        """Forget the voice so far: it doesn't want the floor."""
        self._dismissed_s = self._activity.judged_s
        self._loud_s = 0.0
        self._noticed_at = None
        self._understood = ""
        if self._heard is not None and self._recogniser is not None:
            # Otherwise the recogniser would take it for the beginning of what it hears next.
            self._recogniser.finish(self._heard)
        self._heard = None

    @property
    def begun(self) -> tuple[Frame, ...]:
        """The first frames of an answer that has already begun; empty if there is no voice."""
        return tuple(self._kept) if self._voice_s >= QUICK_S else ()


_ABOVE_ECHO_DB = 3.0
"""A person is noticed over the assistant's voice where they are this much louder than its loudest moments, and by as
much more as those differ between prompts: what echo cancellation leaves jumps about by 10 dB …"""
_OVERLAP_S = 0.12
_WITHIN_S = 0.4
"""… for so long in so much time. None of 25 prompts was taken for a person; all voices 12 dB above the echo were
noticed, half of them within 0.14 s, half of those 6 dB above it, and none of those as loud as it."""

_BEFORE_LOUD_S = 0.1
"""Sound from before that to keep. In more of it there would be words of the assistant's own."""
_ECHO_PERCENTILE = 98
_PROMPTS = 5
_FEWEST_PROMPTS = 2
"""Prompts that have to be heard first: one may not have had the loudest vowel."""


class OwnEcho:
    """How loud the assistant's own voice comes back through the microphone, learned prompt by prompt.

    By that, and by nothing else, a person who speaks over it is noticed where there is no echo cancellation: if they
    are much louder. Nothing is noticed during the first two prompts.
    """

    def __init__(self) -> None:
        self._peaks_dbfs: deque[float] = deque(maxlen=_PROMPTS)
        self.begin()

    def forget(self) -> None:
        """Start to learn anew, as when the assistant's voice becomes louder."""
        self._peaks_dbfs.clear()

    def begin(self) -> None:
        """Start to hear a prompt."""
        self._levels_dbfs: list[float] = []
        self._loud: deque[Frame] = deque()
        self._frames: deque[Frame] = deque()

    def feed(self, frame: Frame) -> None:
        """Process a frame that was heard during the prompt."""
        level_dbfs = rms_dbfs(frame.samples)
        self._levels_dbfs.append(level_dbfs)
        self._frames.append(frame)
        if level_dbfs >= self._threshold_dbfs:
            self._loud.append(frame)
        for frames, kept_s in ((self._loud, _WITHIN_S), (self._frames, _WITHIN_S + _BEFORE_LOUD_S)):
            while frames and frame.end - frames[0].start > kept_s * RATE_HZ:
                frames.popleft()

    @property
    def _threshold_dbfs(self) -> float:
        if len(self._peaks_dbfs) < _FEWEST_PROMPTS:
            return float("inf")
        loudest, softest = max(self._peaks_dbfs), max(min(self._peaks_dbfs), _SOFTEST_DBFS)
        return max(_SOFTEST_DBFS, loudest + _ABOVE_ECHO_DB + max(0.0, loudest - softest))

    def finish(self) -> None:
        """Learn from the prompt that is over."""
        if self._levels_dbfs:
            self._peaks_dbfs.append(float(np.percentile(self._levels_dbfs, _ECHO_PERCENTILE)))

    @property
    def overlap_from(self) -> int | None:
        """Place on the audio clock where a person began to speak over it; None if nobody has."""
        loud = sum(len(frame.samples) for frame in self._loud)
        return self._loud[0].start if loud >= _OVERLAP_S * RATE_HZ else None

    @property
    def begun(self) -> tuple[Frame, ...]:
        """The first frames of an answer that began in the last moments of the prompt; empty if none did."""
        if not self._loud or self._frames[-1].end - self._loud[-1].end > _OVERLAP_S * RATE_HZ:
            return ()
        return tuple(frame for frame in self._frames if frame.start >= self._loud[0].start - _BEFORE_LOUD_S * RATE_HZ)
