"""What a kiosk says before anything is heard that counts: what it is, what it does, and whether they want to."""

from __future__ import annotations

from assistant.asr.endpointing import EndpointTimeouts
from assistant.dialogue.script import Script
from assistant.dialogue.turn_completion import yes_or_no
from assistant.dialogue.understanding import understand_yes_no
from assistant.kiosk.settings import KioskSettings
from assistant.session.components import SessionComponents
from assistant.session.turn_listener import TurnListener

QUESTION = "welcome"
"""What the question whether they want to is called in logs, and among recordings."""

_NOT_UNDERSTOOD = "Say yes if you'd like to."
_NO = "That's fine. Goodbye."

_FORGETFUL = {
    "confirm_stop": "Do you want to stop here? I'll forget what you've said.",
    "stopped": "We'll stop here, and I've forgotten what you said. Goodbye.",
    "left": "I can't hear you any more, so I'll stop here. Goodbye.",
    "no_review": "That isn't enough for a review yet. I'll forget what you said. Goodbye.",
    "not_sent": "I won't send it, and I'll forget it. Goodbye.",
}
"""What is true of a kiosk that keeps nothing, in place of sentences of the default interview that promise to keep."""

_NO_SENSING_OFFER = "If you'd rather I didn't listen to how you speak, say “don't listen for that”."


def welcome(settings: KioskSettings) -> str:
    """What it is, what it listens to, and what is kept, in one breath; and the question whether they want to."""
    listens = "I listen to what you say" + ("" if settings.no_sensing else " and to how you say it")
    days = settings.retention_days
    if days:
        kept = f"and keep it for {f'{days:g} days' if days != 1 else 'a day'}"
    else:
        kept = "and keep none of it but the review that you send"
    return f"Hello! I'm a machine that makes a film review out of your own words. {listens}, {kept}. Shall we?"


def wording_for(script: Script, default: Script, settings: KioskSettings) -> Script:
    """The interview as a kiosk with these settings can hold it truthfully; what a script words itself stays.

    Parameters
    ----------
    script : Script
        The interview.
    default : Script
        The default interview, whose sentences promise to keep what was said.
    settings : KioskSettings
    """
    changes: dict[str, str] = {}
    if not settings.retention_days:
        changes |= _FORGETFUL
        if settings.unsent == "keep":
            del changes["not_sent"]
    if settings.ask_first:
        # That it listens to how they speak has just been said.
        changes["introduction_sensing"] = _NO_SENSING_OFFER
    ours = {key: text for key, text in changes.items() if getattr(script.says, key) == getattr(default.says, key)}
    return script.model_copy(update={"says": script.says.model_copy(update=ours)})


def is_wanted(parts: SessionComponents, settings: KioskSettings) -> bool | None:
    """Say what this is, and hear whether they want to; nothing of it is kept.

    Returns
    -------
    bool or None
        None if nobody answered in a way that can be understood, twice.
    """
    assert parts.listener is not None
    turns = TurnListener(parts.source, parts.listener, parts.watcher, None, parts.commands)  # type: ignore[arg-type]
    timeouts = EndpointTimeouts(beginning_s=settings.silence_s, longest_s=settings.silence_s)
    for text in (welcome(settings), _NOT_UNDERSTOOD):
        parts.watcher.said(text, QUESTION)
        parts.voice.say(text)
        parts.source.attend(QUESTION)  # type: ignore[union-attr]
        if parts.commands is not None:
            parts.commands.expect(None)
        heard = turns.listen(0, timeouts, yes_or_no, keep=lambda turn, over: None)
        answer = understand_yes_no(heard.answer.spoken)
        if answer is False:
            parts.watcher.said(_NO, None)
            parts.voice.say(_NO)
        if answer is not None or not heard.answer.words:
            return answer
    return None
