"""The headless kiosk: session after session, unattended."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from assistant.asr.arrival import Arrival
from assistant.asr.sound_quality import MUTED, MUTED_AFTER_S
from assistant.audio.frame import RATE_HZ, AudioSource
from assistant.config import load
from assistant.deferred_signals import whatever_happens
from assistant.errors import AssistantError, DeviceError
from assistant.session.assembly import build_components, load_script_for, new_session
from assistant.session.components import SessionComponents, Watcher
from assistant.session.keyboard import Keyboard
from assistant.session.options import SessionOptions
from assistant.store import Store, default_data_folder
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment

_log = logging.getLogger("assistant.kiosk")

_FIRST_RETRY_S, _LONGEST_RETRY_S = 0.5, 2.0
"""Pauses before trying again: each twice as long as the one before, and never so long that a device that is back
isn't used within three seconds."""

_REMEMBERED_TROUBLES = 5

RETURN_S = 30.0
"""How long a session waits for a microphone or a speaker that was unplugged; then it is over."""


class KioskLog(Watcher):
    """Watches a session without keeping a word of it, because others read a kiosk's log."""

    def said(self, text: str, question: str | None) -> None:
        """Log which question is asked."""
        if question is not None:
            _log.info("asking: %s", question)

    def heard(self, answer: Answer, assessment: Assessment | None) -> None:
        """Log how much was heard."""
        _log.info("heard %d words in %.1f s (%s)", len(answer.words), answer.duration_s, answer.ended.value)
        if answer.lost_s:
            _log.warning("%.2f s of sound were lost on the way", answer.lost_s)

    def warned(self, sentence: str) -> None:
        """Log what is wrong with the microphone."""
        _log.warning("%s", sentence)

    def composing(self) -> None:
        """Log that the review is being composed."""
        _log.info("composing")

    def delivered(self, path: str) -> None:
        """Log that a review has arrived."""
        _log.info("delivered to %s", path)

    def undelivered(self, outlet: str, why: str) -> None:
        """Log why a review hasn't arrived: once the person is forgotten, the reason is nowhere else."""
        _log.warning("not delivered to %s: %s", outlet, why)


class Kiosk:
    """Waits until someone speaks, holds a session, forgets them, and waits for the next.

    If a session fails, all parts are made anew for the next one. If the microphone or the speaker is gone, or the store
    can't be written, the kiosk tries again until it succeeds.

    Parameters
    ----------
    options : SessionOptions
    make_source : callable
        Makes a microphone; called again each time one was lost.
    """

    def __init__(self, options: SessionOptions, make_source: Callable[[], AudioSource]) -> None:
        self._options = options
        self._make_source = make_source
        self._told_muted = False
        self._has_begun = False
        self._left: int | None = None
        self._room_talks = False
        """Whether the last voices were those of people, or a television, that had no wish to talk to us."""

    def run(self, sessions: int | None = None) -> None:
        """Hold `sessions` sessions, or go on until the process is ended.

        Raises
        ------
        ModelError, ScriptError, StoreError
            If it can't begin at all. It logs and survives any later trouble.
        """
        self._script = load_script_for(self._options)
        self._left = sessions
        troubles: list[str] = []
        while self._left != 0:
            trouble = self._serve(troubles.clear)
            if trouble is None:
                continue
            if trouble.sentence not in troubles:
                # Only once: a weekend without a microphone would fill the log.
                again = "Looking for it" if isinstance(trouble, DeviceError) else "Trying"
                _log.error("%s %s again until it works.", trouble.sentence, again)
            time.sleep(min(_FIRST_RETRY_S * 2 ** len(troubles), _LONGEST_RETRY_S))
            troubles.append(trouble.sentence)
            del troubles[:-_REMEMBERED_TROUBLES]

    def _serve(self, on_ready: Callable[[], object]) -> AssistantError | None:
        """Hold sessions until one fails, or none is left; return what is in the way."""
        try:
            with self._built() as parts:
                _forget_everybody(parts.store)
                self._told_muted = False
                _log.info("listening to %s", parts.source.name)
                self._has_begun = True
                on_ready()
                while self._left != 0 and self._next_session(parts):
                    if self._left is not None:
                        self._left -= 1
        except AssistantError as error:
            if not (self._has_begun or isinstance(error, DeviceError)):
                raise
            return error
        return None

    def _built(self) -> AbstractContextManager[SessionComponents]:
        return build_components(
            self._options, self._make_source(), KioskLog(), _log.warning, speaker_returns_s=RETURN_S
        )

    def _next_session(self, parts: SessionComponents) -> bool:
        """Wait for a person and hold their session; False if it failed."""
        assert not isinstance(parts.source, Keyboard)  # nobody types at a kiosk
        wait_for_voice(parts.source, self._warn_of_nothing, room_talks=self._room_talks)
        session = new_session(self._options, self._script, parts, unattended=True)
        _log.info("a session begins")

        def forget() -> None:
            if session.id:
                parts.store.forget(session.id)

        with whatever_happens(forget):
            try:
                session.run()
            except DeviceError:
                raise
            except AssistantError as error:
                _log.error("the session failed: %s", error.sentence)
                return False
            except Exception:
                _log.exception("the session failed")
                return False
        self._room_talks = session.met_nobody
        if session.met_nobody:
            _log.info("nobody answered: voices as loud as those are taken for the room's from now on")
        _log.info("the session is over; the person is forgotten")
        return True

    def _warn_of_nothing(self) -> None:
        if not self._told_muted:
            # Only once: nobody unmutes it at night.
            self._told_muted = True
            _log.warning("%s", MUTED)


def _forget_everybody(store: Store) -> None:
    """Forget the person who was talking when this kiosk was last cut off."""
    for session in store.session_ids():
        store.forget(session)
        _log.warning("a session was left over; the person is forgotten")


def wait_for_voice(
    source: AudioSource, on_nothing: Callable[[], object] = lambda: None, *, room_talks: bool = False
) -> None:
    """Return when someone speaks; call `on_nothing` while the microphone delivers nothing at all.

    If the room talks, it takes somebody who is louder, or who speaks after a silence.
    """
    arrival = Arrival()
    arrival.begin(room_talks=room_talks)
    source.attend(None)
    has_come = False
    while not has_come:
        frame = source.read()
        if frame is not None:
            has_come = arrival.feed(frame.samples)
            if frame.condition.silent_for >= MUTED_AFTER_S * RATE_HZ:
                on_nothing()


def kiosk_options(config: Path | None, given: Mapping[str, Any]) -> SessionOptions:
    """Combine a kiosk's settings with its command line, which takes precedence.

    Parameters
    ----------
    config
        A TOML file whose keys are the fields of `SessionOptions`.
    given
        Values from the command line; None for what wasn't given.

    Raises
    ------
    SettingsError
        If the file can't be read or has mistakes; the keys are named.
    """
    options = SessionOptions() if config is None else load(config, SessionOptions, "settings file")
    # A flag that isn't given is false; only those that may also be given as false distinguish that from None.
    said = {
        key: value
        for key, value in given.items()
        if value is not None and (value is not False or key in ("aloud", "sounds"))
    }
    options = SessionOptions(**{**options.model_dump(), **said})
    # Its own store, because it forgets everyone it finds there.
    return options.model_copy(update={"data": (options.data or default_data_folder()) / "kiosk"})
