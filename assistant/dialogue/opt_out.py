"""Understands that somebody doesn't want to be listened to for how they speak.

Only what is said to the assistant counts: "don't listen for that", "could you stop listening to how I speak". "I don't
listen to that" is about music.
"""

from __future__ import annotations

import re

from assistant.english.normalise import without_lead_ins, words_said

# "now i" and "the that" are what the recogniser makes of "how i" and "that" now and then; it may miss the last word.
_SPEAK = r"(?:speak(?:ing)?|talk(?:ing)?|sound(?:ing)?|(?:say|saying|said) (?:it|that|things))"
_HOW = rf"(?:how|now|the way) i(?:'m| am)? {_SPEAK}"
_WHAT = rf"(?:(?:the )?that|this|it|(?:(?:my|the) )?(?:voice|tone|pauses|ums)|{_HOW})"
_NOT_TO_LISTEN = (
    # "i don't listen to that" is about music.
    r"(?:(?<!i )(?<!we )(?<!they )(?:don't|do not) listen|i (?:don't|do not) want you to listen"
    r"|i(?:'d| would) rather you (?:didn't|did not) listen"
    r"|(?:(?:can|could|would|will) you (?:please )?)?(?:not listen|(?:stop|quit) listening))"
)
_DECLINED = re.compile(
    rf"(?:please )?(?:{_NOT_TO_LISTEN} (?:for|to)(?: {_WHAT}|$)"
    rf"|(?:don't|do not|stop) analy[sz](?:e|ing) (?:me|my voice|{_HOW})"
    r"|(?:only|just) listen to what i say(?: (?:and )?not (?:to )?how i say it)?)(?: any ?more| again| please)*"
)


def is_declined(text: str) -> bool:
    """Whether the whole utterance says that how they speak isn't to be listened for."""
    return any(_DECLINED.fullmatch(" ".join(words)) for words in without_lead_ins(text))


def mentions_declining(text: str) -> bool:
    """Whether any part of it says so: "no I'm fine and don't listen for that", in answer to a question about it."""
    return _DECLINED.search(" ".join(words_said(text))) is not None
