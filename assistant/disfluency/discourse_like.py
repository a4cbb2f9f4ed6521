"""The word "like" where it says nothing, as opposed to the verb, a comparison, or the start of quoted speech."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.disfluency.discourse import ASIDE_PAUSE_S
from assistant.english.lexicon import can_be_adjective, can_be_adverb, can_be_noun, is_past, tags_of
from assistant.english.token import Doc
from assistant.english.words import (
    ANYBODY,
    AUXILIARIES,
    BE,
    COORDINATORS,
    DETERMINERS,
    DO_AND_MODALS,
    GRAMMAR,
    HAVE,
    MID_ADVERBS,
    NUMBERS,
    OBJECT_PRONOUNS,
    OPENERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    SUBORDINATORS,
    SUPERLATIVES,
    THINKING,
    is_contraction,
    subject_of,
)

_END = ""
# After these it is a verb, or says what something resembles.
_BOUND = DO_AND_MODALS | frozenset(
    "to not i'd you'd they'd he'd she'd we'd i'll you'll they'll he'll she'll we'll it'll look looks looked looking "
    "feeling sound sounds sounded sounding seem seems seemed smell smells smelled smelt taste tastes "
    "tasted act acts acted acting treat treats treated something nothing anything people things more much lot exactly "
    "bit stuff what rather most who kind sort".split()
)
_SIMILE = (
    DETERMINERS
    | OBJECT_PRONOUNS
    | frozenset("this that these those his her when if how nothing something somebody someone watching being".split())
)
_FEEL = frozenset(("feel", "feels", "felt"))
# People, who aren't like a film: "he was like lost in the crowd", but "it's like lost in translation".
_PEOPLE = (SUBJECTS - {"it"}) | (ANYBODY - {"people"})
_UNITS = frozenset("second seconds minute minutes hour hours day days week weeks month months year years "
                   "times percent".split())  # fmt: skip
_PLACES = PREPOSITIONS | SUBORDINATORS | frozenset("up down out off away".split())
_AMOUNTS = frozenset(("many", "much", "few", "little"))
_THE_ONE = SUPERLATIVES | {"only", "first", "last"}
_SUBJECT = 3
"""Words of the longest subject of a statement that a "like" opens."""
_QUOTED = frozenset("oh no wow okay yes what hey why because don't come".split())
_SAID = frozenset(("said", "say", "always", "most", "many", "his", "her", "my", "all", "any", "every", "in", "that"))


def idle_like_at(doc: Doc, start: int) -> int:
    """The place after a "like" at `start` that says nothing; `start` itself where there is none."""
    words = doc.words
    if words[start] != "like" or start + 1 == len(words):
        return start
    here, there = doc[start].pause_s >= ASIDE_PAUSE_S, doc[start + 1].pause_s >= ASIDE_PAUSE_S
    right = (*words[start + 1 :], _END, _END, _END)
    return start + 1 if _is_idle(words[:start], right, here and there) else start


def _is_idle(left: Sequence[str], right: Sequence[str], apart: bool) -> bool:
    adverbs = MID_ADVERBS | OPENERS
    before, lead = left[-1] if left else _END, next((word for word in reversed(left) if word not in adverbs), _END)
    if before in _FEEL:
        # "i felt like scared", not "it feels like home", "i felt like a child", "i feel like crying"
        return subject_of(left[-2] if len(left) > 1 else _END) in _PEOPLE and _is_plain(right)
    if before in _BOUND or (before in adverbs and lead in DO_AND_MODALS | {"to"}):
        # "sort of like sad" is written with "of", "kind like" is no English; "i don't usually like horror"
        return False
    opens = lead in {_END, *COORDINATORS, *SUBORDINATORS}
    if opens and before in {lead, *OPENERS}:
        return _opens(before, right)
    if before == "of":
        return left[-2:-1] in (["sort"], ["kind"]) and right[0] != "to" and _describes(right, of_people=True)
    if before in PREPOSITIONS or before in DETERMINERS or before in {"very", "there's", "there"} or before in HAVE:
        return True
    if before in BE or is_contraction(before):
        return _after_be(left, right, apart)
    if before in _PEOPLE or before in QUESTION_WORDS:
        if right[0] in BE and (left[-2:-1] or [_END])[0] not in {_END, *COORDINATORS, *OPENERS}:
            # "the one i like is the first"
            return False
        return _after_subject(before, right[0])
    if before in adverbs:
        if lead in BE or is_contraction(lead):
            return _after_be(left, right, apart)
        return subject_of(lead) is not None and _after_subject(lead, right[0])
    return _inside(before, right)


def _opens(before: str, right: Sequence[str]) -> bool:
    """At the start of a clause: "and like i cried", not "like i said", "like his other films", "like it or not"."""
    if right[0] in {"my", "his", "her"}:
        return before not in {"or", "than", "as"} and _is_statement(right)
    if right[0] in _SAID or right[0] in OBJECT_PRONOUNS or right[1] in {"said", "or"}:
        return False
    if before in {"or", "than", "as"}:
        return before == "or" and right[0] in NUMBERS
    return True


def _is_statement(right: Sequence[str]) -> bool:
    """As in "and like | my brothers would never watch it"; not "like my mother i cried", "like my dad always says"."""
    stop = next((at for at, word in enumerate(right) if word in COORDINATORS or word == _END), len(right))
    clause = right[:stop]
    verb = next((at for at, word in enumerate(clause) if word in AUXILIARIES and 2 <= at <= _SUBJECT), None)
    if verb is None or len(clause) < verb + 3:
        return False
    # "like her mother did", "like my father was at sea": the verb is only taken up.
    takes_up = clause[verb] in {"do", "does", "did"} or clause[verb + 1] in PREPOSITIONS | SUBORDINATORS
    # "like my dad would say it's only a film", "like my sister i cried"
    other = any(word in THINKING | SUBJECTS - {"it"} or is_contraction(word) for word in clause)
    return not takes_up and not other


def _measures(right: Sequence[str]) -> bool:
    """Whether so much of something comes next ("ten minutes", "twice"); not "two people", "twelve angry men"."""
    counted = next(word for word in right if word not in NUMBERS)
    return right[0] == "twice" or (right[0] in NUMBERS and counted in _UNITS)


def _describes(right: Sequence[str], *, of_people: bool) -> bool:
    """Whether a plain property comes next ("so good", "really sad", "weird"), and not what something is like.

    What isn't somebody may resemble anything whose name begins like a property: "lost in translation", "up".
    """
    after, following = right[0], right[1]
    if after in {"so", "really", "very", "too", "pretty", "totally", "completely", "kind", "sort", "super"}:
        return following not in _AMOUNTS or not _is_thing(right[2])
    if after == "way":
        # "way too loud", not "way down in the hole"
        return following in {"too", "less", "more"} or not tags_of(following).isdisjoint(("JJR", "RBR"))
    if _measures(right) or after in {"almost", "literally", "maybe", "worth"}:
        return True
    if after in NUMBERS:
        # "i was like ten", "it was like two in the morning"
        return following in PREPOSITIONS or (of_people and not _is_thing(following))
    if after in _SIMILE or "VBG" in tags_of(after):
        return False
    if after in _PLACES or following in PREPOSITIONS - {"than"}:
        return of_people and (after in _PLACES or can_be_adjective(after))
    if can_be_adverb(after) and not can_be_noun(after):
        return after not in {"most", "once"}
    return can_be_adjective(after) and "NNS" not in tags_of(after) and not _is_thing(following)


def _is_plain(right: Sequence[str]) -> bool:
    only = can_be_adjective(right[0]) and not can_be_noun(right[0]) and "VBG" not in tags_of(right[0])
    thing = right[1] in PREPOSITIONS or (right[1] not in GRAMMAR and _is_thing(right[1]))
    return only and not thing


def _is_thing(word: str) -> bool:
    return word != _END and can_be_noun(word) and word not in COORDINATORS | PREPOSITIONS


def _after_be(left: Sequence[str], right: Sequence[str], apart: bool) -> bool:
    subject = _subject(left)
    if subject == "there":
        return True
    if not QUESTION_WORDS.isdisjoint(left[-4:]):
        # "what is it like in the end", "that's what he's like"
        return False
    after = right[0]
    if after in {"the", "a", "an", "my"} and right[1] in _THE_ONE:
        return True
    if subject_of(after) or after in _QUOTED:
        # "i was like no way", "it's like he knew"
        return is_contraction(after) and apart
    people = subject in _PEOPLE
    if people and "VBG" in tags_of(after):
        return after not in _SIMILE
    return _describes(right, of_people=people) or (apart and not (after in _SIMILE | _PLACES or can_be_noun(after)))


def _subject(left: Sequence[str]) -> str | None:
    """The pronoun before the form of "be" that ends `left`, adverbs between them or not; None for a noun."""
    words = [word for word in left if word not in MID_ADVERBS | OPENERS]
    own = subject_of(words[-1])
    return own or next(
        (subject_of(word) or word for word in words[-2:-1] if word in SUBJECTS | ANYBODY | {"there"}), None
    )


def _after_subject(subject: str, after: str) -> bool:
    """After a subject: "i like cried", "he like never smiles"; not "i like this", "i like sad films"."""
    if after in DETERMINERS | OBJECT_PRONOUNS | {"it", "you", "this", "that", "to", "when", "how", "her"}:
        return False
    if subject_of(after):
        return False
    singular = subject in {"he", "she"}
    if is_past(after) and not can_be_noun(after):
        return True
    if after in AUXILIARIES | MID_ADVERBS or (can_be_adverb(after) and not can_be_adjective(after)):
        return True
    return singular and not tags_of(after).isdisjoint(("VBZ", "VBD"))


def _inside(before: str, right: Sequence[str]) -> bool:
    """After a noun, a verb or an adjective: "cried like two hours"; not "films like seven", "moves like in a dream"."""
    after = right[0]
    if "VBZ" in tags_of(after) and not can_be_noun(after) and after not in AUXILIARIES:
        # "my brother like hates it"
        return "NN" in tags_of(before)
    degree = after in {"so", "really", "totally", "literally", "completely"}
    return _measures(right) or (degree and right[1] not in _AMOUNTS)
