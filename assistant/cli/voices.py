"""``assistant voices``: the voices that the assistant can speak with."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from assistant.cli import options

if TYPE_CHECKING:
    from assistant.tts import VoiceSettings


@click.command()
@click.argument("name", required=False)
@click.option("--all", "show_all", is_flag=True, help="List those of other languages, too.")
@options.rate
@options.speaker
def voices(name: str | None, show_all: bool, rate_wpm: int | None, speaker: str | None) -> None:
    """List the English voices on this machine, or hear the one called NAME.

    Pass a voice's id, its name or a part of that to “assistant talk --voice-name”.
    """
    from assistant.tts import VoiceSettings, installed_voices

    if name is not None:
        usual = VoiceSettings()
        _try_out(VoiceSettings(rate_wpm=rate_wpm or usual.rate_wpm, voice=name), speaker)
        return
    for voice in installed_voices():
        if show_all or voice.speaks("en"):
            click.echo(f"{voice.id}: {voice.name} [{', '.join(voice.languages)}]")


def _try_out(settings: VoiceSettings, speaker: str | None) -> None:
    from assistant.audio import Player
    from assistant.tts import Renderer

    renderer, player = Renderer(settings), Player(speaker)
    renderer.start()
    try:
        player.open()
        speech = renderer.render("Hello, I'm here. What stayed with you when it was over?")
        player.play(speech.samples, speech.rate_hz)
    finally:
        renderer.close()
        player.close()
