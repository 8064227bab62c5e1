"""Recipes in addresses: generator, version, seed, and whatever is not as by default, as `?version=1&seed=7&scale=8`.

What comes with an address may be of any version, or typed by hand: it is mended as a stored recipe is.
"""

import re
from collections.abc import Mapping
from typing import Any

from pydantic.fields import FieldInfo

from transfer.recipes.base import VERSION, Recipe
from transfer.recipes.stored import Made, Mended, mended

ALWAYS = ("seed",)  # told even where it is as by default, so that a later default changes nothing
WHOLE = re.compile(r"-?[0-9]{1,100}")
NO = ("", "0", "no", "off", "false")


def query(recipe: Recipe) -> dict[str, str]:
    """The fields that an address carries, as text."""
    fields = type(recipe).model_fields
    told = {
        name: value
        for name, value in recipe
        if name in ALWAYS or value != fields[name].get_default(call_default_factory=True)
    }
    return {VERSION: str(recipe.version)} | {name: _text(value) for name, value in told.items()}


def read(recipe: type[Made], given: Mapping[str, str], others: frozenset[str] = frozenset()) -> Mended[Made]:
    """The recipe of this class that an address carries, and a sentence for each thing that had to be changed.

    `others` are names in the address that belong to the page. Never raises.
    """
    values: dict[str, Any] = {}
    for name, text in given.items():
        if name == VERSION:
            values[name] = _version(text)
        elif name not in others:
            field = recipe.model_fields.get(recipe.renamed.get(name, name))
            if text.strip() or (field is not None and field.annotation is bool):
                values[name] = _value(field, text.strip())
    return mended(recipe, values)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    return str(value).removesuffix(".0") if isinstance(value, float) else str(value)


def _version(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 1


def _value(field: FieldInfo | None, text: str) -> Any:
    """Text as the number or the yes or no that a field wants, so that it can be mended."""
    if field is None:
        return text
    if field.annotation is bool:
        return text.lower() not in NO
    if field.annotation in (int, float):
        if WHOLE.fullmatch(text):
            return int(text)
        try:
            return float(text)
        except ValueError:
            return text
    return text
