"""What kind of words a clause begins and ends with, as far as it shows in the words themselves.

Left dislocations as well: what is named first and then taken up by a pronoun, as in "the music | i hear it now".
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from assistant.english.endings import PERFECT, REACH, Ending, may_end
from assistant.english.lexicon import can_be_adverb, can_be_noun, is_known, tags_of
from assistant.english.predicates import has_verb, is_predicate_at, is_verb_at, verbs_of
from assistant.english.questions import agree, is_question
from assistant.english.token import Token, annotation
from assistant.english.words import (
    ALSO_PREPOSITIONS,
    ANYBODY,
    AUXILIARIES,
    BE,
    COMPLETE,
    CONJUNCTIONS,
    COORDINATORS,
    DEMONSTRATIVES,
    DETERMINERS,
    DO_AND_MODALS,
    EMPTY,
    GRAMMAR,
    HEDGES,
    INTERJECTIONS,
    MID_ADVERBS,
    NEGATIONS,
    OBJECT_PRONOUNS,
    OPENERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    REASONS,
    SUBJECTS,
    SUBORDINATORS,
    SUPERLATIVES,
    THINGS,
    THINKING,
    is_content,
    is_contraction,
    subject_of,
)

SHORTEST = 3
"""Words in the shortest sentence; two where they are a subject and a verb that needs nothing more ("i cried")."""

_BREATH_S = 0.3
_STARTERS = (
    SUBJECTS
    | ANYBODY
    | DETERMINERS
    | DEMONSTRATIVES
    | COORDINATORS
    | OPENERS
    | QUESTION_WORDS - {"which", "who", "whose", "whom"}
    | SUBORDINATORS
    | THINGS
    | INTERJECTIONS
    | frozenset("every each some most all both there there's that's her his not don't".split())
)
_SPEECH = frozenset("say says said think thought shout shouts shouted goes told tells".split())
_CALLS = frozenset("oh no god my wow okay hey well yes yeah please look".split())
_SAYING = frozenset("say says said call calls called".split())
_MEANS_BY = frozenset("when whenever if by".split())
_MEANT_WITHIN = 6
_OPENS_CLAUSE = CONJUNCTIONS | QUESTION_WORDS | {"that"}
_CONTINUES = PREPOSITIONS | OBJECT_PRONOUNS | frozenset(("too", "either", "anymore", "again"))
# After these, a subject and a verb say more about the word: "the way he looks", "everything she does".
_HEADS = frozenset("way time times thing things moment moments day part place reason fact one".split())
_HEADS_MARKED_BY = frozenset("the every each any only first last next this".split())
# "the best company he has ever had", "the only film i know"
_THE_ONE = SUPERLATIVES | {"only"}
_HEADS_ALONE = QUESTION_WORDS | THINGS | {"all", "that", "every"}
_FEW = 3
"""This many words of content paint a picture even without a verb."""

_LONGEST_TOPIC = 6
_OBJECTS = OBJECT_PRONOUNS | {"it", "her"}
_OBJECT_WITHIN = 4
_VERB_BY = 2
_TOGETHER = 3
_DEGREES = frozenset(("so", "very", "really", "too", "not"))
_TIMES = frozenset("time day year night week month morning evening moment".split())


def tells_meaning(words: Sequence[str]) -> bool:
    """Whether an "i mean" behind the words tells what they mean, and takes nothing back: "when i say slow"."""
    recent = words[-_MEANT_WITHIN:]
    return any(
        word in _SAYING and subject_of(before) is not None and not _MEANS_BY.isdisjoint(recent[:at])
        for at, (before, word) in enumerate(pairwise(recent))
    )


@annotation
def can_end(tokens: Sequence[Token], last: int) -> bool:
    """Whether a sentence may end with `tokens[last]`, going by what kind of word it is."""
    return may_end([token.word for token in tokens[max(0, last + 1 - REACH) : last + 1]]) >= Ending.SHORT


def ends_short(left: Sequence[Token], right: Sequence[Token]) -> bool:
    """Whether a sentence ends where its last word wants no other: "he finds out he isn't", "ever been bored by".

    Only before a clause with its own subject.
    """
    words = [token.word for token in left]
    pointed = len(right) > 1 and right[0].word in DEMONSTRATIVES and is_verb_at(right, 1)
    fresh = pointed or is_contraction(right[0].word) or starts_clause(right, 0)
    if len(words) <= SHORTEST or not fresh or right[0].word in COORDINATORS:
        return False
    last, before = words[-1], words[-2]
    if last in AUXILIARIES and before in SUBJECTS and last.endswith("n't"):
        return True
    # "where it is", "what's going on", not "what i want is"
    question = next((at for at, word in enumerate(words) if word.removesuffix("'s") in QUESTION_WORDS), 0)
    asked = has_verb(left, 0, question)
    if last in BE or last in DO_AND_MODALS:
        return asked and before not in QUESTION_WORDS
    if last in {"before", "since"}:
        return not PERFECT.isdisjoint(words)
    # "what's going on", "the man that i looked up to"; not "the moment that he comes in"
    stranded = last in PREPOSITIONS - {"of", "than"} and (asked or "ever" in words)
    return stranded or (last in {"to", "by", "for", "with", "about", "from"} and "that" in words[1:-2])


def is_begun(tokens: Sequence[Token]) -> bool:
    """Whether a clause was opened that has no verb yet: "they fight when really", "you know how in old films"."""
    openers = (SUBORDINATORS | QUESTION_WORDS) - ALSO_PREPOSITIONS
    opened = max((at for at, token in enumerate(tokens) if token.word in openers), default=None)
    return opened is not None and not has_verb(tokens, opened + 1)


def introduces_speech(tokens: Sequence[Token]) -> bool:
    """Whether somebody's words or thoughts come next: "and she goes", "i say richard", "i thought oh no"."""
    words = [token.word for token in tokens]
    if words[-1] in {"go", "goes"}:
        return True
    for at in range(len(words) - 1, max(0, len(words) - 4), -1):
        if _speaks(words[at - 1], words[at]):
            called = words[at + 1 :]
            return all(word in _CALLS for word in called) or (len(called) == 1 and not is_known(called[0]))
    return False


