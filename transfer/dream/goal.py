"""A dream of a content picture, as the engine paints towards it."""

from collections.abc import Generator, Sequence

import torch
from PIL import Image
from torch import Tensor

from transfer.dream import planner
from transfer.dream.ascent import Ascent
from transfer.dream.jitter import Jitter
from transfer.dream.objective import DreamObjective, objective
from transfer.dream.octaves import octaves
from transfer.dream.recipe import DreamRecipe
from transfer.engine.goal import ViewedGoal
from transfer.engine.ladder import Rung, fit
from transfer.engine.layout import Layout
from transfer.engine.optimisers import Momentum
from transfer.features.network import FeatureNetwork
from transfer.images import enlarged_difference, scaled, scaled_bytes
from transfer.losses.anchor import Anchor
from transfer.pictures import digest
from transfer.tiling.tiles import GuidedImage

NOT_DECIDING = ("image_size", "print_iter", "save_iter")


class DreamGoal(ViewedGoal):
    """Of a `content` picture, and perhaps a `guide` to dream of, through `network` on the device where that is."""

    recipe: DreamRecipe

    def __init__(
        self, content: Image.Image, guide: Image.Image | None, recipe: DreamRecipe, network: FeatureNetwork
    ) -> None:
        super().__init__(recipe, network)
        self.content, self.guide = content, guide
        self.rungs = octaves(recipe)
        self._jitter: Jitter | None = None

    def identity(self) -> Sequence[object]:
        """See `Goal`."""
        asked = self.recipe.model_dump(mode="json")
        deciding = {name: value for name, value in asked.items() if name not in NOT_DECIDING}
        pictures = [picture and digest(picture) for picture in (self.content, self.guide)]
        return [deciding, self.network.sha256, pictures]

    def size(self, rung: Rung) -> tuple[int, int]:
        """See `Goal`."""
        return fit(self.content.size, rung.long_side)

    def layout(self, rung: Rung, memory: int | None) -> Layout:
        """See `Goal`."""
        width = self.network.dtype.itemsize
        return planner.layout(self.recipe, rung, self.content.size, width, memory, self.gpu_memory)

    def start(self, rung: Rung, below: Tensor | None) -> Tensor:
        """The content, with what was dreamt on the rung below: what it had added there, enlarged."""
        size = self.size(rung)
        image = self._content(size)
        if below is not None:
            added = below - self._content((below.shape[3], below.shape[2]))
            image += enlarged_difference(added, size)
        return image.clamp_(0, 1)

    def objective(
        self, rung: Rung, layout: Layout, anchors: Sequence[Anchor]
    ) -> Generator[float, None, DreamObjective]:
        """See `Goal`; a dream holds on to no lower rung."""
        size = self.size(rung)
        self._jitter = Jitter(self.recipe.jitter, size, self.recipe.seed, rung.long_side)
        content = GuidedImage(scaled_bytes(self.content, size).to(self.device))
        guide = None
        if self.guide is not None:
            guide = GuidedImage(scaled_bytes(self.guide, planner.guide_size(self.guide.size)).to(self.device))
        return (yield from objective(self.network, self.recipe, content, guide, self._jitter, layout.tile_pixels))

    def optimiser(self, rung: Rung, start: Tensor, momentum: Momentum | None, corrections: int) -> Ascent:
        """See `Goal`."""
        if self._jitter is None:
            raise RuntimeError("the objective of the rung comes first")
        return Ascent(start, rung.learning_rate, self.recipe.lap_scale, self.recipe.natural_colors, self._jitter)

    def _content(self, size: tuple[int, int]) -> Tensor:
        dtype = torch.promote_types(self.network.dtype, torch.float32)
        return scaled(self.content, size).to(self.device, dtype)
