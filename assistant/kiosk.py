"""The headless kiosk: session after session, unattended."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from assistant.asr.sound_quality import MUTED, MUTED_AFTER_S
from assistant.asr.voice_activity import VoiceActivity
from assistant.audio.frame import RATE_HZ, AudioSource
from assistant.config import load
from assistant.deferred_signals import whatever_happens
from assistant.dialogue.script import Script
from assistant.errors import AssistantError, DeviceError
from assistant.session.assembly import build_components, load_script_for, new_session
from assistant.session.components import SessionComponents, Watcher
from assistant.session.options import SessionOptions
from assistant.store import Store, default_data_folder
from assistant.turns.answer import Answer
from assistant.turns.assessment import Assessment

_log = logging.getLogger("assistant.kiosk")

_SPEECH_S = 0.3
"""How much voice starts a session: more than a cough, less than a word of greeting."""

_REMEMBERED_S = 60.0
"""How long short noises are remembered while nobody is there."""

_RETRY_S = 5.0
"""Pause before beginning anew."""


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

    If a session fails, the kiosk logs it and goes on to the next; if the microphone is gone, or the store can't be
    written, it begins anew until it succeeds.

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

    def run(self, sessions: int | None = None) -> None:
        """Hold `sessions` sessions, or go on until the process is ended.

        Raises
        ------
        ModelError, ScriptError, StoreError
            If it can't begin at all. It logs and survives any later trouble.
        """
        script = load_script_for(self._options)
        held = 0
        has_begun = False
        trouble = None
        while sessions is None or held < sessions:
            source = self._make_source()
            try:
                with build_components(self._options, source, KioskLog(), _log.warning) as parts:
                    _forget_everybody(parts.store)
                    self._told_muted = False
                    _log.info("listening to %s", source.name)
                    has_begun = True
                    trouble = None
                    while sessions is None or held < sessions:
                        held += 1 if self._next_session(script, parts) else 0
            except AssistantError as error:
                if not (has_begun or isinstance(error, DeviceError)):
                    raise
                if error.sentence != trouble:
                    # Only once: a weekend without a microphone would fill the log.
                    again = "Looking for it" if isinstance(error, DeviceError) else "Trying"
                    _log.error("%s %s again every %g s.", error.sentence, again, _RETRY_S)
                trouble = error.sentence
                time.sleep(_RETRY_S)

    def _next_session(self, script: Script, parts: SessionComponents) -> bool:
        """Wait for a person and hold their session; False if it failed."""
        wait_for_voice(parts.source, self._warn_of_nothing)
        session = new_session(self._options, script, parts)
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


def wait_for_voice(source: AudioSource, on_nothing: Callable[[], object] = lambda: None) -> None:
    """Return when someone speaks; call `on_nothing` while the microphone delivers nothing at all."""
    activity = VoiceActivity(shortest_s=_SPEECH_S)
    activity.reset()
    source.attend(None)
    while not activity.stretches:
        frame = source.read()
        if frame is not None:
            activity.feed(frame.samples)
            if frame.condition.silent_for >= MUTED_AFTER_S * RATE_HZ:
                on_nothing()
        if activity.judged_s >= _REMEMBERED_S and not activity.speaking:
            # Months of coughs would fill the memory.
            activity.reset()


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
