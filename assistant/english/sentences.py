"""Where sentences end in cleaned words: by pauses, by syntax, at sane lengths."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.clauses import (
    SHORTEST,
    can_end,
    can_start,
    ends_short,
    goes_on,
    introduces_speech,
    is_begun,
    is_head,
    is_saturated,
    is_whole,
    opens_subordinate,
    starts_clause,
    topic_start,
)
from assistant.english.lexicon import can_be_noun
from assistant.english.predicates import has_verb, is_surely_finite, is_verb_at, verbs_of
from assistant.english.questions import is_question, is_tag
from assistant.english.token import Doc, Token
from assistant.english.words import (
    ALSO_PREPOSITIONS,
    ANYBODY,
    AUXILIARIES,
    COORDINATORS,
    DETERMINERS,
    DO_AND_MODALS,
    DOUBLED,
    EMPTY,
    GRAMMAR,
    INTERJECTIONS,
    OBJECT_PRONOUNS,
    OPENERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    SUBJECTS,
    SUBORDINATORS,
    THINKING,
    is_contraction,
    looks_like_verb,
    subject_of,
)

SENTENCE_PAUSE_S = 0.5
"""A silence of this length, in seconds, can end a sentence where the words allow it."""
BRIEF_PAUSE_S = 0.3
"""A silence of this length, in seconds, ends a sentence between two whole clauses."""
LONG_PAUSE_S = 1.2
"""A silence of this length, in seconds, ends a sentence wherever one can end."""
LONGEST = 30
"""Words in the longest sentence, where there is any place to end it."""
_VERB_WITHIN = 8
_SUBJECT_WITHIN = 5
"""A name or noun has its verb within this many words."""
# Phrases that say how a sentence joins on to the one before it.
_LEADS = frozenset(
    (preposition, *article, noun)
    for article in (("the",), ())
    for preposition in ("in", "at", "by", "from", "until")
    for noun in ("end", "start", "beginning", "middle", "meantime", "first", "last", "then", "least")
) | frozenset((("for", "me"), ("for", "us"), ("after", "that"), ("before", "that"), ("since", "then"), ("to", "me")))
_LONGEST_LEAD = 3
_NEAR = 4
"""A silence within this many words tells more about where a sentence ends than syntax does."""
# Words that end a clause for sure when a new subject follows: nobody says "it i saw" for "the thing i saw".
_ENDS_CLAUSE = OBJECT_PRONOUNS | frozenset("it again too though now forever really alone either anymore".split())


def sentences_of(tokens: Sequence[Token]) -> list[Doc]:
    """Cut the cleaned words of one answer into sentences.

    A sentence never ends after an article, a preposition, a conjunction or an auxiliary that has no clause of its
    own ("i believe you would" has one). Every word is in exactly one sentence, in order.
    """
    return [sentence for piece in _by_pauses(Doc(tokens)) for sentence in _by_syntax(Doc(piece))]


def _by_pauses(tokens: Doc) -> list[tuple[Token, ...]]:
    pieces, start = [], 0
    for at in range(1, len(tokens)):
        whole = is_whole(tokens[start:at]) and is_whole(tokens[at:])
        # The second ear's marks are evidence, no proof: it ends a sentence where an answer was cut into pieces, too.
        marked = tokens[at - 1].mark and can_end(tokens, at - 1)
        if marked or (whole and _pause_ends(tokens, start, at)):
            pieces.append(tokens[start:at])
            start = at
    rest = tokens[start:]
    if pieces and _belongs_before(pieces[-1], rest):
        rest = (*pieces.pop(), *rest)
    return [*pieces, rest] if rest else pieces


def _belongs_before(piece: Sequence[Token], rest: Sequence[Token]) -> bool:
    """As in "i cried | when she left": at the end of an answer no main clause comes any more."""
    if not rest or piece[-1].mark or len(piece) + len(rest) > LONGEST or piece[0].word in SUBORDINATORS:
        return False
    clause = rest[0].word not in ALSO_PREPOSITIONS or starts_clause(rest, 1) > 0
    return clause and rest[0].word in SUBORDINATORS and opens_subordinate(rest)


def _pause_ends(tokens: Sequence[Token], start: int, at: int) -> bool:
    token = tokens[at]
    left = tokens[start:at]
    # Anyone who draws a word out keeps the floor.
    held = tokens[at - 1].held and token.pause_s < LONG_PAUSE_S
    brief = token.pause_s < SENTENCE_PAUSE_S or held
    if brief and not has_verb(left):
        return False
    ends = can_end(tokens, at - 1) or (not brief and ends_short(left, tokens[at:]))
    if token.pause_s < BRIEF_PAUSE_S or not ends or opens_subordinate(left):
        return False
    if token.word == "because" and token.pause_s < LONG_PAUSE_S and len(left) < LONGEST // 2:
        return False
    # "i think he did | the best he could": an ellipsis is followed by a new subject.
    if tokens[at - 1].word in DO_AND_MODALS and token.word in DETERMINERS:
        return False
    if token.pause_s >= LONG_PAUSE_S and not goes_on(tokens[at:]):
        return True
    if _leads_in(left) or topic_start(tokens[start : at + _VERB_WITHIN], at - start) is not None:
        return False
    if token.word in ALSO_PREPOSITIONS and _hangs_on(tokens, at):
        return False
    # "it's as good as up | up made me cry": a repeat by accident would be gone.
    meets = token.word == tokens[at - 1].word and token.word not in DOUBLED
    if _is_clause_of_noun(tokens[at:]) or (not brief and (meets or _opens_late(tokens[at:]))):
        return True
    return can_start(tokens[at:]) and _has_verb(tokens[at : at + _VERB_WITHIN])


def _is_clause_of_noun(tokens: Sequence[Token]) -> bool:
    """Whether the words begin with a name or noun and its verb: "oscar isaac sings", "rain has"; not "rain falling".

    There is no silence between the two, as there is between the parts of a list.
    """
    first = tokens[0].word
    if first in GRAMMAR | EMPTY or looks_like_verb(first) or not can_be_noun(first):
        return False
    for at in range(1, min(_SUBJECT_WITHIN, len(tokens) - 1)):
        word, after = tokens[at].word, tokens[at + 1].word
        if tokens[at].pause_s >= BRIEF_PAUSE_S:
            return False
        if is_surely_finite(tokens[at - 1].word, word, after):
            return True
        if word in GRAMMAR:
            return False
    return False


def _leads_in(left: Sequence[Token]) -> bool:
    """As in "in the end | he stays", "to be honest | i slept": a phrase, and no sentence yet."""
    words = [token.word for token in left if token.word not in COORDINATORS]
    at_once = all(token.pause_s < BRIEF_PAUSE_S for token in left[1:])
    return at_once and words[:1] != [] and words[0] in PREPOSITIONS | ALSO_PREPOSITIONS and not verbs_of(left)


def _hangs_on(tokens: Sequence[Token], at: int) -> bool:
    """As in "we hadn't met (0.4) since the funeral (0.7) he called": a phrase nearer to what is before it."""
    stop = next((on for on in range(at + 1, len(tokens)) if tokens[on].pause_s >= BRIEF_PAUSE_S), len(tokens))
    if verbs_of(tokens[at:stop]):
        return False
    return stop == len(tokens) or tokens[stop].pause_s >= tokens[at].pause_s


def _opens_late(tokens: Sequence[Token]) -> bool:
    """As in "at the end he laughs": a phrase that joins sentences, and a clause."""
    words = tuple(token.word for token in tokens[:_LONGEST_LEAD])
    size = next((size for size in range(len(words), 1, -1) if words[:size] in _LEADS), 0)
    return bool(size) and size < len(tokens) and starts_clause(tokens, size) > 0


def _has_verb(tokens: Sequence[Token]) -> bool:
    """Whether a new sentence has its verb soon; a list goes on without one ("the colours | the light and the …")."""
    first = tokens[0].word
    if first in SUBJECTS | SUBORDINATORS | ANYBODY or is_contraction(first) or is_question(tokens):
        return True
    if first in DETERMINERS | {"every", "each"} and "time" in {token.word for token in tokens[1:3]}:
        # "the first time i saw it i was …"
        return True
    for at, token in enumerate(tokens):
        if at and token.pause_s >= SENTENCE_PAUSE_S and can_start(tokens[at:]):
            return False
        if at and subject_of(token.word) and tokens[at - 1].word in SUBORDINATORS:
            # "her face when she opens the box is …"
            continue
        if at and subject_of(token.word):
            # "and i cried", "maybe it was": a clause; "the way he looked": more of the same phrase.
            return first in COORDINATORS | OPENERS | QUESTION_WORDS | INTERJECTIONS
        if is_verb_at(tokens, at):
            return True
    return False


def _by_syntax(piece: Doc) -> list[Doc]:
    at = _best_cut(piece)
    if at is None:
        return [piece]
    return [*_by_syntax(Doc(piece[:at])), *_by_syntax(Doc(piece[at:]))]


def _best_cut(piece: Doc) -> int | None:
    """The best place to cut a piece that runs on; None where it is better whole."""
    size = len(piece)
    wanted = 3 if size < 6 else 2 if size <= 22 else 1
    cuts = [
        (strength, -abs(2 * at - size), at)
        for at in range(2, size - 1)
        if is_whole(piece[:at]) and is_whole(piece[at:]) and (strength := _cut_strength(piece, at)) >= wanted
    ]
    if not cuts and size > LONGEST:
        cuts = [
            (int(can_start(piece[at:])), -abs(2 * at - size), at)
            for at in range(SHORTEST, size - SHORTEST + 1)
            if can_end(piece, at - 1) and not goes_on(piece[at:]) and not is_head(piece[:at])
        ]
    return max(cuts)[2] if cuts else None


def _cut_strength(piece: Sequence[Token], at: int) -> int:
    """How sure it is that a new sentence starts at `at`: 0 (not at all) to 4."""
    left, word, before = piece[:at], piece[at].word, piece[at - 1].word
    strength = starts_clause(piece, at)
    if not strength or not can_end(piece, at - 1) or not has_verb(left):
        return 0
    if opens_subordinate(left) or _silence_decides(piece, at) or introduces_speech(left) or is_begun(left):
        return 0
    if is_tag(piece, at + 1) or (topic_start(piece, at) or 0) > 0:
        return 0
    if is_question(left) and word not in COORDINATORS:
        return 4
    joined = word in COORDINATORS
    if joined:
        # Two short clauses joined by "and" are better left together.
        return strength if len(piece) >= 14 else 0
    asks = word in AUXILIARIES
    if before in THINKING | OPENERS or "so" in {token.word for token in left[-3:]} or (is_head(left) and not asks):
        return 0
    return strength + (before in _ENDS_CLAUSE or is_saturated(piece[at:])) + (piece[at].pause_s >= SENTENCE_PAUSE_S / 2)


def _silence_decides(piece: Sequence[Token], at: int) -> bool:
    """Whether a silence nearby says that the sentence doesn't end here: "i can't beat | it (0.7) just like that".

    Nor does it after a phrase that a silence parts from what is before it: "i must say (0.4) in the beginning | i was".
    """
    if piece[at].pause_s >= BRIEF_PAUSE_S:
        return False
    # In "with a voice and (0.9) i thought" the silence is on the joint itself.
    joint = piece[at].word in COORDINATORS
    if any(token.pause_s >= SENTENCE_PAUSE_S for token in piece[at + 1 + joint : at + _NEAR]):
        return True
    breath = max((back for back in range(1, at) if piece[back].pause_s >= BRIEF_PAUSE_S), default=0)
    opens = breath > 0 and not joint and piece[breath].word in PREPOSITIONS
    return opens and not has_verb(piece, breath, at)
