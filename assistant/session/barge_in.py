"""Who has the floor while the assistant speaks: it falls silent for a person who goes on, or who breaks in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from assistant.asr.interruption import Interruption, Overlap, OwnEcho
from assistant.audio.frame import RATE_HZ, Frame
from assistant.tts.voice import Voice

EARLY_S = 1.5
"""So long after the assistant's first sound, a voice is taken for that of a person who hadn't finished. People who are
cut off go on at once or not at all."""

_ON_THE_WAY_S = 0.1
"""From the loudspeaker's buffer and the microphone to here."""

_MOST_PAUSES = 2
"""So often a prompt pauses for what turns out to be noise; after that, only words stop it."""


class Overheard(Protocol):
    """A microphone that can be heard while the assistant speaks."""

    def attend(self, label: str | None) -> None:
        """Throw away what was heard so far."""

    def poll(self) -> Frame | None:
        """The next frame, if there already is one."""

    def read(self) -> Frame | None:
        """The next frame, waiting for it."""


class Floor(Enum):
    """Who has the floor when the assistant has spoken."""

    GIVEN = "given"
    """Nobody spoke meanwhile."""
    KEPT = "kept"
    """The person went on with their answer before more than the first moments of what follows it had been said."""
    TAKEN = "taken"
    """The person broke in later."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """How far the assistant got.

    Attributes
    ----------
    floor : Floor
        Who has the floor now.
    share : float
        The share of the text (0–1) that was said before they began.
    muffled : bool
        Whether the beginning of what they said can't be understood, for the assistant spoke over it.
    """

    floor: Floor
    share: float
    muffled: bool = False


class BargeIn:
    """Speaks, and gives way to people. The constructor touches nothing.

    Everything said since the end of the last answer, or since a voice was noticed, is kept: the next answer begins
    with it.

    Parameters
    ----------
    microphone : Overheard
    interruption : Interruption
    """

    def __init__(self, microphone: Overheard, interruption: Interruption) -> None:
        self._microphone = microphone
        self._interruption = interruption
        self._listening = False
        self._early_until: float | None = None
        self._broken_off = False
        self._words_only = False
        self._began_at: int | None = None

    def begin(self) -> None:
        """Start a conversation: there is nothing that anybody could go on with."""
        self._listening = False
        self._early_until = None

    def listen_on(self) -> None:
        """Note that an answer seems to be over: what comes now may be more of it."""
        self._interruption.begin(keep_all=True)
        self._listening = True
        self._early_until = float("inf")

    def say(self, voice: Voice, text: str, *, may_break_in: bool) -> Spoken:
        """Say `text`, or the beginning of it if the person takes the floor.

        Parameters
        ----------
        voice : Voice
        text : str
        may_break_in : bool
            Whether people may break in later than in the first moments.
        """
        if not self._listening:
            # Nothing said before this counts.
            self._microphone.attend(None)
            self._interruption.begin()
            self._listening = True
        for pauses in range(_MOST_PAUSES + 1):
            if self._goes_on():
                return Spoken(Floor.KEPT, 0.0)
            self._broken_off = False
            self._words_only = pauses == _MOST_PAUSES
            self._began_at = None
            share = voice.say(text, stop=lambda: self._gives_way(may_break_in=may_break_in))
            if not self._broken_off:
                return Spoken(Floor.GIVEN, share)
            if not self._is_early:
                return Spoken(Floor.TAKEN, share * self._share_before_voice())
            if self._wants_floor():
                return Spoken(Floor.KEPT, share)
        raise AssertionError("it doesn't pause any more")

    def falls_silent(self) -> bool:
        """Whether a person who was spoken over falls silent: all that they said is heard."""
        return False

    def adapt(self) -> None:
        """Note that the voice has become louder or softer."""

    def taken(self) -> tuple[Frame, ...]:
        """Return the first frames of an answer that has already begun; empty if there is none."""
        begun = self._interruption.begun if self._listening else ()
        self._interruption.dismiss()
        self._listening = False
        return begun

    @property
    def _is_early(self) -> bool:
        return self._early_until is not None

    def _goes_on(self) -> bool:
        """Whether the person goes on before the assistant has begun."""
        self._hear()
        return self._is_early and self._interruption.is_noticed and self._wants_floor()

    def _hear(self) -> None:
        while (frame := self._microphone.poll()) is not None:
            self._interruption.feed(frame)

    def _gives_way(self, *, may_break_in: bool) -> bool:
        """Whether to stop here. Asked from the first sound on, about every 10 ms."""
        self._hear()
        heard = self._interruption
        if heard.now is None:
            return False
        if self._began_at is None:
            self._began_at = heard.now
        now_s = heard.now / RATE_HZ
        if self._early_until == float("inf"):
            self._early_until = now_s + EARLY_S + _ON_THE_WAY_S
        if self._early_until is not None and not heard.is_noticed and now_s > self._early_until:
            self._early_until = None
            heard.trim()
        if self._is_early and not self._words_only:
            self._broken_off = heard.is_noticed
            return self._broken_off
        may_break_in = may_break_in or self._is_early
        overlap = heard.overlap
        if overlap is Overlap.INTERRUPTION and may_break_in:
            self._broken_off = True
        elif overlap not in (Overlap.NOTHING, Overlap.UNDECIDED):
            heard.dismiss()
        return self._broken_off

    def _share_before_voice(self) -> float:
        """Of what was said, the share before the person's first sound."""
        heard = self._interruption
        said_s = ((heard.now or 0) - (self._began_at or 0)) / RATE_HZ
        return max(0.0, 1.0 - heard.since_onset_s / said_s) if said_s else 0.0

    def _wants_floor(self) -> bool:
        """Listen in silence until it is clear whether the voice wants the floor."""
        while (overlap := self._interruption.overlap) is Overlap.UNDECIDED:
            frame = self._microphone.read()
            assert frame is not None  # a microphone has no end
            self._interruption.feed(frame)
        if overlap is Overlap.INTERRUPTION:
            return True
        self._interruption.dismiss()
        return False


