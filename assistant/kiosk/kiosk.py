"""The headless kiosk: session after session, unattended."""

from __future__ import annotations

import logging
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from assistant.asr.sound_quality import MUTED, MUTED_AFTER_S
from assistant.audio.frame import RATE_HZ, AudioSource
from assistant.audio.portaudio import PORTAUDIO
from assistant.deferred_signals import whatever_happens
from assistant.delivery import Outbox
from assistant.dialogue.script import default_script
from assistant.errors import AssistantError, DamagedError, DeviceError, StoreError
from assistant.kiosk.attention import Attention
from assistant.kiosk.health import Health, Part, State
from assistant.kiosk.settings import KioskSettings
from assistant.kiosk.watchdog import tell_supervisor
from assistant.kiosk.watching import KioskLog
from assistant.kiosk.welcome import QUESTION, is_wanted, welcome, wording_for
from assistant.session.assembly import build_components, load_script_for, new_session
from assistant.session.components import Limits, SessionComponents
from assistant.session.keyboard import Keyboard
from assistant.session.session import Session
from assistant.store import Store, default_data_folder

_log = logging.getLogger("assistant.kiosk")

_FIRST_RETRY_S, _LONGEST_RETRY_S = 0.5, 2.0
"""Pauses before trying again: each twice as long as the one before, and never so long that a device that is back
isn't used within three seconds."""

_REMEMBERED_TROUBLES = 5

_MOST_FAILURES = 5
"""After so many sessions in a row that failed in an unforeseen way, it takes a new process to help."""

RETURN_S = 30.0
"""How long a session waits for a microphone or a speaker that was unplugged; then it is over."""

_ROOM_TO_WRITE = 32 << 20
"""With fewer bytes free than this, a session is kept in memory: cleaning a store writes it anew beside itself."""

_MEMORY = Path("/dev/shm")  # noqa: S108 (files in memory; ours is a private folder)

_LOOKED_AFTER_S = 60.0
"""How often it looks at what was kept long enough, and at the room, while nobody comes; by the audio clock."""


