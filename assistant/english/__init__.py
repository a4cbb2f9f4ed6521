"""What is known of English, for all the rooms above that need it. It imports no other room but `assistant.config`.

What other rooms mostly use is named here. `words` knows what single words do in a sentence (its lists are data, in
``word_lists.toml``), `lexicon` what a dictionary says of them. Rules about places in what was said (`predicates`,
`questions`, `clauses`) are for the rooms that clean up and write.
"""

from assistant.english.endings import Ending, may_end
from assistant.english.letters import letters_in
from assistant.english.normalise import (
    content_of,
    find_phrase,
    is_one_of,
    name_words,
    normal_words,
    plain,
    with_numbers_as_in,
    without_lead_ins,
    words_of,
    words_said,
)
from assistant.english.numbers import in_words, number_at_start, ordinal_in_words, ways_to_say, year_in
from assistant.english.phonetics import likeness, sound_of, sounds_of
from assistant.english.sentences import sentences_of
from assistant.english.titles import barest, in_title_case, narrowed
from assistant.english.token import Doc, Token, tokens_of_text

__all__ = [
    "Doc",
    "Ending",
    "Token",
    "barest",
    "content_of",
    "find_phrase",
    "in_title_case",
    "in_words",
    "is_one_of",
    "letters_in",
    "likeness",
    "may_end",
    "name_words",
    "narrowed",
    "normal_words",
    "number_at_start",
    "ordinal_in_words",
    "plain",
    "sentences_of",
    "sound_of",
    "sounds_of",
    "tokens_of_text",
    "ways_to_say",
    "with_numbers_as_in",
    "without_lead_ins",
    "words_of",
    "words_said",
    "year_in",
]
