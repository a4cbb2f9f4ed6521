"""What a sentence is about: things one can see, the interview instead of the film, or nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.english.normalise import content_of
from assistant.english.words import EMPTY, is_content, is_negation

# What people may say around such a sentence without changing it.
_AROUND = (
    r"(?:yes|yeah|no|well|okay|ok|right|so|and|but|oh|sorry|please|just|really|actually|honestly|now|then|anyway|"
    r"thanks|thank you|i guess|i think|i suppose|for me|from me|for now)"
)
_CLOSING = (
    r"that(?:'s| is)(?: about)? (?:all|it|everything|enough|that)"
    r"(?: (?:that )?i(?:'ve| have)?(?: got| can| want| wanted)?(?: have| say| to say| to add)?)?",
    r"i(?:'m| am) (?:done|finished|through)",
    r"(?:there's |i have |i've got )?nothing (?:else|more)(?: to (?:say|add))?",
    r"i can't think of (?:anything|anything else|anything more|any more)",
    r"thank(?:s| you)(?: (?:so|very) much)? for (?:listening|asking|having me|your (?:time|questions|patience))",
    r"(?:good)?bye(?: bye)?|good night",
)
_PHRASES = (
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
    r"(?:can|could|may) (?:i|we) (?:please )?(?:start (?:again|over)|go (?:back|on)|stop)|let me start (?:again|over)",
    r"(?:go back|start over|stop|undo|redo|scratch that|not now|never mind|hold on|wait|pardon|sorry)",
    r"(?:hello|hi|hey)(?: there)?|are you (?:there|listening|still there)|can you hear me|is (?:this|it) "
    r"(?:on|working|recording|still recording)",
    r"i(?:'ve| have)? already said (?:that|it|so)|(?:like|as) i said",
)
# Words of praise and feeling paint nothing.
_ABSTRACT = EMPTY | frozenset(
    "love loved loves like liked good great bad best nice beautiful wonderful amazing perfect incredible emotional "
    "feel feeling feelings felt thought film movie way story makes made make something everything whole life people "
    "always ever many more most sad happy moving interesting important theme themes meaning relationship "
    "relationships human humans nature emotion emotions experience".split()
)


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?:{_AROUND} )*(?:{'|'.join(phrases)})(?: (?:{_AROUND}|{'|'.join(phrases)}))*")


_CLOSES = _any_of(_CLOSING)
_CHATTER = _any_of((*_CLOSING, *_PHRASES))

# What two people do in an interview, and other words in a remark about it.
_INTERVIEW = frozenset(
    "say saying said ask asked asking question questions answer answers answered talk talking listen listening hear "
    "record recording repeat review interview sense enough allowed swear mean".split()
)
_BESIDE = EMPTY | frozenset(
    "make makes good else something anything go going went back start over stop still more any hard "
    "difficult easy tough sorry please want wanted like next only yet already keep such one".split()
)
_REMARKS = (
    # "can i say that in a review", "does that make sense"
    rf"(?:{_AROUND} )*(?:(?:what|how|why|where|who|which) )?"
    r"(?:can|could|may|should|shall|would|do|does|did|is|are|was|am|have) (?:i|you|we|this|that|it|the|your)\b.*",
    # "i don't know if that's what you want to hear", "you ask hard questions"
    r".*\bwhat you(?:'re)? (?:mean|ask|asked|asking|want (?:to hear|me to say))\b.*",
    r".*\byou(?:'re)? (?:\w+ )?(?:ask|asked|asking)\b.*\bquestions?\b.*",
    # "i'm not going to say any more"
    r"(?:\w+ )?i(?:'m|'d|'ve|'ll)? .*\b(?:say|said|talk|answer|answered)\b.*\b(?:more|else|already)\b.*",
)
_REMARK = re.compile("|".join(_REMARKS))


def says_nothing(words: Sequence[str]) -> bool:
    """Whether a sentence says nothing by itself: "i would". After another it can: "but i don't"."""
    # "kind of" softens; "kind" alone describes a person.
    kind = any(word == "kind" and after != "of" for word, after in zip(words, (*words[1:], ""), strict=True))
    return not kind and not any(is_content(word) and word not in EMPTY for word in words)


def is_about_interview(words: Sequence[str]) -> bool:
    """Whether all the words together are about the interview and not about the film."""
    text = " ".join(words)
    return _CHATTER.fullmatch(text) is not None or _is_remark(text)


def closes(words: Sequence[str]) -> bool:
    """Whether the words end an answer and say no more than that: "that's all"."""
    return _CLOSES.fullmatch(" ".join(words)) is not None


def _is_remark(text: str) -> bool:
    """Whether the words ask or tell the interviewer something, and only about the interview."""
    content = set(content_of(text))
    return bool(content & _INTERVIEW) and content <= _INTERVIEW | _BESIDE and _REMARK.fullmatch(text) is not None


def concrete_nouns_in(words: Sequence[str]) -> set[str]:
    """The words for things, not those of praise and feeling."""
    return {word for word in words if is_content(word) and word not in _ABSTRACT and not is_negation(word)}
