"""What may vary in a sweep, how its values are written, and the grid that follows from them.

An axis is a setting with its values, or the contents or the styles, whose values are the ids of pictures.

`0.5, 1, 2` are these values. `0..1 x5` are five from 0 to 1 at equal distances, `0.25..4 x5 log` five at equal ratios,
and `1..8`, of whole numbers, is each of them. Lists may hold ranges.
"""

import itertools
import math
import re
from dataclasses import dataclass
from typing import Any, Literal, Self, get_origin

from pydantic.fields import FieldInfo

from gallery.recipes.fields import NOT_OFFERED_VALUES, offered
from transfer.features.registry import BACKBONES
from transfer.inputs import Role
from transfer.recipes.base import Recipe, bounds_of, choices_of, group_of
from transfer.recipes.style import BESIDE, StyleRecipe

Value = bool | int | float | str
Change = dict[str, Value]  # what a cell changes, by the fields of the axes
MOST_VALUES = 8  # of a setting
MOST_CELLS = 64
SIGNIFICANT = 3  # digits of a value within a range, so that labels stay readable
NARROW = 20  # a range of no more than this is offered whole
NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:e[-+]?[0-9]{1,3})?"
WHOLE = re.compile(r"[-+]?[0-9]{1,12}")
RANGE = re.compile(rf"({NUMBER})\s*\.\.\s*({NUMBER})(?:\s*[x×]\s*([0-9]{{1,3}})(\s+log)?)?", re.IGNORECASE)
YES, NO = ("yes", "on", "true"), ("no", "off", "false")


def _may_vary(field: FieldInfo) -> bool:
    if group_of(field) == BESIDE:
        return False
    return field.annotation in (bool, int, float) or get_origin(field.annotation) is Literal


def _choices(field: FieldInfo) -> list[str]:
    return [value for value in choices_of(field) if value not in NOT_OFFERED_VALUES]


def fields(recipe: type[Recipe]) -> dict[str, FieldInfo]:
    """The fields of a recipe that may vary."""
    return {name: field for name, field in offered(recipe).items() if _may_vary(field)}


class SweepError(ValueError):
    """What is written for an axis cannot be understood; the message says why, for people."""


@dataclass(frozen=True)
class Axis:
    """A field of a recipe with its title, and the values that it takes.

    An axis of pictures has a role as its field, ids of pictures as values, and their names.
    """

    field: str
    values: tuple[Value, ...]
    title: str
    names: tuple[str, ...] = ()

    @classmethod
    def of(cls, recipe: type[Recipe], name: str, text: str) -> Self:
        """The field `name` of a recipe, and the values that `text` gives it; raises SweepError."""
        return cls(name, parse(recipe, name, text), recipe.model_fields[name].title or name)

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> Self:
        """As `Sweep.axes` keeps it: without a title where that is the one that the field has in a style transfer."""
        name = str(stored["field"])
        names = tuple(map(str, stored.get("names", ())))
        return cls(name, tuple(stored["values"]), stored.get("title") or _title_in_style(name), names)

    @property
    def is_of_pictures(self) -> bool:
        """Whether pictures vary, and not a setting."""
        return bool(self.names)

    @property
    def labels(self) -> list[str]:
        """The values in words."""
        return list(self.names) if self.names else list(map(label, self.values))

    @property
    def heading(self) -> str:
        """What varies: the setting's title, or how many pictures."""
        if not self.names:
            return self.title
        return f"{len(self.names)} {self.title.lower()}{'' if len(self.names) == 1 else 's'}"

    def words(self, value: Value) -> str:
        """One of the values in words, with what it is a value of."""
        return f"{self.title} {self.names[self.values.index(value)] if self.names else label(value)}"

    def as_json(self) -> dict[str, Any]:
        """As `Sweep.axes` keeps it."""
        titled = {} if self.title == _title_in_style(self.field) else {"title": self.title}
        named = {"names": list(self.names)} if self.names else {}
        return {"field": self.field, **titled, "values": list(self.values), **named}


def _title_in_style(name: str) -> str:
    field = StyleRecipe.model_fields.get(name)
    return (field and field.title) or name


def label(value: Value) -> str:
    """A value as it is written."""
    if isinstance(value, bool):
        return YES[0] if value else NO[0]
    return str(value).removesuffix(".0")


def parse(recipe: type[Recipe], name: str, text: str) -> tuple[Value, ...]:
    """The values that `text` gives the field `name`, each once, in their order; nothing means what is suggested.

    Raises SweepError. Whether the field may take a value is for the recipe to say.
    """
    parts = [part.strip() for part in (text.strip() or suggestion(recipe, name)).split(",")]
    found: dict[tuple[type, Value], Value] = {}
    for part in filter(None, parts):
        for value in _values(recipe.model_fields[name], part):
            found[type(value), value] = value
        if len(found) > MOST_VALUES:
            raise SweepError(f"That is more than {MOST_VALUES} values: give fewer.")
    if not found:
        raise SweepError("Give at least one value.")
    return tuple(found.values())


