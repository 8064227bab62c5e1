"""The painter of a content picture in the manner of styles."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import torch

from transfer.engine.checkpoint import State
from transfer.engine.ladder import rungs
from transfer.engine.painter import Painter
from transfer.engine.render import looked_back, render
from transfer.engine.step import Step, Tick
from transfer.features.loading import network_for
from transfer.inputs import Inputs
from transfer.recipes.style import StyleRecipe
from transfer.style.identity import key
from transfer.style.inputs import StyleInputs


def painter(inputs: Inputs, recipe: StyleRecipe, device: torch.device, weights: Path | None = None) -> Painter:
    """Paints `inputs` by `recipe` on `device`, through the network in the file `weights`, or the usual one.

    Raises WeightsError where the network cannot be had, and PictureError where the content is missing.
    """
    return _StylePainter(StyleInputs.of(inputs), recipe, device, weights)


class _StylePainter:
    def __init__(self, inputs: StyleInputs, recipe: StyleRecipe, device: torch.device, weights: Path | None) -> None:
        self.inputs, self.recipe = inputs, recipe
        self.network = network_for(recipe, device, weights)
        self.weights_sha256, self.width = self.network.sha256, self.network.dtype.itemsize
        self.rungs = rungs(recipe)

    @property
    def device(self) -> torch.device:
        return self.network.mean.device

    def key(self) -> str:
        return key(self.inputs, self.recipe, self.weights_sha256)

    def steps(self, memory: int | None = None, resume: State | None = None) -> Iterator[Step | Tick]:
        return render(self.inputs, self.recipe, self.network, memory, resume)

    def finished(self, states: Iterable[State]) -> Iterator[Step]:
        return looked_back(self.inputs, self.recipe, self.network, states)
