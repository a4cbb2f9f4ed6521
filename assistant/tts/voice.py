"""What the conversation speaks with: a spoken voice, or none."""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from assistant.audio.frame import Samples
from assistant.errors import DeviceError, VoiceError
from assistant.tts.engine import FASTEST_WPM, SLOWEST_WPM, VoiceSettings
from assistant.tts.renderer import Renderer
from assistant.tts.sounds import SmallSound, ending_with
from assistant.tts.speech import Speech, sentences_of, with_longer_pauses

_log = logging.getLogger(__name__)
CACHE_BYTES = 32 << 20
"""About twelve minutes of speech at 22,050 Hz."""
_MOST_GAIN_DB = 12.0
_FULL_SCALE = 32_767
_Key = tuple[str, VoiceSettings]
_BETWEEN_SENTENCES_S = 0.2
"""Silence between two sentences of a prompt, in seconds, in addition to what a rendering ends with."""
_COMMA_S, _SENTENCE_S, _PARAGRAPH_S = 0.35, 0.45, 0.6
"""Silences of a review that is dictated: at its commas, after its sentences, and before its paragraphs, in addition."""
_THINKS_AFTER_S, _THINKS_EVERY_S = 0.6, 1.4
_SOUND_RATE_HZ = 24_000


@dataclass(frozen=True, slots=True)
class Manner:
    """How something is said.

    Attributes
    ----------
    asks : bool
        Whether it's the person's turn after it.
    dictates : bool
        Whether it's part of the review: with longer pauses, so that people can follow and cut in.
    opens_paragraph : bool
        Whether it begins a paragraph of it.
    """

    asks: bool = False
    dictates: bool = False
    opens_paragraph: bool = False


class Voice(Protocol):
    """What the conversation speaks with. Captions aren't its concern."""

    def start(self) -> None:
        """Get ready to speak."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Render what will be said soon, in the background."""

    def adopt(self, manner: Manner) -> None:
        """Say what comes next in this manner."""

    def say(self, text: str, *, stop: Callable[[], bool] | None = None) -> float:
        """Speak, and come back when it has been played out, or soon after `stop` says True.

        `stop` is asked from the first sound on. Returns the share of it that was said (0–1).
        """

    def thinking(self) -> AbstractContextManager[None]:
        """Let it be heard, if it takes long, that something is being worked on."""

    def signal_sent(self) -> None:
        """Let it be heard that the review has gone out."""

    def adjust(self, tempo: float, gain_db: float) -> None:
        """Speak `tempo` times as fast as now, and `gain_db` louder, within reason."""

    def reset(self) -> None:
        """Speak as at first."""

    def rest(self) -> None:
        """Let go of the speaker until there is something to say: an open one costs work even in silence."""

    def close(self) -> None:
        """Let go of engine and speaker, and forget what was said. May be called twice."""


