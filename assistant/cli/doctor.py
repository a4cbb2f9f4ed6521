"""``assistant doctor``: checks everything a conversation needs, by using each part for real."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from assistant.cli import options
from assistant.errors import AssistantError, DeviceError, ModelError, VoiceError


@click.command()
@options.model
@options.second_hearing
@click.option("--microphone", metavar="DEVICE", help="Check this microphone.")
@click.option("--speaker", metavar="DEVICE", help="Check this speaker.")
@click.option(
    "--echo-cancel",
    is_flag=True,
    help="First have the sound server (PulseAudio or PipeWire) take the speaker's echo out of the microphone.",
)
@click.option("--settings", type=options.FILE, metavar="FILE", help="Check delivery as this settings file sets it up.")
@click.pass_context
def doctor(
    ctx: click.Context,
    model: str | None,
    second_hearing: str | None,
    microphone: str | None,
    speaker: str | None,
    settings: Path | None,
    echo_cancel: bool,
) -> None:
    """Check everything that a conversation needs, and say how to fix what doesn't work.

    The model, second ear, microphone, speaker, its echo and the voice are used for real; of delivery, settings, secrets
    and programs are checked. The exit code is that of the first thing wrong that a conversation can't do without: 5 for
    the model, 4 for the microphone. Without a second ear, more words are misheard; without a speaker or a voice, the
    conversation goes on with captions; a review that can't be delivered is kept.
    """
    if echo_cancel:
        from assistant.audio.echo import set_up_cancelling

        click.echo(set_up_cancelling())
    code = 0
    for result in check_up(
        model=model, second_hearing=second_hearing, microphone=microphone, speaker=speaker, settings=settings
    ):
        mark = click.style("✓", fg="green") if result.trouble is None else click.style("✗", fg="red")
        click.echo(f"{mark} {result.part}: {result.trouble.sentence if result.trouble else result.what}")
        if result.trouble is not None and result.needed and not code:
            code = result.trouble.exit_code
    ctx.exit(code)


@dataclass(frozen=True, slots=True)
class CheckResult:
    """The result of one check.

    Attributes
    ----------
    part : str
        "model", "second ear", "microphone", "speaker", "echo", "voice" or "delivery".
    what : str
        What works.
    trouble : AssistantError or None
        What is wrong, in a sentence that says what to do about it.
    needed : bool
        Whether a conversation can't go on without it.
    """

    part: str
    what: str
    trouble: AssistantError | None
    needed: bool


def check_up(
    *,
    model: str | None,
    second_hearing: str | None,
    microphone: str | None,
    speaker: str | None,
    voice: str | None = None,
    settings: Path | None = None,
) -> Iterator[CheckResult]:
    """Check one part after another; one that fails is a result, not an exception."""
    parts: tuple[tuple[str, Callable[[], str], bool], ...] = (
        ("model", lambda: _model(model), True),
        ("second ear", lambda: _second_ear(second_hearing), False),
        ("microphone", lambda: _microphone(microphone), True),
        ("speaker", lambda: _speaker(speaker), False),
        ("echo", lambda: _echo(microphone, speaker), False),
        ("voice", lambda: _voice(voice), False),
        ("delivery", lambda: _delivery(settings), False),
    )
    silent = False
    for part, check, needed in parts:
        if part == "echo" and silent:
            # Why has just been said.
            continue
        result = try_out(part, check, needed=needed)
        silent = silent or (part in ("microphone", "speaker") and result.trouble is not None)
        yield result


def try_out(part: str, check: Callable[[], str], *, needed: bool) -> CheckResult:
    """The result of a check that returns what works, or raises what doesn't."""
    try:
        return CheckResult(part, check(), None, needed)
    except AssistantError as error:
        return CheckResult(part, "", error, needed)


def _model(wanted: str | None) -> str:
    from assistant.asr.recogniser import VoskRecogniser
    from assistant.models import find

    found = find(wanted)
    VoskRecogniser(found.path).load()
    return f"{found.name} loads" + (f". {found.advice}" if found.advice else "")


def _second_ear(wanted: str | None) -> str:
    from assistant.session.assembly import SECOND_EAR_MISSED, make_second_ear

    troubles: list[str] = []
    ear = make_second_ear(wanted, troubles.append)
    if troubles:
        raise ModelError(troubles[0])
    if ear is None:
        return f"none is wanted. {SECOND_EAR_MISSED}"
    ear.load()
    ear.close()
    return f"{ear.engine}{f' {ear.model}' if ear.model else ''} loads"


def _microphone(wanted: str | None) -> str:
    import numpy as np

    from assistant.audio import RATE_HZ, Microphone, Samples, rms_dbfs

    with Microphone(wanted) as microphone:
        heard: Samples = np.zeros(0, np.int16)
        silent = True
        while len(heard) < RATE_HZ:
            frame = microphone.read()
            assert frame is not None  # a microphone has no end
            heard = np.concatenate((heard, frame.samples))
            silent = silent and frame.condition.silent_for > 0
        if silent:
            raise DeviceError(f"The microphone '{microphone.name}' delivers nothing, not even noise: is it muted?")
        return f"{microphone.name} gives sound ({rms_dbfs(heard):.0f} dBFS just now)"


def _speaker(wanted: str | None) -> str:
    import numpy as np

    from assistant.audio import RATE_HZ, Player

    player = Player(wanted)
    player.open()
    try:
        player.play(np.zeros(RATE_HZ // 10, np.int16), RATE_HZ)
    finally:
        player.close()
    return f"{player.name} plays"


def _echo(microphone: str | None, speaker: str | None) -> str:
    from assistant.audio import Microphone, Player
    from assistant.audio.echo import is_cancelling, measure_echo

    with Microphone(microphone, tail_s=0.0) as heard, Player(speaker) as player:
        echo = measure_echo(heard, player)
    if echo is None:
        return "the microphone doesn't hear the speaker, so people can go on and break in anywhere (--headphones)"
    measured = f"the speaker comes back {-echo.level_db:.0f} dB softer, {1000 * echo.delay_s:.0f} ms later"
    told = "While the assistant speaks, it notices only people who are louder than that."
    if is_cancelling():
        return f"{measured}, although the sound server takes echo out. {told}"
    return f"{measured}. {told} Headphones help most; “assistant doctor --echo-cancel” may, too."


def _voice(wanted: str | None) -> str:
    from assistant.tts import Renderer, VoiceSettings
    from assistant.tts.natural import hibari_voices

    renderer = Renderer(VoiceSettings(voice=wanted))
    renderer.start()
    try:
        speech = renderer.render("Hello, I'm here.")
    finally:
        renderer.close()
    if not speech.samples.size:
        raise VoiceError("The voice produces nothing but silence. Install another with apt-get install espeak-ng.")
    if wanted is not None:
        return f"{wanted} renders speech ({speech.duration_s:.1f} s for a greeting)"
    which = "the natural voice" if hibari_voices() else "the machine's own (a natural one: pip install hibari-tts)"
    return f"{which} renders speech ({speech.duration_s:.1f} s for a greeting)"


def _delivery(settings: Path | None) -> str:
    from assistant.delivery import check

    return f"a review that is sent goes to {', '.join(check(settings))}"