_AS_GOOD_AS_OVER = 0.9
"""Whoever begins when this share of a prompt has been said hasn't interrupted it."""
_SILENT_S = 0.5
_HEARD_OUT_S = 1.5
"""Whoever goes on for longer than this when the assistant has stopped is heard to the end."""


class HalfDuplex(BargeIn):
    """Speaks, and gives way to people, where the microphone hears the loudspeaker.

    As long as the assistant hasn't begun to speak, this is no different. While it speaks, a person is noticed by their
    level alone, if they are louder than its echo, and what they say can't be understood. If they begin in the last
    moments of a prompt, their answer is heard from there on.
    """

    def __init__(self, microphone: Overheard, interruption: Interruption, echo: OwnEcho | None = None) -> None:
        super().__init__(microphone, interruption)
        self._echo = echo or OwnEcho()
        self._begun: tuple[Frame, ...] = ()
        self._now: int | None = None
        self._has_spoken = False

    def begin(self) -> None:
        """Start a conversation. How loud the echo is stays known."""
        super().begin()
        self._has_spoken = False
        self._begun = ()

    def say(self, voice: Voice, text: str, *, may_break_in: bool) -> Spoken:
        """Say `text`, or the beginning of it if the person takes the floor; see `BargeIn.say`."""
        if self._listening and self._goes_on():
            return Spoken(Floor.KEPT, 0.0)
        if not self._listening and not self._has_spoken:
            # Nothing said before this counts.
            self._microphone.attend(None)
        self._has_spoken, self._listening = True, False
        self._echo.begin()
        self._began_at = self._now = None
        share = voice.say(text, stop=lambda: self._is_spoken_over(may_break_in=may_break_in))
        onset = self._echo.overlap_from
        self._begun = self._echo.begun
        if onset is None or not (self._is_early or (may_break_in and share < _AS_GOOD_AS_OVER)):
            self._echo.finish()
            return Spoken(Floor.GIVEN, share)
        said, before = (self._now or 0) - (self._began_at or 0), onset - (self._began_at or 0)
        floor = Floor.KEPT if self._is_early else Floor.TAKEN
        return Spoken(floor, share * before / said if said else 0.0, muffled=True)

    def falls_silent(self) -> bool:
        """Listen on after an overlap, and return whether the person falls silent soon.

        If not, what they say from here on is the beginning of an answer.
        """
        heard = self._interruption
        heard.begin(keep_all=True)
        for frame in self._begun:
            heard.feed(frame)
        self._begun = ()
        began = silent_from = None
        while began is None or silent_from is None or silent_from - began < _HEARD_OUT_S * RATE_HZ:
            heard_now = self._microphone.read()
            assert heard_now is not None  # a microphone has no end
            heard.feed(heard_now)
            began = heard_now.start if began is None else began
            silent_from = heard_now.end if heard.is_speaking or silent_from is None else silent_from
            if heard_now.end - silent_from >= _SILENT_S * RATE_HZ:
                # It may have been louder for no other reason than that somebody turned the loudspeaker up.
                self._echo.finish()
                return True
        self._listening = True
        return False

    def adapt(self) -> None:
        """Note that the voice has become louder or softer."""
        self._echo.forget()

    def taken(self) -> tuple[Frame, ...]:
        """Return the first frames of an answer that has already begun; empty if there is none."""
        begun, self._begun = self._begun, ()
        return super().taken() or begun

    def _is_spoken_over(self, *, may_break_in: bool) -> bool:
        while (frame := self._microphone.poll()) is not None:
            self._echo.feed(frame)
            self._now = frame.end
        if self._now is None:
            return False
        if self._began_at is None:
            self._began_at = self._now
        if self._early_until == float("inf"):
            self._early_until = self._now / RATE_HZ + EARLY_S + _ON_THE_WAY_S
        onset = self._echo.overlap_from
        if self._early_until is not None and onset is None and self._now / RATE_HZ > self._early_until:
            self._early_until = None
        return onset is not None and (may_break_in or self._is_early)