class Kiosk:
    """Waits until someone speaks, holds a session, forgets them, and waits for the next.

    If a session fails, all parts are made anew for the next one. If the microphone or the speaker is gone, the kiosk
    begins anew until it succeeds. If the store can't be written, it goes on with one in memory until it can.

    Parameters
    ----------
    settings : KioskSettings
    make_source : callable
        Makes a microphone; called again each time one was lost.
    health : Health, optional
        Told how it is going.
    beat : callable, optional
        Called at least every few seconds as long as something goes on.
    """

    def __init__(
        self,
        settings: KioskSettings,
        make_source: Callable[[], AudioSource],
        health: Health | None = None,
        beat: Callable[[], object] = lambda: None,
    ) -> None:
        self._settings = settings
        self._make_source = make_source
        self._health = health or Health()
        self._beat = beat
        self._watcher = KioskLog(self._health, beat)
        self._attention = Attention(settings.near_dbfs, settings.above_room_db)
        self._folder = settings.data or default_data_folder() / "kiosk"
        self._told_muted = False
        self._has_begun = False
        self._disk_fails = False
        self._failures = 0
        self._forgotten: set[str] = set()
        self._ended = ""
        """How the last session ended."""
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
        self._script = wording_for(load_script_for(self._settings), default_script(), self._settings)
        self._left = sessions
        troubles: list[str] = []
        while self._left != 0:
            trouble = self._serve(troubles.clear)
            if trouble is None:
                continue
            if trouble.sentence not in troubles:
                # Only once: a weekend without a microphone would fill the log.
                again = "Looking for it" if isinstance(trouble, DeviceError) else "Trying"
                _log.error(
                    "%s %s again until it works.", trouble.sentence, again, extra=_facts("trouble", trouble.code)
                )
                self._health.trouble(_part(trouble), trouble.sentence)
                self._health.enter(State.IN_TROUBLE)
                # Started is started: a microphone that isn't there yet is nothing that a supervisor could mend.
                tell_supervisor("READY=1", f"STATUS={trouble.sentence}")
            time.sleep(min(_FIRST_RETRY_S * 2 ** len(troubles), _LONGEST_RETRY_S))
            if not PORTAUDIO.is_stuck:
                self._beat()
            troubles.append(trouble.sentence)
            del troubles[:-_REMEMBERED_TROUBLES]

    def _serve(self, on_ready: Callable[[], object]) -> AssistantError | None:
        """Hold sessions until one fails, or none is left; return what is in the way."""
        try:
            with self._store_folder() as folder, self._built(folder) as parts:
                self._forget_everybody(parts.store)
                self._told_muted = False
                _log.info("listening to %s", parts.source.name, extra=_facts("listening"))
                self._has_begun = True
                self._health.well(Part.SOUND, Part.OTHER)
                self._health.enter(State.WAITING)
                tell_supervisor("READY=1", "STATUS=Waiting for somebody to speak.")
                on_ready()
                while self._left != 0 and self._next_session(parts):
                    if self._left is not None:
                        self._left -= 1
                    if folder != self._folder and self._has_disk():
                        break  # to the store on disk
        except StoreError as error:
            if not self._has_begun and not _is_full(self._folder):
                raise
            # From now on in memory, until the disk is in order.
            self._disk_fails = True
            return None if self._health.trouble(Part.DISK, error.sentence) else error
        except AssistantError as error:
            if not (self._has_begun or isinstance(error, DeviceError)):
                raise
            return error
        self._health.restarts += self._left != 0
        return None

    # what it is made of

    @contextmanager
    def _store_folder(self) -> Iterator[Path]:
        """The store's folder, or where nothing can be written there, one in memory that is gone afterwards."""
        if not self._disk_fails and not _is_full(self._folder):
            self._health.well(Part.DISK)
            yield self._folder
            return
        sentence = f"Nothing can be stored in {self._folder}: the disk is full, or fails. Sessions are kept in memory."
        _log.error("%s", sentence, extra=_facts("disk"))
        self._health.trouble(Part.DISK, sentence)
        spare = Path(tempfile.mkdtemp(prefix="kiosk-", dir=_MEMORY if _MEMORY.is_dir() else None))
        try:
            yield spare
        finally:
            with whatever_happens(lambda: shutil.rmtree(spare, ignore_errors=True)), Store(spare) as store:
                # What couldn't be written into a folder on the same disk.
                Outbox(store).deliver_due(files_only=self._settings.files_only)

    def _has_disk(self) -> bool:
        self._disk_fails = False
        return not _is_full(self._folder)

    @contextmanager
    def _built(self, folder: Path) -> Iterator[SessionComponents]:
        settings = self._settings
        limits = Limits(
            settings.silence_s,
            settings.longest_answer_s,
            settings.longest_session_s,
            checks_presence=True,
        )
        with build_components(
            settings.model_copy(update={"data": folder}),
            self._make_source(),
            self._watcher,
            _log.warning,
            speaker_returns_s=RETURN_S,
            limits=limits,
        ) as parts:
            yield parts

    # a session

    def _next_session(self, parts: SessionComponents) -> bool:
        """Wait for a person and hold their session; False if it failed."""
        assert not isinstance(parts.source, Keyboard)  # nobody types at a kiosk
        if self._settings.ask_first:
            parts.voice.prepare([welcome(self._settings)])
        parts.voice.rest()
        wait_for_voice(
            parts.source,
            self._warn_of_nothing,
            room_talks=self._room_talks,
            attention=self._attention,
            on_time=lambda: self._look_after(parts.store),
            beat=self._beat,
        )
        self._health.enter(State.IN_SESSION)
        try:
            return self._is_welcome(parts) is False or self._hold(parts)
        finally:
            self._health.enter(State.WAITING)

    def _is_welcome(self, parts: SessionComponents) -> bool:
        """Whether whoever spoke wants to talk; where that isn't asked, it is assumed."""
        if not self._settings.ask_first:
            return True
        wanted = is_wanted(parts, self._settings)
        if not wanted:
            self._health.sessions["declined"] += 1
            self._health.left_at[QUESTION] += 1
            self._room_talks = wanted is None
            _log.info("nobody wanted to talk", extra=_facts("declined"))
        return bool(wanted)

    def _hold(self, parts: SessionComponents) -> bool:
        unattended = not self._settings.ask_first
        session = new_session(self._settings, self._script, parts, unattended=unattended)
        _log.info("a session begins", extra=_facts("begin"))
        with whatever_happens(lambda: self._leave(session, parts.store)):
            try:
                session.run()
            except (DeviceError, StoreError):
                self._health.sessions["failed"] += 1
                raise
            except AssistantError as error:
                self._health.sessions["failed"] += 1
                _log.error("the session failed: %s", error.sentence, extra=_facts("failed", error.code))
                return False
            except Exception:
                self._health.sessions["failed"] += 1
                self._failures += 1
                if self._failures >= _MOST_FAILURES:
                    raise
                _log.exception("the session failed", extra=_facts("failed"))
                return False
        self._failures = 0
        self._count(self._ended)
        self._room_talks = session.met_nobody
        if session.met_nobody:
            _log.info("nobody answered: voices as loud as those are taken for the room's from now on")
        return True

    def _leave(self, session: Session, store: Store) -> None:
        """Forget the person, or keep them for as long as the settings say."""
        if not session.id:
            return
        self._ended = status = store.session(session.id).status
        facts = _facts("end", status)
        if self._is_kept(status):
            _log.info("the session is over", extra=facts)
        else:
            store.forget(session.id)
            _log.info("the session is over; the person is forgotten", extra=facts)

    def _count(self, status: str) -> None:
        self._health.sessions[status] += 1
        if status == "abandoned" and self._watcher.question is not None:
            self._health.left_at[self._watcher.question] += 1

    def _is_kept(self, status: str) -> bool:
        if not self._settings.retention_days:
            return False
        return status == "sent" or (status == "unsent" and self._settings.unsent == "keep")

    # between sessions

    def _look_after(self, store: Store) -> None:
        if self._settings.retention_days:
            self._forget_everybody(store)
        if not self._attention.is_crowded:
            self._health.well(Part.CROWD)
        elif self._health.trouble(
            Part.CROWD, "The room is as loud as somebody at the kiosk; only those who speak up are heard."
        ):
            _log.warning("the room is loud: %.0f dBFS", self._attention.room_dbfs, extra=_facts("crowd"))

    def _forget_everybody(self, store: Store) -> None:
        """Forget everybody whose time is over, such as the person who was talking when this kiosk was cut off."""
        for session in store.session_ids():
            if session not in self._forgotten and not self._may_stay(store, session):
                store.forget(session)
                # It stays in the list until its review has been delivered.
                self._forgotten.add(session)
                _log.warning("a session was left over; the person is forgotten", extra=_facts("forgotten"))

    def _may_stay(self, store: Store, session: str) -> bool:
        if not self._settings.retention_days:
            return False
        try:
            stored = store.session(session)
        except DamagedError:
            return False
        # A clock that was put back mustn't keep anybody for longer.
        age = abs(datetime.now().astimezone() - stored.started_at)
        return self._is_kept(stored.status) and age < timedelta(days=self._settings.retention_days)

    def _warn_of_nothing(self) -> None:
        if not self._told_muted:
            # Only once: nobody unmutes it at night.
            self._told_muted = True
            self._health.trouble(Part.SOUND, MUTED)
            _log.warning("%s", MUTED, extra=_facts("microphone"))


