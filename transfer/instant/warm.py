"""Networks, and moments of styles, that stay between one instant picture and the next."""

import math
import time
from collections import OrderedDict
from collections.abc import Generator
from hashlib import blake2b
from typing import cast

import torch
from PIL import Image
from torch import Tensor

from transfer.features.loading import network_for
from transfer.features.network import FeatureNetwork
from transfer.images import to_picture
from transfer.inputs import Inputs
from transfer.instant import decoder
from transfer.instant.goal import InstantGoal, ready
from transfer.instant.recipe import InstantRecipe
from transfer.instant.wanted import StyleMoments
from transfer.style.inputs import StyleInputs
from transfer.tiling.tiles import GuidedImage, at_once

MOST_STYLES = 64  # whose moments are kept, at one size each: some 0.4 MB


class WarmGoal(InstantGoal):
    """An `InstantGoal` that takes the moments of styles which `warm` has seen before from there."""

    def __init__(self, inputs: StyleInputs, recipe: InstantRecipe, warm: "Warm") -> None:
        super().__init__(inputs, recipe, warm.network, warm.decoder)
        self.warm = warm

    def moments(self, style: GuidedImage, tile_pixels: int) -> Generator[float, None, StyleMoments]:
        """See `InstantGoal`."""
        self.warm.check_time()
        key = self.warm.key(style)
        if (found := self.warm.known.get(key)) is None:
            found = yield from super().moments(style, tile_pixels)
        self.warm.keep(key, found)
        return found


class Warm:
    """What stays, on one device."""

    def __init__(self, device: torch.device) -> None:
        self.network: FeatureNetwork = network_for(InstantRecipe().style, device)
        self.decoder = ready(decoder.load(), self.network)
        self.known: OrderedDict[bytes, StyleMoments] = OrderedDict()
        self.until = math.inf

    def picture(self, inputs: Inputs, recipe: InstantRecipe, until: float = math.inf) -> Image.Image:
        """The picture that the pass alone gives, without what a render takes to be kept and gone on with.

        Raises PictureError and MaskError where the inputs are not what the recipe needs, and TimeoutError where
        `until`, by the monotonic clock, is over before it is done.
        """
        self.until = until
        goal = WarmGoal(StyleInputs.of(inputs), recipe.with_changes(quality="instant", iterations=0), self)
        image: Tensor | None = None
        for rung in goal.rungs:
            self.check_time()
            start = goal.start(rung, image)
            image = torch.empty_like(start)
            objective = at_once(goal.objective(rung, goal.layout(rung, None), ()))
            at_once(objective.pass_through(start, image))
        return to_picture(goal.shown(cast(Tensor, image)))

    def check_time(self) -> None:
        """Raises TimeoutError where the time for the present picture is over."""
        if time.monotonic() > self.until:
            raise TimeoutError("an instant picture took too long")

    def keep(self, key: bytes, found: StyleMoments) -> None:
        """Keeps the moments of a style as the latest that was asked for."""
        self.known[key] = found
        self.known.move_to_end(key)
        while len(self.known) > MOST_STYLES:
            self.known.popitem(last=False)

    @staticmethod
    def key(style: GuidedImage) -> bytes:
        """Equal for equal pictures of equal regions."""
        found = blake2b(repr(style.image.shape).encode())
        for part in (style.image, style.guide):
            if part is not None:
                found.update(part.cpu().contiguous().numpy().data)
        return found.digest()
