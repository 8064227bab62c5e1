"""What a render will need, known before it starts. Free of torch.

Memory is a sum: the process, a few images of the rung's size (the picture, its optimiser's state, its average), and
what one tile takes while the network views it. Time is pixels visited, by a rate that `calibration.py` has measured
on the device. Tiles are as large as the memory allows, since small ones visit their margins more often.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from transfer import words
from transfer.engine.ladder import Rung, fit, rungs
from transfer.engine.layout import Layout
from transfer.errors import PlanError
from transfer.features.field import Field, Stage, weights
from transfer.features.registry import BACKBONES
from transfer.recipes.climbing import Viewing
from transfer.tiling.grid import Grid, grid, smallest_tiles
from transfer.tiling.windows import cell_of
from transfer.tiling.wrap import NOWHERE, Wrap

MIB = 2**20
Size = tuple[int, int]  # width and height, in pixels
PROCESS = 300 * MIB  # Python, torch and the site's code
PIXEL = 12  # bytes of three colours in float32
ADAM_IMAGES, LBFGS_IMAGES = 6, 8  # picture, average, last sound picture, gradient and the optimiser's own
PAIR = 2 * PIXEL  # bytes a pixel for each entry of L-BFGS's history
AROUND = 24  # bytes a pixel for the picture that is kept to, and for anchors and their gradients
CELL = 1536  # bytes a cell for what windows have of texture, and what they lack
# In pixels: more would leave the caller waiting for long, but for one with a GPU.
LARGEST_TILE = {
    "vgg19-lite": 1_200_000,
    "vgg16-lite": 1_000_000,
    "vgg16": 1_000_000,
    "vgg19": 1_000_000,
    "googlenet": 1_000_000,
}
# How many times the channels of all stages fit into what viewing a tile takes, and what it takes besides; measured,
# for a picture that is one tile and for one of many. GoogLeNet's have room for bfloat16, in which its poolings' indices
# are as large as in float32.
WHOLE = {
    "vgg19-lite": (3.5, 150 * MIB),
    "vgg16-lite": (1.9, 150 * MIB),
    "vgg16": (2.0, 150 * MIB),
    "vgg19": (2.0, 150 * MIB),
    "googlenet": (2.2, 150 * MIB),
}
TILED = {
    "vgg19-lite": (4.3, 260 * MIB),
    "vgg16-lite": (2.2, 260 * MIB),
    "vgg16": (2.6, 260 * MIB),
    "vgg19": (2.6, 260 * MIB),
    "googlenet": (2.6, 260 * MIB),
}
ENOUGH_OVERDRAW = 1.2  # above it, keeping features is not worth the smaller tiles
LARGEST_HISTORY = 512 * MIB
ROUNDING = 1.05  # so that a number of GiB that is said, to one digit, is enough
SMALLEST = 64  # px: no smaller size is proposed
SPOILING = 0.1  # of the processors
STARTING, FINISHING = 2.5, 0.5e-6  # seconds, and seconds a pixel


@dataclass(frozen=True)
class Speed:
    """Seconds that a device takes: for an iteration besides its pixels, for viewing a pixel, and for painting it.

    `beside` is the share of the processors that other programs kept busy while it was measured: from 0 to 1. The names
    are those under which measurements are stored.
    """

    iteration: float
    look: float
    paint: float
    beside: float = 0.0

    @property
    def is_spoilt(self) -> bool:
        """Whether other programs may have made it look many times slower than it is."""
        return self.beside > SPOILING


@dataclass(frozen=True)
class RungPlan:
    """What one rung needs: peak memory in bytes, and seconds if the device's speed is known: in all, and of these
    before its first iteration."""

    size: tuple[int, int]
    iterations: int
    tiles: int
    overdraw: float
    memory: int
    seconds: float | None
    seconds_before: float | None = None


@dataclass(frozen=True)
class Plan:
    """What a render needs, rung by rung. It takes `slowed` times as long as its rungs say, beside other programs."""

    rungs: tuple[RungPlan, ...]
    slowed: float = 1.0

    @property
    def memory(self) -> int:
        """Peak memory of the process, in bytes."""
        return max(rung.memory for rung in self.rungs)

    @property
    def seconds(self) -> float | None:
        """How long it takes from the start of the process to the file; None when the device's speed is not known."""
        known = [rung.seconds for rung in self.rungs if rung.seconds is not None]
        if len(known) < len(self.rungs):
            return None
        return self.slowed * (STARTING + sum(known) + FINISHING * math.prod(self.rungs[-1].size))