def wait_for_voice(
    source: AudioSource,
    on_nothing: Callable[[], object] = lambda: None,
    *,
    room_talks: bool = False,
    attention: Attention | None = None,
    on_time: Callable[[], object] = lambda: None,
    beat: Callable[[], object] = lambda: None,
) -> None:
    """Return when someone speaks to the kiosk.

    Parameters
    ----------
    source : AudioSource
    on_nothing : callable, optional
        Called while the microphone delivers nothing at all.
    room_talks : bool
        Whether the last voices are known to be the room's: then it takes somebody who is louder, or who speaks after a
        silence.
    attention : Attention, optional
        What is known of the room.
    on_time : callable, optional
        Called every minute.
    beat : callable, optional
        Called with each frame.
    """
    attention = attention or Attention()
    attention.begin(room_talks=room_talks)
    source.attend(None)
    has_come = False
    since_s = 0.0
    while not has_come:
        frame = source.read()
        beat()
        if frame is None:
            continue
        has_come = attention.feed(frame.samples)
        if frame.condition.silent_for >= MUTED_AFTER_S * RATE_HZ:
            on_nothing()
        since_s += len(frame.samples) / RATE_HZ
        if since_s >= _LOOKED_AFTER_S:
            since_s = 0.0
            on_time()


def _facts(event: str, why: str | None = None) -> dict[str, dict[str, str]]:
    """What programs that read the log are told of an event."""
    return {"facts": {"event": event, **({"what": why} if why else {})}}


def _part(trouble: AssistantError) -> Part:
    return Part.SOUND if isinstance(trouble, DeviceError) else Part.OTHER


def _is_full(folder: Path) -> bool:
    """Whether the disk that a folder is on, or will be, has no room for a store."""
    there = next((each for each in (folder, *folder.parents) if each.exists()), folder)
    with suppress(OSError):
        return shutil.disk_usage(there).free < _ROOM_TO_WRITE
    return False
