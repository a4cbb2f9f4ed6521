"""``assistant talk``, ``replay`` and ``kiosk``: one conversation, three ways in."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from assistant.cli import options


@click.command()
@options.conversation
@click.option("--microphone", metavar="DEVICE", help="Listen here: a device's number or part of its name.")
def talk(aloud: bool | None, **wishes: Any) -> None:  # noqa: ANN401 - click hands over whatever its options say
    """Hold a conversation at the microphone.

    You are greeted, asked a few questions, and asked about a film. Answer aloud and take your time: a pause is not the
    end. Say “what can I say” at any point. At the end your review is read to you; “send review” sends it.
    """
    from assistant.assembly import Wishes, new_session, plugged_together, script_of
    from assistant.audio.microphone import Microphone
    from assistant.captions import Captions

    wanted = Wishes(aloud=aloud is not False, **wishes)
    script = script_of(wanted)
    captions = Captions()
    microphone = Microphone(wanted.microphone, on_trouble=captions.note)
    try:
        with plugged_together(wanted, microphone, captions, captions.note) as parts:
            new_session(wanted, script, parts).run()
    finally:
        captions.close()


@click.command()
@click.argument("sources", nargs=-1, required=True, type=options.FILE, metavar="SOURCE…")
@options.conversation
@click.option("--json", "as_json", is_flag=True, help="Print the session as one JSON document.")
def replay(sources: tuple[Path, ...], aloud: bool | None, as_json: bool, **wishes: Any) -> None:  # noqa: ANN401
    """Hold a conversation with recordings in place of the microphone.

    A SOURCE is an audio file or a folder of them. Files are heard one after another; in a folder whose files are named
    for the questions (romance.flac, about-1.flac …), each answers its question. Nothing is said aloud unless --voice is
    given.
    """
    from assistant.assembly import Wishes, new_session, plugged_together, script_of
    from assistant.audio.replay import replay_of
    from assistant.captions import Captions
    from assistant.conversation.wording import SENSED
    from assistant.reviews import document

    wanted = Wishes(aloud=bool(aloud), **wishes)
    script = script_of(wanted)
    captions = Captions()
    recordings = replay_of(sources, {*script.ids, SENSED})
    try:
        with plugged_together(wanted, recordings, captions, captions.note) as parts:
            for note in recordings.notes:
                captions.note(note)
            session = new_session(wanted, script, parts).run()
            told = document(parts.store, session)
    finally:
        captions.close()
    if as_json:
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))


@click.command()
@options.conversation
@click.option("--microphone", metavar="DEVICE", help="Listen here: a device's number or part of its name.")
@click.option("--config", type=options.FILE, metavar="FILE", help="Settings as TOML, named like these options.")
@click.option("--sessions", type=click.IntRange(1), metavar="N", help="End after so many sessions; never by default.")
def kiosk(config: Path | None, sessions: int | None, **wishes: Any) -> None:  # noqa: ANN401
    """Hold session after session, with no screen and no keyboard.

    A session starts when somebody speaks and ends when they are done or have left; then they are forgotten, but for
    the reviews that they sent. What goes on is logged to standard error, without a word of what was said.
    """
    from assistant.kiosk import Kiosk, kiosk_wishes

    Kiosk(kiosk_wishes(config, wishes)).run(sessions)
