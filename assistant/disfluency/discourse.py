"""Words that keep a conversation going and say nothing: "you know", "i mean", "well"."""

from __future__ import annotations

from itertools import pairwise

from assistant.english.clauses import tells_meaning
from assistant.english.lexicon import can_be_adjective, can_be_finite, can_be_noun, is_known, tags_of
from assistant.english.token import Doc
from assistant.english.words import (
    ANYBODY,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    COORDINATORS,
    CORE_PREPOSITIONS,
    DETERMINERS,
    DO_AND_MODALS,
    MID_ADVERBS,
    OBJECT_PRONOUNS,
    OPENERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    THINKING,
    is_contraction,
    subject_of,
)

ASIDE_PAUSE_S = 0.2
"""A silence of this length, in seconds, sets an empty phrase apart from the words beside it."""
_END = float("inf")
_STATEMENT = 6
"""This many words after an empty phrase tell whether a statement follows."""

_ASIDES = (
    ("if", "you", "know", "what", "i", "mean"),
    ("do", "you", "know", "what", "i", "mean"),
    ("you", "know", "what", "i", "mean"),
    ("if", "that", "makes", "sense"),
    ("how", "do", "i", "put", "it"),
    ("how", "do", "i", "say", "this"),
    ("how", "do", "i", "say", "it"),
    ("how", "do", "you", "say"),
    ("how", "you", "say"),
    ("how", "to", "say"),
    ("what's", "the", "word"),
    ("what's", "it", "called"),
    ("what's", "his", "name"),
    ("what's", "her", "name"),
    ("what", "do", "you", "call", "it"),
    ("let", "me", "think"),
    ("let", "me", "see"),
)
# "do you know", "things you know", "before you know"
_KNOW_AFTER = (
    AUXILIARIES
    | THINKING
    | frozenset(
        "if as when that what how who before until once than all everything anything things people let because".split()
    )
)
# "you know the feeling", "you know how it is"
_KNOWN = (
    QUESTION_WORDS
    | DETERMINERS
    | OBJECT_PRONOUNS
    | frozenset("that this her his it nothing something everything someone of about exactly better well if".split())
)
# Unlike "makes" and "lets", these can't have "you know" as a clause: "it takes | you know | courage".
_HAS_OBJECT = frozenset("takes took needs needed has had".split())
_LINKING = frozenset("looks looked seems seemed sounds sounded feels felt gets got".split())
_RELATIVE = QUESTION_WORDS | {"that"}
_MEAN_AFTER = DO_AND_MODALS | QUESTION_WORDS | frozenset(("if", "that", "things"))
_WELL_BEFORE = frozenset("done made acted written shot crafted cast paced directed deserved worth known".split())
_OPENING_BEFORE = SUBJECTS | DETERMINERS | CONJUNCTIONS | OPENERS | frozenset("this that there's yeah well".split())
_NODS = frozenset(("yeah", "okay", "ok", "alright", "right"))
_FIRST = _NODS | {phrase[0] for phrase in _ASIDES} | frozenset("i well so oh".split())
"""The words that empty phrases begin with."""


def discourse_at(doc: Doc, start: int) -> int:
    """Where words that say nothing, beginning at `start`, end; `start` itself where there are none.

    Doubtful ones stay: "you know the feeling", "i know you know", "i like this".
    """
    if doc[start].word not in _FIRST:
        return start
    here = _Place(doc, start)
    for rule in (_aside, _you_know, _i_mean, _i_dont_know, _opening, _closing):
        stop = rule(here)
        if stop > start:
            return stop
    return start


class _Place:
    """A place in the tokens, with what the rules ask about it."""

    def __init__(self, doc: Doc, start: int) -> None:
        self.words, self.tokens, self.start = doc.words, doc, start

    def says(self, *phrase: str) -> bool:
        return tuple(self.words[self.start : self.start + len(phrase)]) == phrase

    def word(self, offset: int) -> str:
        at = self.start + offset
        return self.words[at] if 0 <= at < len(self.words) else ""

    def pause(self, offset: int) -> float:
        """Silence before the word at `offset`, in seconds; endless before the first and after the last word."""
        at = self.start + offset
        return self.tokens[at].pause_s if 0 < at < len(self.tokens) else _END


