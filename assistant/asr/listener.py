"""The listener: frames go in, events come out. Its only clock is the count of samples, and it does no I/O."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from assistant.asr.endpointing import (
    BREATH_S,
    EndpointTimeouts,
    Evidence,
    TurnCompletion,
    any_words,
    end_of_turn,
    is_unfinished,
    turn_evidence,
)
from assistant.asr.events import (
    Caption,
    Event,
    FillerNoticed,
    LongAnswer,
    MaybeEnded,
    PauseNoticed,
    SpeechStarted,
    TurnEnded,
)
from assistant.asr.following import Follower
from assistant.asr.last_sound import REACH_S, LastSound, last_sound
from assistant.asr.pauses import silent_pauses, voiced
from assistant.asr.recogniser import Recogniser
from assistant.asr.reconcile import SecondHearing, reconcile, second_hearing
from assistant.asr.second_ear import HeardPiece, SecondEar, trust_in
from assistant.asr.sound_quality import SoundMeter, is_narrow_band
from assistant.asr.voice_activity import SpeechSegment, VoiceActivity
from assistant.audio.frame import RATE_HZ, Frame, Samples
from assistant.fillers.detector import Detection, FilledPauseDetector
from assistant.fillers.lengthening import lengthened
from assistant.fillers.second_ear import evidence_of
from assistant.turns.answer import (
    SHORTEST_PAUSE_S,
    Answer,
    Filler,
    OtherVoice,
    SecondTranscript,
    TurnEnd,
    Word,
)
from assistant.turns.audio import AnswerAudio

SomeWord = TypeVar("SomeWord", bound=Word)

_PREROLL_SAMPLES = int(0.6 * RATE_HZ)
"""Sound from before the first voice was noticed that is processed as well: a soft beginning is noticed late."""
_MAYBE_OVER_S = 0.2
"""After this much silence, the second ear starts on the rest of the answer, in case that was all …"""
_HEAD_START_S = 1.0
"""… but no sooner before the turn's end than this: after an unfinished phrase people mostly go on."""
_TOLD_EVERY_S = 60.0
"""A long answer is told of so often: a minute is the most that is lost if the program dies."""


