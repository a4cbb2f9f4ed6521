import pytest

from assistant.errors import VoiceError
from assistant.tts.engine import InstalledVoice, VoiceSettings, choose_voice

VOICES = (
    InstalledVoice("gmw/de", "German", ("de",)),
    InstalledVoice("gmw/en", "English (Great Britain)", ("en-gb",)),
    InstalledVoice("gmw/en-us", "English (America)", ("en-us",)),
    InstalledVoice("gmw/en-us-nyc", "English (America, New York City)", ("en-us-nyc",)),
    InstalledVoice("com.apple.voice.Samantha", "Samantha", ("en_US",)),
)


@pytest.mark.parametrize(
    ("wanted", "voice"),
    [
        ("gmw/en-us", "gmw/en-us"),
        ("EN-US", "gmw/en-us"),
        ("English (America)", "gmw/en-us"),
        ("en-gb", "gmw/en"),
        ("new york", "gmw/en-us-nyc"),
        ("samantha", "com.apple.voice.Samantha"),
        ("en-us+f3", "gmw/en-us+f3"),
    ],
)
def test_a_voice_goes_by_its_id_its_name_its_language_or_a_part_of_its_name(wanted, voice):
    assert choose_voice(VoiceSettings(voice=wanted), VOICES, None) == voice


def test_an_unknown_voice_is_named_together_with_those_that_speak_the_language():
    with pytest.raises(VoiceError, match=r"No voice called 'Hal 9000'.*English \(America\).*Samantha") as refused:
        choose_voice(VoiceSettings(voice="Hal 9000"), VOICES, None)
    assert "German" not in refused.value.sentence


def test_a_name_that_several_voices_have_is_asked_back():
    with pytest.raises(VoiceError, match=r"Several voices are called 'English'.*Great Britain.*New York City"):
        choose_voice(VoiceSettings(voice="English"), VOICES, None)


def test_without_a_choice_the_machines_own_voice_speaks():
    assert choose_voice(VoiceSettings(), VOICES, "gmw/en-us-nyc") == "gmw/en-us-nyc"


def test_an_own_voice_that_speaks_another_language_is_passed_over():
    assert choose_voice(VoiceSettings(), VOICES, "gmw/de") == "gmw/en"


def test_a_machine_without_a_voice_for_the_language_says_so():
    with pytest.raises(VoiceError, match=r"no voice that speaks 'en'.*German"):
        choose_voice(VoiceSettings(), VOICES[:1], "gmw/de")


def test_a_long_list_of_voices_is_cut_short():
    many = [InstalledVoice(f"en-{number}", f"Voice {number}", ("en",)) for number in range(40)]
    with pytest.raises(VoiceError, match=r"en-11 \(Voice 11\) and 28 more\."):
        choose_voice(VoiceSettings(voice="nobody"), many, None)
