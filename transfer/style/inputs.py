"""The pictures that go into a render. Free of torch, so that a web process can check them."""

from dataclasses import dataclass, replace
from typing import Self

from PIL import Image

from transfer.errors import PictureError
from transfer.inputs import Inputs, Role
from transfer.recipes.style import MOST_STYLES, StyleRecipe
from transfer.style import regions
from transfer.style.advice import PictureFacts, advice
from transfer.style.colors import with_colors_matched


@dataclass(frozen=True)
class StyleInputs:
    """Content, styles, and where a recipe asks for them, a picture to start from and masks.

    Pictures are RGB of any size. A mask is an indexed or grey picture of exactly the size of what it belongs to, whose
    values are labels (at most eight); `style_masks` has one for each style, or none.
    """

    content: Image.Image
    styles: tuple[Image.Image, ...]
    init: Image.Image | None = None
    content_mask: Image.Image | None = None
    style_masks: tuple[Image.Image, ...] = ()

    @classmethod
    def of(cls, inputs: Inputs) -> Self:
        """Those of any kind of work, by their roles; raises PictureError where there is no content."""
        content = inputs.one(Role.CONTENT)
        if content is None:
            raise PictureError("A render needs a content picture.")
        masks = {each.place: each.picture for each in inputs.given if each.role == Role.MASK}
        return cls(
            content=content,
            styles=inputs.of(Role.STYLE),
            init=inputs.one(Role.START),
            content_mask=masks.pop(0, None),
            style_masks=tuple(mask for _, mask in sorted(masks.items())),
        )

    def prepared(self, recipe: StyleRecipe) -> "StyleInputs":
        """These as `recipe` wants them: styles recoloured, regions found, nothing left that it does not use.

        Raises PictureError and MaskError when something is missing or does not fit.
        """
        if not self.styles:
            raise PictureError("A render needs at least one style.")
        if len(self.styles) > MOST_STYLES:
            raise PictureError(f"There are {len(self.styles)} styles: {MOST_STYLES} are the most.")
        weights = len(recipe.style_blend_weights)
        if weights not in (0, len(self.styles)):
            raise PictureError(
                f"There are {weights} style_blend_weights for {len(self.styles)} styles: give one for each."
            )
        if recipe.init == "picture" and self.init is None:
            raise PictureError("The recipe starts from a picture: give one (--init-image).")
        # Regions are found by the styles' own colours, before these are changed.
        content_mask, style_masks = self._masks(recipe)
        styles = self.styles
        if recipe.match_colors:
            styles = tuple(with_colors_matched(style, self.content) for style in styles)
        init = self.init if recipe.init == "picture" else None
        return replace(self, styles=styles, init=init, content_mask=content_mask, style_masks=style_masks)

    def advice(self, recipe: StyleRecipe) -> list[str]:
        """What a person should know before the render starts, a sentence each."""
        return advice(recipe, PictureFacts.of(self.content), [PictureFacts.of(style) for style in self.styles])

    def _masks(self, recipe: StyleRecipe) -> tuple[Image.Image | None, tuple[Image.Image, ...]]:
        if recipe.regions == "none":
            return None, ()
        if recipe.regions == "automatic":
            return regions.automatic(self.content, self.styles, recipe.region_count)
        if self.content_mask is None or len(self.style_masks) != len(self.styles):
            raise PictureError("The recipe has regions by masks: give a content mask and one mask for each style.")
        regions.check(self.content, self.content_mask, self.styles, self.style_masks)
        return self.content_mask, self.style_masks
