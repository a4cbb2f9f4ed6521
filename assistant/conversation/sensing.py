"""When to speak of what was heard in the voice."""

from __future__ import annotations

from assistant.conversation.script import SensingRules
from assistant.hesitation.speaker import Feeling, Impression


class Sensing:
    """Decides whether to ask about an impression: rarely, and never twice about the same thing.

    Parameters
    ----------
    rules : SensingRules
        Whether to ask at all, and how rarely.
    listens : bool

    Attributes
    ----------
    listens : bool
        Whether it is listened for how the person speaks; if not, nothing that tells of it is said.
    """

    def __init__(self, rules: SensingRules, *, listens: bool = True) -> None:
        self._rules = rules
        self.listens = listens
        self._since = rules.answers_apart
        self._topics: set[str] = set()

    def notice(self, topic: str, impression: Impression | None) -> Feeling | None:
        """What to ask about after an answer, if anything.

        Parameters
        ----------
        topic
            What the answer was about.
        impression
            How it sounded; None if nobody listens for that.
        """
        self._since += 1
        if not self._rules.asks or impression is None:
            return None
        if topic in self._topics or self._since < self._rules.answers_apart:
            return None
        feeling: Feeling | None = None
        if impression.discomfort.is_strong:
            feeling = "discomfort"
        elif impression.hesitation.is_strong:
            feeling = "hesitation"
        if feeling is not None:
            self._topics.add(topic)
            self._since = 0
        return feeling
