"""Plugs a session together: model, microphone or recordings, voice, store."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.audio.source import Source
from assistant.conversation.conversation import Conversation
from assistant.conversation.script import Script, default_script, load_script
from assistant.delivery.destinations import destinations
from assistant.delivery.outbox import Outbox
from assistant.hearing.listener import Listener
from assistant.hearing.recogniser import VoskRecogniser
from assistant.hearing.voice_activity import VoiceActivity
from assistant.models.installed import find
from assistant.session import Hearing, Parts, Session, Watcher
from assistant.store import Store
from assistant.voice.settings import VoiceSettings
from assistant.voice.voice import SilentVoice, SpokenVoice, Voice


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody asked for on the command line or in a kiosk's settings; None is the usual.

    Attributes
    ----------
    name : str or None
        Whom to greet, title and all.
    script : Path or None
        Another interview.
    site : str or None
        Another film site.
    out : Path or None
        Where reviews are delivered as files.
    data : Path or None
        Folder of the store.
    model : str or None
        Name or folder of a speech model.
    aloud : bool
        Whether to speak.
    microphone, speaker : str or None
        Devices by number or part of the name.
    voice : str or None
        Name of the spoken voice.
    rate_wpm : int or None
        Its speed in words a minute.
    second_hearing : str or None
        Engine that hears each answer again, for its wording.
    keep_audio : bool
        Whether the sound of answers is kept.
    """

    name: str | None = None
    script: Path | None = None
    site: str | None = None
    out: Path | None = None
    data: Path | None = None
    model: str | None = None
    aloud: bool = True
    microphone: str | None = None
    speaker: str | None = None
    voice: str | None = None
    rate_wpm: int | None = None
    second_hearing: str | None = None
    keep_audio: bool = False


def make_listener(model: str | None) -> tuple[Listener, str]:
    """A listener with its model loaded, and the model's name.

    Raises
    ------
    ModelError
        If the model is missing or damaged.
    """
    installed = find(model)
    recogniser = VoskRecogniser(installed.path)
    recogniser.load()
    activity = VoiceActivity()
    activity.load()
    return Listener(recogniser, activity, fillers=installed.fillers), installed.name


def make_voice(wishes: Wishes, on_trouble: Callable[[str], None]) -> Voice:
    """The spoken voice, or none if none is wanted.

    A missing speaker or voice only makes the conversation silent; one that was asked for by name is an error.

    Raises
    ------
    DeviceError, VoiceError
        If there is no such speaker or voice.
    """
    if not wishes.aloud:
        return SilentVoice()
    from assistant.audio.devices import Direction, find_device
    from assistant.audio.player import Player
    from assistant.voice.renderer import Renderer

    usual = VoiceSettings()
    settings = VoiceSettings(rate_wpm=wishes.rate_wpm or usual.rate_wpm, voice=wishes.voice)
    renderer = Renderer(settings)
    if wishes.speaker is not None:
        find_device(wishes.speaker, Direction.OUTPUT)
    if wishes.voice is not None:
        renderer.start()
    return SpokenVoice(renderer, Player(wishes.speaker), on_trouble)


def make_second_hearing(engine: str | None, on_trouble: Callable[[str], None]) -> Hearing | None:
    """The second hearing, loaded, if one is wanted.

    Raises
    ------
    UsageError
        If there is no such engine, or its package isn't installed.
    """
    if engine is None:
        return None
    from assistant.second_hearing import SecondHearing

    hearing = SecondHearing(engine, on_trouble)
    hearing.load()
    return hearing


def script_of(wishes: Wishes) -> Script:
    """The interview to hold.

    Raises
    ------
    ScriptError
        If it can't be read or has mistakes.
    """
    return default_script() if wishes.script is None else load_script(wishes.script)


@contextmanager
def plugged_together(
    wishes: Wishes, source: Source, watcher: Watcher, on_trouble: Callable[[str], None]
) -> Iterator[Parts]:
    """All parts of a session, open and ready; closed again at the end.

    What is cheap to check comes first, so that a missing microphone is told before a model is loaded.
    """
    with ExitStack() as stack:
        second_hearing = make_second_hearing(wishes.second_hearing, on_trouble)
        find(wishes.model)
        stack.enter_context(source)
        store = stack.enter_context(Store(wishes.data))
        # What an earlier session couldn't deliver, or was cut off from delivering.
        Outbox(store).deliver_due()
        voice = make_voice(wishes, on_trouble)
        stack.callback(voice.close)
        voice.start()
        listener, model = make_listener(wishes.model)
        yield Parts(
            source=source,
            listener=listener,
            model=model,
            voice=voice,
            store=store,
            watcher=watcher,
            destinations=destinations(wishes.out),
            second_hearing=second_hearing,
            keep_audio=wishes.keep_audio,
        )


def new_session(wishes: Wishes, script: Script, parts: Parts) -> Session:
    """A session with the next person."""
    conversation = Conversation(script, wishes.name, wishes.site)
    return Session(parts, conversation, person=wishes.name, interview=script.name)
