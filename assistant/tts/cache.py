"""Prompts rendered before they are needed, kept in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass

from assistant.tts.renderer import Renderer
from assistant.tts.settings import VoiceSettings
from assistant.tts.speech import Speech

LIMIT_BYTES = 32 << 20
"""About twelve minutes of speech at 22,050 Hz."""

_Key = tuple[str, VoiceSettings]


@dataclass(frozen=True, slots=True)
class _Order:
    speech: Future[Speech]
    urgent: bool


class Prompts:
    """Speech by its text. Only in memory, since prompts contain a person's name, and only so much of it.

    Parameters
    ----------
    renderer : Renderer
        Started by the caller.
    limit_bytes : int
        How much is kept; what hasn't been asked for the longest goes first.
    """

    def __init__(self, renderer: Renderer, limit_bytes: int = LIMIT_BYTES) -> None:
        self._renderer = renderer
        self._limit_bytes = limit_bytes
        # Reentrant: cancelling an order calls `_keep` on the spot.
        self._lock = threading.RLock()
        self._ready: OrderedDict[_Key, Speech] = OrderedDict()
        self._ordered: dict[_Key, _Order] = {}
        self._bytes = 0

    def prepare(self, texts: Iterable[str]) -> None:
        """Have texts rendered in the background, in this order, after whatever is asked for directly.

        Raises
        ------
        VoiceError
            The renderer isn't started. That a text can't be rendered is only said by `get`.
        """
        for text in texts:
            key = self._key(text)
            with self._lock:
                if key not in self._ready and key not in self._ordered:
                    self._order(key, urgent=False)

    def get(self, text: str) -> Speech:
        """The sound of `text`: at once where it is ready, else rendered before anything that is being prepared.

        Raises
        ------
        VoiceError
            It can't be rendered.
        """
        key = self._key(text)
        with self._lock:
            ready = self._ready.get(key)
            if ready is not None:
                self._ready.move_to_end(key)
                return ready
            order = self._ordered.get(key)
            if order is None or (not order.urgent and order.speech.cancel()):
                order = self._order(key, urgent=True)
        return order.speech.result()

    def clear(self) -> None:
        """Forget everything, ordered or ready."""
        with self._lock:
            orders = list(self._ordered.values())
            self._ordered.clear()
            for order in orders:
                if not order.urgent:  # somebody waits for those
                    order.speech.cancel()
            self._ready.clear()
            self._bytes = 0

    def _key(self, text: str) -> _Key:
        return text, self._renderer.settings

    def _order(self, key: _Key, *, urgent: bool) -> _Order:
        order = _Order(self._renderer.submit(key[0], urgent=urgent), urgent)
        self._ordered[key] = order
        order.speech.add_done_callback(lambda speech: self._keep(key, speech))
        return order

    def _keep(self, key: _Key, speech: Future[Speech]) -> None:
        with self._lock:
            order = self._ordered.get(key)
            if order is None or order.speech is not speech:
                return
            del self._ordered[key]
            if speech.cancelled() or speech.exception() is not None:
                return
            self._ready[key] = speech.result()
            self._bytes += speech.result().samples.nbytes
            while self._bytes > self._limit_bytes:
                _, oldest = self._ready.popitem(last=False)
                self._bytes -= oldest.samples.nbytes
