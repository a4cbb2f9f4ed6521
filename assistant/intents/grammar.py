"""What a recogniser may expect while a review is corrected: the commands, and the words of the review."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from assistant.asr.hypotheses import UNKNOWN
from assistant.english.normalise import words_of
from assistant.english.phonetics import sound_of
from assistant.english.words import FILLERS, LEAD_INS
from assistant.intents.intent import Context
from assistant.intents.matcher import command_starts
from assistant.intents.table import Phrase, command_table, is_slot

_NEW = "{new}"
_RESEMBLES = 0.7
_MOST = 3


def grammar(sentences: Sequence[str]) -> tuple[str, ...]:
    """Phrases in lower case; "[unk]" stands for words that aren't known in advance.

    Parameters
    ----------
    sentences : sequence of str
        The sentences of the review.
    """
    table = command_table()
    fixed = table.phrases[Context.EDITING]
    slotted = [phrase.words for phrase in table.slot_phrases[Context.EDITING] if phrase.entry.grammar]
    lines = [words_of(sentence) for sentence in sentences]
    words = dict.fromkeys(word for line in lines for word in line)
    skipped = [*sorted(LEAD_INS), *table.skip_words.lead_ins, *sorted(FILLERS), *table.skip_words.requests]
    # Vosk builds a bigram model from these: without the pairs, it mistakes lead-ins for little words of the review.
    openings = dict.fromkeys(_spelled_as_heard(phrase[0]) for phrase in (*fixed, *slotted))
    elsewhere = {Context.REVIEW, Context.ADDING}
    phrases = (
        *map(" ".join, fixed),
        *skipped,
        table.escape,
        *(table.name_of(entry.intent) for entry in table.command if elsewhere.intersection(entry.contexts)),
        *map(" ".join, lines),
        *(piece for phrase in slotted for piece in _pieces(phrase, words)),
        *(f"{before} {opening}" for before in skipped for opening in openings),
    )
    return tuple(dict.fromkeys(phrase.lower() for phrase in phrases))


def resembling(heard: str) -> list[str]:
    """The commands without slots that sound most like an utterance, the most similar first.

    Vosk hears "new the to the end" for "move it to the end", and no grammar helps if a word was swallowed.
    """
    words = words_of(heard)
    found: dict[str, float] = {}
    for start in command_starts(words):
        for sound, alike, _ in process.extract(
            sound_of(words[start:]),
            list(_sounds()),
            scorer=Levenshtein.normalized_similarity,
            score_cutoff=_RESEMBLES,
            limit=_MOST,
        ):
            wording = " ".join((*words[:start], *_sounds()[sound]))
            found[wording] = max(alike, found.get(wording, 0.0))
    return sorted(found, key=lambda wording: -found[wording])[:_MOST]


@cache
def _sounds() -> dict[str, Phrase]:
    return {sound_of(phrase): phrase for phrase in command_table().phrases[Context.EDITING]}


def _pieces(phrase: Phrase, words: Iterable[str]) -> Iterator[str]:
    """The phrase up to the words of the review and from there on, with each word that may stand there."""
    at = next(at for at, part in enumerate(phrase) if is_slot(part) and part != _NEW)
    cut = (phrase[:at], phrase[at - 1 :]) if _NEW in phrase[:at] else (phrase[: at + 1], phrase[at:])
    for word in words:
        for piece in cut:
            if len(piece) > 1:
                yield " ".join(_filled(part, word) for part in piece)


def _filled(part: str, word: str) -> str:
    if is_slot(part):
        return UNKNOWN if part == _NEW else word
    return _spelled_as_heard(part)


def _spelled_as_heard(word: str) -> str:
    return next((heard for heard, spelled in command_table().spellings.items() if spelled == word), word)
