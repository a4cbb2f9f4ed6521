"""The check that a review says nothing that the person didn't say.

A sentence claims what its source claims, and no more, judged by the words left out and put in.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from rapidfuzz import fuzz

from assistant.disfluency import remove
from assistant.english.lexicon import can_be_finite, can_be_noun, is_known
from assistant.english.normalise import normal_words, with_numbers_as_in
from assistant.english.token import Token, tokens_of_text
from assistant.english.words import (
    ARTICLES,
    COORDINATORS,
    DETERMINERS,
    NUMBERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    SUBORDINATORS,
)
from assistant.review.alignment import AUXILIARY_FAMILIES, AUXILIARY_FORMS, align, must_stay
from assistant.review.review import Passage, Sentence
from assistant.review.writing import write, write_plainly
from assistant.turns.user_turn import UserTurn

# Times are floats that may have been rounded in a file.
_TOLERANCE_S = 0.005

# Words that may be put in, because they say nothing by themselves.
_PUT_IN = ARTICLES | frozenset("and but so then also that which who it there".split())
_PUT_IN_PREPOSITIONS = frozenset("of to in on at for".split())
_PRESENT_BE = frozenset(("is", "are", "am", "'s"))
# Words that only point; a name from the film may replace them.
_POINTS = SUBJECTS | ARTICLES | frozenset(
    "this that him her them his its their film movie picture director actor actress lead guy man woman one star "
    "writer composer who".split()
)  # fmt: skip
_CLAUSE_OPENERS = COORDINATORS | SUBORDINATORS | SUBJECTS | frozenset(("there",))
_RELATIVES = QUESTION_WORDS | SUBORDINATORS | {"that"}
_CONDITIONS = frozenset(("if", "unless", "until"))
_SAYS_NOTHING = frozenset((("you", "know"), ("i", "mean"), ("well",), ("yes",), ("okay",), ("so",)))
_SMALLEST_MOVED = 2
_ALIKE = 55
"""Lowest likeness of letters (0 to 100, by rapidfuzz) at which a name may replace a word as a mishearing of it."""


def is_grounded(sentence: str, source: str, facts: Sequence[str] = ()) -> bool:
    """Whether a sentence says what was said in `source` and no more.

    Its words must be those of the source, in order, in the same form or another form of the same word and tense. Words
    left out must not deny, soften, limit or attribute what stays. Words put in must be a name or number from the film's
    facts, or words that say nothing ("the", "and"). A part that opens or ends the sentence ("when i saw it") may move
    to the other end.

    Parameters
    ----------
    sentence : str
        As written.
    source : str
        As spoken, fillers and all.
    facts : sequence of str
        What is known about the film: its title, its year, the names of its makers and cast.
    """
    return _is_any(sentence, (remove(tokens_of_text(source)).text, source), facts)


def keep_grounded(sentence: Sentence, said: Sequence[UserTurn], facts: Sequence[str] = ()) -> Sentence:
    """The sentence itself if it says what was said there and no more, else the plain words of its sources."""
    tidy = [token for passage in sentence.sources for token in _tidy(passage, said)]
    words = [word for passage in sentence.sources for word in source_words(passage, said)]
    sources = (" ".join(token.word for token in tidy), " ".join(words))
    if _is_any(sentence.text, sources, facts) or is_grounded(sentence.text, sources[1], facts):
        return sentence
    return Sentence(write(tidy) if tidy else write_plainly(words), sentence.sources)


def source_words(passage: Passage, said: Sequence[UserTurn]) -> list[str]:
    """What the person said in a passage, without fillers, in the second recogniser's words if there was one."""
    return [
        token.word
        for answer in said
        if answer.number == passage.turn
        for token in answer.tokens
        if not token.filler and _is_within(token, passage)
    ]


def _tidy(passage: Passage, said: Sequence[UserTurn]) -> list[Token]:
    """The rest of a passage after cleaning its whole answer."""
    return [
        token
        for answer in said
        if answer.number == passage.turn
        for token in remove(answer.tokens).tokens
        if _is_within(token, passage)
    ]