def size(recipe: Viewing, picture: Size, long_side: int) -> Size:
    """(width, height) of a picture of this size, or of this shape, on a rung.

    A side that wraps is a multiple of the stride of the deepest layer that is compared.
    """
    return Wrap.named(recipe.wrap).fitted(fit(picture, long_side), _field(recipe).stride)


def plan(
    recipe: Viewing,
    picture: Size,
    others: Callable[[Rung], Sequence[Size]],
    width: int,
    memory: int | None = None,
    speed: Speed | None = None,
    ladder: Sequence[Rung] | None = None,
) -> Plan:
    """The needs of a render of a picture of this size, with numbers of `width` bytes in the network.

    `others` gives the sizes of the other pictures that a rung views before its first iteration; `ladder` is climbed
    instead of the recipe's own. Raises PlanError when it does not fit into `memory` bytes.
    """
    climbed = rungs(recipe) if ladder is None else ladder
    return Plan(tuple(_rung_plan(recipe, rung, picture, others(rung), width, memory, speed) for rung in climbed))


def layout(
    recipe: Viewing, rung: Rung, picture: Size, width: int, memory: int | None, on_gpu: int | None = None
) -> Layout:
    """How `rung` is painted: a function of recipe, rung, picture and memory, never of the render's final size.

    A GPU that has so many bytes, `on_gpu`, may view larger tiles than a processor: at best the whole picture. Raises
    PlanError when it cannot be, saying how much memory it would take.
    """
    made = size(recipe, picture, rung.long_side)
    pixels = math.prod(made)
    largest = _largest_tile(recipe, width, on_gpu)
    corrections = _corrections(recipe, pixels, memory)
    if memory is None:
        return Layout(largest, True, corrections)
    for keeps, history in ((True, corrections), (False, corrections), (False, 1)):
        left = memory - _besides_tiles(recipe, made, width, keeps, history)
        tile = _tile_that_fits(recipe, _whole(recipe, made), width, left, largest)
        cut = _cut(recipe, made, tile)
        if cut is None or tile < _narrowest_view(recipe):
            continue
        if not keeps or cut.overdraw <= ENOUGH_OVERDRAW:
            return Layout(tile, keeps, history)
    raise PlanError(_refusal(recipe, picture, width, memory))


def least_memory(recipe: Viewing, picture: Size, width: int, climb: Sequence[Rung] = ()) -> int:
    """The bytes with which a render can just be painted: with fewer, `plan` raises PlanError.

    `picture` is (width, height) in pixels; numbers in the network have `width` bytes; see `plan` for `climb`.
    """
    return max(_least(recipe, size(recipe, picture, rung.long_side), width) for rung in climb or rungs(recipe))


def _rung_plan(
    recipe: Viewing,
    rung: Rung,
    picture: Size,
    others: Sequence[Size],
    width: int,
    memory: int | None,
    speed: Speed | None,
) -> RungPlan:
    planned, made = layout(recipe, rung, picture, width, memory), size(recipe, picture, rung.long_side)
    field, wrap = _field(recipe), Wrap.named(recipe.wrap)
    cut = grid(made, field.stride, field.gradient_margin, planned.tile_pixels, wrap)
    seconds = before = None
    if speed is not None:
        pictures = ((made, wrap), *((each, NOWHERE) for each in others))
        viewed = [
            grid(each, field.stride, field.feature_margin, planned.tile_pixels, around).computed
            for each, around in pictures
        ]
        again = 0 if len(cut.tiles) == 1 else viewed[0]
        again += 0 if planned.keeps_features else cut.computed
        before = sum(viewed) * speed.look
        seconds = before + rung.iterations * (speed.iteration + again * speed.look + cut.computed * speed.paint)
    return RungPlan(
        size=made,
        iterations=rung.iterations,
        tiles=len(cut.tiles),
        overdraw=cut.overdraw,
        memory=_besides_tiles(recipe, made, width, planned.keeps_features, planned.corrections)
        + _of_a_tile(recipe, cut.largest, width, len(cut.tiles) == 1),
        seconds=seconds,
        seconds_before=before,
    )


def _refusal(recipe: Viewing, picture: Size, width: int, memory: int) -> str:
    """What the whole render takes at least, and by how often its size is to be halved until it fits."""

    def needed(side: int) -> int:
        return math.ceil(_least(recipe, size(recipe, picture, side), width) * ROUNDING)

    asked = recipe.image_size
    halves = itertools.takewhile(lambda side: side >= SMALLEST, (asked >> times for times in itertools.count(1)))
    fitting = next((f"Try {side}." for side in halves if needed(side) <= memory), "Choose a smaller size.")
    return f"{asked:,} px needs {words.memory(needed(asked))}; this machine allows {words.memory(memory)}. {fitting}"


def _field(recipe: Viewing) -> Field:
    return BACKBONES[recipe.backbone].field(recipe.layers)