def _aside(here: _Place) -> int:
    for phrase in _ASIDES:
        may_be_said = phrase[0] == "how" and phrase[1] != "do"
        if may_be_said and here.word(-1) not in BE and here.pause(0) < ASIDE_PAUSE_S:
            # "she knows how to say (0.4) no"
            continue
        if here.says(*phrase) and max(here.pause(0) % _END, here.pause(len(phrase))) >= ASIDE_PAUSE_S:
            # "it's more | how do you say | more honest"
            again = here.word(-1) == here.word(len(phrase))
            return here.start + len(phrase) + again
    return here.start


def _you_know(here: _Place) -> int:
    if not here.says("you", "know"):
        return here.start
    before, after = here.word(-1), here.word(2)
    modal = before in DO_AND_MODALS and here.word(-2) in SUBJECTS
    contraction = is_contraction(before) and not before.endswith("'ll")
    if after and (modal or contraction or before in BE | DETERMINERS):
        return here.start + 2
    if _parts_predicate(here):
        return here.start + 2
    # "it was like you know sad", not "the people i like you know"
    idle = before == "like" and (here.word(-2) in BE or is_contraction(here.word(-2)))
    if before in _KNOW_AFTER and not idle:
        return here.start
    if after in PREPOSITIONS and _knows_that(here):
        return here.start
    if here.pause(2) >= ASIDE_PAUSE_S and (here.pause(0) >= ASIDE_PAUSE_S or after not in _KNOWN):
        return here.start + 2
    # "a joke you know a man and his computer": what one knows is rarely new.
    indefinite = after in {"a", "an"} and before not in CONJUNCTIONS | {""}
    if subject_of(after) and subject_of(after) in {subject_of(here.word(-back)) for back in (1, 2, 3)}:
        # "he's just you know he's just weak"
        return here.start + 2
    opens = not before or before in COORDINATORS | OPENERS | {"like"} or here.pause(0) >= ASIDE_PAUSE_S
    if opens and _tells(here, 2):
        return here.start + 2
    complement = (after in _KNOWN and not indefinite) or subject_of(after) is not None
    loose = indefinite or opens or before in MID_ADVERBS | PREPOSITIONS or before in CONJUNCTIONS - {"because"}
    if loose and not complement:
        return here.start + 2
    return here.start + 2 if _parts_subject_and_verb(here) else here.start


def _tells(here: _Place, offset: int) -> bool:
    """Whether a statement follows that nobody could know beforehand: "you know | it was too long", "the music never …".

    Not "you know it's over before it is", "you know the feeling", "you know he will leave".
    """
    rest = here.words[here.start + offset : here.start + offset + _STATEMENT]
    if not rest or "you" in rest or rest[0] in QUESTION_WORDS | OBJECT_PRONOUNS | {"that", "about", "of", "this"}:
        return False
    if subject_of(rest[0]):
        first = rest[0] if is_contraction(rest[0]) else (*rest[1:2], "")[0]
        return not first.endswith("'ll") and first not in {"will", "would", "is", "it's", "he's", "she's", "are"}
    verbs = (at for at, word in enumerate(rest) if at >= 2 and (word in AUXILIARIES or can_be_finite(word)))
    at = next(verbs, 0)
    return (
        rest[0] in DETERMINERS and at in {2, 3} and subject_of(rest[at - 1]) is None and rest[at - 1] not in _RELATIVE
    )


def _knows_that(here: _Place) -> bool:
    """As in "you know at that point that it's over"."""
    rest = here.words[here.start + 4 : here.start + 2 + _STATEMENT]
    return any(
        word == "that" and (after in DETERMINERS or subject_of(after) is not None) for word, after in pairwise(rest)
    )


