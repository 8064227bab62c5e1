"""The pictures of a render as the tensors of one rung."""

import copy
from typing import Self

import torch
from PIL import Image
from torch import Tensor

from transfer.engine.ladder import Rung, fit
from transfer.images import enlarged, scaled, scaled_bytes
from transfer.recipes.strength import texture_part
from transfer.recipes.style import StyleRecipe
from transfer.style import regions
from transfer.style.grain import add_grain, takes_grain
from transfer.style.grey import are_grey
from transfer.style.inputs import StyleInputs
from transfer.style.rungs import style_size
from transfer.tiling.guides import guides
from transfer.tiling.tiles import GuidedImage


class Scene:
    """Prepared inputs; images that are painted have numbers of `dtype`.

    Pictures come as tensors (1, 3, H, W) of bytes, with guides (L, H, W) of bytes where there are L regions. `is_grey`
    says that none has a colour, and so the image has none either.
    """

    def __init__(self, inputs: StyleInputs, recipe: StyleRecipe, dtype: torch.dtype) -> None:
        self.inputs, self.recipe, self.dtype = inputs, recipe, dtype
        mask = inputs.content_mask
        self.labels = [] if mask is None else regions.labels(mask)
        is_unguided = mask is not None and regions.unguided(mask, inputs.style_masks)
        self.everywhere = (regions.UNGUIDED,) if is_unguided else ()
        given = (inputs.content, *inputs.styles, *([] if inputs.init is None else [inputs.init]))
        self.is_grey = are_grey(given)

    def by(self, recipe: StyleRecipe) -> Self:
        """The same inputs by another recipe for which they would be prepared alike."""
        found = copy.copy(self)
        found.recipe = recipe
        return found

    def size(self, rung: Rung) -> tuple[int, int]:
        """(width, height) of the picture on a rung."""
        return fit(self.inputs.content.size, rung.long_side)

    def content(self, rung: Rung, device: torch.device) -> GuidedImage:
        """The content, at the rung's size."""
        return self._guided(self.inputs.content, self.inputs.content_mask, self.size(rung), device)

    def styles(self, rung: Rung, device: torch.device) -> list[GuidedImage]:
        """The styles, each at the size at which the rung views it."""
        masks = self.inputs.style_masks or (None,) * len(self.inputs.styles)
        return [
            self._guided(style, mask, style_size(style.size, self.recipe, rung), device, self.everywhere)
            for style, mask in zip(self.inputs.styles, masks, strict=True)
        ]

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
            return enlarged(below, size)
        if self.recipe.init == "instant":
            raise RuntimeError("what starts from an instant picture is painted by transfer.instant.beginning")
        if self.recipe.init == "noise":
            generator = torch.Generator().manual_seed(self.recipe.seed)
            return torch.rand(1, 3, size[1], size[0], generator=generator).to(device, self.dtype)
        return scaled(self.inputs.init or self.inputs.content, size).to(device, self.dtype)

    def colors(self, size: tuple[int, int], device: torch.device) -> Tensor | None:
        """The content's colours at (width, height), in bytes, where the recipe keeps them."""
        return scaled_bytes(self.inputs.content, size).to(device) if self.recipe.original_colors else None

    def _guided(
        self,
        picture: Image.Image,
        mask: Image.Image | None,
        size: tuple[int, int],
        device: torch.device,
        everywhere: tuple[int, ...] = (),
    ) -> GuidedImage:
        guide = None if mask is None else guides(mask, self.labels, size, everywhere).to(device)
        return GuidedImage(scaled_bytes(picture, size).to(device), guide)