class SilentVoice:
    """Says nothing: for replays, and for those who asked for quiet."""

    def start(self) -> None:
        """Do nothing."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Do nothing."""

    def adopt(self, manner: Manner) -> None:
        """Do nothing."""

    def say(self, text: str, *, stop: Callable[[], bool] | None = None) -> float:
        """Do nothing; all is said."""
        return 1.0

    def thinking(self) -> AbstractContextManager[None]:
        """Do nothing."""
        return nullcontext()

    def signal_sent(self) -> None:
        """Do nothing."""

    def adjust(self, tempo: float, gain_db: float) -> None:
        """Do nothing."""

    def reset(self) -> None:
        """Do nothing."""

    def rest(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Do nothing."""


class Loudspeaker(Protocol):
    """What sound is played through."""

    def open(self) -> None:
        """Take the device."""

    def play(self, samples: Samples, rate_hz: int, stop: Callable[[], bool] | None = None) -> float:
        """Play, come back when it has been played out or `stop` says True, and tell how many seconds were played."""

    def close(self) -> None:
        """Let go of the device."""


class SpokenVoice:
    """Speaks aloud. If the engine or the speaker fails, it says so once and is silent from then on.

    A text is rendered sentence by sentence, the next ones while the first is being played.

    Parameters
    ----------
    renderer : Renderer
        Started and closed together with this voice.
    player : Loudspeaker
        Opened and closed together with this voice.
    on_trouble : callable, optional
        Told, once, in a sentence why nothing is heard any more; by default the log is.
    on_sentence : callable, optional
        Told each sentence as it begins.
    sounds : bool
        Whether there are small sounds, too.
    needed : bool
        Whether a conversation without a voice is none, because nobody reads captions: then `start`, `say` and the like
        raise a `DeviceError` or `VoiceError` in place of falling silent.
    """

    def __init__(
        self,
        renderer: Renderer,
        player: Loudspeaker,
        on_trouble: Callable[[str], None] | None = None,
        on_sentence: Callable[[str], None] | None = None,
        *,
        sounds: bool = False,
        needed: bool = False,
    ) -> None:
        self._needed = needed
        self._renderer = renderer
        self._player = player
        self._prompts = PromptCache(renderer)
        self._on_trouble = on_trouble or _log.warning
        self._on_sentence = on_sentence
        self._sounds = sounds
        self._audible = False
        self._rests = False
        self._at_first = renderer.settings
        self._gain_db = 0.0
        self._manner = Manner()

    def start(self) -> None:
        """Start the engine and take the speaker. Where that fails, the voice is silent from the start."""
        self._audible = True
        try:
            self._renderer.start()
            self._player.open()
        except (DeviceError, VoiceError) as error:
            self._fall_silent(error)

    def prepare(self, texts: Iterable[str]) -> None:
        """Render what will be said soon, in the background."""
        if not self._audible:
            return
        try:
            self._prompts.prepare(sentence for text in texts for sentence in sentences_of(text))
        except VoiceError as error:
            self._fall_silent(error)

    def adopt(self, manner: Manner) -> None:
        """Say what comes next in this manner."""
        self._manner = manner

    def say(self, text: str, *, stop: Callable[[], bool] | None = None) -> float:
        """Speak `text`, and come back when it has been played out, or soon after `stop` says True.

        Returns at once where the voice has fallen silent. `stop` is asked from the first sound on.

        Returns
        -------
        float
            The share of it that was said, 0–1; 1 where there is nothing to hear.
        """
        sentences = sentences_of(text)
        self.prepare(sentences)
        said = 0.0
        for at, sentence in enumerate(sentences):
            if not self._audible:
                break
            try:
                share = self._say_sentence(sentence, is_last=at == len(sentences) - 1, stop=stop)
            except (DeviceError, VoiceError) as error:
                self._fall_silent(error)
                break
            said += share * len(sentence)
            if share < 1:
                return said / sum(map(len, sentences))
        return 1.0

    def _say_sentence(self, sentence: str, *, is_last: bool, stop: Callable[[], bool] | None) -> float:
        """Say a sentence, and return the share of it that was said."""
        speech = self._prompts.get(sentence)
        if not speech.samples.size:
            return 1.0
        if self._rests:
            self._player.open()
            self._rests = False
        if self._on_sentence is not None:
            self._on_sentence(sentence)
        samples = self._worded(speech, is_last=is_last)
        played_s = self._player.play(samples, speech.rate_hz, stop)
        return min(1.0, played_s * speech.rate_hz / len(samples))

    def _worded(self, speech: Speech, *, is_last: bool) -> Samples:
        """A sentence's sound in its manner, with the silence that follows."""
        manner, rate_hz = self._manner, speech.rate_hz
        before_s = after_s = 0.0
        samples = speech.samples
        if manner.dictates:
            samples = with_longer_pauses(speech, _COMMA_S)
            before_s, after_s = _PARAGRAPH_S * manner.opens_paragraph, _SENTENCE_S
        elif not is_last:
            after_s = _BETWEEN_SENTENCES_S
        samples = amplified(samples, self._gain_db)
        if self._sounds and manner.asks and is_last:
            samples = ending_with(SmallSound.LISTENING, samples, rate_hz)
        return np.pad(samples, (round(before_s * rate_hz), round(after_s * rate_hz)))

    def thinking(self) -> AbstractContextManager[None]:
        """Let it be heard, if it takes long, that something is being worked on."""
        return self._sounding_busy() if self._sounds and self._audible else nullcontext()

    @contextmanager
    def _sounding_busy(self) -> Iterator[None]:
        done = threading.Event()

        def sound() -> None:
            wait_s = _THINKS_AFTER_S
            while not done.wait(wait_s):
                self._play_sound(SmallSound.THINKING, done.is_set)
                wait_s = _THINKS_EVERY_S

        sounding = threading.Thread(target=sound, name="voice-thinking", daemon=True)
        sounding.start()
        try:
            yield
        finally:
            done.set()
            sounding.join()

    def signal_sent(self) -> None:
        """Let it be heard that the review has gone out."""
        if self._sounds and self._audible:
            self._play_sound(SmallSound.SENT)

    def _play_sound(self, sound: SmallSound, stop: Callable[[], bool] | None = None) -> None:
        try:
            self._player.play(amplified(sound.samples(_SOUND_RATE_HZ), self._gain_db), _SOUND_RATE_HZ, stop)
        except DeviceError as error:
            if not self._needed:  # what is said next will meet it, too
                self._fall_silent(error)

    def adjust(self, tempo: float, gain_db: float) -> None:
        """Speak `tempo` times as fast as now, and `gain_db` louder, within reason.

        Another tempo starts the engine again, which takes some hundredths of a second.
        """
        self._gain_db = min(max(self._gain_db + gain_db, -_MOST_GAIN_DB), _MOST_GAIN_DB)
        rate_wpm = round(min(max(self._renderer.settings.rate_wpm * tempo, SLOWEST_WPM), FASTEST_WPM))
        self._change(replace(self._renderer.settings, rate_wpm=rate_wpm))

    def reset(self) -> None:
        """Speak as at first."""
        self._gain_db = 0.0
        self._change(self._at_first)

    def _change(self, settings: VoiceSettings) -> None:
        if settings == self._renderer.settings or not self._audible:
            return
        try:
            self._renderer.change(settings)
        except VoiceError as error:
            self._fall_silent(error)

    def rest(self) -> None:
        """Let go of the speaker until there is something to say: an open one costs 2 % of a core even in silence."""
        self._rests = True
        self._player.close()

    def close(self) -> None:
        """Let go of engine and speaker, and forget what was said. May be called twice."""
        self._audible = False
        self._prompts.clear()
        self._renderer.close()
        self._player.close()

    def _fall_silent(self, error: DeviceError | VoiceError) -> None:
        if self._needed:
            raise error
        if self._audible:  # not closed meanwhile
            self._audible = False
            self._on_trouble(f"{error.sentence} Going on without a voice.")


def amplified(samples: Samples, gain_db: float) -> Samples:
    """The same sound louder or quieter; peaks are rounded off rather than cut.

    Parameters
    ----------
    samples : ndarray of int16, shape (n,)
    gain_db : float
        In dB. A quieter sound is scaled; a louder one goes through tanh, which leaves quiet samples proportional.
    """
    if not gain_db:
        return samples
    scaled = samples / _FULL_SCALE * 10 ** (gain_db / 20)
    return np.round((np.tanh(scaled) if gain_db > 0 else scaled) * _FULL_SCALE).astype(np.int16)


@dataclass(frozen=True, slots=True)
class _Order:
    speech: Future[Speech]
    urgent: bool


class PromptCache:
    """Rendered speech by its text: only in memory, since prompts contain people's names, and up to a limit.

    Parameters
    ----------
    renderer : Renderer
        Started by the caller.
    limit_bytes : int
        How much is kept; what hasn't been asked for the longest goes first.
    """

    def __init__(self, renderer: Renderer, limit_bytes: int = CACHE_BYTES) -> None:
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
