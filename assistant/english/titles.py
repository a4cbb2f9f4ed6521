"""What people say around a title ("my review is about", "the film is called", "please"), and how a title is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.english.words import ARTICLES, SMALL_IN_TITLES

# Without apostrophes, which some recognisers leave out. Each ends in a space.
_SAID_FIRST = r"(?:well|so|okay|ok|yes|yeah|oh|um|uh|er|hmm|maybe|probably|actually|i think|i guess|lets say) "
_IT_IS = (
    r"(?:no )?(?:its|it is|it was|it would be|thats|that is|that was|that would be|this is|this was|id say|lets take|"
    r"lets do) "
)
_LEAD_INS = (
    r"(?:no )?(?:i said|i meant|i mean) ",
    r"(?:last night |yesterday |today |recently )?(?:i|we|ive|weve|i have|we have) (?:just |recently |finally |last )?"
    r"(?:watched|rewatched|saw|seen|choose|chose|pick|picked|went to see) ",
    r"(?:i|we|id|ill|wed) (?:want|wanted|would like|like|will)? ?(?:to )?"
    r"(?:talk|speak|write|tell you|say something) about ",
    r"(?:id|ill|well|i will|i would) (?:like to )?(?:take|choose|pick|review|say|go with) ",
    r"(?:my|the|a|this) (?:\w+ )?(?:review|one) (?:is|will be|was) (?:about|on|of) ",
    r"(?:its|it is) about (?=\w)",
    r"(?:the )?(?:title|name)(?: of (?:the|this) (?:film|movie|picture))?(?: is| was) ",
    r"(?:(?:the|a|this|that|my) )?(?:new |last |latest |old |great |favou?rite )?(?:film|movie|picture|title)"
    r"(?: i saw| i watched)?(?: is| was| s|s)?(?: called| named| titled| entitled)? ",
    # However the words before it were heard ("as called her"), a title follows "called"; but "A Fish Called Wanda".
    r"(?:(?:it|its|is|as|was|the|this|that|film|movie|picture|one|a) ){0,4}(?:called|named|titled|entitled) ",
)
_TAILS = " (?:i guess|i think|i believe|please|thank you|thanks|you know|the film|the movie|its called)$"


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


# "It's a …" may be the beginning of a title, and so may "no" and "like".
_LEAD_IN = _any_of(_SAID_FIRST, _IT_IS + "(?!a )", *_LEAD_INS)
_POSSIBLE_LEAD_IN = _any_of(_SAID_FIRST, "(?:no|like|you know) ", _IT_IS, *_LEAD_INS)
_TAIL = _any_of(_TAILS)
_POSSIBLE_TAIL = _any_of(_TAILS, " (?:film|movie)$")


def narrowed(words: Sequence[str], *, boldly: bool = False) -> Iterator[Sequence[str]]:
    """An answer that names a title, with ever more of what people say around titles taken off.

    Parameters
    ----------
    words : sequence of str
        Lower-case, with or without apostrophes.
    boldly : bool
        Whether to take off even what may belong to the title ("it's a wonderful life", "no country for old men", "the
        lego movie"). Only for those who look up each try.

    Yields
    ------
    sequence of str
        Fewer and fewer words, at least one; nothing where nothing is said around the title. The last is the barest.
    """
    lead_in, tail = (_POSSIBLE_LEAD_IN, _POSSIBLE_TAIL) if boldly else (_LEAD_IN, _TAIL)
    while True:
        text = " ".join(word.replace("'", "") for word in words)
        before, after = lead_in.match(text), tail.search(text)
        if before and before.end() < len(text):
            words = words[before.group().count(" ") :]
        elif after and text[: after.start()] not in ARTICLES:
            words = words[: -after.group().count(" ")]
        else:
            return
        yield words


def barest(words: Sequence[str]) -> list[str]:
    """The words of the title alone, as far as that is sure."""
    return list([words, *narrowed(words)][-1])


def in_title_case(words: Sequence[str]) -> str:
    """Words as a title is written."""
    return " ".join(
        word if 0 < at < len(words) - 1 and word in SMALL_IN_TITLES else word[:1].upper() + word[1:]
        for at, word in enumerate(words)
    )
