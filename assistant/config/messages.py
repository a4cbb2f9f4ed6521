"""What a value in a TOML file should have been, in the words of whoever wrote the file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_WANTED = {
    "model_type": "a table ([…])",
    "model_attributes_type": "a table ([…])",
    "dict_type": "a table ([…])",
    "tuple_type": "a list ([…], or [[…]] for tables)",
    "list_type": "a list ([…], or [[…]] for tables)",
    "string_type": "text in quotes",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
}


def wrong_kind(found: Mapping[str, Any]) -> str | None:
    """What to say of a value of the wrong kind that pydantic found; None where its own words will do.

    Parameters
    ----------
    found : mapping
        One of ``ValidationError.errors()``.
    """
    wanted = _WANTED.get(found["type"])
    if wanted is not None:
        return f"has to be {wanted}"
    if found["type"] == "literal_error":
        return f"has to be {found['ctx']['expected']}"
    if found["type"] == "union_tag_invalid":
        context = found["ctx"]
        key = str(context["discriminator"]).strip("'")
        return f"has the {key} '{context['tag']}', which there isn't. There are: {context['expected_tags']}"
    return None
