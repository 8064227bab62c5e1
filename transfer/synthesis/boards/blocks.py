"""A map of blocks from above, as block games have them."""

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.labels import LabelMap
from transfer.synthesis.boards.building import DEPTHS, MATERIALS, NAMES, Blocks, built
from transfer.synthesis.boards.ground import share_of_land, terrain_of
from transfer.synthesis.boards.villages import settle
from transfer.synthesis.fields.noise import Field, hashed
from transfer.synthesis.looks.colours import looked_up, pixels
from transfer.synthesis.looks.grids import strips
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.boards import BlocksRecipe
from transfer.synthesis.terrain import Terrain

TEXELS = 8  # along a block's side
LIGHT = numpy.array((0.74, 0.89, 1.0), dtype=numpy.float32)  # of a block lower than, level with, above its northern one
ROUGH: dict[str, float] = {"water": 0.02, "ice": 0.02, "snow": 0.02, "sand": 0.05, "path": 0.06}  # others are rougher
ROUGHEST = 0.1
NORTHERN_SHADOW = 0.8  # light on the strip of a block beside a higher one in the north


def make(recipe: BlocksRecipe) -> Making[Made]:
    """A block map; labels and height are the same all over a block."""
    yield 0.0
    terrain = yield from terrain_of(recipe, recipe.across)
    return (yield from drawn(recipe, terrain))


def drawn(recipe: BlocksRecipe, terrain: Terrain) -> Making[Made]:
    """Any land as a block map, with a block for each of its cells."""
    width, height = recipe.size
    blocks = built(terrain, recipe.seed)
    if recipe.villages:
        settle(blocks, terrain, recipe.seed)
    rows, columns = terrain.height.shape
    across = _places(width, columns)
    down = _places(height, rows)
    colours, shadow = _colours(blocks), _in_shadow(blocks)
    picture = numpy.empty((height, width, 3), numpy.uint8)
    for strip in strips(width, height, 0):
        here = (down[0][strip.rows], across[0])
        planes = numpy.stack([plane[here[0]][:, here[1]] for plane in colours])
        if width >= 3 * columns:
            light = _texture(recipe, blocks, (down[0][strip.rows], down[1][strip.rows]), across)
            edge = (down[1][strip.rows] < 0.2)[:, None] & shadow[here[0]][:, here[1]]
            planes *= numpy.where(edge, light * numpy.float32(NORTHERN_SHADOW), light)
        picture[strip.rows] = pixels(planes)
        yield 0.5 + 0.4 * strip.rows.stop / height
    levels, sea = terrain.elevation()
    return Made(
        picture=Image.fromarray(picture),
        height=levels[down[0]][:, across[0]],
        sea=sea,
        labels=LabelMap.of(blocks.labels[down[0]][:, across[0]]),
        facts=(share_of_land(terrain), f"{columns} × {rows} blocks"),
        wraps=terrain.wraps,
    )


def _places(pixels_along: int, count: int) -> tuple[NDArray[numpy.intp], Field]:
    """The block of each pixel, and where in it the pixel's middle is, from 0 to 1; in integers as far as possible."""
    doubled = (2 * numpy.arange(pixels_along, dtype=numpy.int64) + 1) * count
    block, rest = numpy.divmod(doubled, 2 * pixels_along)
    return block.astype(numpy.intp), (rest / (2 * pixels_along)).astype(numpy.float32)


def _colours(blocks: Blocks) -> Field:
    """The colour (3, H, W) of each block: by its material, and lit by its height beside its northern neighbour."""
    palette = numpy.array(list(MATERIALS.values()), dtype=numpy.float32).T
    northern = numpy.concatenate([blocks.level[:1], blocks.level[:-1]])
    light = LIGHT[numpy.sign(blocks.level - northern) + 1]
    wet = blocks.material == NAMES.index("water")
    rows, columns = (numpy.arange(count) for count in blocks.level.shape)
    # Every second step of depth is shown as squares of a chessboard between the one before and the one after.
    depth = (-blocks.level + (rows[:, None] + columns) % 2) // 2
    light = numpy.where(wet, 1.1 - numpy.float32(1.1 / DEPTHS) * depth, light).astype(numpy.float32)
    return numpy.asarray(looked_up(palette, blocks.material.astype(numpy.intp)) * light, dtype=numpy.float32)


def _in_shadow(blocks: Blocks) -> NDArray[numpy.bool_]:
    """Whether the block north of each is higher by more than a step."""
    northern = numpy.concatenate([blocks.level[:1], blocks.level[:-1]])
    return numpy.asarray((northern > blocks.level + 1) & (blocks.level > 0))


def _texture(recipe: BlocksRecipe, blocks: Blocks, down: tuple[NDArray, Field], across: tuple[NDArray, Field]) -> Field:
    """How light each pixel is: squares of a block's surface differ, as much as its material is rough."""
    rough = numpy.array([ROUGH.get(name, ROUGHEST) for name in NAMES], dtype=numpy.float32)
    row, column = (block * TEXELS + (part * TEXELS).astype(numpy.int64) for block, part in (down, across))
    bits = hashed(column[None, :], row[:, None], recipe.seed + 3)
    chance = (bits >> numpy.uint32(24)).astype(numpy.float32) * numpy.float32(2 / 255) - 1
    strength = rough[blocks.material] * numpy.float32(1.6 * recipe.texture)
    return numpy.asarray(1 + chance * strength[down[0]][:, across[0]], dtype=numpy.float32)
