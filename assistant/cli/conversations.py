"""``assistant talk`` and ``replay``: one conversation, two ways in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from assistant.cli import options
from assistant.cli.main import INTERRUPTED
from assistant.errors import DeliveryError

if TYPE_CHECKING:
    from assistant.audio import AudioSource
    from assistant.dialogue.script import Script
    from assistant.session.captions import Captions
    from assistant.session.keyboard import Keyboard
    from assistant.session.options import SessionOptions
    from assistant.store import OutboxEntry


@click.command()
@options.conversation
@options.microphone
@options.headphones
@click.option("--type", "typed", is_flag=True, help="Type your answers; nothing is heard, and nothing said aloud.")
@click.option("--or-replay", type=options.FILE, hidden=True, help="Without any microphone, replay this instead.")
def talk(
    aloud: bool | None,
    sounds: bool | None,
    typed: bool,
    or_replay: Path | None,
    **given: Any,  # noqa: ANN401 - click hands over its options
) -> None:
    """Hold a conversation at the microphone.

    You are greeted, asked a few questions, and asked about a film. Answer aloud and take your time: a pause doesn't
    end your turn. Say “what can I say” at any point. At the end your review is read to you; “send review” sends it.

    With --type, you type all that instead, a line for each answer, and read the questions, unless --voice is given.
    Neither a microphone nor a speech model is needed then. The end of input (Ctrl-D) ends the conversation.
    """
    from assistant.audio import Microphone
    from assistant.session.assembly import load_script_for
    from assistant.session.captions import Captions
    from assistant.session.keyboard import Keyboard
    from assistant.session.options import SessionOptions

    is_aloud = bool(aloud) if typed else aloud is not False
    chosen = SessionOptions(aloud=is_aloud, sounds=sounds is not False, **given)
    script = load_script_for(chosen)
    captions = Captions()
    source: AudioSource | Keyboard
    source = Keyboard() if typed else Microphone(chosen.microphone, on_trouble=captions.note)
    if not typed and or_replay is not None and chosen.microphone is None and (why := _no_microphone()):
        captions.note(f"{why} Here is a recorded conversation instead.")
        # The recording isn't meant to be published.
        chosen = chosen.model_copy(update={"files_only": True})
        source = _recordings([or_replay], script, captions)
    _, unwritten = _converse(chosen, script, source, captions)
    _fail_if_unwritten(unwritten)


@click.command()
@click.argument("sources", nargs=-1, required=True, type=options.FILE, metavar="SOURCE…")
@options.conversation
@click.option("--json", "as_json", is_flag=True, help="Print the session as one JSON document.")
def replay(
    sources: tuple[Path, ...],
    aloud: bool | None,
    sounds: bool | None,
    as_json: bool,
    files_only: bool,
    **given: Any,  # noqa: ANN401 - click hands over its options
) -> None:
    """Hold a conversation with recordings in place of the microphone.

    A SOURCE is an audio file or a folder of them. Files are heard one after another; in a folder whose files are named
    for the questions (romance.flac, about-1.flac …), each answers its question. Nothing is said aloud unless --voice is
    given, and reviews are delivered only as files unless --settings is.
    """
    from assistant.session.assembly import load_script_for
    from assistant.session.captions import Captions
    from assistant.session.options import SessionOptions

    only_files = files_only or given["settings"] is None
    chosen = SessionOptions(aloud=bool(aloud), sounds=bool(sounds), files_only=only_files, **given)
    script = load_script_for(chosen)
    captions = Captions()
    told, unwritten = _converse(chosen, script, _recordings(sources, script, captions), captions)
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    _fail_if_unwritten(unwritten)


def _recordings(paths: Sequence[Path], script: Script, captions: Captions) -> AudioSource:
    from assistant.audio import replay_of
    from assistant.dialogue.prompts import SENSED

    return replay_of(paths, {*script.ids, SENSED}, captions.note)


def _converse(
    chosen: SessionOptions, script: Script, source: AudioSource | Keyboard, captions: Captions
) -> tuple[dict[str, Any], list[OutboxEntry]]:
    """Hold a conversation; return what ``--json`` prints, and the files that couldn't be written."""
    from assistant.reviews import document, unwritten
    from assistant.session.assembly import build_components, new_session

    try:
        with build_components(chosen, source, captions, captions.note) as parts:
            session = new_session(chosen, script, parts).run()
            return document(parts.store, session), unwritten(parts.store, session)
    except KeyboardInterrupt:
        captions.note("Stopped. What was said is kept.")
        raise click.exceptions.Exit(INTERRUPTED) from None
    finally:
        captions.close()


def _fail_if_unwritten(unwritten: Sequence[OutboxEntry]) -> None:
    """Exit with the code for a file that couldn't be written; the reason has been given."""
    if unwritten:
        names = ", ".join(entry.destination.outlet for entry in unwritten)
        raise DeliveryError(
            f"The review wasn't written as {names}. “assistant reviews send {unwritten[0].review_id}” tries again."
        )


def _no_microphone() -> str | None:
    """Why there is no microphone; None if there is one that gives sound."""
    from assistant.audio import Microphone
    from assistant.errors import DeviceError

    try:
        with Microphone():
            return None
    except DeviceError as error:
        return error.sentence
