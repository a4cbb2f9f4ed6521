"""The word "like" where it says nothing, told from the verb, from likeness and from quoted speech."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.review.lexicon import can_be_adjective, can_be_adverb, can_be_noun, is_past, tags_of
from assistant.review.token import Token
from assistant.review.words import (
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    DO_AND_MODALS,
    MID_ADVERBS,
    NUMBERS,
    OBJECT_PRONOUNS,
    OPENERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    SUBORDINATORS,
    is_contraction,
    subject_of,
)

_PAUSE_S = 0.2
_END = ""
# After these it is a verb, or says what something resembles.
_BOUND = frozenset(
    "to not don't didn't doesn't would wouldn't could i'd you'd they'd he'd she'd we'd do did does look looks looked "
    "looking feel feels felt feeling sound sounds sounded sounding seem seems seemed smell taste act acts acted acting "
    "treat treats treated something nothing anything people things more much lot exactly bit stuff what rather most "
    "who really also always never sort kind".split()
)
_SIMILE = DETERMINERS | OBJECT_PRONOUNS | frozenset("this that these those his her him when if how nothing "
                                                    "something somebody someone watching being".split())  # fmt: skip
_THE_ONE = frozenset("best worst most only greatest biggest first last saddest funniest least".split())
_SAID = frozenset(("said", "say", "always", "most", "many", "his", "her", "my", "all", "any", "every", "in", "that"))


def idle_like_at(tokens: Sequence[Token], start: int) -> int:
    """The place after a "like" at `start` that says nothing; `start` itself where there is none."""
    words = [token.word for token in tokens]
    if words[start] != "like":
        return start
    before = words[start - 1] if start else _END
    after, following = (*words[start + 1 : start + 3], _END, _END)[:2]
    if after == _END:
        return start
    here, there = tokens[start].pause_s >= _PAUSE_S, tokens[start + 1].pause_s >= _PAUSE_S
    if _is_idle(words[:start], before, after, following, here and there):
        return start + 1
    return start


def _is_idle(left: Sequence[str], before: str, after: str, following: str, apart: bool) -> bool:
    adverbs = MID_ADVERBS | OPENERS
    lead = next((word for word in reversed(left) if word not in adverbs), _END)
    if before in adverbs and (lead in DO_AND_MODALS or lead == "to"):
        # "i don't usually like horror"
        return False
    if before == "really" and lead not in SUBJECTS:
        before = "very"
    if before in {"kind", "sort"} or before in _BOUND - {"really", "also", "always", "never"}:
        # "sort of like sad" is written with "of"; "kind like" is no English.
        return False
    if before in {"", *COORDINATORS, *SUBORDINATORS, *OPENERS}:
        return _opens(before, after, following)
    if before == "of":
        return left[-2:-1] in (["sort"], ["kind"]) and _describes(after, following)
    if before in PREPOSITIONS or before in DETERMINERS or before in {"very", "there's", "there"}:
        return True
    if before in BE or is_contraction(before):
        return _after_be(after, following, apart)
    if before in SUBJECTS - {"it"} or before in QUESTION_WORDS:
        if after in BE and (left[-2:-1] or [_END])[0] not in {_END, *COORDINATORS, *OPENERS}:
            # "the one i like is the first"
            return False
        return _after_subject(before, after, following)
    if before in MID_ADVERBS | {"also", "always", "never"}:
        subject = next((word for word in reversed(left[:-1]) if word not in MID_ADVERBS), _END)
        if subject in BE or is_contraction(subject):
            return _after_be(after, following, apart)
        return subject_of(subject) is not None and _after_subject(subject, after, following)
    if before in AUXILIARIES:
        return True
    return _inside(after, following, apart)


def _opens(before: str, after: str, following: str) -> bool:
    """At the start of a clause: "and like i cried", not "like i said", "like his other films", "like it or not"."""
    if after in _SAID or after in OBJECT_PRONOUNS or following in {"said", "or"}:
        return False
    if before in {"or", "than", "as"}:
        return before == "or" and after in NUMBERS
    return True


def _describes(after: str, following: str) -> bool:
    """Whether a plain property comes next ("so good", "really sad", "weird"), and not what something is like."""
    if after in {"so", "really", "very", "too", "pretty", "totally", "completely", "kind", "sort", "super"}:
        return True
    if after in NUMBERS or after in {"half", "twice", "almost", "literally", "maybe"}:
        return True
    if after in _SIMILE or "VBG" in tags_of(after):
        return False
    if (can_be_adverb(after) and not can_be_noun(after)) or (after in PREPOSITIONS):
        return True
    ends = following == _END or not can_be_noun(following) or following in COORDINATORS | PREPOSITIONS
    return can_be_adjective(after) and "NNS" not in tags_of(after) and ends


def _after_be(after: str, following: str, apart: bool) -> bool:
    if after in {"the", "a", "an", "my"} and following in _THE_ONE:
        return True
    if subject_of(after) or after in {"oh", "no", "wow", "okay", "yes", "what", "hey", "why", "don't", "come"}:
        # "i was like no way", "it's like he knew"
        return is_contraction(after) and apart
    return _describes(after, following) or (apart and after not in _SIMILE)


def _after_subject(subject: str, after: str, following: str) -> bool:
    """After a subject: "i like cried", "he like never smiles"; not "i like this", "i like sad films"."""
    if after in DETERMINERS | OBJECT_PRONOUNS | {"it", "you", "this", "that", "to", "when", "how", "her", "him"}:
        return False
    if subject_of(after):
        return False
    singular = subject in {"he", "she"}
    if is_past(after) and not can_be_noun(after):
        return True
    if after in AUXILIARIES | MID_ADVERBS or (can_be_adverb(after) and not can_be_adjective(after)):
        return True
    return singular and not tags_of(after).isdisjoint(("VBZ", "VBD"))


def _inside(after: str, following: str, apart: bool) -> bool:
    """After a noun, a verb or an adjective."""
    if apart and after not in _SIMILE - {"this"}:
        return True
    if after in NUMBERS or after in {"so", "really", "totally", "literally", "completely", "half"}:
        return True
    if after in PREPOSITIONS - {"than"}:
        return True
    return after in {"the", "a"} and following in _THE_ONE
