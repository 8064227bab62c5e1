"""A texture of styles, as the engine paints towards it."""

import hashlib
from collections.abc import Generator, Sequence

import torch
from PIL import Image
from torch import Tensor

from transfer.engine.goal import ViewedGoal
from transfer.engine.ladder import PREVIEW, Rung
from transfer.engine.layout import Layout
from transfer.engine.objective import Objective, TiledObjective
from transfer.features.moments import Moments, blended
from transfer.features.network import FeatureNetwork
from transfer.features.registry import BACKBONES
from transfer.images import as_floats, scaled_bytes
from transfer.losses.anchor import Anchor, AnchorTerm
from transfer.losses.differences import DifferencesTerm, differences
from transfer.losses.neighbours import blended as blended_differences
from transfer.losses.style import StyleTarget, StyleTerm
from transfer.planning import planner
from transfer.style.grain import AMOUNT, grain
from transfer.style.grey import GreyObjective, are_grey
from transfer.style.objective import ANCHOR_UNIT
from transfer.style.rungs import style_size
from transfer.style.targets import Wanted, wanted
from transfer.texture.recipe import TextureRecipe
from transfer.texture.rungs import rungs
from transfer.texture.scattered import add_scattered
from transfer.tiling.around import enlarged
from transfer.tiling.tiles import GuidedImage
from transfer.tiling.wrap import Wrap

NOT_DECIDING = ("image_size", "height_map", "print_iter", "save_iter")
# Chosen: a border is moved by one part in so many of the side at most, so that sizes are still alike; above the
# preview, by hardly anything, since each size moves away from the same place.
NEAR, NEAR_ABOVE = 8, 64
DIFFERENCES_UNIT = 3.75  # chosen: what a weight of 1 stands for
RUNGS = 64  # more than a ladder has: the seeds of two textures never meet


class TextureGoal(ViewedGoal):
    """Of `styles`, viewed through `network` on the device where that is."""

    recipe: TextureRecipe

    def __init__(self, styles: Sequence[Image.Image], recipe: TextureRecipe, network: FeatureNetwork) -> None:
        super().__init__(recipe, network)
        self.pictures, self.wrap = styles, Wrap.named(recipe.wrap)
        self.rungs = rungs(recipe)
        self.blend = recipe.style_blend_weights or (1.0,) * len(styles)
        self.is_grey = are_grey(styles)

    def identity(self) -> Sequence[object]:
        """See `Goal`."""
        asked = self.recipe.model_dump(mode="json")
        deciding = {name: value for name, value in asked.items() if name not in NOT_DECIDING}
        digests = [hashlib.sha256(picture.tobytes()).hexdigest() for picture in self.pictures]
        return [deciding, self.network.sha256, [picture.size for picture in self.pictures], digests]

    def size(self, rung: Rung) -> tuple[int, int]:
        """See `Goal`."""
        return planner.size(self.recipe, self.recipe.ratio, rung.long_side)

    def layout(self, rung: Rung, memory: int | None) -> Layout:
        """See `Goal`."""
        width = self.network.dtype.itemsize
        return planner.layout(self.recipe, rung, self.recipe.ratio, width, memory, self.gpu_memory)

    def start(self, rung: Rung, below: Tensor | None) -> Tensor:
        """The rung below, enlarged, with the grain of the styles; at first their colours. Both are in no order."""
        (width, height), dtype = self.size(rung), torch.promote_types(self.network.dtype, torch.float32)
        generator = torch.Generator().manual_seed(self.recipe.seed * RUNGS + rung.index)
        styles = [as_floats(style.image, dtype) for style in self._styles(rung)]
        if below is None:
            image = add_scattered(styles[0].new_zeros(1, 3, height, width), styles, self.blend, generator)
        else:
            image = enlarged(below, (height, width), self.wrap)
            add_scattered(image, [grain(style).mul_(AMOUNT) for style in styles], self.blend, generator)
        image.clamp_(0, 1)
        return image.copy_(image.mean(1, keepdim=True).expand_as(image)) if self.is_grey else image

    def objective(self, rung: Rung, layout: Layout, anchors: Sequence[Anchor]) -> Generator[float, None, Objective]:
        """See `Goal`. The style term is 1 at a flat picture of the styles' mean."""
        recipe, backbone, size = self.recipe, BACKBONES[self.recipe.backbone], self.size(rung)
        styles = self._styles(rung)
        asked = yield from wanted(self.network, recipe, styles, layout.tile_pixels)
        apart = blended_differences([differences(style.image) for style in styles], self.blend)
        terms = (
            StyleTerm(
                recipe.style_layer_shares,
                {layer: self._target(layer, asked) for layer in recipe.layers_for_style},
                asked.heads,
                backbone,
            ),
            *asked.textures.terms(recipe.texture_weight, backbone, size, is_bounded=True, wrap=self.wrap),
            DifferencesTerm(recipe.tv_weight * DIFFERENCES_UNIT, apart, self.wrap),
            AnchorTerm(ANCHOR_UNIT, anchors),
        )
        made = TiledObjective(
            self.network,
            backbone,
            terms,
            size,
            tile_pixels=layout.tile_pixels,
            normalises=recipe.normalize_gradients,
            wrap=self.wrap,
        )
        return GreyObjective(made) if self.is_grey else made

    def moves(self, rung: Rung, picture: Tensor) -> tuple[int, int]:
        """See `Goal`: to where its border runs through the calmest place nearby, for nothing else tells it apart."""
        return (0, 0) if rung.long_side > PREVIEW else self._to_calmest(picture, NEAR)

    def shown_moved(self, rung: Rung, picture: Tensor) -> tuple[int, int]:
        """See `Goal`: the same, above the preview."""
        return self._to_calmest(picture, NEAR_ABOVE) if rung.long_side > PREVIEW else (0, 0)

    def _to_calmest(self, picture: Tensor, part: int) -> tuple[int, int]:
        down, across = (_to_calmest(picture, axis, part) if self.wrap.along(axis) else 0 for axis in (-2, -1))
        return down, across

    def _styles(self, rung: Rung) -> list[GuidedImage]:
        """The styles, in bytes, each at the size at which the rung views it."""
        sizes = (style_size(picture.size, self.recipe, rung) for picture in self.pictures)
        return [
            GuidedImage(scaled_bytes(picture, size).to(self.device))
            for picture, size in zip(self.pictures, sizes, strict=True)
        ]

    def _target(self, layer: str, asked: Wanted) -> StyleTarget:
        styles = [each[layer] for each in asked.moments]
        whole = blended([own for (own,) in styles], self.blend)
        flat = None if whole is None else Moments(whole.mean, torch.zeros_like(whole.covariance))
        return StyleTarget(self.recipe.style_loss, [flat], styles, self.blend, [1.0])


def _to_calmest(picture: Tensor, axis: int, part: int) -> int:
    """By how much a picture (1, 3, H, W) is moved along an axis for its border to have the least jump nearby: within
    one `part` of the side."""
    reach = picture.shape[axis] // part
    jumps = (picture - picture.roll(1, axis)).abs().mean((0, 1, -3 - axis))
    return reach - int(jumps.roll(reach)[: 2 * reach + 1].argmin())
