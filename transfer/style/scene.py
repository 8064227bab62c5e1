"""The pictures of a render as the tensors of one rung."""

import copy
from typing import Self

import torch
from PIL import Image
from torch import Tensor

from transfer.engine.ladder import Rung
from transfer.images import scaled_bytes, to_tensor
from transfer.planning import planner
from transfer.recipes.strength import texture_part
from transfer.recipes.style import StyleRecipe
from transfer.style import regions
from transfer.style.ahead import Ahead, Pictures
from transfer.style.grain import add_grain, takes_grain
from transfer.style.grey import are_grey
from transfer.style.inputs import StyleInputs
from transfer.style.rungs import style_size
from transfer.tiling.around import enlarged, scaled
from transfer.tiling.guides import guides
from transfer.tiling.tiles import GuidedImage
from transfer.tiling.wrap import NOWHERE, Wrap


class Scene:
    """Prepared inputs; images that are painted have numbers of `dtype`.

    Pictures come as tensors (1, 3, H, W) of bytes, with guides (L, H, W) of bytes where there are L regions. `is_grey`
    says that none has a colour, and so the image has none either.
    """

    def __init__(self, inputs: StyleInputs, recipe: StyleRecipe, dtype: torch.dtype) -> None:
        self.inputs, self.recipe, self.dtype, self.wrap = inputs, recipe, dtype, Wrap.named(recipe.wrap)
        mask = inputs.content_mask
        self.labels = [] if mask is None else regions.labels(mask)
        is_unguided = mask is not None and regions.unguided(mask, inputs.style_masks)
        self.everywhere = (regions.UNGUIDED,) if is_unguided else ()
        given = (inputs.content, *inputs.styles, *([] if inputs.init is None else [inputs.init]))
        self.is_grey = are_grey(given)
        self._ahead: Ahead | None = None

    def by(self, recipe: StyleRecipe) -> Self:
        """The same inputs by another recipe for which they would be prepared alike."""
        found = copy.copy(self)
        found.recipe = recipe
        return found

    def size(self, rung: Rung) -> tuple[int, int]:
        """(width, height) of the picture on a rung."""
        return planner.size(self.recipe, self.inputs.content.size, rung.long_side)

    def prepare(self, rung: Rung) -> None:
        """Begins to resize the pictures to what a rung needs, while another one is painted."""
        self._ahead = Ahead(rung, lambda to: Pictures(self._content(to), self._styles(to)))

    def content(self, rung: Rung, device: torch.device) -> GuidedImage:
        """The content, at the rung's size."""
        ahead = self._prepared(rung)
        return (self._content(rung) if ahead is None else ahead.content).to(device)

    def styles(self, rung: Rung, device: torch.device) -> list[GuidedImage]:
        """The styles, each at the size at which the rung views it."""
        ahead = self._prepared(rung)
        return [style.to(device) for style in (self._styles(rung) if ahead is None else ahead.styles)]

    def start(self, rung: Rung, below: Tensor | None, device: torch.device) -> Tensor:
        """What a rung starts from: the picture of the rung below, or on the lowest what the recipe says.

        An image (1, 3, H, W) in [0, 1].
        """
        image = self._bare(self.size(rung), below, device)
        if takes_grain(rung):
            blend = self.recipe.style_blend_weights or (1.0,) * len(self.inputs.styles)
            styles = [style.image for style in self.styles(rung, device)]
            add_grain(image, styles, blend, texture_part(self.recipe.strength))
        return image.copy_(image.mean(1, keepdim=True).expand_as(image)) if self.is_grey else image

    def _bare(self, size: tuple[int, int], below: Tensor | None, device: torch.device) -> Tensor:
        if below is not None:
            return enlarged(below, size[::-1], self.wrap)
        if self.recipe.init == "instant":
            raise RuntimeError("what starts from an instant picture is painted by transfer.instant.beginning")
        if self.recipe.init == "noise":
            generator = torch.Generator().manual_seed(self.recipe.seed)
            return torch.rand(1, 3, size[1], size[0], generator=generator).to(device, self.dtype)
        return to_tensor(scaled(self.inputs.init or self.inputs.content, size, self.wrap)).to(device, self.dtype)

    def colors(self, size: tuple[int, int], device: torch.device) -> Tensor | None:
        """The content's colours at (width, height), in bytes, where the recipe keeps them."""
        if not self.recipe.original_colors:
            return None
        return scaled_bytes(scaled(self.inputs.content, size, self.wrap), size).to(device)

    def _prepared(self, rung: Rung) -> Pictures | None:
        return self._ahead.pictures() if self._ahead is not None and self._ahead.rung == rung else None

    def _content(self, rung: Rung) -> GuidedImage:
        return self._guided(self.inputs.content, self.inputs.content_mask, self.size(rung), wrap=self.wrap)

    def _styles(self, rung: Rung) -> list[GuidedImage]:
        masks = self.inputs.style_masks or (None,) * len(self.inputs.styles)
        return [
            self._guided(style, mask, style_size(style.size, self.recipe, rung), self.everywhere)
            for style, mask in zip(self.inputs.styles, masks, strict=True)
        ]

    def _guided(
        self,
        picture: Image.Image,
        mask: Image.Image | None,
        size: tuple[int, int],
        everywhere: tuple[int, ...] = (),
        wrap: Wrap = NOWHERE,
    ) -> GuidedImage:
        guide = None if mask is None else guides(mask, self.labels, size, everywhere)
        return GuidedImage(scaled_bytes(scaled(picture, size, wrap), size), guide)
