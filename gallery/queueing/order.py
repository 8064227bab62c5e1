"""What somebody asks for: the pictures that go into a render, and the recipe."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol, Self, TypeVar

from gallery.models import Picture, Render
from transfer.inputs import Role
from transfer.kinds import Size, Sizes
from transfer.recipes.base import Recipe

ROLES = list(Role)


class Placed(Protocol):
    """Something with a role and a place."""

    @property
    def role(self) -> Role:
        """What it is for."""

    @property
    def place(self) -> int:
        """Which one of its role it is."""


AnyPlaced = TypeVar("AnyPlaced", bound=Placed)


def in_order(inputs: Iterable[AnyPlaced]) -> tuple[AnyPlaced, ...]:
    """By their roles, then by their places."""
    return tuple(sorted(inputs, key=lambda each: (ROLES.index(each.role), each.place)))


@dataclass(frozen=True)
class OrderInput:
    """A stored picture, or the name of a stored mask, with its role and place as `transfer.inputs.Input` has them."""

    role: Role
    place: int
    picture: Picture | None = None
    file: str = ""


@dataclass(frozen=True)
class Order:
    """A recipe, and all that goes in, in the order of roles and places. No two of a role have the same place."""

    recipe: Recipe
    inputs: tuple[OrderInput, ...]

    @classmethod
    def of(cls, render: Render) -> Self:
        """What `render` was asked for with."""
        rows = render.inputs.select_related("picture")
        inputs = (OrderInput(Role(row.role), row.place, row.picture, row.file_id or "") for row in rows)
        return cls(render.recipe, in_order(inputs))

    @classmethod
    def in_style(cls, recipe: Recipe, content: Picture, *styles: Picture) -> Self:
        """A content in the manner of styles."""
        placed = (OrderInput(Role.STYLE, place, picture) for place, picture in enumerate(styles, 1))
        return cls(recipe, (OrderInput(Role.CONTENT, 0, content), *placed))

    def pictures(self, role: Role) -> tuple[Picture, ...]:
        """The pictures of a role, by their places."""
        return tuple(each.picture for each in self.inputs if each.role == role and each.picture is not None)

    @property
    def content(self) -> Picture:
        """The content. Only for an order that has one."""
        return self.pictures(Role.CONTENT)[0]

    @property
    def styles(self) -> tuple[Picture, ...]:
        """The styles, the first one first."""
        return self.pictures(Role.STYLE)

    def pictured(self) -> tuple[Picture, ...]:
        """The content, if there is one, then each style: what masks belong to, by their places."""
        return self.pictures(Role.CONTENT) + self.styles

    @property
    def start(self) -> Picture | None:
        """The picture to start from, if one was given."""
        return next(iter(self.pictures(Role.START)), None)

    @property
    def masks(self) -> tuple[str, ...]:
        """Names of stored files: the content's mask, then each style's; or none."""
        return tuple(each.file for each in self.inputs if each.role == Role.MASK)

    @property
    def identities(self) -> dict[tuple[Role, int], str]:
        """The SHA-256 of each picture, or the name of each mask, by role and place."""
        return {(each.role, each.place): each.picture.sha256 if each.picture else each.file for each in self.inputs}

    @property
    def sizes(self) -> Sizes:
        """Width and height of the pictures, by their roles."""
        found: dict[Role, list[Size]] = {}
        for each in self.inputs:
            if each.picture is not None:
                found.setdefault(each.role, []).append(each.picture.footage)
        return found

    def by(self, recipe: Recipe) -> "Order":
        """The same by another recipe. What it has no use for, such as masks, does not go along."""
        return replace(self, recipe=recipe, inputs=tuple(each for each in self.inputs if recipe.uses(each.role)))