def _is_any(sentence: str, sources: Sequence[str], facts: Sequence[str]) -> bool:
    known = [normal_words(fact) for fact in facts]
    written = normal_words(sentence)
    return bool(written) and any(
        _keeps_claims(with_numbers_as_in(written, words), words, known) for words in map(normal_words, sources)
    )


def _is_within(token: Token, passage: Passage) -> bool:
    return passage.start_s - _TOLERANCE_S <= token.start_s and token.end_s <= passage.end_s + _TOLERANCE_S


def _keeps_claims(sentence: Sequence[str], source: Sequence[str], facts: Sequence[Sequence[str]]) -> bool:
    """Whether a sentence has the words of the source except for those that change no claim."""
    return any(_is_kept(words, source, facts) for words in (list(sentence), *_turned_round(sentence)))


def _turned_round(sentence: Sequence[str]) -> list[list[str]]:
    """The sentence with a clause or phrase moved from its end to its start, or from its start to its end."""
    turned = []
    for cut in range(_SMALLEST_MOVED, len(sentence) - _SMALLEST_MOVED + 1):
        first, second = list(sentence[:cut]), list(sentence[cut:])
        opens = PREPOSITIONS | SUBORDINATORS | {"and", "but", "so"}
        if first[0] in opens or second[0] in opens:
            turned.append([*second, *first])
    return turned


def _is_kept(sentence: list[str], source: Sequence[str], facts: Sequence[Sequence[str]]) -> bool:
    places = align(sentence, source)
    matched = {place for place in places if place is not None}
    if not matched:
        return False
    for start, stop in _runs([place is None for place in places]):
        left_out = _gap(places, start, stop, len(source))
        if not _may_be_put_in(sentence, start, stop, [source[at] for at in left_out], facts):
            return False
    return all(
        _may_be_left_out(source, start, stop, matched, sentence)
        for start, stop in _runs([at not in matched for at in range(len(source))])
    )


def _runs(flags: Sequence[bool]) -> list[tuple[int, int]]:
    runs, start = [], None
    for at, flag in enumerate([*flags, False]):
        if flag and start is None:
            start = at
        elif not flag and start is not None:
            runs.append((start, at))
            start = None
    return runs


def _gap(places: Sequence[int | None], start: int, stop: int, size: int) -> range:
    """The places of the source between the neighbours of a stretch that was put in."""
    low = next((place for place in reversed(places[:start]) if place is not None), -1)
    high = next((place for place in places[stop:] if place is not None), size)
    return range(low + 1, high)


def _may_be_put_in(
    sentence: Sequence[str], start: int, stop: int, instead: Sequence[str], facts: Sequence[Sequence[str]]
) -> bool:
    words = list(sentence[start:stop])
    known = {word for fact in facts for word in fact}
    named = [word for word in words if word in known and word not in _PUT_IN | _PUT_IN_PREPOSITIONS]
    around = {*sentence[max(0, start - 2) : start], *sentence[stop : stop + 2]}
    if named and not _may_be_named(words, instead, around, facts):
        return False
    joined = "".join(words) in "".join(instead) and "".join(words) != ""
    if joined and "".join(instead).startswith("".join(words)):
        # "sound track" and "soundtrack"
        return True
    following = sentence[stop] if stop < len(sentence) else ""
    return all(word in known or _is_empty(word, start, following) for word in words)


def _is_empty(word: str, start: int, following: str) -> bool:
    if word in _PRESENT_BE:
        return not following.endswith("ing")
    return word in _PUT_IN | _PUT_IN_PREPOSITIONS or (word == "i" and start == 0)


def _may_be_named(
    words: Sequence[str], instead: Sequence[str], around: set[str], facts: Sequence[Sequence[str]]
) -> bool:
    """Whether a fact about the film may replace `instead`, which the source says: a pointer, or a mishearing of it."""
    names = [word for word in instead if word not in _POINTS and (not is_known(word) or word in NUMBERS)]
    known = {word for fact in facts for word in fact}
    if any(word in known and word not in _POINTS for word in instead):
        # The source says another of the film's names there.
        return any(
            set(words) >= set(fact) & set(instead) and set(fact) & set(instead)
            for fact in facts
            if set(fact) & set(words)
        )
    if any(set(words) < set(fact) and set(fact) - set(words) <= around for fact in facts):
        # "walking phoenix": the rest of the name was recognised.
        return True
    wanted = " ".join(words)
    heard = [word for word in instead if word not in _POINTS]
    if not heard:
        return True
    alike = fuzz.ratio(wanted, " ".join(heard)) >= _ALIKE
    return alike and not any(word in NUMBERS or word.isdigit() for word in names)


