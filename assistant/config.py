"""Files that people write by hand, read into typed tables; every mistake is reported with its file and key.

A shape is a `Table`, a pydantic model. All mistakes are reported at once, in sentences, with the file, the key
("question 2 (voice) › choice 1 › value: is missing.") and what was probably meant. No message repeats the text that it
is about: that may be a secret in the wrong place.
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, TypeVar, get_args

import platformdirs
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, ValidationInfo
from pydantic_core import ErrorDetails

from assistant.disk import expand_user
from assistant.errors import AssistantError, SettingsError

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

KIND = "kind"
"""The key that distinguishes the kinds of tables in a list."""

SETTINGS_VARIABLE = "ASSISTANT_SETTINGS"
"""Environment variable that names another settings file."""

_TABLES = ("outlets", "composer", "conversation")
"""Our tables of a settings file; any others are ignored."""

_SECRETS = frozenset({"secret", "token", "password", "key", "api_key", "access_token"})

_WANTED = {
    "model_type": "a table ([…])",
    "model_attributes_type": "a table ([…])",
    "dataclass_type": "a table ([…])",
    "dict_type": "a table ([…])",
    "tuple_type": "a list ([…], or [[…]] for tables)",
    "string_type": "text in quotes",
    "path_type": "text in quotes",
    "bool_type": "true or false",
    "int_type": "a whole number",
    "float_type": "a number",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "string_pattern_mismatch": "of the form {pattern}",
}
"""What a value should have been, by pydantic's name for the mistake."""

_RANGES = {
    "finite_number": "a finite number",
    "greater_than": "more than {gt:g}",
    "greater_than_equal": "{ge:g} or more",
    "less_than": "less than {lt:g}",
    "less_than_equal": "{le:g} or less",
}
"""The same for numbers."""


