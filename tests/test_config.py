"""Files that people write by hand: what is read from them, and what is told of mistakes in them."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import pytest
from pydantic import Field

from assistant.config import BesideFile, Table, load, parse
from assistant.errors import ScriptError, SettingsError


class Circle(Table):
    kind: Literal["circle"]
    radius_m: Annotated[float, Field(gt=0)]


class Square(Table):
    kind: Literal["square"]
    side_m: float
    turned: bool = False


class Plan(Table):
    name: Annotated[str, Field(min_length=1)]
    picture: BesideFile | None = None
    shape: tuple[Annotated[Circle | Square, Field(discriminator="kind")], ...] = ()
    rooms: dict[str, Square] = Field(default_factory=dict)


def mistakes_in(text: str) -> list[str]:
    """The lines that tell what is wrong, without the first."""
    with pytest.raises(SettingsError) as caught:
        parse(text, Plan, "The plan house.toml")
    first, *told = caught.value.sentence.split("\n  ")
    assert first == f"The plan house.toml has {'a mistake' if len(told) == 1 else f'{len(told)} mistakes'}:"
    return told


def test_a_file_is_read_and_its_paths_are_beside_it(tmp_path: Path):
    path = tmp_path / "house.toml"
    path.write_text("name = 'home'\npicture = 'house.png'\n[[shape]]\nkind = 'circle'\nradius_m = 2\n")
    plan = load(path, Plan, "plan")
    assert plan.shape == (Circle(kind="circle", radius_m=2.0),)
    assert plan.picture == tmp_path / "house.png"


def test_a_path_may_begin_with_the_home_folder_of_somebody_that_there_is(tmp_path: Path):
    path = tmp_path / "house.toml"
    path.write_text("name = 'home'\npicture = '~/house.png'\n")
    assert load(path, Plan, "plan").picture == Path.home() / "house.png"
    path.write_text("name = 'home'\npicture = '~nobody-of-that-name/house.png'\n")
    assert load(path, Plan, "plan").picture == tmp_path / "~nobody-of-that-name" / "house.png"


def test_every_mistake_is_told_with_its_place():
    told = mistakes_in(
        "name = ''\n[[shape]]\nkind = 'circle'\n[[shape]]\nkind = 'square'\nside_m = 1\nturned = 'yes'\n"
    )
    assert told == [
        "name: is empty.",
        "shape 1 › radius_m: is missing.",
        "shape 2 › turned: has to be true or false.",
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("name = 'home'\nnmae = 1", "nmae: there is no such key. Did you mean “name”?"),
        ("name = 'home'\nzebra = 1", "zebra: there is no such key. There are: name, picture, shape, rooms."),
        (
            "name = 'home'\n[[shape]]\nkind = 'square'\nside_m = 1\nradius_m = 2",
            "shape 1 › radius_m: there is no such key here. There are: kind, side_m, turned.",
        ),
        (
            "name = 'home'\n[rooms.bath]\nkind = 'square'\nside_m = 1\ntruned = true",
            "rooms › bath › truned: there is no such key. Did you mean “turned”?",
        ),
    ],
)
def test_an_unknown_key_is_told_with_what_was_meant_or_with_the_keys_of_its_own_table(text: str, told: str):
    assert mistakes_in(text) == [told]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("radius_m = '2'", "has to be a number."),
        ("radius_m = true", "has to be a number."),
        ("radius_m = 0", "has to be more than 0, and is 0."),
    ],
)
def test_a_value_of_another_kind_is_told_what_it_has_to_be(line: str, told: str):
    assert mistakes_in(f"name = 'home'\n[[shape]]\nkind = 'circle'\n{line}") == [f"shape 1 › radius_m: {told}"]


def test_a_text_in_the_wrong_place_is_not_repeated():
    told = mistakes_in("name = 3\npassword = 'hunter2'\n[[shape]]\nkind = 'circle'\nradius_m = 'hunter2'")
    assert len(told) == 3
    assert "hunter2" not in " ".join(told)


def test_what_is_not_toml_is_told_with_its_line_and_as_the_kind_of_error_that_is_wanted(tmp_path: Path):
    path = tmp_path / "house.toml"
    path.write_text("name = 'home'\nshape = \n")
    with pytest.raises(ScriptError, match=r"The plan .*house\.toml isn't valid TOML: .*line 2"):
        load(path, Plan, "plan", ScriptError)
