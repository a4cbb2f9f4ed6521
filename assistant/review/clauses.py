"""What kind of words a clause begins and ends with, as far as it shows in the words themselves."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.review.token import Token
from assistant.review.words import (
    AUXILIARIES,
    BE,
    COMPLETE,
    CONJUNCTIONS,
    COORDINATORS,
    DEMONSTRATIVES,
    DETERMINERS,
    DO_AND_MODALS,
    HAVE,
    MID_ADVERBS,
    OBJECT_PRONOUNS,
    OPENERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    SUBORDINATORS,
    THINKING,
    UNFINISHED,
    is_contraction,
    is_verb,
    subject_of,
)

SHORTEST = 3
"""Words in the shortest sentence; two where they are a subject and a verb that needs nothing more ("i cried")."""

_NEVER_LAST = (
    DETERMINERS
    | PREPOSITIONS
    | CONJUNCTIONS
    | BE
    | HAVE
    | SUBJECTS - {"it", "you"}
    | (MID_ADVERBS - {"really", "sometimes", "definitely", "completely", "not"})
    | frozenset("very quite let's such every who which whose".split())
)
# Nouns as often as verbs: verbs only after something that takes a verb.
_NOUN_OR_VERB = frozenset(
    "love like call need feel want put take hate show found make let use used end ends start look looks cry laugh hit "
    "hits play plays work works break breaks try move moves turn turns hold stand talk talks watch live lives "
    "hope".split()
)
_TAKES_VERB = SUBJECTS | MID_ADVERBS | AUXILIARIES | frozenset(("to", "who", "people"))
ANYBODY = frozenset("nobody everybody everyone somebody someone people".split())
_STARTERS = (
    SUBJECTS
    | ANYBODY
    | DETERMINERS
    | DEMONSTRATIVES
    | COORDINATORS
    | OPENERS
    | QUESTION_WORDS - {"which", "who", "whose", "whom"}
    | SUBORDINATORS
    | frozenset("every each some most all both there there's that's her his yes no not well oh don't nothing".split())
)
_CONTINUES = PREPOSITIONS | OBJECT_PRONOUNS | frozenset(("too", "either", "anymore", "again"))
# After these, a subject and a verb say more about the word: "the way he looks", "everything she does".
_HEADS = frozenset("way time times thing things moment moments day part place reason fact one".split())
_HEADS_MARKED_BY = frozenset("the every each any only first last next this".split())
# "the best company he has ever had", "the only film i know"
_SUPERLATIVES = frozenset(
    "best worst only most least greatest saddest funniest loneliest biggest strangest nicest".split()
)
_HEADS_ALONE = QUESTION_WORDS | frozenset("everything anything something nothing all that every".split())


def can_end(tokens: Sequence[Token], last: int) -> bool:
    """Whether a sentence may end with `tokens[last]`, going by what kind of word it is."""
    word, before = tokens[last].word, tokens[last - 1].word if last else ""
    if word == "over" and before in BE:
        return True
    if before in COORDINATORS and (word in OPENERS or word.endswith("ly")):
        # "and slowly | he falls in love"
        return False
    if word in HAVE and before in {"ever", "never"}:
        return True
    if word in _NEVER_LAST or (is_contraction(word) and last):
        return False
    if word == "that":
        return is_verb(before) or before in PREPOSITIONS
    if word in DO_AND_MODALS:
        return before in SUBJECTS
    if word in UNFINISHED:
        asked = word == "like" and any(token.word in QUESTION_WORDS for token in tokens[max(0, last - 5) : last])
        return asked or (word in _NOUN_OR_VERB and before not in _TAKES_VERB)
    if word in THINKING and before in SUBJECTS:
        # "it was long i think": an afterthought, unless it is just about to say what.
        return last >= SHORTEST and tokens[last - 2].word not in CONJUNCTIONS | THINKING
    return word not in {"more", "most", "so", "as", "because"}


def can_start(tokens: Sequence[Token]) -> bool:
    """Whether the first of the words is one that sentences start with: "the", "he", "maybe", "would you"."""
    word = tokens[0].word
    return word in _STARTERS or is_contraction(word) or is_question(tokens)


def goes_on(tokens: Sequence[Token]) -> bool:
    """Whether the words can only be the rest of a sentence: "was just perfect", "with it all"."""
    word = tokens[0].word
    return word in _CONTINUES or (word in AUXILIARIES - {"do", "don't"} and not is_question(tokens))


def is_question(tokens: Sequence[Token]) -> bool:
    """Whether the words ask something: "would you call it that", "why did he leave"; not "what i loved"."""
    words = [token.word for token in tokens if token.word not in {"and", "but", "so", "well"}][:3]
    if len(words) < 3:
        return False
    first, second, third = words
    if first in AUXILIARIES:
        return second in SUBJECTS | {"this", "that", "there"} and first != "had" and _agree(first, second)
    inverted = third in SUBJECTS | DETERMINERS | DEMONSTRATIVES
    return first in QUESTION_WORDS - {"which", "whatever", "however"} and second in AUXILIARIES and inverted


def _agree(auxiliary: str, subject: str) -> bool:
    """Whether the two can be verb and subject of one question: "is he", not "is i", "have it"."""
    if subject in {"he", "she", "it"}:
        return auxiliary not in {"am", "are", "were", "have", "do", "aren't", "weren't", "haven't", "don't"}
    if auxiliary in {"is", "has", "does", "isn't", "hasn't", "doesn't"}:
        return subject not in {"i", "you", "we", "they"}
    return auxiliary != "am" or subject == "i"


def opens_subordinate(tokens: Sequence[Token]) -> bool:
    """Whether the words are a subordinate clause and no more: "when i saw it", still waiting for its main clause."""
    words = [token.word for token in tokens if token.word not in {"and", "but", "so"}]
    clauses = sum(1 for at in range(1, len(tokens)) if starts_clause(tokens, at))
    if words and words[0] in SUBORDINATORS - {"before", "after"}:
        return clauses <= 1
    if words and words[0] in {"before", "after"} and clauses <= 1:
        # "after my father left", not "after the film", and not with the main clause behind it.
        verbs = [at for at in range(2, len(tokens)) if is_verb_at(tokens, at)]
        return sum(at - 1 not in verbs and tokens[at - 1].word != "to" for at in verbs) == 1
    # "the first time i saw it", "every time she laughs"
    timed = words[:1] in (["the"], ["every"], ["each"]) and "time" in words[1:3]
    return timed and clauses == 1 and subject_of([*words, ""][words.index("time") + 1]) is not None


def is_whole(piece: Sequence[Token]) -> bool:
    """Whether the words are enough for a sentence: three, or a subject and a verb that needs nothing more."""
    # "it's honest" is three words in two.
    if len(piece) >= SHORTEST or sum(1 + is_contraction(token.word) for token in piece) >= SHORTEST:
        return True
    return len(piece) == 2 and piece[0].word in SUBJECTS and piece[1].word in COMPLETE


def starts_clause(tokens: Sequence[Token], at: int) -> int:
    """How clearly a clause with its own subject starts at `at`: 0 (none), 1 ("he looks"), 2 ("it was", "but i am")."""
    words = [token.word for token in tokens[at : at + 5]]
    joined = words[0] in COORDINATORS
    if joined:
        words = words[1:]
    if words and words[0] in OPENERS:
        words = words[1:]
    if len(words) < 2:
        return 0
    inverted = words[0] in AUXILIARIES and words[1] in SUBJECTS and _agree(words[0], words[1])
    if inverted and at and not joined:
        blocked = tokens[at - 1].word in SUBJECTS | QUESTION_WORDS | MID_ADVERBS | {"so", "nor", "neither"}
        return 0 if blocked else 2
    subject = subject_of(words[0])
    has_verb = is_contraction(words[0]) or is_verb(words[1]) or (words[1] in MID_ADVERBS and is_verb((*words, "")[2]))
    existential = words[0] == "there" and words[1] in BE
    if existential or (subject and subject not in {"that", "this"} and has_verb):
        return 2 if joined or existential or subject in {"it", "there"} else 1
    return 0


def is_head(tokens: Sequence[Token]) -> bool:
    """Whether the words end in a noun that a clause without "that" may follow: "the first time | i saw it"."""
    marked = any(token.word in _HEADS_MARKED_BY for token in tokens[-4:-1])
    if any(token.word in _SUPERLATIVES for token in tokens[-3:-1]):
        return True
    return tokens[-1].word in _HEADS_ALONE or (marked and tokens[-1].word in _HEADS)


def is_saturated(tokens: Sequence[Token]) -> bool:
    """Whether the clause has its object or complement, so that it is no relative one: "i called my sister"."""
    first, second, third = ([token.word for token in tokens[:3]] + ["", ""])[:3]
    if is_contraction(first):
        return first.endswith(("'m", "'re")) and second not in PREPOSITIONS
    if (second, third) == ("used", "to"):
        return len(tokens) > 4 and tokens[3].word == "be" and tokens[4].word not in PREPOSITIONS | AUXILIARIES
    if second in BE | {"couldn't", "can't"}:
        return third not in PREPOSITIONS | AUXILIARIES | {""}
    return third in DETERMINERS | OBJECT_PRONOUNS | DEMONSTRATIVES | {"it", "her"}


def is_verb_at(tokens: Sequence[Token], at: int) -> bool:
    """Whether `tokens[at]` is a verb in its place: "i love", not "about love"."""
    word = tokens[at].word
    if word in _NOUN_OR_VERB:
        return at > 0 and tokens[at - 1].word in _TAKES_VERB
    return is_verb(word)
