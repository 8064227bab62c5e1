"""A render's recipe as rows of tables, saying what differs from the default and from the parent."""

from dataclasses import dataclass
from itertools import groupby

from pydantic import ValidationError

from gallery.models import Render
from gallery.recipes.fields import group_of
from transfer.recipes.base import ESSENTIALS, REPORTING
from transfer.recipes.style import BALANCE, NETWORK, OPTIMISATION, REGIONS, StyleRecipe

TITLES = {
    ESSENTIALS: "Essentials",
    REGIONS: "Regions",
    BALANCE: "Balance",
    NETWORK: "Network",
    OPTIMISATION: "Optimisation",
    REPORTING: "Reports",
}


@dataclass(frozen=True)
class RecipeRow:
    """One parameter, in words: its value, the default, and `before`, the parent's value where that is another one."""

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
        """How many of them differ from the default or from the parent."""
        return sum(not row.is_default or bool(row.before) for row in self.rows)


@dataclass(frozen=True)
class Change:
    """A parameter that one recipe has otherwise than another, in words."""

    title: str
    before: str
    after: str


def rows(render: Render) -> list[RecipeRow]:
    """Every parameter of a render, in the recipe's order."""
    recipe, before = render.recipe, _recipe_of(render.parent)
    return [
        RecipeRow(
            name=name,
            title=field.title or name,
            value=_words(getattr(recipe, name)),
            description=field.description or "",
            default=_words(field.default),
            is_default=getattr(recipe, name) == field.default,
            before=_words(getattr(before, name)) if before and _differ(before, recipe, name) else "",
            group=group_of(field),
        )
        for name, field in StyleRecipe.model_fields.items()
    ]


def groups(found: list[RecipeRow]) -> list[RecipeGroup]:
    """Rows by the recipe's groups, in its order."""
    return [RecipeGroup(TITLES[name], list(each)) for name, each in groupby(found, key=lambda row: row.group)]


def changes(before: Render, after: Render) -> list[Change]:
    """What `after` was asked for with otherwise than `before`."""
    one, other = _recipe_of(before), _recipe_of(after)
    if one is None or other is None:
        return []
    return [
        Change(field.title or name, _words(getattr(one, name)), _words(getattr(other, name)))
        for name, field in StyleRecipe.model_fields.items()
        if _differ(one, other, name)
    ]


def _recipe_of(render: Render | None) -> StyleRecipe | None:
    try:
        return render.recipe if render else None
    except ValidationError:  # of a version that has other parameters
        return None


def _differ(one: StyleRecipe, other: StyleRecipe, name: str) -> bool:
    return bool(getattr(one, name) != getattr(other, name))


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(_words, value)) or "the default"
    return str(value).removesuffix(".0")