def _speaks(before: str, word: str) -> bool:
    if word == "like":
        # "i was like no it isn't"
        return before in BE or is_contraction(before)
    return word in _SPEECH and (subject_of(before) is not None or can_be_noun(before))


def can_start(tokens: Sequence[Token]) -> bool:
    """Whether the first of the words is one that sentences start with: "the", "he", "maybe", "would you"."""
    word = tokens[0].word
    return word in _STARTERS or is_contraction(word) or is_question(tokens)


def goes_on(tokens: Sequence[Token]) -> bool:
    """Whether the words can only be the rest of a sentence: "was just perfect", "with it all"."""
    word = tokens[0].word
    return word in _CONTINUES or (word in AUXILIARIES - {"do", "don't"} and not is_question(tokens))


def opens_subordinate(tokens: Sequence[Token]) -> bool:
    """Whether the words are a subordinate clause and no more: "when i saw it", still waiting for its main clause."""
    words = [token.word for token in tokens]
    start = next((at for at, word in enumerate(words) if word not in {"and", "but", "so"}), len(words))
    if words[start : start + 1] and words[start] in PREPOSITIONS:
        # "in the end when they part"
        start = next((at for at in range(start, min(start + 5, len(words))) if words[at] in SUBORDINATORS), start)
    opener = words[start] if start < len(words) else ""
    # "the first time i saw it", "every time she laughs"
    timed = opener in {"the", "every", "each"} and "time" in words[start + 1 : start + 3]
    if timed:
        start = words.index("time", start)
        opener = "time" if subject_of([*words, ""][start + 1]) else ""
    if opener not in SUBORDINATORS - REASONS | {"time"}:
        return False
    verbs = verbs_of(tokens[start:])
    breath = next((at for at in range(start + 1, len(tokens)) if tokens[at].pause_s >= _BREATH_S), len(tokens))
    if opener in ALSO_PREPOSITIONS and not verbs_of(tokens[start:breath]):
        # "after an hour (0.5) my seat was cold"
        return False
    return not any(_is_main(tokens[start:], verb, verbs) for verb in verbs)


def _is_main(tokens: Sequence[Token], verb: int, verbs: Sequence[int]) -> bool:
    """Whether a verb behind a subordinate clause's first word is that of the main clause."""
    opener = max(at for at in range(verb + 1) if tokens[at].word in _OPENS_CLAUSE or not at)
    own = is_contraction(tokens[verb].word)
    subject = next((at for at in range(verb, opener, -1) if subject_of(tokens[at].word)), None)
    if subject is not None and verb - subject <= SHORTEST - 1:
        before = tokens[subject - 1].word
        if before in THINKING | AUXILIARIES or (own and is_contraction(before)):
            return False
        return subject > opener + 2 or (subject > opener + 1 and before not in OPENERS | MID_ADVERBS)
    # "when he dies | the whole room is silent"
    return any(opener < earlier < verb for earlier in verbs)


def is_whole(piece: Sequence[Token]) -> bool:
    """Whether the words are enough for a sentence: three, or a subject and a verb that needs nothing more."""
    # "it's honest" is three words in two.
    if len(piece) >= SHORTEST or sum(1 + is_contraction(token.word) for token in piece) >= SHORTEST:
        return True
    return len(piece) == 2 and piece[0].word in SUBJECTS and piece[1].word in COMPLETE


