"""A content picture in the manner of styles, as the engine paints towards it."""

from collections.abc import Generator, Sequence

import torch
from torch import Tensor

from transfer.engine.goal import ViewedGoal
from transfer.engine.ladder import Rung
from transfer.engine.layout import Layout
from transfer.engine.objective import Objective
from transfer.features.network import FeatureNetwork
from transfer.images import with_colors_of
from transfer.losses.anchor import Anchor
from transfer.losses.term import Term
from transfer.planning.planner import layout
from transfer.recipes.style import StyleRecipe
from transfer.style.grey import GreyObjective
from transfer.style.identity import identity
from transfer.style.inputs import StyleInputs
from transfer.style.objective import objective
from transfer.style.scene import Scene
from transfer.style.targets import Wanted, targets
from transfer.tiling.wrap import Wrap


class StyleGoal(ViewedGoal):
    """Of `inputs`, which it prepares, viewed through `network` on the device where that is.

    Raises PictureError and MaskError when the inputs are not those that the recipe asks for.
    """

    recipe: StyleRecipe
    known: Wanted | None = None  # what styles ask for, where that was found before

    def __init__(self, inputs: StyleInputs, recipe: StyleRecipe, network: FeatureNetwork) -> None:
        super().__init__(recipe, network)
        self.inputs, self.wrap = inputs, Wrap.named(recipe.wrap)
        self.scene = Scene(inputs.prepared(recipe), recipe, torch.promote_types(network.dtype, torch.float32))

    def identity(self) -> Sequence[object]:
        """See `Goal`."""
        return identity(self.inputs, self.recipe, self.network.sha256)

    def size(self, rung: Rung) -> tuple[int, int]:
        """See `Goal`."""
        return self.scene.size(rung)

    def layout(self, rung: Rung, memory: int | None) -> Layout:
        """See `Goal`."""
        return layout(self.recipe, rung, self.inputs.content.size, self.network.dtype.itemsize, memory, self.gpu_memory)

    def start(self, rung: Rung, below: Tensor | None) -> Tensor:
        """See `Goal`."""
        return self.scene.start(rung, below, self.device)

    def objective(self, rung: Rung, layout: Layout, anchors: Sequence[Anchor]) -> Generator[float, None, Objective]:
        """See `Goal`."""
        content, styles = self.scene.content(rung, self.device), self.scene.styles(rung, self.device)
        following = self.rungs[self.rungs.index(rung) + 1 :]
        if following and self.device.type != "cpu":
            self.scene.prepare(following[0])
        found = yield from targets(
            self.network, self.recipe, content, styles, layout.tile_pixels, layout.keeps_features, self.known
        )
        made = objective(self.network, self.recipe, rung, found, anchors, layout.tile_pixels, self.further())
        return GreyObjective(made) if self.scene.is_grey else made

    def further(self) -> Sequence[Term]:
        """What else is minimised."""
        return ()

    def shown(self, picture: Tensor) -> Tensor:
        """In the content's colours, where the recipe keeps them."""
        colors = self.scene.colors((picture.shape[3], picture.shape[2]), self.device)
        return picture if colors is None else with_colors_of(picture, colors)
