"""When to speak of what was heard in the voice."""

from __future__ import annotations

from typing import Literal

from assistant.hesitation.speaker import Impression

Feeling = Literal["discomfort", "hesitation"]

_ANSWERS_BETWEEN = 3
"""At most one remark in so many answers: whoever is asked more often feels watched."""


class Sensing:
    """Decides whether to ask about an impression: rarely, and never twice about the same thing."""

    def __init__(self) -> None:
        self._since = _ANSWERS_BETWEEN
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
        if impression is None or topic in self._topics or self._since < _ANSWERS_BETWEEN:
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
