"""Words that are spelled aloud."""

from __future__ import annotations

import pytest

from assistant.english.letters import letters_in


@pytest.mark.parametrize(
    ("spoken", "spelled"),
    [("h e r", ["her"]), ("spelled see a are s", ["cars"]), ("a double l", ["all"]),
     ("it's spelled a double l i", ["alli"]),
     ("w a double u", ["waw"]), ("b as in boy i g", ["big"]), ("u p space t o w n", ["up", "town"]), ("are you", None),
     ("i a", None), ("her", None), ("spelled", None), ("m", None), ("e t the extra terrestrial", None),
     ("spelled with joy", None)],
)  # fmt: skip
def test_letters_are_told_from_words(spoken: str, spelled: list[str] | None):
    assert letters_in(spoken.replace("'", "").split()) == spelled
