"""An instant picture as the engine paints towards it: a pass on each size, then perhaps a few iterations."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import torch
from torch import Tensor
from torch.nn import functional

from transfer.devices import precision
from transfer.engine.ladder import Rung
from transfer.engine.layout import Layout
from transfer.engine.objective import Losses, Objective
from transfer.engine.optimisers import Momentum, PixelOptimiser
from transfer.engine.painting import Painting
from transfer.features.network import FeatureNetwork
from transfer.images import as_floats, smaller
from transfer.instant.colours import contrast, recoloured, recolouring
from transfer.instant.decoders import Decoders
from transfer.instant.metric import BACKBONE, LAYERS, metric
from transfer.instant.passing import Pass
from transfer.instant.recipe import ENOUGH, InstantRecipe
from transfer.instant.steps import EvenSteps
from transfer.instant.transport import Affine
from transfer.instant.wanted import Wanted, seen, wanted
from transfer.losses.anchor import Anchor
from transfer.pausing import finish
from transfer.style import targets
from transfer.style.goal import StyleGoal
from transfer.style.identity import identity
from transfer.style.inputs import StyleInputs
from transfer.style.targets import Seen
from transfer.tiling.tiles import GuidedImage

KEPT = 0.5  # chosen: of the gradients before; of more, a few steps carry the picture past its content
FULL_CONTRAST, LEAST_PACE = 0.2, 0.1  # chosen: a style's deviation at which steps are whole; the least part of one
APART, APART_FROM = 2, 512  # chosen: a pass's moments are of one place in 2 x 2, from that side on
BEFORE = 1.0  # the loss before the pass: what a style term is at the content picture, by its definition


@dataclass(frozen=True)
class InstantObjective:
    """The pass over a picture of these regions, and what is minimised by iterations after it, if there are any."""

    passing: Pass
    guide: Tensor | None
    tile_pixels: int
    after: Objective | None
    is_grey: bool = False

    def pass_through(self, image: Tensor, into: Tensor) -> Generator[float, None, None]:
        """Writes what becomes of `image` (1, 3, H, W) over `into`, grey where all are; see `Pass.through`."""
        yield from self.passing.through(GuidedImage(image, self.guide), into, self.tile_pixels)
        if self.is_grey:
            into.copy_(into.mean(1, keepdim=True).expand_as(into))

    def gradient(self, image: Tensor, into: Tensor) -> Generator[float, None, Losses]:
        """See `Objective`."""
        if self.after is None:
            raise RuntimeError("nothing follows the pass")
        return (yield from self.after.gradient(image, into))


class InstantPainting(Painting):
    """A painting whose first iteration is the pass. Those after it begin afresh from what that gave.

    What is averaged are iterates, and the pass gave where they begin. A few of them are still on their way: then there
    is only the last one to see.
    """

    objective: InstantObjective

    def step(self) -> Generator[float, None, dict[str, float]]:
        """See `Painting`."""
        if self.iteration:
            losses = yield from super().step()
            if self.iteration == 2 or self.rung.iterations <= ENOUGH:
                self.average.begin_with(self.optimiser.image)
            return losses
        yield from self.objective.pass_through(self.optimiser.image, self.gradient)
        self.sound.copy_(self.gradient)
        self.optimiser = EvenSteps(self.sound, self.optimiser.learning_rate, KEPT)
        self.iteration += 1
        self.average.add(self.sound)
        self.totals.append(BEFORE)
        return {"total": BEFORE}


class InstantGoal(StyleGoal):
    """Of `inputs`, which it prepares, seen through `network` and painted by `decoders`, all where `network` is.

    Raises PictureError and MaskError when the inputs are not those that the recipe asks for.
    """

    def __init__(self, inputs: StyleInputs, recipe: InstantRecipe, network: FeatureNetwork, decoders: Decoders) -> None:
        super().__init__(inputs, recipe.style, network)
        self.asked, self.rungs, self.decoders, self.metric = recipe, recipe.rungs, decoders, metric(network)
        self._recolouring: list[Affine] | None = None

    @property
    def smallest_tile(self) -> int:
        """See `Goal`."""
        return max(super().smallest_tile, BACKBONE.field(LAYERS).smallest_tile(self.decoders.margin))

    def identity(self) -> Sequence[object]:
        """See `Goal`."""
        deciding = self.asked.model_dump(mode="json", exclude={"image_size"})
        return [deciding, self.decoders.sha256, *identity(self.inputs, self.recipe, self.network.sha256)[1:]]

    def layout(self, rung: Rung, memory: int | None) -> Layout:
        """See `Goal`."""
        planned = super().layout(rung, memory)
        return replace(planned, tile_pixels=max(self.smallest_tile, planned.tile_pixels))

    def start(self, rung: Rung, below: Tensor | None) -> Tensor:
        """See `Goal`: what the pass is over, the content in the styles' colours with the lower frequencies of the rung
        below, and noise.

        Values may leave [0, 1].
        """
        own = self.content(rung)
        content = recoloured(as_floats(own.image, self.scene.dtype), own.guide, self.recolouring())
        if below is not None:
            coarse = smaller(content, (below.shape[3], below.shape[2]))
            content += functional.interpolate(below.to(content) - coarse, content.shape[2:], mode="bilinear")
        if self.asked.noise:
            generator = torch.Generator().manual_seed((self.asked.seed << 4) + rung.index)
            content += self.asked.noise * torch.randn(content.shape, generator=generator, dtype=content.dtype).to(
                content
            )
        return content

    def objective(
        self, rung: Rung, layout: Layout, anchors: Sequence[Anchor]
    ) -> Generator[float, None, InstantObjective]:
        """See `Goal`; it holds on to nothing of lower rungs but what it starts from."""
        if rung.iterations == 1:
            aim, after = (yield from self.wanted(rung, layout.tile_pixels)), None
        else:
            styles, further = self.scene.styles(rung, self.device), self.recipe.layers_for_content
            found = yield from self.seen(styles, layout.tile_pixels, 1)
            aim = wanted(self.metric, found, self.blend)
            self.known = yield from targets.wanted(
                self.network, self.recipe, styles, layout.tile_pixels, further, found
            )
            after = yield from super().objective(rung, layout, ())
        passing = Pass(self.network, self.decoders.of(rung), self.metric, aim, self.asked.moved, _apart(rung))
        guide = self.content(rung).guide if self.scene.labels else None
        return InstantObjective(passing, guide, layout.tile_pixels, after, self.scene.is_grey)

    def passed(self) -> Tensor:
        """The image of the last size as the passes alone give it, without what a render keeps and goes on with."""
        lowest, *others = self.rungs
        image = self._passed(lowest, None)
        for rung in others:
            image = self._passed(rung, image)
        return image

    def raised(self, below: Tensor) -> Tensor:
        """The image of the last size as a pass gives it from a smaller one (1, 3, h, w), whoever painted that."""
        return self._passed(self.rungs[-1], below)

    def _passed(self, rung: Rung, below: Tensor | None) -> Tensor:
        start = self.start(rung, below)
        image = torch.empty_like(start)
        objective = finish(self.objective(rung, self.layout(rung, None), ()))
        finish(objective.pass_through(start, image))
        return image

    def optimiser(self, rung: Rung, start: Tensor, momentum: Momentum | None, corrections: int) -> PixelOptimiser:
        """See `Goal`: each rung begins afresh. Steps are as large as the styles have contrast."""
        return EvenSteps(start, rung.learning_rate * (self._pace if rung.iterations > 1 else 1.0), KEPT)

    def recolouring(self) -> list[Affine]:
        """The map of each region's colours, on all rungs: it follows from how the lowest views the pictures."""
        if self._recolouring is None:
            lowest = self.rungs[0]
            self._recolouring = recolouring(
                self.content(lowest), self.scene.styles(lowest, self.device), self.blend, self.asked.moved
            )
        return self._recolouring

    @property
    def _pace(self) -> float:
        """The part of the usual step that is taken: in faint styles a whole one would be a mark of its own."""
        found = contrast(self.scene.styles(self.rungs[0], self.device), self.blend)
        return min(1.0, max(LEAST_PACE, found / FULL_CONTRAST))

    @property
    def blend(self) -> tuple[float, ...]:
        """How much each style counts."""
        return self.recipe.style_blend_weights or (1.0,) * len(self.inputs.styles)

    def content(self, rung: Rung) -> GuidedImage:
        """The content as a rung views it."""
        return self.scene.content(rung, self.device)

    def wanted(self, rung: Rung, tile_pixels: int) -> Generator[float, None, Wanted]:
        """What features should become on a rung."""
        found = yield from self.seen(self.scene.styles(rung, self.device), tile_pixels, _apart(rung))
        return wanted(self.metric, found, self.blend)

    def seen(self, styles: Sequence[GuidedImage], tile_pixels: int, apart: int) -> Generator[float, None, list[Seen]]:
        """What styles are, viewed in tiles of at most `tile_pixels`; for `apart` see `Statistics`."""
        found = list[Seen]()
        for style in styles:
            found.append((yield from self.seen_of(style, tile_pixels, apart)))
        return found

    def seen_of(self, style: GuidedImage, tile_pixels: int, apart: int) -> Generator[float, None, Seen]:
        """The same of one style."""
        return (yield from seen(self.network, style, tile_pixels, apart))

    def painting(self, objective: Objective, optimiser: PixelOptimiser, rung: Rung) -> Painting:
        """See `Goal`."""
        return InstantPainting(objective, optimiser, rung, 0.0)

    def to_cpu(self) -> None:
        """See `Goal`."""
        super().to_cpu()
        self.decoders, self.metric = ready(self.decoders, self.network), metric(self.network)


def _apart(rung: Rung) -> int:
    """How far apart the places are whose moments a pass takes on a rung."""
    return APART if rung.long_side >= APART_FROM else 1


def ready(decoders: Decoders, network: FeatureNetwork) -> Decoders:
    """`decoders` on the device of `network`, in its number format, frozen."""
    device = network.mean.device
    placed = decoders.requires_grad_(False).eval().to(device, precision(device))
    return cast(Decoders, cast(Any, placed).to(memory_format=torch.channels_last))
