"""Interview scripts, and the mistakes in them."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from assistant.dialogue.prompts import Prompts
from assistant.dialogue.script import default_script, load_script, parse_script
from assistant.errors import ScriptError

DEFAULT = resources.files("assistant.dialogue").joinpath("interview.toml").read_text(encoding="utf-8")


def mistake_in(text: str) -> str:
    with pytest.raises(ScriptError) as caught:
        parse_script(text, "mine.toml")
    return caught.value.sentence


def changed(old: str, new: str) -> str:
    assert old in DEFAULT
    return DEFAULT.replace(old, new, 1)


def test_the_default_interview_asks_the_questions_of_the_contract():
    assert default_script().ids == ("romance", "voice", "emotional_movies", "film", "about", "stars", "review")


def test_a_wrong_key_is_named_with_its_place_and_the_likely_one():
    sentence = mistake_in(changed('again = "Would you call', 'agian = "Would you call'))
    assert "question 1 (romance) › agian: there is no such key. Did you mean “again”?" in sentence
    assert "question 1 (romance) › again: is missing." in sentence


def test_broken_toml_is_named_with_its_line():
    assert "line 6" in mistake_in(changed('site = "Letterboxd"', "site = "))


def test_an_unknown_placeholder_is_named_with_those_there_are():
    sentence = mistake_in(changed("What did {film} do", "What did {movie} do"))
    assert "question 5 (about) › text" in sentence
    assert "{movie}" in sentence
    assert "{film}" in sentence


def test_a_person_is_only_greeted_by_name_in_the_greeting():
    assert "{person}" in mistake_in(changed('thanks = "Thank you."', 'thanks = "Thank you, {person}."'))


def test_a_choice_is_named_by_its_number():
    sentence = mistake_in(changed('value = "funny"\n', ""))
    assert "question 2 (voice) › choice 1 › value: is missing." in sentence


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("format = 1", "format = 2", "format: has to be 1."),
        (
            'kind = "open"',
            'kind = "opne"',
            "has the kind 'opne', but there is no such kind. There are: 'choice'",
        ),
        ('kind = "open"', "", "question 3 (emotional_movies): has no kind."),
        ('kind = "open"', "goodbye = 3\nkind = 'open'", "goodbye: there is no such key"),
        ('kind = "open"', "fewest = 3\nkind = 'open'", "fewest: there is no such key here."),
        ("[sensing]", "[[sensing]]", "sensing: has to be a table"),
        ("asks = true", "asks = 'often'", "sensing › asks: has to be true or false"),
        ('id = "voice"', 'id = "romance"', "wo questions have the id “romance”"),
        ('kind = "stars"', 'kind = "film"', "only one question of the kind “film”"),
        ('introduction = "', 'introduction = ""  # "', "introduction: is empty"),
        ("[question.touched]", "fewest = 9\n[question.touched]", "fewest"),
    ],
)
def test_mistakes_are_told(old: str, new: str, told: str):
    assert told in mistake_in(changed(old, new))


def test_the_review_has_to_come_last():
    before, after = DEFAULT.split('[[question]]\nid = "stars"')
    assert "last question" in mistake_in(before)
    assert after


def test_a_script_that_is_not_there_or_not_text_is_told(tmp_path: Path):
    with pytest.raises(ScriptError, match="can't be read"):
        load_script(tmp_path / "none.toml")
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ScriptError, match="isn't UTF-8"):
        load_script(binary)


def test_a_script_of_ones_own_is_read(tmp_path: Path):
    mine = tmp_path / "mine.toml"
    mine.write_text(changed('site = "Letterboxd"', 'site = "Kino Nord"'), encoding="utf-8")
    assert load_script(mine).site == "Kino Nord"


def test_the_site_is_filled_in_wherever_it_may_stand():
    script = parse_script(changed('confirm_stop = "Do you', 'confirm_stop = "Leave {site}? Do you'), "mine.toml")
    asked = Prompts(script, None, "Kino Nord").confirm_stop()
    assert asked.text.startswith("Leave Kino Nord?")


def test_a_script_from_before_needs_no_word_about_sensing():
    older = changed(DEFAULT[DEFAULT.index("# Said after it") : DEFAULT.index("sensing_discomfort")], "")
    older = older.replace(older[older.index("# Whether to ask") : older.index("[[question]]")], "")
    script = parse_script(older, "mine.toml")
    assert len(Prompts(script, None, None).greeting()) == 2
    assert script.sensing == default_script().sensing


def test_a_mistake_in_the_rules_for_sensing_is_named():
    assert "sensing › answers_apart" in mistake_in(changed("answers_apart = 3", "answers_apart = 0"))
    assert "Did you mean “asks”?" in mistake_in(changed("asks = true", "ask = true"))


def test_a_script_that_notepad_wrote_is_read(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_bytes(b"\xef\xbb\xbf" + resources.files("assistant.dialogue").joinpath("interview.toml").read_bytes())
    assert load_script(path) == default_script()


def test_a_script_nested_without_end_is_refused(tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text("x = " + "[" * 20_000)
    with pytest.raises(ScriptError, match="nested too deeply"):
        load_script(path)
