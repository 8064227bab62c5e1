"""Towns from above: where they are, and the texture of their blocks."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from transfer.labels import Label
from transfer.synthesis.fields.noise import hashed
from transfer.synthesis.looks.grids import smudged
from transfer.synthesis.terrain import Terrain

AXES = ((1.0, 0.0), (0.8, 0.6), (0.6, 0.8), (0.28, 0.96), (0.96, 0.28))  # directions of streets, cosine and sine
BLOCK = 1 / 330  # side of a block of houses, as a share of the picture's long side
LEAST = 1 / 170  # radius of a town, likewise
STREET, LANE = 0.22, 0.07  # half their widths, in blocks
OUTSKIRTS = 1 / 260  # how far into a town its edge is loose, as a share of the long side
TONES = numpy.array((60, 110, 150, 175, 195, 215, 235, 255), dtype=numpy.float32)  # of roofs; the first are yards


@dataclass(frozen=True)
class BuiltUp:
    """`cover` (H, W) from 0 to 255 where towns are, `blocks` (H, W) from 0 (street) to 255 (the brightest roofs)."""

    cover: NDArray[numpy.uint8]
    blocks: NDArray[numpy.uint8]


def built_up(terrain: Terrain, seed: int) -> BuiltUp | None:
    """The towns of a land: what is labelled a city, and at least a small disc around each; none where there is none."""
    height, width = terrain.height.shape
    long_side = max(height, width)
    towns = terrain.labels.values == Label.CITY
    for x, y in terrain.cities:
        _disc(towns, x, y, max(1.0, LEAST * long_side), terrain.wraps)
    towns &= ~terrain.is_water
    rows, columns = numpy.nonzero(towns)
    if not len(rows):
        return None
    inside = smudged(towns, max(1.0, long_side * OUTSKIRTS), terrain.wraps)[rows, columns]
    roofs, chance = _roofs(terrain, columns, rows, BLOCK * long_side, seed)
    built = chance < numpy.clip((inside.astype(numpy.int64) - 100) * 3, 0, 256)  # fewer and fewer towards the fields
    towns[rows, columns] = built
    blocks = numpy.zeros(towns.shape, numpy.uint8)
    blocks[rows, columns] = roofs
    return BuiltUp(smudged(towns, max(0.5, long_side / 3000), terrain.wraps), blocks)


def _disc(mask: NDArray[numpy.bool_], x: float, y: float, radius: float, wraps: bool) -> None:
    height, width = mask.shape
    reach = numpy.arange(-int(radius + 1), int(radius + 2))
    rows, columns = reach + int(y), reach + int(x)
    near = ((rows + 0.5 - y) ** 2)[:, None] + ((columns + 0.5 - x) ** 2)[None, :] < radius * radius
    near &= ((rows >= 0) & (rows < height))[:, None]
    if not wraps:
        near &= ((columns >= 0) & (columns < width))[None, :]
    found = numpy.nonzero(near)
    mask[rows[found[0]], columns[found[1]] % width] = True


def _roofs(
    terrain: Terrain, x: NDArray, y: NDArray, block: float, seed: int
) -> tuple[NDArray[numpy.uint8], NDArray[numpy.int64]]:
    """How bright each of these pixels is, and a number from 0 to 255 for the block it is in.

    Blocks lie between lanes and, every third, between streets; all are turned as the nearest town is.
    """
    nearest, turn = _nearest(terrain, x, y)
    cosine, sine = numpy.array(AXES).T[:, turn]
    across, down = (nearest[0] * cosine + nearest[1] * sine) / block, (nearest[1] * cosine - nearest[0] * sine) / block
    column, row = numpy.floor(across).astype(numpy.int64), numpy.floor(down).astype(numpy.int64)
    bits = hashed(column, row, seed)
    open_ground = numpy.full(x.shape, numpy.inf)
    for place, cell in ((across, column), (down, row)):
        for side, street in ((place - cell, cell % 3 == 0), (cell + 1 - place, cell % 3 == 2)):
            open_ground = numpy.minimum(open_ground, side - numpy.where(street, STREET, LANE))
    tone = TONES[bits >> numpy.uint32(29)] * numpy.clip(open_ground * block + 0.5, 0, 1)
    return tone.astype(numpy.uint8), (bits >> numpy.uint32(8) & numpy.uint32(255)).astype(numpy.int64)


def _nearest(terrain: Terrain, x: NDArray, y: NDArray) -> tuple[tuple[NDArray, NDArray], NDArray[numpy.intp]]:
    """Where each pixel is from its nearest town, in pixels to the right and down, and which of `AXES` that town has."""
    width = terrain.height.shape[1]
    best: NDArray = numpy.full(x.shape, numpy.inf)
    right, down = x + 0.5, y + 0.5
    turn: NDArray[numpy.intp] = numpy.zeros(x.shape, numpy.intp)
    for number, (town_x, town_y) in enumerate(terrain.cities):
        away_x, away_y = x + 0.5 - town_x, y + 0.5 - town_y
        if terrain.wraps:
            away_x = (away_x + width / 2) % width - width / 2
        distance = away_x * away_x + away_y * away_y
        nearer = distance < best
        best = numpy.where(nearer, distance, best)
        right, down = numpy.where(nearer, away_x, right), numpy.where(nearer, away_y, down)
        turn[nearer] = number % len(AXES)
    return (right, down), turn
