"""Networks, prepared pictures and moments of styles that stay between one instant picture and the next."""

import copy
import math
import time
from collections.abc import Generator, Hashable
from hashlib import blake2b
from typing import Self

import torch
from PIL import Image
from torch import Tensor

from transfer.engine.ladder import Rung
from transfer.features.loading import network_for
from transfer.features.network import FeatureNetwork
from transfer.images import to_picture
from transfer.inputs import Inputs
from transfer.instant import decoders
from transfer.instant.goal import InstantGoal, ready
from transfer.instant.recent import Recent
from transfer.instant.recipe import InstantRecipe
from transfer.instant.transport import Affine
from transfer.instant.wanted import Wanted
from transfer.style.inputs import StyleInputs
from transfer.style.targets import Seen
from transfer.tiling.tiles import GuidedImage

MOST_STYLES = 64  # whose moments are kept, at one size each: some 0.4 MB
MOST_GOALS = 4  # sets of pictures that stay prepared: some 3 MB for each picture
MOST_SIZES = 8  # of the content, and of what is wanted, kept for each set: some 1 MB


class WarmGoal(InstantGoal):
    """An `InstantGoal` that takes from `warm`, and from pictures before it, what these have found out."""

    def __init__(self, inputs: StyleInputs, recipe: InstantRecipe, warm: "Warm") -> None:
        super().__init__(inputs, recipe, warm.network, warm.decoders)
        self.warm = warm
        self.contents: Recent[int, GuidedImage] = Recent(MOST_SIZES)
        self.aims: Recent[Hashable, Wanted] = Recent(MOST_SIZES)
        self.recolourings: Recent[Hashable, list[Affine]] = Recent(MOST_SIZES)

    def by(self, recipe: InstantRecipe) -> Self:
        """The same pictures by another recipe that they are prepared alike for: see `preparing`."""
        found = copy.copy(self)
        found.asked, found.recipe, found.rungs = recipe, recipe.style, recipe.rungs
        found.scene = self.scene.by(found.recipe)
        found._recolouring = None
        return found

    def start(self, rung: Rung, below: Tensor | None) -> Tensor:
        """See `Goal`."""
        self.warm.check_time()
        return super().start(rung, below)

    def content(self, rung: Rung) -> GuidedImage:
        """See `InstantGoal`."""
        return self.contents.get(rung.long_side) or self.contents.keep(rung.long_side, super().content(rung))

    def recolouring(self) -> list[Affine]:
        """See `InstantGoal`."""
        key = self.rungs[0].long_side, self.asked.moved, self.asked.style_scale, self.asked.style_blend_weights
        return self.recolourings.get(key) or self.recolourings.keep(key, super().recolouring())

    def wanted(self, rung: Rung, tile_pixels: int) -> Generator[float, None, Wanted]:
        """See `InstantGoal`."""
        key = rung.long_side, self.asked.style_scale, self.asked.style_blend_weights
        if (found := self.aims.get(key)) is None:
            found = self.aims.keep(key, (yield from super().wanted(rung, tile_pixels)))
        return found

    def seen_of(self, style: GuidedImage, tile_pixels: int, apart: int) -> Generator[float, None, Seen]:
        """See `InstantGoal`."""
        self.warm.check_time()
        key = self.warm.key(style), apart
        if (found := self.warm.known.get(key)) is None:
            found = self.warm.known.keep(key, (yield from super().seen_of(style, tile_pixels, apart)))
        return found


class Warm:
    """What stays, on one device."""

    def __init__(self, device: torch.device) -> None:
        self.network: FeatureNetwork = network_for(InstantRecipe().style, device)
        self.decoders = ready(decoders.load(), self.network)
        self.known: Recent[Hashable, Seen] = Recent(MOST_STYLES)
        self.goals: Recent[Hashable, WarmGoal] = Recent(MOST_GOALS)
        self.until = math.inf

    def picture(self, inputs: Inputs, recipe: InstantRecipe, until: float = math.inf) -> Image.Image:
        """The picture that the pass alone gives, without what a render takes to be kept and gone on with.

        It is quickest where `inputs` have the very pictures that they had the last time. Raises PictureError and
        MaskError where they are not what the recipe needs, and TimeoutError where `until`, by the monotonic clock, is
        over before it is done.
        """
        self.until = until
        goal = self.goal(inputs, recipe.with_changes(quality="instant", iterations=0))
        return to_picture(goal.shown(goal.passed()))

    def goal(self, inputs: Inputs, recipe: InstantRecipe) -> WarmGoal:
        """The goal of a picture; a goal that is kept holds its pictures, so that none has the id of another."""
        pictures = tuple((each.role, each.place, id(each.picture)) for each in inputs.given)
        key = pictures, preparing(recipe)
        if (before := self.goals.get(key)) is not None:
            return before.by(recipe)
        return self.goals.keep(key, WarmGoal(StyleInputs.of(inputs), recipe, self))

    def check_time(self) -> None:
        """Raises TimeoutError where the time for the present picture is over."""
        if time.monotonic() > self.until:
            raise TimeoutError("an instant picture took too long")

    @staticmethod
    def key(style: GuidedImage) -> bytes:
        """Equal for equal pictures of equal regions."""
        found = blake2b(repr(style.image.shape).encode())
        for part in (style.image, style.guide):
            if part is not None:
                found.update(part.cpu().contiguous().numpy().data)
        return found.digest()


def preparing(recipe: InstantRecipe) -> Hashable:
    """All of a recipe by which pictures are prepared and checked; the rest only counts when they are scaled."""
    return recipe.match_colors, recipe.regions, recipe.region_count, len(recipe.style_blend_weights)