def _may_be_left_out(source: Sequence[str], start: int, stop: int, matched: set[int], sentence: Sequence[str]) -> bool:
    if tuple(source[start:stop]) in _SAYS_NOTHING:
        return True
    for low, high in _units(source, start, stop):
        if not any(place in matched for place in range(low, high)):
            beside = low - 1 in matched or high in matched
            if beside and source[low] in _CONDITIONS:
                return False
            continue
        begin, end = max(low, start), min(high, stop)
        if any(_is_missed(source, at, begin, end, sentence) for at in range(begin, end)):
            return False
        if end < high and end < len(source) and end in matched and not _comes_apart(source, begin, end, begin > low):
            return False
    return True


def _units(source: Sequence[str], start: int, stop: int) -> list[tuple[int, int]]:
    """The clauses that overlap a stretch: a new one begins at a conjunction followed by a subject."""
    starts = [0]
    for at in range(1, len(source) - 1):
        joins = source[at] in COORDINATORS | SUBORDINATORS and _opens_clause(source, at + 1)
        if joins or (source[at] in SUBJECTS and _ended(source, at) and at - starts[-1] > 1):
            starts.append(at)
    bounds = [*starts, len(source)]
    return [(low, high) for low, high in pairwise(bounds) if low < stop and high > start]


def _opens_clause(source: Sequence[str], at: int) -> bool:
    return source[at] in SUBJECTS | DETERMINERS | {"there", "this", "that", "his", "her", "nobody", "everybody", "not"}


def _ended(source: Sequence[str], at: int) -> bool:
    """Whether the clause before a pronoun is probably over: no verb of thinking or saying, no link before it."""
    before = source[at - 1]
    links = COORDINATORS | _RELATIVES | PREPOSITIONS | AUXILIARY_FORMS | DETERMINERS
    return (
        source[at] not in {"it", "you"}
        and before not in links
        and not must_stay(before, "")
        and (not can_be_finite(before) or can_be_noun(before))
    )


def _is_missed(source: Sequence[str], at: int, begin: int, end: int, sentence: Sequence[str]) -> bool:
    """Whether a word that was left out changes what stays."""
    word = source[at]
    after = source[at + 1] if at + 1 < len(source) else ""
    if not must_stay(word, after):
        return False
    if word not in AUXILIARY_FORMS:
        return True
    # "it was slow and it was long": "it was slow and long".
    subject = any(source[place] in SUBJECTS | {"there"} for place in range(begin, at))
    family = {form for group in AUXILIARY_FAMILIES if word in group for form in group}
    return not (subject and not family.isdisjoint(sentence))


def _comes_apart(source: Sequence[str], begin: int, end: int, inside: bool) -> bool:
    """Whether the words left out before a word that stays are unrelated to it.

    They aren't in "she told him that | he | lied", or if a verb or a preposition loses what it governs.
    """
    last, following = source[end - 1], source[end]
    governs = last in PREPOSITIONS or (can_be_finite(last) and not can_be_noun(last) and last not in AUXILIARY_FORMS)
    if governs and following not in COORDINATORS | PREPOSITIONS | SUBORDINATORS:
        return False
    if not inside:
        return True
    run = source[begin:end]
    if all(word in SUBJECTS | AUXILIARY_FORMS | COORDINATORS | {"there"} for word in run):
        # "it was slow and | it was | long"
        return run[0] not in COORDINATORS
    clause = any(word in SUBJECTS for word in run) or any(can_be_finite(word) and not can_be_noun(word) for word in run)
    return not clause or following in _CLAUSE_OPENERS or run[0] in _RELATIVES | COORDINATORS
