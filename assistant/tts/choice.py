"""Which of the machine's voices is meant."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.errors import VoiceError
from assistant.tts.settings import VoiceSettings

_LISTED = 12


@dataclass(frozen=True, slots=True)
class InstalledVoice:
    """A voice that the machine has: its id, its name, and the languages it speaks ("en-us")."""

    id: str
    name: str
    languages: tuple[str, ...]

    def speaks(self, language: str) -> bool:
        """Whether it speaks `language`; a voice for "en-us" speaks "en"."""
        wanted = _tag(language)
        return any(tag == wanted or tag.startswith(f"{wanted}-") for tag in map(_tag, self.languages))

    @property
    def labels(self) -> frozenset[str]:
        """What it may be called, in lower case."""
        names = {self.id, self.id.rpartition("/")[2], self.name, *map(_tag, self.languages)}
        return frozenset(name.lower() for name in names)


def chosen_voice(settings: VoiceSettings, voices: Sequence[InstalledVoice], current: str | None) -> str:
    """The id of the voice that the settings mean, among those the machine has.

    Parameters
    ----------
    settings : VoiceSettings
    voices : sequence of InstalledVoice
    current : str or None
        The id of the voice that speaks when nothing is chosen.

    Raises
    ------
    VoiceError
        There is no such voice, or several; the sentence lists some.
    """
    if settings.voice is None:
        return _own_voice(settings.language, voices, current)
    base, plus, timbre = settings.voice.partition("+")
    wanted = base.strip().lower()
    matches = [voice for voice in voices if wanted in voice.labels][:1]
    matches = matches or [voice for voice in voices if wanted and wanted in voice.name.lower()]
    if len(matches) == 1:
        return matches[0].id + plus + timbre
    if matches:
        raise VoiceError(f"Several voices are called '{base}': {_listed(matches)}. Which one?")
    others = [voice for voice in voices if voice.speaks(settings.language)] or list(voices)
    raise VoiceError(f"No voice called '{settings.voice}'. There are: {_listed(others)}.")


def _own_voice(language: str, voices: Sequence[InstalledVoice], current: str | None) -> str:
    speaking = [voice for voice in voices if voice.speaks(language)]
    if not speaking:
        raise VoiceError(
            f"This machine has no voice that speaks '{language}'. "
            f"Install one in its settings, or name another voice. There are: {_listed(voices)}."
        )
    own = [voice for voice in speaking if voice.id == current]
    return (own or speaking)[0].id


def _listed(voices: Iterable[InstalledVoice]) -> str:
    names = [f"{voice.id} ({voice.name})" for voice in voices]
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return (", ".join(names[:_LISTED]) + more) or "none at all"


def _tag(language: str) -> str:
    return language.replace("_", "-").lower()
