"""A render's recipe as table rows, which say what differs from the default and from the parent."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from gallery.models import Render
from gallery.recipes.titles import GROUP_TITLES
from transfer.recipes.base import ESSENTIALS, REPORTING, Recipe, group_of
from transfer.recipes.style import OPTIMISATION

TITLES = GROUP_TITLES | {ESSENTIALS: "Essentials", OPTIMISATION: "Optimisation", REPORTING: "Reports"}


@dataclass(frozen=True)
class RecipeRow:
    """One parameter in words: its value, its default, and `before`, the parent's value if that differs."""

    name: str
    title: str
    value: str
    description: str
    default: str
    is_default: bool
    before: str
    group: str


@dataclass(frozen=True)
class RecipeGroup:
    """Rows that belong together."""

    title: str
    rows: list[RecipeRow]

    @property
    def changed(self) -> int:
        """How many rows differ from the default or from the parent."""
        return len(changed(self.rows))


@dataclass(frozen=True)
class Change:
    """A parameter that differs between two recipes, in words."""

    title: str
    before: str
    after: str


def rows(render: Render, told: Mapping[str, str] | None = None) -> list[RecipeRow]:
    """Every parameter of a render, in the recipe's order. `told` are values in other words, by their fields."""
    told = told or {}
    recipe, before = render.recipe, render.parent.recipe if render.parent else None
    return [
        RecipeRow(
            name=name,
            title=field.title or name,
            value=told.get(name) or _words(getattr(recipe, name)),
            description=field.description or "",
            default=_words(field.default),
            is_default=getattr(recipe, name) == field.default,
            before=_words(getattr(before, name)) if before and _differ(before, recipe, name) else "",
            group=group_of(field),
        )
        for name, field in type(recipe).model_fields.items()
    ]


def changed(found: list[RecipeRow]) -> list[RecipeRow]:
    """Rows that differ from the default or from the parent."""
    return [row for row in found if not row.is_default or row.before]


def groups(found: list[RecipeRow]) -> list[RecipeGroup]:
    """Rows by the recipe's groups, in order."""
    by_group = groupby(found, key=lambda row: row.group)
    return [RecipeGroup(TITLES.get(name, name.capitalize()), list(each)) for name, each in by_group]


def changes(before: Render, after: Render) -> list[Change]:
    """What differs in `after` from `before`."""
    one, other = before.recipe, after.recipe
    if one.kind != other.kind:
        return [Change("Kind of work", before.kind.title, after.kind.title)]
    return [
        Change(field.title or name, _words(getattr(one, name)), _words(getattr(other, name)))
        for name, field in type(one).model_fields.items()
        if _differ(one, other, name)
    ]


def _differ(one: Recipe, other: Recipe, name: str) -> bool:
    """Whether a field that both have differs."""
    return one.kind == other.kind and bool(getattr(one, name) != getattr(other, name))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(_words, value)) or "the default"
    return str(value).removesuffix(".0")
