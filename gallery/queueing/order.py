"""What somebody asks for: the pictures that go into a render, and the recipe."""

from dataclasses import dataclass, replace
from typing import Self

from gallery.models import Picture, Render
from transfer.recipes.style import StyleRecipe


@dataclass(frozen=True)
class Order:
    """Stored pictures and a recipe. `masks` are names of stored files: of the content, then of each style, or none."""

    content: Picture
    styles: tuple[Picture, ...]
    recipe: StyleRecipe
    masks: tuple[str, ...] = ()

    @classmethod
    def of(cls, render: Render) -> Self:
        """What `render` was asked for with."""
        further = (each.picture for each in render.further_styles.select_related("picture"))
        return cls(
            content=render.pair.content,
            styles=(render.pair.style, *further),
            recipe=render.recipe,
            masks=tuple(str(mask.file) for mask in render.masks.all()),
        )

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Width and height of the content, then of each style."""
        return [(picture.width, picture.height) for picture in (self.content, *self.styles)]

    def by(self, recipe: StyleRecipe) -> "Order":
        """The same pictures by another recipe. Masks go along only where it asks for them."""
        return replace(self, recipe=recipe, masks=self.masks if recipe.regions == "masks" else ())