class Table(BaseModel):
    """A table of a TOML file. Unknown keys are mistakes, and so are values of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, hide_input_in_errors=True)


T = TypeVar("T", bound=Table)


def _beside(path: Path, info: ValidationInfo) -> Path:
    own = expand_user(path)
    return info.context / own if isinstance(info.context, Path) else own


BesideFile = Annotated[Path, Field(strict=False), AfterValidator(_beside)]
"""A path, which may begin with “~”; in a file, it is relative to that file, not to the working directory."""


def load(path: Path, shape: type[T], called: str, error: type[AssistantError] = SettingsError) -> T:
    """Read a TOML file.

    Parameters
    ----------
    path : Path
    shape : type of Table
    called : str
        What errors call the file: "interview script".
    error : type of AssistantError
        What to raise.

    Raises
    ------
    AssistantError
        Of the kind `error`: if it can't be read or has mistakes; all mistakes are named.
    """
    return validate(read_toml(path, called, error), shape, f"The {called} {path}", error, folder=path.parent)


def parse(text: str, shape: type[T], name: str, error: type[AssistantError] = SettingsError) -> T:
    """Read TOML text, like `load` with a file; `name` is what errors call it ("The interview script mine.toml")."""
    return validate(_parsed(text, name, error), shape, name, error)


def read_toml(path: Path, called: str, error: type[AssistantError]) -> dict[str, Any]:
    """Parse a TOML file; for the parameters see `load`.

    Raises
    ------
    AssistantError
        Of the kind `error`: if it can't be read or isn't TOML.
    """
    try:
        # Notepad starts files with a byte order mark.
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as trouble:
        raise error(f"The {called} {path} can't be read: {trouble.strerror}.") from trouble
    except UnicodeDecodeError as trouble:
        raise error(f"The {called} {path} isn't valid TOML: it isn't UTF-8 text.") from trouble
    return _parsed(text, f"The {called} {path}", error)


def parse_toml(text: str) -> dict[str, Any]:
    """Parse TOML text.

    Raises
    ------
    ValueError
        If it isn't TOML; says why as part of a sentence, with line and column.
    """
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error


def _parsed(text: str, name: str, error: type[AssistantError]) -> dict[str, Any]:
    try:
        return parse_toml(text)
    except ValueError as trouble:
        raise error(f"{name} isn't valid TOML: {trouble}.") from trouble


def validate(
    value: object,
    shape: type[T],
    name: str,
    error: type[AssistantError],
    *,
    above: Sequence[str] = (),
    folder: Path | None = None,
) -> T:
    """Make a table from a parsed value.

    Parameters
    ----------
    value : object
    shape : type of Table
    name : str
        What errors call the file, as the beginning of a sentence.
    error : type of AssistantError
        What to raise.
    above : sequence of str
        The keys above `value` in its file.
    folder : Path, optional
        The file's folder.

    Raises
    ------
    AssistantError
        Of the kind `error`: if there are mistakes; all of them are named.
    """
    try:
        return shape.model_validate(_with_tuples(value), context=folder)
    except ValidationError as trouble:
        found = [_describe(each, shape, value, above) for each in trouble.errors() if not _is_miscounted(each, trouble)]
    count = "a mistake" if len(found) == 1 else f"{len(found)} mistakes"
    raise error("\n  ".join((f"{name} has {count}:", *found))) from None


def _with_tuples(value: Any) -> Any:  # noqa: ANN401 - whatever TOML has
    """The same with tuples instead of lists, which pydantic would reject as another type."""
    if isinstance(value, Mapping):
        return {key: _with_tuples(each) for key, each in value.items()}
    return tuple(map(_with_tuples, value)) if isinstance(value, list) else value


def _is_miscounted(found: ErrorDetails, trouble: ValidationError) -> bool:
    """Whether a list is only called too short because of mistakes in it: pydantic counts what is right."""
    loc = found["loc"]
    return found["type"] == "too_short" and any(
        len(each["loc"]) > len(loc) and each["loc"][: len(loc)] == loc for each in trouble.errors()
    )


def _describe(found: ErrorDetails, shape: type[Table], value: object, above: Sequence[str]) -> str:
    kind, loc = found["type"], found["loc"]
    if kind == "extra_forbidden":
        *around, key = loc
        place, tables = _find(around, shape, value)
        said = f"{_join(*above, *place, str(key))}: {_describe_unknown(str(key), tables, shape)}"
    else:
        where = _join(*above, *_find(loc, shape, value)[0])
        message = _describe_value(found)
        said = f"{where}: {message}" if where else message[0].upper() + message[1:]
    return said if said.endswith(("?", ".")) else f"{said}."


def _join(*steps: str) -> str:
    return " › ".join(steps)


def _describe_unknown(key: str, tables: Sequence[type[BaseModel]], shape: type[Table]) -> str:
    if key in _SECRETS:
        return "secrets don't belong in this file; see docs/delivery.md for where they do."
    here = _keys(tables)
    if near := difflib.get_close_matches(key, here, n=1):
        return f"there is no such key. Did you mean “{near[0]}”?"
    elsewhere = " here" if key in _keys(_all_tables(shape)) else ""
    others = f"There are: {', '.join(here)}." if here else "This table has none."
    return f"there is no such key{elsewhere}. {others}"


def _describe_value(found: ErrorDetails) -> str:
    kind, context = found["type"], found.get("ctx", {})
    if kind == "missing":
        return "is missing"
    if kind in {"string_too_short", "too_short"}:
        return f"needs at least {context['min_length']}" if context["min_length"] > 1 else "is empty"
    if kind == "union_tag_not_found":
        return f"has no {KIND}"
    if kind == "union_tag_invalid":
        return f"has the {KIND} '{context['tag']}', but there is no such {KIND}. There are: {context['expected_tags']}"
    if kind in _RANGES:
        # A number out of range is no secret.
        return f"has to be {_RANGES[kind].format(**context)}, and is {found['input']:g}"
    if kind in _WANTED:
        return f"has to be {_WANTED[kind].format(**context)}"
    return found["msg"].removeprefix("Value error, ")


def _find(loc: Sequence[int | str], shape: type[BaseModel], value: object) -> tuple[list[str], list[type[BaseModel]]]:
    """A location as people would describe it ("question 2 (voice)", "text"), and the tables allowed there."""
    steps: list[str] = []
    tables: list[type[BaseModel]] = [shape]
    here: Any = value
    for before, step in zip((None, *loc), loc, strict=False):
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
            if isinstance(here, dict):
                label = here.get("id", here.get("value"))
                steps[-1] += f" {step + 1}" + (f" ({label})" if label else "")
            else:
                steps.append(str(step + 1))
        elif isinstance(before, int) and isinstance(here, dict) and step == here.get(KIND):
            # pydantic's name for one of the kinds of tables in a list, not a key.
            tables = [table for table in tables if step in get_args(table.model_fields[KIND].annotation)]
        elif step != "[key]":
            here = here.get(step) if isinstance(here, dict) else None
            steps.append(step)
            fields = [field for table in tables for key, field in _fields(table).items() if key == step]
            # If there is no such field, it is a name that the person chose.
            tables = [each for field in fields for each in _tables_in(field)] if fields else tables
    return steps, tables


def _fields(table: type[BaseModel]) -> dict[str, Any]:
    return {field.alias or name: field.annotation for name, field in table.model_fields.items()}


def _keys(tables: Sequence[type[BaseModel]]) -> list[str]:
    return list(dict.fromkeys(key for table in tables for key in _fields(table)))


def _tables_in(annotation: object) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [annotation]
    return [table for each in get_args(annotation) for table in _tables_in(each)]


def _all_tables(shape: type[BaseModel]) -> list[type[BaseModel]]:
    below = [table for annotation in _fields(shape).values() for table in _tables_in(annotation)]
    return [shape, *(each for table in below for each in _all_tables(table))]


def settings_file(named: Path | None = None) -> Path | None:
    """The settings file: `named`, else ``ASSISTANT_SETTINGS``, else the person's own if there is one."""
    if chosen := named or os.environ.get(SETTINGS_VARIABLE):
        return expand_user(chosen).absolute()
    own = own_settings_file()
    try:
        own.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:
        # We may not look at it; reading it will show whether it is there, and report the error.
        pass
    return own


def own_settings_file() -> Path:
    """The default path of a person's settings; the file need not exist."""
    return platformdirs.user_config_path("voice-review-assistant", appauthor=False) / "settings.toml"


def read_settings(path: Path, table: str, shape: type[T]) -> T | None:
    """Read one table of a settings file; None if there is no such table, or an empty one.

    Raises
    ------
    SettingsError
        If the file can't be read, a table's name is misspelt, or this table has mistakes; all mistakes are named.
    """
    tables = read_toml(path, "settings file", SettingsError)
    name = f"The settings file {path}"
    for key in tables:
        near = difflib.get_close_matches(key.lower(), _TABLES, n=1)
        if key not in _TABLES and near:
            raise SettingsError(f"{name} has the table “{key}”. Did you mean “{near[0]}”?")
    value = tables.get(table, {})
    return None if value == {} else validate(value, shape, name, SettingsError, above=(table,), folder=path.parent)
