"""Whether somebody speaks to the kiosk, rather than near it."""

from __future__ import annotations

import numpy as np
import pytest

from assistant.audio.frame import RATE_HZ, Samples
from assistant.audio.level import levels_dbfs
from assistant.kiosk.attention import Attention
from tools.paths import RECORDINGS
from tools.simulation.visitors import YES, silence, sound_of

TALK = np.concatenate([sound_of(RECORDINGS / "fluent" / f"about-{number}.flac") for number in (1, 2)])
FRAME = RATE_HZ // 5


def at_level(sound: Samples, dbfs: float) -> Samples:
    """The same sound with voices of this mean level, in a little noise."""
    levels = levels_dbfs(sound, RATE_HZ // 10)
    gain = 10 ** ((dbfs - levels[levels > -50].mean()) / 20)
    noise = np.random.default_rng(0).integers(-10, 11, len(sound))
    return np.clip(sound * gain + noise, -32_768, 32_767).astype(np.int16)


def noticed(attention: Attention, sound: Samples) -> bool:
    # All of it is heard, not only what comes before they are noticed.
    return True in [attention.feed(sound[at : at + FRAME]) for at in range(0, len(sound), FRAME)]


@pytest.fixture
def attention() -> Attention:
    attention = Attention()
    attention.begin()
    return attention


def test_a_yes_near_by_is_noticed_in_a_quiet_room(attention: Attention):
    assert not noticed(attention, silence())
    assert noticed(attention, np.concatenate((sound_of(YES), silence()[:RATE_HZ])))


def test_others_who_talk_thirty_db_below_are_not_noticed_and_a_visitor_among_them_is(attention: Attention):
    others = at_level(TALK, -61)
    assert not any(noticed(attention, others) for _ in range(3))
    assert noticed(attention, sound_of(YES) + others[: len(sound_of(YES))])


def test_a_room_of_loud_talk_is_noticed_once_and_then_is_the_room(attention: Attention):
    talk = at_level(TALK, -30)
    assert noticed(attention, talk)
    attention.begin(room_talks=True)
    assert not any(noticed(attention, talk) for _ in range(3))
    assert attention.is_crowded
    assert noticed(attention, at_level(TALK, -16))


def test_a_loud_tone_or_a_bang_is_nobody(attention: Attention):
    time_s = np.arange(5 * RATE_HZ) / RATE_HZ
    hum = (3000 * np.sin(2 * np.pi * 100 * time_s)).astype(np.int16)
    bang = silence().copy()
    bang[RATE_HZ : RATE_HZ + 800] = 20_000
    assert not noticed(attention, hum)
    assert not noticed(attention, bang)
