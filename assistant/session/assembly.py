"""Assembles a session from its components: model, microphone or recordings, voice, store."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.asr.biased_recogniser import BiasedRecogniser, GrammarRecogniser
from assistant.asr.endpointing import Patience
from assistant.asr.following import Follower
from assistant.asr.interruption import Interruption
from assistant.asr.listener import Listener
from assistant.asr.recogniser import Recogniser, VoskRecogniser
from assistant.asr.rescoring import Rescoring
from assistant.asr.second_ear import SecondEar
from assistant.asr.speaker import speaker_encoder
from assistant.asr.sphinx import SphinxRecogniser
from assistant.asr.voice_activity import VoiceActivity
from assistant.asr.weak_forms import WeakForms
from assistant.asr.whisper import WhisperRecogniser
from assistant.audio.frame import AudioSource
from assistant.composing import compose_with, read_composer
from assistant.config import read_settings, settings_file
from assistant.delivery import OutboxWorker, destinations
from assistant.dialogue.conversation import Conversation
from assistant.dialogue.script import Script, default_script, load_script
from assistant.disfluency import Strength
from assistant.disk import expand_user
from assistant.errors import ModelError, StoreError, UsageError
from assistant.fillers.detector import FilledPauseDetector
from assistant.films.catalogue import FilmCatalogue
from assistant.films.film import FilmEntry
from assistant.films.library import FilmLibrary
from assistant.models import find, find_second, load_catalogue, models_dir, second_names
from assistant.review import Review, ReviewRequest, compose
from assistant.session.barge_in import BargeIn, HalfDuplex
from assistant.session.components import Limits, SessionComponents, Watcher
from assistant.session.keyboard import Keyboard
from assistant.session.options import ConversationSettings, SessionOptions
from assistant.session.second_ear import SecondEarWorker
from assistant.session.session import Session
from assistant.store import Store
from assistant.tts.engine import VoiceSettings
from assistant.tts.voice import SilentVoice, SpokenVoice, Voice
from assistant.turns.user_turn import UserTurn

SECOND_EAR_MISSED = "Without a second ear, more words are misheard, names above all."

_ONLINE = frozenset(
    "amazon assemblyai azure bing cohere cohere-api google google-cloud groq houndify ibm lex openai wit".split()
)


@dataclass(frozen=True, slots=True)
class LoadedEar:
    """The listener, with its model loaded.

    Attributes
    ----------
    listener : Listener
    commands : BiasedRecogniser
        Its recogniser, to tell it what to expect.
    words : Recogniser
        The part of that which expects nothing, for use between two answers.
    model : str
        Name of the model.
    advice : str or None
        How to get a better model, if there is one.
    """

    listener: Listener
    commands: BiasedRecogniser
    words: Recogniser
    model: str
    advice: str | None


def make_ear(model: str | None, second_ear: SecondEar | None = None, *, live: bool = False) -> LoadedEar:
    """Make a listener with the model asked for, or the default one, and with a second ear if there is one.

    If it hears somebody `live`, it works ahead while they are silent.

    Raises
    ------
    ModelError
        If the model is missing or damaged.
    """
    installed = find(model)
    free = VoskRecogniser(installed.path)
    free.load()
    paired = BiasedRecogniser(
        free, GrammarRecogniser(lambda: free.model), Rescoring(lambda: free.model), installed.fillers
    )
    activity = VoiceActivity()
    activity.load()
    catalogue = load_catalogue()
    weak_forms = WeakForms(lambda: free.model, catalogue.language(installed.language).weak_forms)
    detector = FilledPauseDetector(installed.fillers, catalogue.language(installed.language).misheard, weak_forms)
    listener = Listener(
        paired,
        activity,
        fillers=installed.fillers,
        detector=detector,
        second_ear=second_ear,
        follower=Follower(speaker_encoder(installed.path)),
        ahead=live,
    )
    return LoadedEar(listener, paired, free, installed.name, installed.advice)


def make_composer(
    options: SessionOptions, on_trouble: Callable[[str], None]
) -> Callable[[Sequence[UserTurn], ReviewRequest], Review | None]:
    """Make the composer: arranging, and then the person's own language model, if the settings name one.

    Raises
    ------
    SettingsError
        If the settings can't be used.
    """
    path = None if options.files_only else settings_file(options.settings)
    endpoint = read_composer(path) if path is not None else None
    if endpoint is None:
        return compose

    def composed(said: Sequence[UserTurn], brief: ReviewRequest) -> Review | None:
        review, trouble = compose_with(said, brief, endpoint)
        if trouble is not None:
            on_trouble(trouble)
        return review

    return composed


def read_patience(options: SessionOptions) -> Patience:
    """How long to wait for people who pause: as the options say, else the person's settings.

    Raises
    ------
    SettingsError
        If the settings can't be used.
    """
    path = None if options.files_only else settings_file(options.settings)
    settings = read_settings(path, "conversation", ConversationSettings) if path is not None else None
    return options.patience or (settings or ConversationSettings()).patience


def make_voice(
    options: SessionOptions, on_trouble: Callable[[str], None], watcher: Watcher, speaker_returns_s: float = 0.0
) -> Voice:
    """Make the spoken voice, or a silent one if none is wanted.

    A missing speaker or voice only makes the conversation silent, unless it was asked for by name, or is waited for:
    then it's an error.

    Raises
    ------
    DeviceError, VoiceError
        If there is no such speaker or voice.
    """
    if not options.aloud:
        return SilentVoice()
    from assistant.audio.devices import Direction, find_device
    from assistant.audio.player import Player
    from assistant.tts.renderer import Renderer

    usual = VoiceSettings()
    settings = VoiceSettings(rate_wpm=options.rate_wpm or usual.rate_wpm, voice=options.voice)
    renderer = Renderer(settings)
    if options.speaker is not None:
        find_device(options.speaker, Direction.OUTPUT)
    if options.voice is not None:
        renderer.start()
    player = Player(options.speaker, return_s=speaker_returns_s, on_trouble=on_trouble)
    needed = speaker_returns_s > 0
    return SpokenVoice(renderer, player, on_trouble, watcher.speaking, sounds=options.sounds, needed=needed)


def make_barge_in(options: SessionOptions, source: AudioSource | Keyboard, words: Recogniser | None) -> BargeIn | None:
    """Make what gives way to people who go on or break in; None for recordings, which wait, and for typed answers."""
    from assistant.audio.microphone import Microphone

    if words is None or not isinstance(source, Microphone):
        return None
    kind = BargeIn if options.headphones else HalfDuplex
    return kind(source, Interruption(words))


def _is_live(source: AudioSource | Keyboard) -> bool:
    from assistant.audio.microphone import Microphone

    return isinstance(source, Microphone)


def make_second_ear(wanted: str | None, on_trouble: Callable[[str], None]) -> SecondEarWorker | None:
    """Make the second ear, if one is wanted; its model goes on loading unless it was asked for by name.

    Parameters
    ----------
    wanted : str or None
        "base", "tiny.en", a folder with a Whisper model, "sphinx", or "none". If None, the default, but only if it is
        installed and sound; else `on_trouble` gets a sentence, and there is no second ear.
    on_trouble : callable

    Raises
    ------
    UsageError
        There is no such ear, or its package isn't installed.
    ModelError
        Its model is missing or damaged.
    """
    if wanted == "none":
        return None
    if wanted == "sphinx":
        ear = SecondEarWorker(SphinxRecogniser(), "sphinx", None, on_trouble)
    else:
        if wanted is not None and (why := _why_not(wanted)):
            raise UsageError(f"{why} There are: {', '.join((*second_names(), 'sphinx', 'none'))}; or name a folder.")
        try:
            model = find_second(wanted)
        except ModelError as error:
            if wanted is not None:
                raise
            on_trouble(f"{error.sentence.removesuffix('.')}. {SECOND_EAR_MISSED}")
            return None
        ear = SecondEarWorker(WhisperRecogniser(model.path), "whisper", model.short_name, on_trouble)
    if wanted is not None:
        ear.load()
    return ear


def _why_not(ear: str) -> str | None:
    """Why there is no second ear of this name; None if there may be one."""
    if ear in second_names() or ear in load_catalogue() or expand_user(ear).exists() or os.sep in ear:
        return None
    if (models_dir() / ear).is_dir():
        return None
    if ear == "vosk":
        return "Vosk is the first ear already."
    if ear.lower().replace("_", "-") in _ONLINE:
        return f"'{ear}' would send what was said over the network; with this program nothing leaves the machine."
    return f"There is no second ear called '{ear}'."


def load_library(data: Path | None, on_trouble: Callable[[str], None]) -> list[FilmEntry]:
    """Load the person's own films; if they can't be read, report that and go on without: a talk doesn't need them."""
    try:
        return FilmLibrary(data).entries()
    except StoreError as error:
        on_trouble(error.sentence)
        return []


