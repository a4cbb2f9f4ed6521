"""A language model behind an OpenAI-compatible address: Ollama, llama.cpp's server, LM Studio and the like."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import Any

from assistant.composing.composer import Task
from assistant.composing.prompt import INSTRUCTIONS, request_for
from assistant.errors import AssistantError, NetworkError
from assistant.net import Server, check_secret

API_KEY = "ASSISTANT_COMPOSER_KEY"
"""The environment variable with the key, where the address wants one."""

LIMIT_S = 20.0
"""Seconds that a draft may take, by default."""

_MOST_CHARACTERS = 8000
_MOST_TOKENS = 600


class ComposerError(AssistantError):
    """The language model can't be used; the review is made without it."""

    code = "composer"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A composer behind an address.

    Attributes
    ----------
    base_url : str
        As such servers document it: "http://127.0.0.1:11434/v1".
    model : str
        The model's name there.
    limit_s : float
        Seconds that the whole of it may take.
    """

    base_url: str
    model: str
    limit_s: float = LIMIT_S

    def draft(self, task: Task) -> str:
        """The review as the model writes it; see `assistant.composing.Composer`.

        Raises
        ------
        ComposerError
            Where there is no answer in time, or none that can be used.
        """
        server = Server(
            address=f"{self.base_url.rstrip('/')}/chat/completions",
            called="The language model",
            limit_s=self.limit_s,
            to_mend=f"Look at its address, its name “{self.model}”, and {API_KEY} in the environment.",
        )
        body = {
            "model": self.model,
            "messages": [
                {"role": "system", "content": INSTRUCTIONS},
                {"role": "user", "content": request_for(task)},
            ],
            "temperature": 0,
            "max_tokens": _MOST_TOKENS,
            "stream": False,
        }
        try:
            reply = server.ask("POST", headers=_headers(), body=json.dumps(body).encode())
        except NetworkError as error:
            raise ComposerError(f"{error} The review is made without it.") from None
        return _written(reply.json)


def _headers() -> dict[str, str]:
    key = os.environ.get(API_KEY, "").strip()
    headers = {"Content-Type": "application/json"}
    return {**headers, "Authorization": f"Bearer {check_secret(key, f'the key in {API_KEY}')}"} if key else headers


def _written(answer: Any) -> str:  # noqa: ANN401 - whatever the server says
    try:
        text = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        text = None
    if not isinstance(text, str) or not text.strip():
        raise ComposerError(
            "The language model's answer has no text in it. Is it an OpenAI-compatible address, ending in “/v1”? "
            "The review is made without it."
        )
    if len(text) > _MOST_CHARACTERS:
        raise ComposerError("The language model wrote far too much. The review is made without it.")
    return text
