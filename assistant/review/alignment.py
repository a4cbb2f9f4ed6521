"""Which words of a sentence match which words of its source, may stand for them, or must not be missing.

Words have the form of `assistant.english.normalise`: "don't" is "do", "not".
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.lexicon import forms
from assistant.english.words import GRAMMAR, NEAR_NEGATIONS, NEGATIONS, NUMBERS, OPINIONS, SOFTENERS

_VARIANT = 0.2
_LEFT_OUT = 1.0
_LEFT_OUT_GRAMMAR = 0.9
_LEFT_OUT_STANCE = 1.1
_PUT_IN = 2.0
# A word left out inside costs a little more, so that a sentence matches in one place rather than in two.
_INSIDE = 0.01

# What a claim depends on: what denies, softens or limits it, whose opinion it is, when it holds.
_DENIALS = NEGATIONS | NEAR_NEGATIONS | frozenset("nowhere except unless instead".split())
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
# Words that may stand for each other.
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
# Tags of one word that may stand for each other: another form, never another tense.
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


def align(sentence: Sequence[str], source: Sequence[str]) -> list[int | None]:
    """For each word of a sentence its place in the source; None for a word that has none.

    Places rise: the words have to come in the order in which they were said. So "he left her" and "she left him" don't
    match, although each word of one is in the other.

    Parameters
    ----------
    sentence, source : sequence of str
        As `assistant.english.normalise.normal_words` gives them.
    """
    rows, columns = len(sentence) + 1, len(source) + 1
    cost = [[0.0] * columns for _ in range(rows)]
    left_out = [_left_out(source, at) for at in range(len(source))]
    for column in range(1, columns):
        cost[0][column] = cost[0][column - 1] + left_out[column - 1]
    for row in range(1, rows):
        cost[row][0] = row * _PUT_IN
        for column in range(1, columns):
            inside = _INSIDE if row < rows - 1 else 0.0
            cost[row][column] = min(
                cost[row - 1][column] + _PUT_IN,
                cost[row][column - 1] + left_out[column - 1] + inside,
                cost[row - 1][column - 1] + _difference(sentence[row - 1], source[column - 1]),
            )
    return _trace(sentence, source, cost, left_out)


def _trace(
    sentence: Sequence[str], source: Sequence[str], cost: list[list[float]], left_out: list[float]
) -> list[int | None]:
    places: list[int | None] = [None] * len(sentence)
    row, column = len(sentence), len(source)
    while row:
        here = cost[row][column]
        if column and here == cost[row - 1][column - 1] + _difference(sentence[row - 1], source[column - 1]):
            row, column = row - 1, column - 1
            places[row] = column
        elif column and here == cost[row][column - 1] + left_out[column - 1] + (
            _INSIDE if row < len(sentence) else 0.0
        ):
            column -= 1
        else:
            row -= 1
    return places


def _left_out(source: Sequence[str], at: int) -> float:
    if must_stay(source[at], source[at + 1] if at + 1 < len(source) else ""):
        return _LEFT_OUT_STANCE
    return _LEFT_OUT_GRAMMAR if source[at] in GRAMMAR else _LEFT_OUT


def _difference(written: str, spoken: str) -> float:
    if written == spoken:
        return 0.0
    return _VARIANT if _may_stand_for(written, spoken) else float("inf")


def _may_stand_for(written: str, spoken: str) -> bool:
    """Whether `written` is `spoken` in another form: "colours", "colour"; "makes", "make"; not "made", not "best"."""
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


def must_stay(word: str, after: str) -> bool:
    """Whether a claim changes if `word`, before `after`, is left out of it."""
    if word in _APPROXIMATE:
        return after in NUMBERS or after.isdigit()
    return word in _DENIALS or word in SOFTENERS or word in OPINIONS or word in AUXILIARY_FORMS