@annotation
def starts_clause(tokens: Sequence[Token], at: int) -> int:
    """How clearly a clause with its own subject starts at `at`: 0 (none), 1 ("he looks"), 2 ("it was", "but i am")."""
    here = list(tokens[at : at + 5])
    joined = here[0].word in COORDINATORS
    here = here[joined:]
    here = here[bool(here) and here[0].word in OPENERS :]
    words = [token.word for token in here]
    if len(words) < 2:
        return 0
    inverted = words[0] in AUXILIARIES and words[1] in SUBJECTS and agree(words[0], words[1])
    if inverted and at and not joined:
        blocked = tokens[at - 1].word in SUBJECTS | QUESTION_WORDS | MID_ADVERBS | {"so", "nor", "neither"}
        return 0 if blocked else 2
    subject = subject_of(words[0])
    verb = 2 if words[1] in MID_ADVERBS else 1
    has_verb = is_contraction(words[0]) or (verb < len(here) and (is_verb_at(here, verb) or is_verb_at(here, 1)))
    existential = words[0] == "there" and words[1] in BE
    if existential or (subject and subject not in {"that", "this"} and has_verb):
        return 2 if joined or existential or subject in {"it", "there"} else 1
    return 0


def is_head(tokens: Sequence[Token]) -> bool:
    """Whether the words end in a noun that a clause without "that" may follow: "the first time | i saw it"."""
    marked = any(token.word in _HEADS_MARKED_BY for token in tokens[-4:-1])
    if any(token.word in _THE_ONE for token in tokens[-3:-1]):
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


def has_clause(tokens: Sequence[Token]) -> bool:
    """Whether a verb is in the words, and not only in a clause that hangs on something: "only if it rains"."""
    if tokens[0].word == "only" and len(tokens) > 1 and tokens[1].word in SUBORDINATORS:
        tokens = tokens[1:]
    hangs = opens_subordinate(tokens) or (tokens[0].word in REASONS and len(verbs_of(tokens)) == 1)
    return any(is_predicate_at(tokens, at) for at in range(len(tokens))) and not hangs


def needs_question(tokens: Sequence[Token]) -> bool:
    """Whether an answer of these words says nothing to readers who don't know what was asked."""
    hangs = tokens[0].word in SUBORDINATORS or tokens[0].word == "only"
    content = {token.word for token in tokens if is_content(token.word)} - EMPTY - HEDGES - NEGATIONS
    return not has_clause(tokens) and (hangs or len(content) < _FEW)


def topic_start(tokens: Sequence[Token], at: int) -> int | None:
    """Where the words begin that the pronoun at `at` takes up; None where it takes up nothing.

    A pronoun after a noun more often opens a relative clause: "the man he loved", "the way he looks", "all i have".
    """
    # "my wife and i | we …"
    together = at >= _TOGETHER and tokens[at - 2].word == "and" and tokens[at - 1].word in SUBJECTS
    end = at - 2 if together else at
    start = next((back for back in range(end, 0, -1) if tokens[back - 1].word in COORDINATORS), 0)
    topic, rest = tokens[start:at], tokens[at:]
    words = [token.word for token in topic]
    if not 0 < len(topic) <= _LONGEST_TOPIC or not starts_clause(rest, 0) or verbs_of(topic) or is_head(topic):
        return None
    if together:
        return start if subject_of(tokens[at].word) in {"we", "they"} else None
    named = not any(is_known(word) or word in GRAMMAR for word in words)
    noun = words[0] in DETERMINERS - {"a", "an"} | DEMONSTRATIVES | {"his", "her"} and words[-1] not in GRAMMAR
    if not (named or noun) or not _TIMES.isdisjoint(words):
        return None
    return start if _takes_up(words, rest, named=named) else None


def _takes_up(topic: Sequence[str], rest: Sequence[Token], *, named: bool) -> bool:
    words = [token.word for token in rest]
    end = next(
        (at for at, word in enumerate(words) if at > _VERB_BY and word in CONJUNCTIONS | QUESTION_WORDS), len(words)
    )
    pronoun = subject_of(words[0])
    finite = [word in AUXILIARIES or "VBZ" in tags_of(word) for word in words[:end]]
    if len(verbs_of(rest[:end])) > 1 or any(finite[at] and is_verb_at(rest, at - 1) for at in range(2, end)):
        # "the old woman he meets never dies", "the man i saw was him"
        return False
    if pronoun in {"i", "you", "we"}:
        return not _OBJECTS.isdisjoint(words[2:_OBJECT_WITHIN])
    head = next((at for at, word in enumerate(topic) if at and word in PREPOSITIONS), len(topic)) - 1
    plural = "NNS" in tags_of(topic[head]) or "and" in topic
    if (pronoun == "they") != plural:
        return False
    complement = (*words[2:end], "")[0]
    if named or is_contraction(words[0]) or complement in _DEGREES:
        return True
    return complement not in {"", *PREPOSITIONS} and not can_be_adverb(complement)