def _whole(recipe: Viewing, made: Size) -> int:
    """The pixels of a picture that is one tile, with a margin where it wraps."""
    field = _field(recipe)
    return grid(made, field.stride, field.gradient_margin, wrap=Wrap.named(recipe.wrap)).largest


def _cut(recipe: Viewing, made: Size, tile_pixels: int) -> Grid | None:
    field = _field(recipe)
    try:
        return grid(made, field.stride, field.gradient_margin, tile_pixels, Wrap.named(recipe.wrap))
    except ValueError:
        return None


def _besides_tiles(recipe: Viewing, made: Size, width: int, keeps_features: bool, corrections: int) -> int:
    """Bytes that are there whatever the tiles: the process, the network, and all that has the size of the image."""
    backbone, pixels, long_side = BACKBONES[recipe.backbone], math.prod(made), max(made)
    images = ADAM_IMAGES * PIXEL if recipe.optimizer == "adam" else LBFGS_IMAGES * PIXEL + corrections * PAIR
    regions = 0 if recipe.regions == "none" else 8
    kept = 0.0
    if keeps_features:
        kept = sum(
            stage.channels * width / backbone.stride(stage.name) ** 2
            for stage in backbone.stages
            if stage.name in recipe.layers_for_content
        )
    stages = backbone.stages_to(recipe.layers)
    windows = CELL * pixels // cell_of(long_side) ** 2 if recipe.layers_for_texture else 0
    return PROCESS + _of_weights(stages, width) + windows + round(pixels * (images + AROUND + regions + kept))


def _narrowest_view(recipe: Viewing) -> int:
    """The pixels of the smallest tile in which any picture can be viewed."""
    field = _field(recipe)
    return field.smallest_tile(field.feature_margin)


def _of_weights(stages: Sequence[Stage], width: int) -> int:
    """Bytes of a network's weights, once as they are read and once as they are used."""
    return sum(weights(stages)) * (4 + width)


def _for_a_pixel(recipe: Viewing, width: int) -> float:
    """Bytes of all stages' channels for each pixel."""
    stride, found = 1, 0.0
    for stage in BACKBONES[recipe.backbone].stages_to(recipe.layers):
        stride *= stage.stride
        found += (stage.channels + stage.inside) * width / stride**2
    return found


def _of_a_tile(recipe: Viewing, tile: int, width: int, is_whole: bool) -> int:
    factor, besides = (WHOLE if is_whole else TILED)[recipe.backbone]
    return round(besides + factor * _for_a_pixel(recipe, width) * tile)


def _largest_tile(recipe: Viewing, width: int, on_gpu: int | None) -> int:
    """In pixels."""
    factor, besides = WHOLE[recipe.backbone]
    fitting = 0 if on_gpu is None else math.floor((on_gpu - besides) / (factor * _for_a_pixel(recipe, width)))
    return max(LARGEST_TILE[recipe.backbone], fitting)


def _tile_that_fits(recipe: Viewing, whole: int, width: int, left: int, largest: int) -> int:
    """The pixels, at most `largest`, of the largest tile that takes at most `left` bytes: perhaps the `whole` image."""
    factor, besides = TILED[recipe.backbone]
    fitting = max(0, min(largest, math.floor((left - besides) / (factor * _for_a_pixel(recipe, width)))))
    if whole <= largest and _of_a_tile(recipe, whole, width, is_whole=True) <= left:
        return max(whole, fitting)
    return min(whole - 1, fitting)


def _corrections(recipe: Viewing, pixels: int, memory: int | None) -> int:
    """Entries of L-BFGS's history: those asked for, as long as they take no more than a quarter of the memory."""
    most = LARGEST_HISTORY if memory is None else min(LARGEST_HISTORY, memory // 4)
    allowed = most // (PAIR * pixels)
    return max(1, min(recipe.lbfgs_num_correction, allowed))


def _least(recipe: Viewing, made: Size, width: int) -> int:
    """The memory with which a picture of this size can just be painted: in smallest tiles, or whole if that is less."""
    field, pixels = _field(recipe), _whole(recipe, made)
    view = _narrowest_view(recipe)
    tile = smallest_tiles(made, field.stride, field.gradient_margin, Wrap.named(recipe.wrap))
    whole = _of_a_tile(recipe, pixels, width, is_whole=True)
    if pixels < view:
        takes = max(whole, _of_a_tile(recipe, view, width, is_whole=False))
    elif max(view, tile) < pixels:
        takes = min(whole, _of_a_tile(recipe, max(view, tile), width, is_whole=False))
    else:
        takes = whole
    return _besides_tiles(recipe, made, width, False, 1) + takes
