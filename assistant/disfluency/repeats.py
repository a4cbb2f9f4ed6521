"""Words said twice by accident, as opposed to on purpose."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.clauses import can_end
from assistant.english.letters import abbreviation_at
from assistant.english.lexicon import can_be_finite, can_be_noun, tags_of
from assistant.english.predicates import has_verb
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Doc
from assistant.english.words import (
    ANYBODY,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    DEMONSTRATIVES,
    DETERMINERS,
    DOUBLED,
    MID_ADVERBS,
    OBJECT_PRONOUNS,
    QUESTION_WORDS,
    SUBJECTS,
    THINKING,
    is_contraction,
    looks_like_verb,
    subject_of,
)

_LONGEST = 6
_CLAUSE = 8
"""A clause that ends has its verb among this many words."""
# "again and again and again", "day by day by day"
_LINKS = frozenset(("and", "or", "by", "after", "to"))
# After these, a noun phrase is a subject: "i think the music".
_OPENS_CLAUSE = CONJUNCTIONS | THINKING | SUBJECTS | AUXILIARIES | OBJECT_PRONOUNS


def repeat_at(doc: Doc, start: int) -> int:
    """Where the first copy of an accidental repeat that begins at `start` ends; `start` itself where there is none.

    The longest repeat counts, up to six words. Kept are doublings that are English ("that that", "very very"),
    numbers, rhythms ("over and over and over"), and two sentences that meet in a word ("i loved it | it was …").
    """
    words = doc.words
    for length in range(min(_LONGEST, (len(words) - start) // 2), 0, -1):
        stop = start + length
        again = words[start:stop] == words[stop : stop + length]
        if again and not _meant(words, start, length) and not _meets_after_silence(doc, start, length):
            return stop
    return start


def _meant(words: Sequence[str], start: int, length: int) -> bool:
    copy = words[start : start + length]
    after = words[start + 2 * length : start + 2 * length + 1]
    if any(at <= start < at + abbreviation_at(words, at) for at in range(max(0, start - _LONGEST), start + 1)):
        # "c n n"
        return True
    if copy == ["her"]:
        # "it belongs to her her voice is …", not "she lost her her voice"
        return bool(after) and any(looks_like_verb(word) for word in words[start + 3 : start + 4])
    if copy == ["that"] and after and (subject_of(after[0]) or after[0] in DETERMINERS | ANYBODY):
        return False
    if copy == ["that"] and start and after and words[start - 1] not in _OPENS_CLAUSE:
        # "the film that that makes you cry"; "i said that that was enough" is grammar.
        noun = start >= 2 and words[start - 2] in DETERMINERS | DEMONSTRATIVES
        return (
            not looks_like_verb(after[0]) or (looks_like_verb(words[start - 1]) and not noun) or after[0] in AUXILIARIES
        )
    if copy == ["so"] and after and subject_of(after[0]):
        # "so so i cried", not "it was so so i left"
        return start > 0 and (
            words[start - 1] in BE or is_contraction(words[start - 1]) or words[start - 1] in THINKING
        )
    if all(word in DOUBLED for word in copy):
        return True
    if copy in (["is"], ["was"]):
        return _is_wanting_verb(words, start)
    if length == 2 and _is_rhythm(copy, words[start - 1] if start else "", after[0] if after else ""):
        return True
    return _two_sentences(words, start, length)


def _is_wanting_verb(words: Sequence[str], copula: int) -> bool:
    """Whether a clause before a copula takes it for its verb, and a second for what it is: "what it was | was sad".

    Not where it has one: "what i like is is how slow it is", "what he's doing is is a trick".
    """
    opener = max((at for at in range(max(0, copula - _CLAUSE), copula) if words[at] in QUESTION_WORDS), default=None)
    if opener is None:
        return False
    clause = words[opener + 1 : copula]
    verbs = {word for word in clause if is_contraction(word) or (can_be_finite(word) and not can_be_noun(word))}
    # "what i think it is is": what is thought has a clause of its own.
    own = verbs - (THINKING - {"like", "likes"})
    return not own and not (clause and can_be_finite(clause[-1]) and not _is_subject(clause))


def _is_subject(clause: Sequence[str]) -> bool:
    """Whether the words are no more than somebody or something: "it", "the end"."""
    return subject_of(clause[-1]) is not None or (len(clause) > 1 and clause[-2] in DETERMINERS | {"his", "her"})


def _is_rhythm(copy: Sequence[str], before: str, after: str) -> bool:
    """As in "over and over and over", from any of its words, its last link included: "waits and waits and then"."""
    first, second = copy
    linked = (second in _LINKS and (after == first or before == second)) or (first in _LINKS and before == second)
    return linked and first not in SUBJECTS | DETERMINERS and second not in SUBJECTS | DETERMINERS


def _two_sentences(words: Sequence[str], start: int, length: int) -> bool:
    """Whether the first copy ends a sentence and the second begins one: "loved the ending | the ending was"."""
    copy = words[start : start + length]
    if not start or start + 2 * length >= len(words):
        return False
    before, after = words[start - 1], words[start + 2 * length]
    # "love you | you know", where the second half is no clause of its own.
    if copy == ["you"] and after == "know":
        return looks_like_verb(before)
    is_phrase = copy[0] in DETERMINERS | DEMONSTRATIVES and length > 1
    is_pronoun = length == 1 and copy[0] in DEMONSTRATIVES | {"it", "you"}
    opens_clause = before in _OPENS_CLAUSE or is_contraction(before)
    goes_on = looks_like_verb(after) or after in MID_ADVERBS
    return (is_phrase or is_pronoun) and not opens_clause and goes_on


def _meets_after_silence(doc: Doc, start: int, length: int) -> bool:
    """As in "it's as good as alien (0.6) alien scared me": a clause ends, and the next begins with its last word."""
    stop = start + length
    if doc[stop].pause_s < SENTENCE_PAUSE_S or stop + length >= len(doc) or not can_end(doc, stop - 1):
        return False
    left = has_verb(doc, max(0, start - _CLAUSE), start)
    after = doc[stop + length].word
    return left and (after in AUXILIARIES or not tags_of(after).isdisjoint(("VBZ", "VBD")))
