"""Recipes that were stored: by an older version, a newer one, or one with other kinds of work.

What is asked for must be right. What was stored is mended, and it is said what was done to it.
"""

import contextlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, Self, TypeVar

from pydantic import PrivateAttr, ValidationError, model_serializer
from pydantic.fields import FieldInfo

from transfer.recipes.base import KIND, VERSION, Recipe, bounds_of, without

Made = TypeVar("Made", bound=Recipe, covariant=True)
LONGEST = 40  # characters of a value that is quoted


@dataclass(frozen=True)
class Mended(Generic[Made]):
    """A recipe that was stored, and a sentence for each thing that was changed in it."""

    recipe: Made
    remarks: tuple[str, ...] = ()


class UnknownRecipe(Recipe):
    """A recipe of a kind of work that this installation does not know: to be shown and kept, never to be painted."""

    kind: ClassVar[str] = ""
    _stored: dict[str, Any] = PrivateAttr(default_factory=dict)

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> Self:
        """What recipes of all kinds share is read, and the rest is kept as it is."""
        shared = {name: stored[name] for name in cls.model_fields if name in stored}
        recipe, _ = _settled(cls, shared)
        recipe._stored.update(stored)
        return recipe

    @property
    def named(self) -> str:
        """The name of its kind, as it was stored."""
        return _quoted(self._stored.get(KIND))

    def with_changes(self, **changes: object) -> Self:
        """A copy with some of what was stored changed."""
        return self.of({**self._stored, **changes})

    @model_serializer(mode="plain")
    def _as_it_was(self) -> dict[str, Any]:
        return dict(self._stored)


def mended(recipe: type[Made], stored: Any) -> Mended[Made]:
    """What was stored of a recipe of this class. Never raises.

    Fields that were renamed get their new names, those that are unknown are left out, numbers out of bounds are moved
    to the nearest bound, and what cannot be read otherwise becomes the default.
    """
    if not isinstance(stored, Mapping):
        return Mended(recipe(), ("The stored recipe cannot be read: these are the defaults.",))
    with contextlib.suppress(ValidationError):
        return Mended(recipe.model_validate(stored))
    version = stored.get(VERSION, 1)
    given, remarks = _named_as_today(recipe, without(stored, KIND, VERSION))
    if isinstance(version, int) and version > recipe.version:
        remarks.insert(0, f"The recipe was stored by a newer version ({version}; this one knows {recipe.version}).")
    found, changes = _settled(recipe, given)
    return Mended(found, (*remarks, *changes))


def _named_as_today(recipe: type[Recipe], given: dict[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The fields by the names that they have now, without those that are unknown."""
    found, remarks = {}, []
    for name, value in given.items():
        today = recipe.renamed.get(name, name)
        if today not in recipe.model_fields:
            remarks.append(f"{_quoted(name)} is unknown here and was left out.")
        elif today == name or today not in given:
            found[today] = value
    return found, remarks


def _settled(recipe: type[Made], given: dict[str, Any]) -> tuple[Made, list[str]]:
    """The recipe of these values. Each field that is complained of is first moved into its bounds, then left out."""
    remarks: list[str] = []
    moved: set[str] = set()
    while True:
        try:
            return recipe.model_validate(given), remarks
        except ValidationError as error:
            wrong = {str(each["loc"][0]) for each in error.errors() if each["loc"]} & given.keys()
        if not wrong:  # the fields do not go together, or no single one is to blame
            return recipe(), [*remarks, "The stored values do not go together: these are the defaults."]
        for name in sorted(wrong):
            field, value = recipe.model_fields[name], given[name]
            nearest = None if name in moved else _within_bounds(field, value)
            moved.add(name)
            if nearest is None:
                del given[name]
                remarks.append(f"{field.title or name} cannot be {_quoted(value)} here: it is the default.")
            else:
                given[name] = nearest
                remarks.append(f"{field.title or name} cannot be {_quoted(value)} here: it is {nearest}.")


def _within_bounds(field: FieldInfo, value: Any) -> int | float | None:
    """The number nearest to `value` that the field may be; None where one of them is no number."""
    if field.annotation not in (int, float) or isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not math.isfinite(value):
        return None
    lowest, highest = bounds_of(field)
    value = value if lowest is None else max(value, lowest)
    value = value if highest is None else min(value, highest)
    return round(value) if field.annotation is int else float(value)


def _quoted(value: object) -> str:
    text = str(value)
    return f"“{text if len(text) <= LONGEST else text[:LONGEST] + '…'}”"
