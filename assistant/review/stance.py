"""Small words that a claim stands on: what denies, softens or limits it, whose opinion it is, when it holds.

In the form of `assistant.english.normalise`: "don't" is "do", "not".
"""

from __future__ import annotations

from assistant.english.words import NEAR_NEGATIONS, NEGATIONS, NUMBERS

DENIALS = NEGATIONS | NEAR_NEGATIONS | frozenset("nowhere except unless instead".split())
SOFTENERS = frozenset(
    "maybe perhaps probably possibly presumably apparently supposedly almost nearly somewhat slightly fairly rather "
    "pretty quite kind sort seem seems seemed appear appears appeared bit little partly mostly sometimes often usually "
    "occasionally half some few many most several less least only too enough roughly supposed tend tends tended "
    "something about around arguably relatively sure certain".split()
)
OPINIONS = frozenset(
    "think thought guess suppose believe believed imagine hope hoped wish wished doubt say says said tell tells told "
    "hear heard claim claims claimed mean expected expect pretend pretended tried try want wanted wants afraid "
    "if whether".split()
)
AUXILIARY_FAMILIES = (
    frozenset(("is", "are", "am", "'s")),
    frozenset(("was", "were")),
    frozenset(("have", "has", "'s", "'ve")),
    frozenset(("had", "'d")),
    frozenset(("would", "'d")),
    frozenset(("do", "does")),
    frozenset(("did",)),
    frozenset(("will", "'ll")),
    frozenset(("can",)),
    frozenset(("could",)),
    frozenset(("should",)),
    frozenset(("may",)),
    frozenset(("might",)),
    frozenset(("must",)),
    frozenset(("be",)),
    frozenset(("been",)),
    frozenset(("used",)),
)
AUXILIARY_FORMS = frozenset(word for family in AUXILIARY_FAMILIES for word in family)
_APPROXIMATE = frozenset(("about", "around"))


def must_stay(word: str, after: str) -> bool:
    """Whether a claim changes where `word`, before `after`, is left out of it."""
    if word in _APPROXIMATE:
        return after in NUMBERS or after.isdigit()
    return word in DENIALS or word in SOFTENERS or word in OPINIONS or word in AUXILIARY_FORMS
