"""Finding a loudspeaker in what a microphone hears."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.audio.echo import find_echo, set_up_cancelling, sweep
from assistant.audio.frame import RATE_HZ, Samples
from assistant.errors import DeviceError


def room(level_db: float, delay_s: float, noise: float) -> Samples:
    heard = np.random.default_rng(1).normal(0, noise, round(1.2 * RATE_HZ))
    at = round(delay_s * RATE_HZ)
    heard[at : at + len(sweep())] += sweep() * 10 ** (level_db / 20)
    return np.rint(heard).astype(np.int16)


@pytest.mark.parametrize(("level_db", "noise"), [(0.0, 30), (-12.0, 30), (-30.0, 30), (-12.0, 600)])
def test_an_echo_is_found_with_its_level_and_delay(level_db: float, noise: float):
    echo = find_echo(room(level_db, 0.123, noise), sweep())
    assert echo is not None
    assert echo.level_db == pytest.approx(level_db, abs=1.0)
    assert echo.delay_s == pytest.approx(0.123, abs=0.001)


@pytest.mark.parametrize("noise", [0.0, 30, 3000])
def test_where_there_is_only_noise_there_is_no_echo(noise: float):
    assert find_echo(room(-200.0, 0.1, noise), sweep()) is None


def test_without_a_sound_server_it_is_said_what_to_do(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "")
    with pytest.raises(DeviceError, match="apt-get install pulseaudio-utils, or use headphones"):
        set_up_cancelling()
