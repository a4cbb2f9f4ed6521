"""Retracings that nobody announces: what was begun is begun again, the same or in other words. The second stays."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.disfluency.interruptions import (
    BREAK_PAUSE_S,
    base_of,
    begins,
    breaks,
    common_start,
    is_incomplete,
    is_intensifier,
    same_kind,
    same_verb,
)
from assistant.english.clauses import can_end
from assistant.english.lexicon import can_be_adjective, can_be_finite, can_be_noun
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Doc
from assistant.english.words import (
    ARTICLES,
    AUXILIARIES,
    BE,
    CONJUNCTIONS,
    COORDINATORS,
    DETERMINERS,
    DO_AND_MODALS,
    MID_ADVERBS,
    NOMINATIVE,
    NUMBERS,
    POSSESSIVES,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    THINKING,
    UNFINISHED,
    is_contraction,
    is_negation,
    looks_like_verb,
    subject_of,
)

_LONGEST_START = 3
# What can stand between a subject and the point where a start is given up.
_UNFINISHED_START = AUXILIARIES | MID_ADVERBS | frozenset("made makes used kind sort of going gonna got".split())
# After these, a subject and its verb are a clause in their own right: "what it is", "than i was".
_OPENS_RELATIVE = QUESTION_WORDS | frozenset(("as", "than", "that"))
# After these, "i was" is taken up again: "i was i think disappointed" is no restart.
_ASIDES = THINKING - {"felt", "like", "likes"}

_REACH = 7
_DITRANSITIVE = frozenset("give gives gave tell tells told show shows showed make makes made let lets".split())
_GIVEN_TO = frozenset("me you him her us them it".split())
_VAGUE = frozenset(("something", "someone", "somebody", "somewhere"))
# "from man to man", "the best of the best"
_LINKING = frozenset(("of", "to", "by", "after", "for", "than"))

_LONGEST_REWORDED = 5
# Verbs that hardly do without an object: "he never smiles he never laughs" says two things.
_WANT_OBJECT = frozenset(
    "give gave show showed tell told make made take took put bring brought get got need needed want wanted keep "
    "kept".split()
)


def restart_at(doc: Doc, start: int) -> int:
    """Where a subject and perhaps its verb that begin at `start` and are begun again end; `start` itself for none.

    As in "i was i used to be", "it's it was", "and i was and i used to".
    """
    words = doc.words
    conjunction = words[start] in CONJUNCTIONS
    subject = start + conjunction
    if subject >= len(words) or _pronoun(words[subject]) is None:
        return start
    stop = _next_start(words, subject)
    if not stop:
        return start
    again = words[stop] in CONJUNCTIONS
    if again != conjunction or (again and words[stop] != words[start]):
        return start
    resumed = stop + again
    same = resumed + 1 < len(words) and _pronoun(words[resumed]) == _pronoun(words[subject])
    return stop if same and _is_false_start(doc, subject, resumed) else start


def _next_start(words: Sequence[str], subject: int) -> int:
    """Where, after a subject and at most two unfinished words, something starts again; 0 where nothing does."""
    for at in range(subject + 1, min(subject + 1 + _LONGEST_START, len(words))):
        if _pronoun(words[at]) or words[at] in CONJUNCTIONS - {"so", "yet"}:
            return at
        if words[at] not in _UNFINISHED_START:
            return 0
    return 0


def _pronoun(word: str) -> str | None:
    return word if word in {"there", "that", "this"} else subject_of(word)


def _is_false_start(doc: Doc, subject: int, resumed: int) -> bool:
    """Whether the words from `subject` to `resumed` are a false start, and not a clause that is complete."""
    words = doc.words
    before = words[subject - 1] if subject else ""
    if before in _OPENS_RELATIVE or words[resumed + 1] in _ASIDES:
        return False
    contracted = is_contraction(words[subject])
    # In "i loved it | it's sad" the first pronoun is an object.
    if words[subject] in {"it", "you", "that", "this"} and (looks_like_verb(before) and before not in THINKING):
        return False
    if words[subject] in {"that", "this"} and not contracted:
        return False
    if resumed == subject + 1 and not contracted:
        # "i i'm": only the contraction shows that it was begun again.
        return is_contraction(words[resumed])
    last = words[resumed - 1]
    if last in {"kind", "sort"}:
        return False
    # "would you see it again?" "i would, i'd love to": a short answer is complete, and its "not" must not be lost.
    if (last in DO_AND_MODALS or is_negation(last)) and doc[resumed].pause_s >= BREAK_PAUSE_S:
        return False
    return contracted or last in BE or before in THINKING | SUBJECTS or begins(doc, subject)


def retrace_at(doc: Doc, start: int) -> int:
    """Where a phrase that begins at `start`, and that is begun again, ends; `start` itself where there is none."""
    for resumed in range(start + 1, min(start + 1 + _REACH, len(doc))):
        if _is_retraced(doc, start, resumed):
            return resumed
    return start


def _is_retraced(doc: Doc, start: int, resumed: int) -> bool:
    words = doc.words
    sure = breaks(doc, resumed)
    same = common_start(words, start, resumed)
    if not (sure or same) or resumed + same >= len(words):
        return False
    size = resumed - start
    before = words[start - 1] if start else ""
    paused = doc[resumed].pause_s >= BREAK_PAUSE_S
    if sure and not (sure == 1 and paused and (words[resumed - 1] in DO_AND_MODALS or is_negation(words[resumed - 1]))):
        # "would you see it again?" "i would | i'd love to": such an answer is complete.
        return _is_anchor(words, start, resumed, sure, paused) and _may_begin(doc, start, sure)
    last = words[resumed - 1]
    if start and (before == last or (before in DETERMINERS and last in DETERMINERS)):
        # The likeness began earlier: "half of it is music half of it is silence" runs in step.
        return False
    if same >= 3 and size == same + 1 and last in _VAGUE:
        return True
    if same >= 2:
        if last in _LINKING or (last in PREPOSITIONS and not paused):
            return False
        # "the story was | the story is", not "the one i like is the one i saw"
        copied = same == size - 1 or last not in AUXILIARIES
        if copied and is_incomplete(words, start, resumed) and size <= 5 and before not in QUESTION_WORDS:
            return True
        # "in the second | in the third act"
        modifier = can_be_adjective(last) or last in NUMBERS
        return size == 3 and words[start] in PREPOSITIONS and modifier and same == 2
    if same != 1:
        return False
    if words[start] in COORDINATORS and size == 2 and subject_of(words[resumed + 1]):
        # "and got | and i got this"
        return words[start + 1] == words[resumed + 2] and can_be_finite(words[start + 1])
    again = words[start + 2 : start + 3] == words[resumed + 2 : resumed + 3]
    if size == 3 and paused and words[start] in DETERMINERS and again:
        # "the first act (…) the second act drags"
        verb = words[resumed + 3 : resumed + 4]
        return same_kind(words[start + 1], words[resumed + 1]) and bool(verb) and can_be_finite(verb[0])
    return _same_noun(words, start, resumed) or _same_clause(words, start, resumed)


def _is_anchor(words: Sequence[str], start: int, resumed: int, sure: int, paused: bool) -> bool:
    """Whether `start` is where the repair takes up: the longest and then nearest match, else the nearest of a kind."""
    places = range(max(0, resumed - _REACH), resumed)
    matches = {at: common_start(words, at, resumed) for at in places}
    longest = max(matches.values())
    within = start > 0 and words[start - 1] not in CONJUNCTIONS and same_kind(words[start], "the")
    if within and words[resumed - 1] in NOMINATIVE and longest < 2:
        # "when i was a boy we | my father": only the subject is another.
        return False
    if longest:
        return start == max(at for at in places if matches[at] == longest)
    if sure < 2 and not paused:
        return False
    if words[resumed] in AUXILIARIES | CONJUNCTIONS:
        return False
    near = range(max(0, resumed - 3), resumed)
    alike = [at for at in near if same_kind(words[at], words[resumed])]
    return bool(alike) and start == alike[-1]


def _may_begin(doc: Doc, start: int, sure: int) -> bool:
    """Whether a clause with its own subject can begin here: not in "all i had | i gave", "the one i lived for"."""
    if sure == 2 or not subject_of(doc[start].word):
        return True
    before = doc[start - 1].word if start else ""
    thinks = before in THINKING - {"like", "likes"}
    return (begins(doc, start) or thinks) and before not in QUESTION_WORDS - {"when"}


def _same_noun(words: Sequence[str], start: int, resumed: int) -> bool:
    """As in "the end | the ending": the same beginning of a noun, said in full the second time."""
    if resumed - start != 2 or words[start] not in ARTICLES | POSSESSIVES or resumed + 1 >= len(words):
        return False
    short, long = words[start + 1], words[resumed + 1]
    if words[resumed + 2 : resumed + 3] == [short] and is_intensifier(long):
        # "the last | the very last"
        return can_be_adjective(short)
    if words[resumed + 2 : resumed + 3] == [short] and can_be_adjective(long) and words[start] == "the":
        # "the boy | the older boy"
        return not start or words[start - 1] in CONJUNCTIONS
    return len(short) > 2 and len(long) > len(short) and long.startswith(short)


def _same_clause(words: Sequence[str], start: int, resumed: int) -> bool:
    """As in "it makes you | it made me", "i can't | i couldn't", "he gives her | he brings her"."""
    size = resumed - start
    if subject_of(words[start]) is None or not 2 <= size <= 3 or resumed + 2 >= len(words):
        return False
    before = words[start - 1] if start else ""
    free = before in CONJUNCTIONS | MID_ADVERBS or before not in PREPOSITIONS | DETERMINERS | AUXILIARIES
    if before in QUESTION_WORDS | THINKING or not free or base_of(words[start]) != base_of(words[resumed]):
        return False
    first, again = words[start + 1], words[resumed + 1]
    if words[resumed + 2] == first and first in UNFINISHED and size == 2 and is_intensifier(again):
        # "you feel | you really feel the cold"
        return True
    if first in {"not", "no"} and is_contraction(words[start]) and size == 2:
        # "it's not | it isn't"
        return is_negation(again)
    rest = words[start + 2 : resumed]
    if first != again and same_verb(first, again) and is_negation(first) == is_negation(again):
        return all(word in _GIVEN_TO for word in rest)
    follows = words[resumed + 2 : resumed + 3]
    return first in _DITRANSITIVE and bool(rest) and rest == follows and resumed + 3 < len(words)


def reworded_at(doc: Doc, start: int) -> int:
    """Where a clause that begins at `start`, and is begun again with one word changed, ends; `start` itself for none.

    As in "they used to show they used to play".
    """
    words = doc.words
    for stop in range(start + 2, min(start + 1 + _LONGEST_REWORDED, len(words) - 2)):
        if doc[stop].pause_s >= SENTENCE_PAUSE_S or 2 * stop - start >= len(words):
            continue
        if (
            (begins(doc, start) and _by_other_verb(words, start, stop))
            or _of_somebody_else(doc, start, stop)
            or _of_other_thing(words, start, stop)
            or _in_other_form(words, start, stop)
        ):
            return stop
    return start


def _by_other_verb(words: Sequence[str], start: int, stop: int) -> bool:
    """As in "she never told | she never asked him": the first verb is left without its object."""
    same, last = stop - start - 1, words[stop - 1]
    if subject_of(words[start]) is None or same < 2 or common_start(words, start, stop) != same:
        return False
    again, after = words[stop + same], words[stop + same + 1 : stop + same + 2]
    goes_on = bool(after) and after[0] not in CONJUNCTIONS and subject_of(after[0]) in {None, "it", "you"}
    # "she was told she was asked to leave", "you can tell you can feel it"
    bound = words[stop - 2] in BE | DO_AND_MODALS
    return last in _WANT_OBJECT and not bound and again != last and same_kind(last, again) and goes_on


def _of_somebody_else(doc: Doc, start: int, stop: int) -> bool:
    """As in "he doesn't even | she doesn't even say": two subjects, one predicate whose verb comes once."""
    words = doc.words
    if stop - start != 3 or not {words[start], words[stop]} <= SUBJECTS or words[start] == words[stop]:
        return False
    auxiliary, adverb = words[start + 1 : stop]
    if auxiliary not in AUXILIARIES or adverb not in MID_ADVERBS or can_end(doc, stop - 1):
        return False
    other = words[stop + 1]
    alike = (other == auxiliary or same_verb(other, auxiliary)) and is_negation(other) == is_negation(auxiliary)
    return alike and words[stop + 2] == adverb


def _of_other_thing(words: Sequence[str], start: int, stop: int) -> bool:
    """As in "what the king | what the queen does": the first has no verb."""
    if stop - start != 3 or words[start] not in QUESTION_WORDS or words[stop] != words[start]:
        return False
    nouns = words[start + 2], words[stop + 2]
    determined = words[start + 1] in DETERMINERS and words[stop + 1] in DETERMINERS
    verb = words[stop + 3 : stop + 4]
    return determined and all(can_be_noun(noun) for noun in nouns) and bool(verb) and can_be_finite(verb[0])


def _in_other_form(words: Sequence[str], start: int, stop: int) -> bool:
    """As in "the people who build | who built it"."""
    opener = words[start]
    if stop - start != 2 or not start or opener not in {"who", "which", "that"} or words[stop] != opener:
        return False
    noun = words[start - 1]
    of_noun = can_be_noun(noun) and not looks_like_verb(noun) and noun not in COORDINATORS
    one, other = words[start + 1], words[stop + 1]
    return of_noun and one != other and same_verb(one, other) and is_negation(one) == is_negation(other)
