"""The pictures of a render as the tensors of one rung."""

import torch
from PIL import Image
from torch import Tensor

from transfer.engine.ladder import Rung, fit, style_size
from transfer.images import enlarged, scaled, scaled_bytes
from transfer.recipes.style import StyleRecipe
from transfer.style import regions
from transfer.style.inputs import StyleInputs
from transfer.tiling.guides import guides
from transfer.tiling.tiles import Seen


class Scene:
    """Prepared inputs, on the device where they are painted; what is painted there has numbers of `dtype`."""

    def __init__(
        self, inputs: StyleInputs, recipe: StyleRecipe, device: torch.device, dtype: torch.dtype = torch.float32
    ) -> None:
        self.inputs, self.recipe, self.device, self.dtype = inputs, recipe, device, dtype
        self.labels = [] if inputs.content_mask is None else regions.labels(inputs.content_mask)

    def size(self, rung: Rung) -> tuple[int, int]:
        """(width, height) of the picture on a rung."""
        return fit(self.inputs.content.size, rung.long_side)

    def content(self, rung: Rung) -> Seen:
        """The content, at the rung's size."""
        return self._seen(self.inputs.content, self.inputs.content_mask, self.size(rung))

    def styles(self, rung: Rung) -> list[Seen]:
        """The styles, each at its own size."""
        masks = self.inputs.style_masks or (None,) * len(self.inputs.styles)
        return [
            self._seen(style, mask, style_size(style.size, self.recipe, rung))
            for style, mask in zip(self.inputs.styles, masks, strict=True)
        ]

    def start(self, rung: Rung, below: Tensor | None) -> Tensor:
        """What a rung starts from: the picture of the rung below, or on the lowest what the recipe says."""
        size = self.size(rung)
        if below is not None:
            return enlarged(below, size)
        if self.recipe.init == "noise":
            generator = torch.Generator().manual_seed(self.recipe.seed)
            return torch.rand(1, 3, size[1], size[0], generator=generator).to(self.device, self.dtype)
        return scaled(self.inputs.init or self.inputs.content, size).to(self.device, self.dtype)

    def colors(self, size: tuple[int, int]) -> Tensor | None:
        """The content's colours at (width, height), in bytes, where the recipe keeps them."""
        return scaled_bytes(self.inputs.content, size).to(self.device) if self.recipe.original_colors else None

    def _seen(self, picture: Image.Image, mask: Image.Image | None, size: tuple[int, int]) -> Seen:
        guide = None if mask is None else guides(mask, self.labels, size).to(self.device)
        return Seen(scaled_bytes(picture, size).to(self.device), guide)
