"""Sentences that are about the interview, or about nothing, and so don't belong in a review."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.review.words import EMPTY, is_content

# What may stand around such a sentence without changing what it is.
_AROUND = (
    r"(?:yes|yeah|no|well|okay|ok|right|so|and|but|oh|sorry|please|just|really|actually|honestly|now|then|anyway|"
    r"thanks|thank you|i guess|i think|i suppose|for me|from me|for now)"
)
_ABOUT_THE_INTERVIEW = (
    r"that(?:'s| is)(?: about)? (?:all|it|everything|enough|that)"
    r"(?: (?:that )?i(?:'ve| have)?(?: got| can| want| wanted)?(?: have| say| to say| to add)?)?",
    r"i(?:'m| am) (?:done|finished|through)",
    r"(?:there's |i have |i've got )?nothing (?:else|more)(?: to (?:say|add))?",
    r"i can't think of (?:anything|anything else|anything more|any more)",
    r"i (?:don't|do not) (?:really )?know(?: what(?: else| more)? (?:to say|i should say|i can say)| what you mean| "
    r"how to (?:say|explain|describe|put|answer)(?: it| this| that)?| the (?:word|answer))?",
    r"(?:i'm |i am )?not (?:really |quite )?sure(?: what(?: else)? to say| how to (?:say|explain|put|answer)"
    r"(?: it| this| that)?)?",
    r"i (?:don't )?(?:think|guess|hope|suppose) so",
    r"(?:can|could|would|will) you (?:please )?(?:repeat|say|ask|read)"
    r"(?: (?:that|it|this|the question|me))?(?: again)?",
    r"(?:repeat|read|say) (?:that|it|the question|the whole thing)(?: again)?",
    r"what (?:did you say|was (?:that|the question|your question)|do you mean|can i say)",
    r"(?:that's |that is )?(?:a |an )?(?:very )?(?:good|hard|difficult|tough|interesting) question",
    r"let me (?:think|see)(?: about (?:it|that))?(?: for a (?:second|moment|minute))?",
    r"(?:send|write|finish) (?:the |my |a |this )?review",
    r"(?:skip|next)(?: (?:that|this|it|the|question|one))*",
    r"(?:go back|start over|stop|undo|redo|scratch that|not now|never mind|hold on|wait|pardon|sorry)",
    r"(?:hello|hi|hey)(?: there)?|are you (?:there|listening|still there)|can you hear me|is (?:this|it) "
    r"(?:on|working|recording|still recording)",
    r"i(?:'ve| have)? already said (?:that|it|so)|(?:like|as) i said",
)
_CHATTER = re.compile(rf"(?:{_AROUND} )*(?:{'|'.join(_ABOUT_THE_INTERVIEW)})(?: {_AROUND})*")


def is_chatter(words: Sequence[str]) -> bool:
    """Whether a whole sentence is about the interview ("that's all", "send review") or about nothing ("i would")."""
    return is_about_interview(words) or not any(is_content(word) and word not in EMPTY for word in words)


def is_about_interview(words: Sequence[str]) -> bool:
    """Whether the words, all of them together, are about the interview and not about the film."""
    return _CHATTER.fullmatch(" ".join(words)) is not None
