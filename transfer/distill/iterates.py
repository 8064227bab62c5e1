"""Pictures from renders through the network in training: what it will be asked about, and where it is blind."""

import torch
from torch import Tensor
from torch.nn import functional

from transfer.distill.corpus import Corpus, resized_crop
from transfer.engine.ladder import rungs
from transfer.engine.optimisers import PixelAdam
from transfer.features.network import FeatureNetwork
from transfer.pausing import finish
from transfer.recipes.style import StyleRecipe
from transfer.style.objective import objective
from transfer.style.targets import targets
from transfer.tiling.tiles import GuidedImage

SIDE = 144
KEPT = 256


class IteratePool:
    """The latest iterates of small renders between random training pictures, as bytes (3, SIDE, SIDE)."""

    def __init__(self) -> None:
        self.pictures: list[Tensor] = []

    def crop(self, side: int, generator: torch.Generator) -> Tensor:
        """A random crop (1, 3, side, side) of a random iterate."""
        index = int(torch.randint(len(self.pictures), (), generator=generator))
        return resized_crop(self.pictures[index], side, side, generator)

    def refill(self, network: FeatureNetwork, corpus: Corpus, generator: torch.Generator) -> None:
        """Renders once through `network` and adds a few of its raw iterates, without averaging, to the pool."""
        device = network.mean.device
        content, style = (corpus.crop(SIDE, generator).to(device) for _ in range(2))
        draw = torch.rand(3, generator=generator).tolist()
        recipe = StyleRecipe(
            content_weight=10 ** (2 * draw[0] - 1.5), tv_weight=3 * draw[1], learning_rate=0.01 + 0.03 * draw[2]
        )
        wanted = finish(targets(network, recipe, GuidedImage(content), [GuidedImage(style)]))
        made = objective(network, recipe, rungs(recipe)[0], wanted)
        noisy = content + 0.15 * torch.randn(content.shape, generator=generator).to(device) * (draw[2] < 0.3)
        optimiser = PixelAdam(noisy.clamp(0, 1), recipe.learning_rate)
        for iteration in range(1, 101):
            gradient = torch.empty_like(content)
            finish(made.gradient(optimiser.image, gradient))
            optimiser.step(gradient)
            if iteration in (6, 15, 35, 60, 100):
                self._keep(optimiser.image)

    def _keep(self, image: Tensor) -> None:
        picture = functional.interpolate(image.detach().cpu(), (SIDE, SIDE))[0]
        self.pictures.append(picture.mul(255).round().to(torch.uint8))
        del self.pictures[:-KEPT]