def _parts_predicate(here: _Place) -> bool:
    """As in "which you know sounds silly", "it takes you know courage", "she looks you know tired"."""
    before, after, following = here.word(-1), here.word(2), here.word(3)
    if before == "which":
        # "a trick which you know works": of a noun that agrees with the verb, it may be known.
        tags = tags_of(after) & {"VBZ", "VBD"}
        agrees = here.word(-2) != "" and can_be_noun(here.word(-2)) and ("VBD" in tags or not _is_plural(here.word(-2)))
        return bool(tags) and after not in AUXILIARIES and following != "" and not agrees
    noun = can_be_noun(after) and is_known(after) and after not in _KNOWN
    if before in _HAS_OBJECT:
        return noun
    # "how it looks you know better than me"
    free = {"way", *QUESTION_WORDS}.isdisjoint(here.words[max(0, here.start - 3) : here.start])
    return free and before in _LINKING and can_be_adjective(after) and (not noun or following in CONJUNCTIONS | {""})


def _is_plural(word: str) -> bool:
    return "NNS" in tags_of(word) and "NN" not in tags_of(word)


def _parts_subject_and_verb(here: _Place) -> bool:
    """As in "the colours you know were so warm", "he never you know says it"."""
    before, after = here.word(-1), here.word(2)
    if before in DETERMINERS | CONJUNCTIONS | {""} or (subject_of(before) is None and here.word(-2) not in DETERMINERS):
        return False
    return after in AUXILIARIES - DO_AND_MODALS or (subject_of(before) is not None and can_be_finite(after))


def _i_mean(here: _Place) -> int:
    if not here.says("i", "mean") or here.word(-1) in _MEAN_AFTER or tells_meaning(here.words[: here.start]):
        return here.start
    after, following = here.word(2), here.word(3)
    # "i mean it", "i mean to see it again"
    alone = here.pause(3) >= ASIDE_PAUSE_S or subject_of(following) is not None or following in CONJUNCTIONS
    object_alone = after in {"it", "this", "that"} and alone
    return here.start if after in {"to", "every"} or object_alone else here.start + 2


def _i_dont_know(here: _Place) -> int:
    """Only in the middle of a phrase: "it was i don't know kind of sad", "for about i don't know an hour"."""
    before, after = here.word(-1), here.word(3)
    broken = (before in BE | DETERMINERS and after not in _KNOWN) or (
        before in CORE_PREPOSITIONS and after not in _KNOWN - DETERMINERS
    )
    return here.start + 3 if broken and after and here.says("i", "don't", "know") else here.start


def _opening(here: _Place) -> int:
    word, after = here.word(0), here.word(1)
    if not after or word not in _NODS | {"well", "so", "oh"}:
        return here.start
    stands_alone = here.pause(1) >= ASIDE_PAUSE_S
    if here.says("well", "now") and here.pause(2) >= ASIDE_PAUSE_S:
        return here.start + 2
    if here.start == 0:
        opens = after in _OPENING_BEFORE or subject_of(after) is not None
        if word == "well":
            opens = after not in _WELL_BEFORE
        return here.start + 1 if opens or (stands_alone and word != "oh") else here.start
    new_start = word == "well" and (after in OPENERS | ANYBODY or subject_of(after) is not None)
    aside = word in _NODS | {"well"} and here.pause(0) >= ASIDE_PAUSE_S and (stands_alone or new_start)
    return here.start + 1 if aside and here.word(-1) not in BE | _WELL_BEFORE | {"very", "so", "as"} else here.start


def _closing(here: _Place) -> int:
    """As in "i loved it so yeah": the "so" is left hanging, and goes as such."""
    last = here.start == len(here.words) - 1 and here.start > 0
    return here.start + 1 if last and here.says("yeah") else here.start
