"""What the second ear says of fillers, laid over the first ear's words."""

from __future__ import annotations

import numpy as np

from assistant.fillers.candidates import Candidate
from assistant.fillers.features import BANDS, COLUMNS, Rows
from assistant.fillers.second_ear import (
    SecondEvidence,
    SecondOpinion,
    TwoEarClassifier,
    evidence_of,
    is_filler,
    paired,
)
from assistant.turns.answer import Word, WrittenWord

FILLERS = frozenset({"um", "uh", "ah"})
SILENT, VOICED = -3.0, 0.5


def words(text: str, *, confidence: float = 0.9) -> tuple[Word, ...]:
    """Words of 0.3 s, one every half a second from 1 s on."""
    return tuple(Word(word, 1 + n / 2, 1.3 + n / 2, confidence) for n, word in enumerate(text.split()))


def heard_again(text: str) -> SecondEvidence:
    """The same words from the second ear, whose times are useless."""
    return SecondEvidence(tuple(Word(word, 0.0, 0.1, 0.8) for word in text.split()))


def sound(seconds: float, *voiced: tuple[float, float]) -> tuple[np.ndarray, Rows]:
    """Log-odds and rows of a sound with voice in it, none of which resembles a filler."""
    rows = np.zeros((int(seconds * 100), COLUMNS), np.float32)
    rows[:, BANDS + 2] = SILENT
    for start_s, end_s in voiced:
        rows[int(start_s * 100) : int(end_s * 100), BANDS + 2] = VOICED
    return np.full(len(rows), -5.0, np.float32), rows


def opinion(first: tuple[Word, ...], second: SecondEvidence) -> SecondOpinion:
    return SecondOpinion(second, first, FILLERS, 10.0)


def test_fillers_are_known_however_whisper_spells_them() -> None:
    assert all(map(is_filler, ("uh", "um", "umm", "uhm", "er", "erm", "ah", "hmm", "mm", "eh")))
    assert not any(map(is_filler, ("her", "hum", "a", "umbrella", "mm-hmm", "oh", "huh", "")))


def test_whisper_s_text_becomes_words_and_a_mm_hmm_is_one_of_them() -> None:
    written = [
        WrittenWord(text, 0.5, 2.0 + n, 2.5 + n)
        for n, text in enumerate(("Well,", "mm-hmm,", "Uh", "huh.", "wake-up,"))
    ]
    words = evidence_of(written, 2.0).words
    assert [word.word for word in words] == ["well", "mm-hmm", "uh-huh", "wake", "up"]
    assert words[0] == Word("well", 0.0, 0.5, 0.5)
    assert not any(is_filler(word.word) for word in words)


def test_words_are_paired_by_sound_and_fillers_whatever_they_are_called() -> None:
    first, second = words("so ah i liked the musical"), heard_again("so um i liked that music").words
    assert paired(first, second, FILLERS) == {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 5}


def test_a_filler_that_both_heard_is_given_to_the_named_candidate() -> None:
    first = words("i uh liked it")
    named = Candidate(1.5, 1.8, "uh", 0.9)
    heard = opinion(first, heard_again("i um liked it"))
    every, written = heard.assign([named], *sound(4, (0.9, 3.0)))
    assert every == [named]
    assert written == {named: heard_again("i um").words[1]}


def test_a_filler_that_only_the_second_ear_heard_is_placed_in_voice_between_its_neighbours() -> None:
    first = (*words("i"), Word("liked", 3.0, 3.3, 0.9))
    heard = opinion(first, heard_again("i uh liked"))
    (placed,), written = heard.assign([], *sound(4, (1.0, 1.3), (2.0, 2.4), (3.0, 3.3)))
    assert 1.95 <= placed.start_s < placed.end_s <= 2.45
    assert written[placed].word == "uh"


def test_a_filler_of_the_second_ear_without_voice_for_it_is_not_placed() -> None:
    first = (*words("i"), Word("liked", 3.0, 3.3, 0.9))
    heard = opinion(first, heard_again("i uh liked"))
    every, written = heard.assign([], *sound(4, (1.0, 1.3), (3.0, 3.3)))
    assert not every
    assert not written


def test_the_place_of_a_word_that_both_heard_is_taken() -> None:
    first = words("i really liked it")
    heard = opinion(first, heard_again("i really uh liked it"))
    every, _ = heard.assign([], *sound(4, (1.0, 1.3), (1.5, 1.8), (2.0, 2.3), (2.5, 2.8)))
    assert not every


def test_where_the_second_ear_stopped_early_it_heard_nothing() -> None:
    first = words("i liked it a lot and um we drove back home")
    heard = opinion(first, heard_again("i liked it"))
    assert heard.heard(Candidate(1.8, 2.0, None, 0.0))
    assert not heard.heard(Candidate(first[6].start_s, first[6].end_s, "um", 0.9))
    whole = opinion(first, heard_again("i liked it a lot and we drove back home"))
    assert whole.heard(Candidate(first[6].start_s, first[6].end_s, "um", 0.9))


def test_where_the_second_ear_heard_nothing_it_writes_nothing() -> None:
    heard = opinion(words("saw uh film"), SecondEvidence(()))
    every, written = heard.assign([Candidate(1.5, 1.8, "uh", 0.9)], *sound(4, (0.9, 3.0)))
    assert len(every) == 1
    assert not written


def test_both_ears_words_count_for_a_filler_the_second_ear_s_most() -> None:
    judge = TwoEarClassifier.load()
    doubtful, sure = -2.0, 2.0
    log_odds = np.array([doubtful, sure, doubtful, sure], np.float32)
    unwritten_doubtful, unwritten_sure, written_doubtful, written_sure = judge.probability(
        log_odds, np.array([False, False, True, True])
    )
    assert unwritten_doubtful < unwritten_sure < judge.threshold < written_doubtful < written_sure
