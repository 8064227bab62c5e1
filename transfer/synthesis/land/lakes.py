"""Lakes: valleys that something has dammed."""

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis.fields.noise import Field, hashed
from transfer.synthesis.land.drainage import STEPS, Drainage, Whole, around, beside

BLOCKS = 128  # along the long side; in one of ODDS of them, a valley may be dammed
ODDS = 7
FEEDS = (0.0005, 0.02)  # of a square map: the least and the most that runs into a lake
DAM = 0.5  # of the relief around it
LEAST, MOST = 0.00008, 0.004  # of a square map, the area of a lake


def dammed(
    height: Field, relief: Field, drainage: Drainage, areas: Whole, seed: int, wraps: bool
) -> tuple[Field, NDArray[numpy.bool_]]:
    """The land (H, W) with lakes in some of its valleys, and where they are (H, W).

    What runs downhill by the drainage still does so: a lake's surface is level, and its water leaves it over the dam.
    A lake that would spill elsewhere is none.
    """
    cells = max(height.shape)
    rows, columns = numpy.divmod(drainage.places, height.shape[1])
    luck = hashed(columns * BLOCKS // cells, rows * BLOCKS // cells, seed)
    feeds = (areas > FEEDS[0] * cells * cells) & (areas < FEEDS[1] * cells * cells)
    level = height.ravel()[drainage.places]
    dams = feeds & (luck < numpy.uint32(2**32 // ODDS)) & (level > 25)
    dams[0] = False
    top = level + numpy.float32(DAM) * relief.ravel()[drainage.places]
    surface = numpy.where(dams, top, level)
    for each in drainage.levels():
        behind = surface[drainage.receivers[each]]
        surface[each] = numpy.where(drainage.receivers[each] > 0, numpy.maximum(surface[each], behind), surface[each])
        drowned = level[each] < behind
        surface[each][drowned] = behind[drowned]
    found = drainage.on_grid(surface - level) > 0
    flat = numpy.where(found, drainage.on_grid(surface), height)
    pieces, count = ndimage.label(found, numpy.ones((3, 3)))
    right = _tight(flat, found, pieces, count, drainage, wraps)
    sizes = numpy.bincount(pieces.ravel(), minlength=count + 1)
    right &= (sizes >= max(LEAST * cells * cells, 6)) & (sizes <= MOST * cells * cells)
    right[0] = False
    kept = right[pieces]
    return numpy.where(kept, flat, height), kept


def _tight(
    flat: Field, found: NDArray[numpy.bool_], pieces: NDArray, count: int, drainage: Drainage, wraps: bool
) -> NDArray[numpy.bool_]:
    """Which pieces (count + 1,) have one surface, and no lower shore than the place that their water leaves by."""
    surface = flat.ravel()
    piece = pieces.ravel()
    places = numpy.flatnonzero(found.ravel())
    to = numpy.full(found.size, -1, numpy.int64)
    to[drainage.places[1:]] = drainage.places[drainage.receivers[1:]]
    leaves = places[piece[to[places]] != piece[places]]
    right: NDArray[numpy.bool_] = numpy.bincount(piece[leaves], minlength=count + 1) == 1
    near = around(numpy.arange(found.size).reshape(found.shape), wraps, -1)
    for step in STEPS:
        there = beside(near, step).ravel()[places]
        is_out = (there < 0) | (to[places] == there)
        lower = (surface[there] < surface[places]) & ~is_out
        right[piece[places[lower]]] = False
    return right