class Listener:
    """Listens to one answer at a time.

    Call `begin`, then `feed` frames until `TurnEnded` comes, or `finish` if the sound ends first. The recogniser gets
    no sound before the first voice: that would cost time and make it invent words.

    Parameters
    ----------
    recogniser : Recogniser
    voice_activity : VoiceActivity
    fillers : collection of str
        What counts as a filler among the recogniser's words.
    detector : FilledPauseDetector, optional
        Checks by their sound which of them are fillers, and finds those that the recogniser doesn't name; without it,
        the recogniser is trusted.
    second_ear : SecondEar, optional
        Hears every answer as well; its words and the recogniser's make one transcript.
    follower : Follower, optional
        Tells the person's voice from others. Without it, whoever speaks is the person.
    ahead : bool
        Whether to work ahead: in every silence that may be the end, the second ear starts on the rest, and `MaybeEnded`
        comes when it has heard that. The answer is the same without, but comes later where sound comes in real time;
        where it doesn't, working ahead takes longer.

    Attributes
    ----------
    audio : AnswerAudio
        All sound since `begin`, with silence for what was lost.
    """

    def __init__(
        self,
        recogniser: Recogniser,
        voice_activity: VoiceActivity,
        *,
        fillers: Collection[str],
        detector: FilledPauseDetector | None = None,
        second_ear: SecondEar | None = None,
        follower: Follower | None = None,
        ahead: bool = False,
    ) -> None:
        self._recogniser = recogniser
        self._voice = voice_activity
        self._fillers = frozenset(fillers)
        self._detector = detector
        self._second_ear = second_ear
        self._follower = follower
        self._ahead = ahead
        self._patience = EndpointTimeouts()
        self._completeness: Callable[[str], TurnCompletion] = any_words
        self._sensing = True
        self._reset()

    def _reset(self) -> None:
        self.audio = AnswerAudio()
        self._sound = SoundMeter()
        self._speech_from: int | None = None
        self._caption = ""
        self._resumed = 1
        self._maybe_over_s = self._foreseen_s = 0.0
        self._last_sound: tuple[float, LastSound] | None = None
        self._evidence: tuple[tuple[str, float], Evidence] | None = None
        self._tell_from_s = self._patience.long_s

    def begin(
        self,
        patience: EndpointTimeouts | None = None,
        completeness: Callable[[str], TurnCompletion] = any_words,
        *,
        sensing: bool = True,
        context: Sequence[str] = (),
    ) -> None:
        """Start to listen to an answer.

        Parameters
        ----------
        patience
            The time limits.
        completeness
            Given the text so far, says how completely it answers the question.
        sensing
            Whether to listen to how it is said, too. Otherwise the answer has only words, and nothing else is detected.
        context
            Names and phrases that may come, the most important ones first: the second ear knows them then.
        """
        self._patience = patience or EndpointTimeouts()
        self._completeness = completeness
        self._sensing = sensing
        self._reset()
        self._voice.reset()
        self._recogniser.begin()
        if self._follower is not None:
            self._follower.begin()
        if self._detector is not None:
            self._detector.begin()
        if self._second_ear is not None:
            self._second_ear.begin(context, verbatim=sensing)

    def feed(self, frame: Frame) -> list[Event]:
        """Process a frame.

        A gap between the last frame's end and this one's start is lost sound; it is replaced by silence, so that all
        times stay right.
        """
        events: list[Event] = []
        lost = self._sound.feed(frame)
        if lost:
            self._hear(np.zeros(lost, np.int16), events)
        self._hear(frame.samples, events)
        ended = self._turn_end()
        if ended is not None:
            events += self.finish(ended)
        elif self.audio.duration_s >= self._tell_from_s:
            self._tell_if_breath(events)
        return events

    def _tell_if_breath(self, events: list[Event]) -> None:
        speech = self._speech
        if speech and self._voice.judged_s - speech[-1].end_s >= BREATH_S:
            self._tell_from_s = self.audio.duration_s + _TOLD_EVERY_S
            events.append(LongAnswer(self._foreseen((), speech)))

    def _hear(self, samples: Samples, events: list[Event]) -> None:
        self.audio.append(samples)
        self._voice.feed(samples)
        speech = self._speech
        if not speech:
            return
        if self._speech_from is None:
            events.append(SpeechStarted(speech[0].start_s))
            noticed_s = max(speech[0].start_s, (len(self.audio) - len(samples)) / RATE_HZ)
            self._speech_from = max(0, int(noticed_s * RATE_HZ) - _PREROLL_SAMPLES)
        spoken = self.audio.beginning_at(self._speech_from)
        self._recogniser.accept(spoken)
        if self._second_ear is not None:
            self._let_hear(self._second_ear, speech, events)
        if self._sensing:
            self._notice(spoken, self._speech_from / RATE_HZ, speech, events)
        caption = self._recogniser.caption
        if caption != self._caption:
            self._caption = caption
            events.append(Caption(caption if self._sensing else self._without_fillers(caption)))

    def _let_hear(self, ear: SecondEar, speech: Sequence[SpeechSegment], events: list[Event]) -> None:
        judged_s, end_s = self._voice.judged_s, speech[-1].end_s
        ear.accept(self.audio, speech, judged_s)
        silence_s = judged_s - end_s
        if not self._ahead or silence_s < _MAYBE_OVER_S:
            return
        if end_s > self._maybe_over_s and silence_s >= self._silence_needed_s() - _HEAD_START_S:
            self._maybe_over_s = end_s
            ear.expect_end(self.audio, speech)
        if self._foreseen_s < end_s == self._maybe_over_s and (pieces := ear.foreseen()):
            self._foreseen_s = end_s
            events.append(MaybeEnded(self._foreseen(pieces, speech)))

    def _foreseen(self, pieces: Sequence[HeardPiece], speech: Sequence[SpeechSegment]) -> Answer:
        """The answer without what is known only at its end: the first ear's times, and which of its fillers are any."""
        start_s, end_s = speech[0].start_s, speech[-1].end_s
        texts = self._without_fillers(self._caption).split()
        each_s = (end_s - start_s) / max(1, len(texts))
        heard = [Word(text, start_s + at * each_s, start_s + (at + 1) * each_s, 0.5) for at, text in enumerate(texts)]
        said = reconcile(heard, _written(pieces, heard), speech, trust=self._trust(speech))
        return Answer(
            said.words,
            speech_start_s=start_s,
            speech_end_s=end_s,
            duration_s=self.audio.duration_s,
            second_hearing=self._second_transcript(pieces),
        )

    def _notice(
        self, spoken: AnswerAudio, offset_s: float, speech: Sequence[SpeechSegment], events: list[Event]
    ) -> None:
        if self._detector is not None:
            heard_s = self.audio.duration_s
            events += [FillerNoticed(round(onset_s + offset_s, 3), heard_s) for onset_s in self._detector.feed(spoken)]
        if len(speech) > self._resumed:
            self._resumed = len(speech)
            before, after = speech[-2:]
            if after.start_s - before.end_s >= SHORTEST_PAUSE_S:
                events.append(PauseNoticed(before.end_s, after.start_s))

    def _without_fillers(self, text: str) -> str:
        return " ".join(word for word in text.split() if word not in self._fillers)

    @property
    def _speech(self) -> tuple[SpeechSegment, ...]:
        """Where the person speaks."""
        speech = self._voice.stretches
        return speech if self._follower is None else self._follower.of_person(self.audio, speech, self._voice.judged_s)

    def _turn_end(self) -> TurnEnd | None:
        overtime_s = self.audio.duration_s - self._patience.longest_s
        if overtime_s >= self._patience.overtime_s:
            return TurnEnd.TOO_LONG
        speech = self._speech
        if not speech:
            return TurnEnd.NOBODY_SPOKE if self.audio.duration_s >= self._patience.beginning_s else None
        if (
            self.audio.duration_s >= self._patience.unanswered_s
            and self._completeness(self._caption) is TurnCompletion.INCOMPLETE
        ):
            return TurnEnd.UNANSWERED
        # What was lost may have been speech.
        silence_s = self._voice.judged_s - speech[-1].end_s - self._sound.missing_since(speech[-1].end_s)
        if overtime_s >= 0 and silence_s >= BREATH_S and not is_unfinished(self._caption, self._fillers):
            return TurnEnd.TOO_LONG
        if silence_s < self._patience.shortest_s:
            return None
        return TurnEnd.SILENCE if silence_s >= self._silence_needed_s() else None

    def _silence_needed_s(self) -> float:
        return end_of_turn().silence_needed_s(self.evidence(), self._patience)

    def evidence(self) -> Evidence:
        """What is known of the turn in the present silence: what was said, how the voice ended, and who it is."""
        speech = self._speech
        # It's asked for with every frame of a silence, and judging an answer may mean looking for a film.
        known = self._caption, speech[-1].end_s
        if self._evidence is None or self._evidence[0] != known:
            self._evidence = (
                known,
                turn_evidence(
                    self._caption,
                    self._completeness(self._caption),
                    self._patience,
                    speech if self._sensing else (),
                    fillers=self._fillers,
                    sound=self._sound_before(speech[-1].end_s) if self._sensing else None,
                ),
            )
        return self._evidence[1]

    def _sound_before(self, end_s: float) -> LastSound:
        if self._last_sound is None or self._last_sound[0] != end_s:
            self._last_sound = end_s, last_sound(self.audio.between(end_s - REACH_S, end_s))
        return self._last_sound[1]

    def finish(self, ended: TurnEnd = TurnEnd.SOURCE_ENDED) -> list[Event]:
        """End the turn here, and return its last events."""
        duration_s, speech = round(self.audio.duration_s, 3), self._speech
        lost = self._sound.lost(self.audio.samples, speech)
        quality = self._sound.sound(self.audio.samples, speech, lost)
        if self._speech_from is None:
            return [TurnEnded(Answer(duration_s=duration_s, ended=TurnEnd.NOBODY_SPOKE, lost=lost, sound=quality))]
        sound = self.audio.beginning_at(self._speech_from)
        offset_s = self._speech_from / RATE_HZ
        if self._second_ear is not None and speech:
            # It hears the rest while the recogniser comes to its end.
            self._second_ear.accept(self.audio, speech, self._voice.judged_s)
            self._second_ear.expect_end(self.audio, speech)
        found = _shifted(self._recogniser.finish(sound), offset_s)
        spoken = voiced(found, speech)
        others = self._other_voices([word for word in found if word not in spoken])
        if not speech:
            nobody = Answer(duration_s=duration_s, ended=TurnEnd.NOBODY_SPOKE, lost=lost, sound=quality)
            return [TurnEnded(replace(nobody, other_voices=others))]
        pieces = self._second_ear.finish(self.audio, speech, self._voice.judged_s) if self._second_ear else ()
        detection = self._detect(spoken, sound, offset_s, pieces)
        if others:
            # The detector searches all of the sound.
            detection = replace(detection, fillers=voiced(detection.fillers, speech))
        trust = self._trust(speech)
        written = _written(pieces, detection.words)
        said = reconcile(detection.words, written, speech, detection.fillers, trust=trust)
        items = sorted((*said.words, *detection.fillers), key=lambda item: (item.start_s, item.end_s))
        pauses = silent_pauses(items, speech, lost) if self._sensing else ()
        answer = Answer(
            words=said.words,
            fillers=detection.fillers,
            pauses=pauses,
            lengthened=lengthened(said.words, pauses) if self._sensing else (),
            speech_start_s=round(speech[0].start_s, 3),
            speech_end_s=round(speech[-1].end_s, 3),
            duration_s=duration_s,
            ended=ended,
            hallucinated_words=len(found)
            - len(spoken)
            - sum(len(each.text.split()) for each in others)
            + detection.dropped
            + said.dropped,
            lost=lost,
            second_hearing=self._second_transcript(pieces),
            sound=quality,
            other_voices=others,
        )
        return [TurnEnded(answer if self._sensing else answer.words_alone())]

    def _other_voices(self, unspoken: Sequence[Word]) -> tuple[OtherVoice, ...]:
        """Where others spoke, with those words under which there is no voice of the person."""
        others = self._follower.others if self._follower is not None else ()
        heard = [[word.word for word in voiced(unspoken, [other])] for other in others]
        return tuple(
            OtherVoice(round(other.start_s, 3), round(other.end_s, 3), " ".join(words))
            for other, words in zip(others, heard, strict=True)
        )

    def remember_person(self) -> None:
        """Know the person by the answer that has just ended, until `release`: they are told from others by that."""
        if self._follower is not None:
            self._follower.remember()

    def release(self) -> None:
        """Forget the person, and let go of the memory that only their answers needed; `begin` starts over."""
        if self._follower is not None:
            self._follower.forget()
        self._reset()
        self._recogniser.release()
        if self._second_ear is not None:
            self._second_ear.begin()

    def _trust(self, speech: Sequence[SpeechSegment]) -> float:
        if self._second_ear is None:
            return 0.0
        return trust_in(self._second_ear.engine, narrow_band=is_narrow_band(self.audio.samples, speech))

    def _second_transcript(self, pieces: Sequence[HeardPiece]) -> SecondTranscript | None:
        ear = self._second_ear
        if ear is None or not pieces:
            return None
        return SecondTranscript(ear.engine, ear.model, " ".join(word.text for each in pieces for word in each.words))

    def _detect(
        self, spoken: Sequence[Word], sound: AnswerAudio, offset_s: float, pieces: Sequence[HeardPiece]
    ) -> Detection:
        if self._detector is None or not self._sensing:
            fillers = tuple(
                Filler(word.word, word.start_s, word.end_s, word.confidence)
                for word in spoken
                if word.word in self._fillers
            )
            return Detection(tuple(word for word in spoken if word.word not in self._fillers), fillers, dropped=0)
        second = evidence_of((word for piece in pieces for word in piece.verbatim), offset_s)
        detection = self._detector.finish(_shifted(spoken, -offset_s), sound, second)
        return Detection(_shifted(detection.words, offset_s), _shifted(detection.fillers, offset_s), detection.dropped)


def _written(pieces: Sequence[HeardPiece], heard: Sequence[Word]) -> SecondHearing:
    return second_hearing((each.hypotheses, each.words_of(heard)) for each in pieces)


def _shifted(words: Iterable[SomeWord], by_s: float) -> tuple[SomeWord, ...]:
    return tuple(
        replace(word, start_s=round(word.start_s + by_s, 3), end_s=round(word.end_s + by_s, 3)) for word in words
    )
