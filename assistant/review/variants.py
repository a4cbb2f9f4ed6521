"""Whether a written word may stand for one that was said: for the same word in another form, never in another time."""

from __future__ import annotations

from assistant.english.lexicon import forms
from assistant.review.stance import AUXILIARY_FAMILIES, AUXILIARY_FORMS

_GROUPS = (
    frozenset(("a", "an", "the")),
    frozenset(("the", "this", "that")),
    frozenset(("this", "that", "these", "those")),
    frozenset(("i", "me", "myself")),
    frozenset(("he", "him")),
    frozenset(("she", "her")),
    frozenset(("we", "us")),
    frozenset(("they", "them")),
    frozenset(("who", "whom", "that", "which")),
    frozenset(("to", "too")),
    frozenset(("then", "than")),
    frozenset(("their", "there")),
    frozenset(("have", "of")),
    frozenset(("real", "really")),
    frozenset(("good", "well")),
    *AUXILIARY_FAMILIES,
)
_TIMES = (
    frozenset(("VB", "VBP", "VBZ")),
    frozenset(("VBD", "VBN")),
    frozenset(("VBG", "VB")),
    frozenset(("NN", "NNS")),
    frozenset(("JJ",)),
    frozenset(("JJR",)),
    frozenset(("JJS",)),
    frozenset(("RB",)),
)


def may_stand_for(written: str, spoken: str) -> bool:
    """Whether `written` is `spoken` in another form: "colours", "colour"; "makes", "make"; not "made", not "best"."""
    if written == spoken:
        return True
    if any(written in group and spoken in group for group in _GROUPS):
        return True
    if written in AUXILIARY_FORMS or spoken in AUXILIARY_FORMS:
        return False
    one, other = forms(written), forms(spoken)
    return any(
        lemma == again and any(tag in time and tag_again in time for time in _TIMES)
        for lemma, tag in one
        for again, tag_again in other
    )
