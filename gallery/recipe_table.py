"""A render's recipe as rows of a table, saying what differs from the default."""

from dataclasses import dataclass

from gallery.models import Render
from transfer.recipe import Recipe


@dataclass(frozen=True)
class Row:
    """One parameter: its name in Recipe, its title, its value in words, and whether that is the default."""

    name: str
    title: str
    value: str
    description: str
    is_default: bool


def rows(render: Render) -> list[Row]:
    """Every parameter of a render, in the recipe's order."""
    recipe = render.recipe
    return [
        Row(
            name=name,
            title=field.title or name,
            value=_words(getattr(recipe, name)),
            description=field.description or "",
            is_default=getattr(recipe, name) == field.default,
        )
        for name, field in Recipe.model_fields.items()
    ]


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return ", ".join(map(_words, value)) or "the default"
    return str(value).removesuffix(".0")
