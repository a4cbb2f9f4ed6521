"""Small lists of English words that the room shares: what they do in a sentence, not what they mean.

Everything is lower-case with straight apostrophes, as a recogniser writes it.
"""

from __future__ import annotations

import re

FILLERS = frozenset(("um", "uh", "uhm", "umm", "er", "erm", "hmm", "hm", "mm", "mhm", "ah", "eh"))

NUMBERS = frozenset(
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million half".split()
)

SUBJECTS = frozenset(("i", "you", "he", "she", "it", "we", "they"))
OBJECT_PRONOUNS = frozenset(("me", "him", "us", "them", "myself", "himself", "herself", "itself", "themselves"))
DEMONSTRATIVES = frozenset(("this", "that", "these", "those"))

ARTICLES = frozenset(("a", "an", "the"))
# "her" is left out: it is a whole noun phrase as often as it is the start of one.
POSSESSIVES = frozenset(("my", "your", "our", "their", "its"))
DETERMINERS = ARTICLES | POSSESSIVES

BE = frozenset("is am are was were be been being isn't aren't wasn't weren't".split())
HAVE = frozenset("have has had haven't hasn't hadn't".split())
DO_AND_MODALS = frozenset(
    "do does did don't doesn't didn't can can't cannot could couldn't will won't would wouldn't shall should "
    "shouldn't may might must mustn't".split()
)
AUXILIARIES = BE | HAVE | DO_AND_MODALS

PREPOSITIONS = frozenset(
    "of in on at to from with without by for into onto about through between against during under over behind "
    "beside toward towards across among upon than".split()
)
COORDINATORS = frozenset(("and", "but", "or", "so", "nor", "yet", "plus"))
SUBORDINATORS = frozenset(
    "because cos cuz 'cause if when whenever while although though since as once unless until before after "
    "whereas".split()
)
CONJUNCTIONS = COORDINATORS | SUBORDINATORS
QUESTION_WORDS = frozenset("what who whom whose which why when where how whatever whoever wherever however".split())

# Verbs that open a clause of their own: "i think it was" is one sentence, and no repair.
THINKING = frozenset(
    "think thought guess know knew feel felt say said says believe believed hope hoped wish suppose mean meant "
    "realise realised realize realized wonder wondered bet imagine imagined understand understood remember "
    "noticed notice told tell show shows showed shown sure glad afraid sad like likes".split()
)
# Verbs after which something has to come.
UNFINISHED = frozenset(
    "love loved like liked hate hated make makes made making let lets letting seem seems seemed become becomes "
    "became get gets got getting find found want wanted wants need needs needed used going gonna wanna keep keeps "
    "kept give gives gave call called put puts take takes took has see saw feel feels felt looks".split()
)
VERBS = frozenset(
    "love loves like likes hate hates make makes let lets seem seems become becomes became get gets got find finds "
    "found want wants need needs keep keeps kept give gives gave call calls put puts take takes took see sees saw "
    "feel feels felt think thinks thought guess know knows knew say says said go goes went come comes came look "
    "looks leave leaves left cry cries cried laugh laughs watch watches sit sits sat tell tells told stay stays "
    "mean means meant hit hits hurt hurts sound sounds play plays show shows work works carry carries break breaks "
    "broke understand understood remember remembers remind reminds hear hears heard try tries write writes wrote "
    "speak speaks spoke fall falls fell begin begins began start starts end ends move moves grow grows grew "
    "believe believes lose loses lost hold holds held stand stands stood bring brings brought wish live lives "
    "talk talks use uses turn turns happen happens stuck stick sticks wept woke ran sang made gonna".split()
)
# With a subject before it, each of these is a whole sentence.
COMPLETE = frozenset(
    "cried laughed wept sobbed smiled slept left cry laugh did do would could didn't don't doesn't won't wouldn't "
    "can't couldn't isn't wasn't".split()
)

# Adverbs that stand between a subject and its verb.
MID_ADVERBS = frozenset(
    "just really never always still also only kinda almost even actually probably definitely honestly truly totally "
    "absolutely literally sometimes not simply completely".split()
)
# Adverbs that open a sentence.
OPENERS = frozenset(
    "maybe perhaps actually honestly sometimes then now also usually basically still obviously suddenly personally "
    "eventually overall anyway".split()
)
# What can be said twice on purpose.
DOUBLED = NUMBERS | frozenset(
    "that had very no so really much many far long never yes her bye ha more too way again please".split()
)

NEGATIONS = frozenset(("no", "not", "never", "nothing", "nobody", "none", "nor", "neither", "without", "cannot"))
HEDGES = frozenset(
    "maybe perhaps probably kinda sorta guess suppose think almost somewhat slightly might sort kind seems".split()
)

# Words that carry no content of their own. Negations, hedges and numbers are not among them.
GRAMMAR = (
    SUBJECTS
    | OBJECT_PRONOUNS
    | DEMONSTRATIVES
    | DETERMINERS
    | AUXILIARIES
    | PREPOSITIONS
    | CONJUNCTIONS
    | QUESTION_WORDS
    | frozenset("her his hers mine yours ours theirs there here then too also up out off down".split())
) - NEGATIONS

# What agrees or leads in without saying anything about a film.
EMPTY = frozenset(
    "yes yeah yep yup no nope okay ok well definitely probably absolutely sure really just very actually honestly "
    "maybe oh right totally certainly indeed think guess suppose know mean say thing things stuff again so much bit "
    "lot not don't didn't doesn't kind sort".split()
)

_CONTRACTED = {
    f"{subject}'{verb}": subject
    for subject in (*SUBJECTS, "that", "there", "this")
    for verb in ("s", "m", "re", "ve", "d", "ll")
}
_SUBJECT_OF = {subject: subject for subject in SUBJECTS} | _CONTRACTED
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def words_of(text: str) -> list[str]:
    """The words of a text: lower-case, straight apostrophes, no punctuation, hyphens taken as spaces."""
    return _WORD.findall(text.lower().replace("’", "'"))


def subject_of(word: str) -> str | None:
    """The pronoun that `word` is or begins with ("i", "i'm" → "i"; "there's" → "there"); None for other words."""
    return _SUBJECT_OF.get(word)


def is_contraction(word: str) -> bool:
    """Whether `word` is a subject and its verb in one ("it's")."""
    return word in _CONTRACTED


def is_verb(word: str) -> bool:
    """Whether `word` looks like a verb: by list, by ending; a guess that errs on the side of yes."""
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


def content_of(text: str) -> list[str]:
    """The words of a text that carry its content, in order."""
    return [word for word in words_of(text) if is_content(word)]
