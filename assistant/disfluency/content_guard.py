"""What a restart would lose: a statement that was complete and isn't taken up again."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.english.clauses import can_end, starts_clause
from assistant.english.lexicon import lemmas_of
from assistant.english.predicates import is_verb_at
from assistant.english.sentences import SENTENCE_PAUSE_S
from assistant.english.token import Token
from assistant.english.words import COORDINATORS, THINKING, is_content

_LATE = 4
"""At most so many words further on than it was long, what was given up is taken up again."""


def loses_statement(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether the words from `start` to `stop` are more than a beginning that was given up.

    As in "it's so sad and the thing is | it's funny": "it's so sad" could end where "and" joins on, and nothing that
    follows says it once more. Nobody said that it was taken back, so it stays.
    """
    resumed = {lemma for token in tokens[stop : 2 * stop - start + _LATE] for lemma in lemmas_of(token.word)}
    for end in range(start + 1, stop):
        apart = tokens[end].word in COORDINATORS or tokens[end].pause_s >= SENTENCE_PAUSE_S
        clause = starts_clause(tokens, end) > 0
        if not (apart or clause) or not can_end(tokens, end - 1) or tokens[end - 1].word in THINKING:
            continue
        # Without a verb it may end a statement that began earlier: "it's about | hate and it's sort of | about love".
        stated = (apart and clause) or any(is_verb_at(tokens, at) for at in range(start, end))
        content = [token.word for token in tokens[start:end] if is_content(token.word)]
        if stated and content:
            return all(lemmas_of(word).isdisjoint(resumed) for word in content)
    return False