def make_catalogue(own: Sequence[FilmEntry]) -> FilmCatalogue:
    """Make the catalogue of all films, computing titles and names to listen for now, so that nobody waits later."""
    catalogue = FilmCatalogue(own=own)
    _ = catalogue.titles, catalogue.people
    return catalogue


def load_script_for(options: SessionOptions) -> Script:
    """Load the interview to hold.

    Raises
    ------
    ScriptError
        If it can't be read or has mistakes.
    """
    return default_script() if options.script is None else load_script(options.script)


@contextmanager
def build_components(
    options: SessionOptions,
    source: AudioSource | Keyboard,
    watcher: Watcher,
    on_trouble: Callable[[str], None],
    *,
    speaker_returns_s: float = 0.0,
    limits: Limits | None = None,
) -> Iterator[SessionComponents]:
    """Open all parts of a session, and close them at the end.

    Cheap checks come first, so that a missing microphone is reported before a model is loaded.

    Parameters
    ----------
    options : SessionOptions
    source : AudioSource
    watcher : Watcher
    on_trouble : callable
        Gets a sentence about what is missing or fails, and can be done without.
    speaker_returns_s : float
        How long a vanished speaker is waited for, where nobody can do without; 0 for those who can read captions.
    limits : Limits, optional
    """
    with ExitStack() as stack:
        where = destinations(options.out, options.settings, files_only=options.files_only)
        composer = make_composer(options, on_trouble)
        patience = read_patience(options)
        typed = isinstance(source, Keyboard)
        second_ear = None
        if not typed:
            find(options.model)
            second_ear = make_second_ear(options.second_hearing, on_trouble)
        if second_ear is not None:
            stack.callback(second_ear.close)
        stack.enter_context(source)
        store = stack.enter_context(Store(options.data))
        # Delivers what earlier sessions couldn't, or had no time to; nobody has to wait for that.
        stack.enter_context(OutboxWorker(options.data, files_only=options.files_only))
        voice = make_voice(options, on_trouble, watcher, speaker_returns_s)
        stack.callback(voice.close)
        helpers = stack.enter_context(ThreadPoolExecutor(2))
        # A natural voice takes half a second; so does the model, in the meantime.
        voice_started = helpers.submit(voice.start)
        ear = make_ear(options.model, second_ear, live=_is_live(source)) if not typed else None
        if ear is not None and ear.advice is not None:
            on_trouble(ear.advice)
        # This takes a third of a second, while the person is greeted.
        films = helpers.submit(make_catalogue, load_library(options.data, on_trouble))
        voice_started.result()
        yield SessionComponents(
            source=source,
            listener=ear.listener if ear is not None else None,
            commands=ear.commands if ear is not None else None,
            films=films.result,
            model=ear.model if ear is not None else None,
            voice=voice,
            store=store,
            watcher=watcher,
            destinations=where,
            files_only=options.files_only,
            composer=composer,
            strength=Strength(options.strength or Strength.CLEAN),
            keep_audio=options.keep_audio,
            patience=patience,
            barge_in=make_barge_in(options, source, ear.words if ear is not None else None),
            live=_is_live(source),
            limits=limits or Limits(),
        )


def new_session(
    options: SessionOptions, script: Script, parts: SessionComponents, *, unattended: bool = False
) -> Session:
    """Make a session for the next person; `unattended` if nobody may be there."""
    typed = isinstance(parts.source, Keyboard)
    sensing = not (options.no_sensing or typed)
    conversation = Conversation(script, options.name, options.site, parts.films, sensing=sensing, typed=typed)
    return Session(
        parts, conversation, person=options.name, interview=script.name, sensing=sensing, unattended=unattended
    )
