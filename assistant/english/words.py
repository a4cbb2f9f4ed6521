"""What English words do in a sentence: the lists of `word_lists.toml` by name, and what follows from them.

A list is in that file if it is English in general, or if two rules ask for it; what a single rule needs stands beside
that rule. The file is read when this module is imported, in about a millisecond. Words are in lower case with straight
apostrophes, as a recogniser writes them.
"""

from __future__ import annotations

from pathlib import Path

from assistant.config import parse_toml

_LISTS = parse_toml(Path(__file__).with_name("word_lists.toml").read_text(encoding="utf-8"))


def _in_order(name: str) -> tuple[str, ...]:
    return tuple(_LISTS[name].split())


def _words(name: str) -> frozenset[str]:
    return frozenset(_in_order(name))


def _phrases(name: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(phrase.split()) for phrase in _LISTS["phrases"][name])


def _table(name: str) -> dict[str, str]:
    return dict(_LISTS[name])


FILLERS = _words("fillers")

ONES = _in_order("ones")
"""From "zero" to "nineteen": each at the place of its number."""
TENS = _in_order("tens")
"""From "ten" to "ninety"."""
NUMBERS = frozenset((*ONES, *TENS, *_in_order("scales"), "half"))

SUBJECTS = _words("subjects")
NOMINATIVE = _words("nominative")
OBJECT_PRONOUNS = _words("object_pronouns")
DEMONSTRATIVES = _words("demonstratives")
THINGS = _words("things")
ANYBODY = _words("anybody")

ARTICLES = _words("articles")
POSSESSIVES = _words("possessives")
DETERMINERS = ARTICLES | POSSESSIVES

BE = _words("be")
HAVE = _words("have")
DO_AND_MODALS = _words("do_and_modals")
AUXILIARIES = BE | HAVE | DO_AND_MODALS

PREPOSITIONS = _words("prepositions")
CORE_PREPOSITIONS = _words("core_prepositions")
COORDINATORS = _words("coordinators")
SUBORDINATORS = _words("subordinators")
REASONS = _words("reasons")
ALSO_PREPOSITIONS = _words("also_prepositions")
CONJUNCTIONS = COORDINATORS | SUBORDINATORS
QUESTION_WORDS = _words("question_words")

THINKING = _words("thinking")
UNFINISHED = _words("unfinished")
VERBS = _words("verbs")
BEFORE_INFINITIVE = _words("before_infinitive")
NOUN_OR_VERB = _words("noun_or_verb")
COMPLETE = _words("complete")

MID_ADVERBS = _words("mid_adverbs")
OPENERS = _words("openers")

SUPERLATIVES = _words("superlatives")

INTERJECTIONS = _words("interjections")
YES = _words("yes")
NO = _words("no")
NEGATIONS = _words("negations")
NEAR_NEGATIONS = _words("near_negations")
HEDGES = _words("hedges")
SOFTENERS = _words("softeners")
OPINIONS = _words("opinions")

LEAD_INS = _words("lead_ins")
DOUBLED = NUMBERS | _words("doubled")
EMPTY = _words("empty")
GRAMMAR = (
    SUBJECTS
    | OBJECT_PRONOUNS
    | DEMONSTRATIVES
    | DETERMINERS
    | AUXILIARIES
    | PREPOSITIONS
    | CONJUNCTIONS
    | QUESTION_WORDS
    | _words("other_grammar")
) - NEGATIONS
"""Words that carry no content of their own. Negations, hedges and numbers are not among them."""

SMALL_IN_TITLES = _words("small_in_titles")
PLACES = _words("places")
PLACES_OF_SEVERAL_WORDS = _phrases("places")
NAME_PARTICLES = _words("name_particles")

HEDGING = _phrases("hedges")
APOLOGIES = _phrases("apologies")
_SURE_CORRECTIONS = _phrases("sure_corrections")
CORRECTIONS = (*_SURE_CORRECTIONS, *_phrases("other_corrections"))
REPAIR_TERMS = frozenset((*_SURE_CORRECTIONS, *_phrases("repair_terms")))
DOUBTFUL_REPAIR_TERMS = frozenset(_phrases("doubtful_repair_terms"))
NON_ANSWERS = _phrases("non_answers")
UNDECIDED = _phrases("undecided")
REFUSALS = _phrases("refusals")
AGREEING = _phrases("agreeing")
DISAGREEING = _phrases("disagreeing")
ASKING_BACK = _phrases("asking_back")

SPELLED_OUT = _table("spelled_out")
"""A short or American form, and the words that it stands for."""
APOSTROPHES = _table("apostrophes")
"""A contraction that lacks its apostrophe, and the same with it."""

_CONTRACTED = {
    f"{subject}'{verb}": subject
    for subject in (*SUBJECTS, "that", "there", "this")
    for verb in ("s", "m", "re", "ve", "d", "ll")
}
_SUBJECT_OF = {subject: subject for subject in SUBJECTS} | _CONTRACTED


def subject_of(word: str) -> str | None:
    """The pronoun that `word` is or begins with ("i", "i'm" → "i"; "there's" → "there"); None for other words."""
    return _SUBJECT_OF.get(word)


def is_contraction(word: str) -> bool:
    """Whether `word` is a subject and its verb in one ("it's")."""
    return word in _CONTRACTED


def looks_like_verb(word: str) -> bool:
    """Whether `word` looks like a verb, by list or by ending: a guess that errs on the side of yes."""
    return (
        word in AUXILIARIES
        or word in VERBS
        or word.endswith("n't")
        or is_contraction(word)
        or (word.endswith("ed") and len(word) > 4)
    )


def is_negation(word: str) -> bool:
    """Whether `word` turns a sentence into its opposite."""
    return word in NEGATIONS or word.endswith("n't")


def is_content(word: str) -> bool:
    """Whether `word` says something by itself: neither grammar nor a contraction, unless it negates."""
    return is_negation(word) or (word not in GRAMMAR and not is_contraction(word))