def suggestion(recipe: type[Recipe], name: str) -> str:
    """Values worth trying, as one would write them."""
    field = recipe.model_fields[name]
    if field.annotation is bool:
        return f"{NO[0]}, {YES[0]}"
    if field.annotation not in (int, float):
        return ", ".join(value for value in _choices(field) if name != "backbone" or BACKBONES[value].available)
    if name == "image_size":
        return "128, 181, 256, 362, 512"
    lowest, highest = bounds_of(field)
    if not field.default:
        return "0..4" if field.annotation is int else f"{label(lowest)}..{label(highest)} x5"
    if highest - lowest < NARROW and field.annotation is int:
        return f"{label(lowest)}..{label(highest)}"
    if (lowest, highest) == (0, 1):
        return "0..1 x5"
    around = (min(highest, max(lowest, field.default * 2.0**power)) for power in range(-2, 3))
    return ", ".join(label(_rounded(field, value, digits=2)) for value in around)


def description(recipe: type[Recipe], name: str) -> str:
    """What the field may be, in words."""
    field = recipe.model_fields[name]
    if field.annotation is bool:
        return f"{YES[0]} or {NO[0]}"
    if field.annotation not in (int, float):
        return " or ".join(_choices(field))
    lowest, highest = bounds_of(field)
    return f"{label(lowest)} to {label(highest)}"


def grid(axes: list[Axis]) -> list[Change]:
    """What each cell changes, row by row: the first axis runs along the columns, the second along the rows."""
    rows_first = list(reversed(axes))
    combinations = itertools.product(*(axis.values for axis in rows_first))
    return [dict(zip((axis.field for axis in rows_first), values, strict=True)) for values in combinations]


def settings_in(change: Change, axes: list[Axis]) -> Change:
    """The part of a change that is the recipe's."""
    return {axis.field: change[axis.field] for axis in axes if not axis.is_of_pictures}


def pictures_in(change: Change, axes: list[Axis]) -> dict[Role, str]:
    """The part of a change that is of pictures: their ids by role."""
    return {Role(axis.field): str(change[axis.field]) for axis in axes if axis.is_of_pictures}


def changes_nothing(name: str, base: Recipe, others: list[Axis]) -> str | None:
    """Why varying `name` would give the same picture again and again, or None when it would not."""
    if name not in base.matters_with:
        return None
    other, needed = base.matters_with[name]
    possible = next((axis.values for axis in others if axis.field == other), (getattr(base, other),))
    if needed in possible:
        return None
    field = type(base).model_fields[other]
    return f"This changes nothing unless “{field.title}” is “{needed}”."


def _values(field: FieldInfo, part: str) -> list[Value]:
    if field.annotation is bool:
        return [_yes_or_no(part)]
    if field.annotation not in (int, float):
        return [_choice(part, _choices(field))]
    if written := RANGE.fullmatch(part):
        return _range(field, *written.groups())
    return [_number(field, part)]


def _yes_or_no(part: str) -> bool:
    if part.lower() not in YES + NO:
        raise SweepError(f"“{part}” is neither {YES[0]} nor {NO[0]}.")
    return part.lower() in YES


def _choice(part: str, choices: list[str]) -> str:
    if part.lower() not in choices:
        raise SweepError(f"“{part}” is not one of {', '.join(choices)}.")
    return part.lower()


def _number(field: FieldInfo, part: str) -> int | float:
    if field.annotation is int:
        if not WHOLE.fullmatch(part):
            raise SweepError(f"“{part}” is not a whole number.")
        return int(part)
    if not re.fullmatch(NUMBER, part, re.IGNORECASE) or not math.isfinite(float(part)):
        raise SweepError(f"“{part}” is neither a number nor a range such as 0..1 x5.")
    return float(part) + 0.0


def _range(field: FieldInfo, first: str, last: str, times: str | None, log: str | None) -> list[Value]:
    start, end = _number(field, first), _number(field, last)
    written = f"{first}..{last}"
    if times is None and field.annotation is not int:
        raise SweepError(f"Say how many values: {written} x5.")
    count = int(abs(end - start)) + 1 if times is None else int(times)
    if not 2 <= count <= MOST_VALUES and start != end:
        raise SweepError(f"{written} is {count} values: take 2 to {MOST_VALUES}, as in {written} x5.")
    if log and min(start, end) <= 0:
        raise SweepError(f"{written}: equal ratios need both ends above 0.")
    shares = [number / (count - 1) for number in range(1, count - 1)]
    if log:
        between = [start * (end / start) ** share for share in shares]
    else:
        between = [start + (end - start) * share for share in shares]
    return [start, *(_rounded(field, value) for value in between), end]


def _rounded(field: FieldInfo, value: float, digits: int = SIGNIFICANT) -> int | float:
    return round(value) if field.annotation is int else float(f"{value:.{digits}g}")
