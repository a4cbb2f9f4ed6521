"""The listener, with a recogniser and a voice activity detector that follow a score: arithmetic, no sound."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.asr.endpointing import ENDLESS, EndpointTimeouts, TurnCompletion, end_of_turn
from assistant.asr.events import Caption, Event, LongAnswer, SpeechStarted, TurnEnded
from assistant.asr.listener import Listener
from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import FRAME_SAMPLES, RATE_HZ, Frame, Samples
from assistant.turns.answer import Answer, LostSound, TurnEnd, Word
from assistant.turns.audio import AnswerAudio

LOUD = 1000
ANSWERED, UNKNOWN, INCOMPLETE = TurnCompletion.ANSWERED, TurnCompletion.UNKNOWN, TurnCompletion.INCOMPLETE


class Score:
    """Words at times; the sound is loud while somebody speaks."""

    def __init__(self, *words: tuple[str, float, float], voiced: tuple[tuple[float, float], ...] = ()) -> None:
        self.words = [Word(word, start_s, end_s, 1.0) for word, start_s, end_s in words]
        self.voiced = voiced or tuple((start_s, end_s) for _, start_s, end_s in words)

    def sound(self, duration_s: float) -> Samples:
        samples = np.zeros(int(duration_s * RATE_HZ), np.int16)
        for start_s, end_s in self.voiced:
            samples[int(start_s * RATE_HZ) : int(end_s * RATE_HZ)] = LOUD
        return samples


class ScoreRecogniser:
    """Knows the words of a score as soon as they have gone by, as Vosk does, relative to what it was fed."""

    def __init__(self, score: Score) -> None:
        self.score = score
        self.sound = AnswerAudio()

    def begin(self) -> None:
        self.sound = AnswerAudio()

    def accept(self, sound: AnswerAudio) -> None:
        self.sound = sound

    @property
    def _heard(self) -> list[Word]:
        fed = self.sound.samples
        first_loud = int(np.argmax(fed == LOUD)) / RATE_HZ if (fed == LOUD).any() else 0.0
        shift_s = self.score.voiced[0][0] - first_loud
        return [
            Word(word.word, word.start_s - shift_s, word.end_s - shift_s, 1.0)
            for word in self.score.words
            if word.end_s - shift_s <= len(fed) / RATE_HZ
        ]

    @property
    def caption(self) -> str:
        return " ".join(word.word for word in self._heard)

    def finish(self, sound: AnswerAudio) -> tuple[Word, ...]:
        self.sound = sound
        return tuple(self._heard)


class Loudness:
    def __call__(self, audio: bytes) -> float:
        return float(np.mean(np.frombuffer(audio, np.int16) == LOUD))

    def reset(self) -> None:
        pass


def listener_for(score: Score) -> Listener:
    return Listener(ScoreRecogniser(score), VoiceActivity(Loudness()), fillers={"um"})


def hear(
    score: Score,
    duration_s: float,
    *,
    start: int = 0,
    patience: EndpointTimeouts | None = None,
    complete: TurnCompletion = TurnCompletion.UNKNOWN,
) -> tuple[list[Event], float]:
    """Everything that comes of a score, and how many seconds it took until the turn was over."""
    listener = listener_for(score)
    listener.begin(patience, lambda text: complete)
    sound = score.sound(duration_s)
    events: list[Event] = []
    for at in range(0, len(sound), FRAME_SAMPLES):
        events += listener.feed(Frame(sound[at : at + FRAME_SAMPLES], start + at))
        if events and isinstance(events[-1], TurnEnded):
            return events, (at + FRAME_SAMPLES) / RATE_HZ
    return [*events, *listener.finish()], duration_s


def answer_of(score: Score, duration_s: float, patience: EndpointTimeouts | None = None) -> Answer:
    events, _ = hear(score, duration_s, patience=patience)
    assert isinstance(events[-1], TurnEnded)
    return events[-1].answer


HELLO = Score(("hello", 1.0, 1.5), ("there", 1.5, 2.0))


def test_speech_is_announced_captioned_and_ended():
    events, _ = hear(HELLO, 5.0)
    assert isinstance(events[0], SpeechStarted)
    assert [event.text for event in events if isinstance(event, Caption)] == ["hello", "hello there"]
    assert isinstance(events[-1], TurnEnded)
    assert events[-1].answer.ended is TurnEnd.SILENCE


def test_a_turn_ends_after_the_silence_that_the_evidence_needs_by_the_audio_clock():
    listener = listener_for(HELLO)
    listener.begin()
    listener.feed(Frame(HELLO.sound(2.2), 0))
    needed_s = end_of_turn().silence_needed_s(listener.evidence(), EndpointTimeouts())
    _, ended_s = hear(HELLO, 6.0)
    assert ended_s == pytest.approx(2.0 + needed_s, abs=0.06)


def test_a_turn_with_an_answer_ends_sooner_and_one_without_later():
    waits = [hear(HELLO, 6.0, complete=each)[1] for each in (ANSWERED, UNKNOWN, INCOMPLETE)]
    assert waits == sorted(set(waits))


def test_more_words_in_a_silence_change_how_long_it_has_to_be():
    late = Score(("fine", 0.5, 1.0), ("but", 1.0, 1.3), voiced=((0.5, 1.0),))
    assert hear(late, 6.0, complete=UNKNOWN)[1] > hear(Score(("fine", 0.5, 1.0)), 6.0, complete=UNKNOWN)[1]


def test_a_pause_after_a_conjunction_does_not_end_the_turn():
    score = Score(("fine", 0.5, 1.0), ("but", 1.0, 1.3), ("sad", 2.8, 3.2))
    answer = answer_of(score, 6.0)
    assert answer.text == "fine but sad"
    assert [(pause.before, round(pause.duration_s, 1)) for pause in answer.pauses] == [("sad", 1.5)]


def test_word_times_count_from_where_listening_began_though_the_recogniser_heard_less():
    word = answer_of(Score(("late", 4.0, 4.5)), 7.0).words[0]
    assert (word.start_s, word.end_s) == (pytest.approx(4.0, abs=0.05), pytest.approx(4.5, abs=0.05))


def test_the_response_latency_is_the_silence_before_the_first_voice():
    assert answer_of(HELLO, 5.0).response_latency_s == pytest.approx(1.0, abs=0.04)


def test_nobody_speaking_ends_the_turn_after_the_time_to_begin():
    events, ended_s = hear(Score(("never", 90.0, 91.0)), 20.0)
    assert ended_s == pytest.approx(EndpointTimeouts().beginning_s, abs=0.05)
    assert isinstance(events[-1], TurnEnded)
    assert events[-1].answer.ended is TurnEnd.NOBODY_SPOKE
    assert events[-1].answer.response_latency_s is None


def test_a_word_without_a_voice_under_it_is_dropped_and_counted():
    score = Score(("hello", 1.0, 1.5), ("the", 1.9, 2.0), voiced=((1.0, 1.5),))
    answer = answer_of(score, 5.0)
    assert answer.spoken == "hello"
    assert answer.hallucinated_words == 1


def test_fillers_are_kept_apart_from_words_and_in_the_verbatim_text():
    answer = answer_of(Score(("i", 0.5, 0.7), ("um", 0.7, 1.1), ("left", 1.1, 1.5)), 4.0)
    assert (answer.spoken, answer.text) == ("i left", "i um left")
    assert [filler.word for filler in answer.fillers] == ["um"]


def test_lost_sound_keeps_the_clock_right_and_is_reported():
    listener = listener_for(HELLO)
    listener.begin(ENDLESS)
    sound = HELLO.sound(4.0)
    listener.feed(Frame(sound[: RATE_HZ // 2], 7000))
    listener.feed(Frame(sound[RATE_HZ:], 7000 + RATE_HZ))
    [ended] = listener.finish()
    assert isinstance(ended, TurnEnded)
    assert ended.answer.lost_s == 0.5
    assert ended.answer.duration_s == 4.0
    assert ended.answer.words[0].start_s == pytest.approx(1.0, abs=0.05)


def hear_with_a_gap(score: Score, lost: tuple[float, float], duration_s: float) -> Answer:
    """A score of which a stretch never arrives, heard until the turn is over by itself."""
    listener = listener_for(score)
    listener.begin()
    sound = score.sound(duration_s)
    for at in range(0, len(sound), FRAME_SAMPLES):
        if lost[0] <= at / RATE_HZ < lost[1]:
            continue
        for event in listener.feed(Frame(sound[at : at + FRAME_SAMPLES], at)):
            if isinstance(event, TurnEnded):
                return event.answer
    raise AssertionError


def test_sound_that_is_lost_ends_no_turn_and_is_no_pause():
    score = Score(("yes", 0.2, 2.0), ("indeed", 6.0, 7.0))
    answer = hear_with_a_gap(score, (1.6, 5.8), 11.0)
    assert answer.spoken == "yes indeed"
    assert answer.lost == (LostSound(1.6, 5.8),)
    assert answer.pauses == ()
    assert hear(score, 9.0)[1] < 6.0


def test_a_latency_in_which_sound_was_lost_is_unknown():
    score = Score(("yes", 2.0, 3.0))
    assert hear_with_a_gap(score, (0.5, 1.0), 7.0).response_latency_s is None
    assert hear_with_a_gap(score, (3.2, 3.4), 7.0).response_latency_s == pytest.approx(2.0, abs=0.05)


def test_a_long_answer_is_not_cut_short_and_what_was_said_so_far_is_told_at_a_breath():
    score = Score(("yes", 0.2, 2.0), ("and", 2.0, 4.4), ("no", 4.8, 6.0), ("yes", 6.5, 8.0))
    events, ended_s = hear(score, 10.0, patience=EndpointTimeouts(long_s=3.0))
    [told] = [event for event in events if isinstance(event, LongAnswer)]
    assert told.so_far.spoken == "yes and"
    assert told.so_far.duration_s == pytest.approx(4.75, abs=0.1)
    assert ended_s > 8.0
    assert events[-1].answer.spoken == "yes and no yes"
    assert events[-1].answer.ended is TurnEnd.SILENCE


def test_a_turn_that_is_too_long_ends_between_two_sentences_and_not_before_a_conjunctions_clause():
    score = Score(("yes", 0.2, 2.0), ("and", 2.0, 3.4), ("no", 3.9, 5.0), ("yes", 5.4, 9.9))
    events, ended_s = hear(score, 10.0, patience=EndpointTimeouts(longest_s=3.0))
    assert ended_s == pytest.approx(5.3, abs=0.1)
    assert events[-1].answer.ended is TurnEnd.TOO_LONG


def test_the_longest_turn_ends_even_a_monologue_without_a_breath():
    score = Score(("on", 0.2, 9.9))
    _, ended_s = hear(score, 10.0, patience=EndpointTimeouts(longest_s=3.0, overtime_s=2.0))
    assert ended_s == pytest.approx(5.0, abs=0.03)


def test_one_block_is_heard_like_many_frames():
    listener = listener_for(HELLO)
    listener.begin(ENDLESS)
    listener.feed(Frame(HELLO.sound(4.0), 0))
    [ended] = listener.finish()
    assert isinstance(ended, TurnEnded)
    assert ended.answer == answer_of(HELLO, 4.0, ENDLESS)


def test_a_click_is_not_speech():
    click = Score(("x", 50.0, 51.0), voiced=((1.0, 1.04),))
    assert answer_of(click, 3.0).ended is TurnEnd.NOBODY_SPOKE


def test_somebody_who_pauses_longer_is_waited_for_longer():
    wait_s = hear(HELLO, 6.0)[1] - 2.0
    halting = Score(("hello", 1.0, 1.5), ("there", 1.5, 2.0), ("you", 2.1 + wait_s, 2.4 + wait_s))
    assert answer_of(halting, 8.0).spoken == "hello there"
    assert answer_of(halting, 8.0, EndpointTimeouts(pace=1.8)).spoken == "hello there you"


def test_without_sensing_an_answer_has_words_alone():
    score = Score(("hello", 1.0, 1.5), ("um", 1.6, 1.9), ("there", 2.3, 3.4))
    listener = listener_for(score)
    listener.begin(sensing=False)
    events = listener.feed(Frame(score.sound(2.5), 0)) + listener.feed(Frame(score.sound(4.0)[40_000:], 40_000))
    [ended] = listener.finish()
    assert isinstance(ended, TurnEnded)
    assert ended.answer.text == "hello there"
    assert not (ended.answer.fillers or ended.answer.pauses or ended.answer.lengthened)
    assert {type(event) for event in events} == {SpeechStarted, Caption}
    assert all("um" not in event.text.split() for event in events if isinstance(event, Caption))
