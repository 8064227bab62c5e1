"""A map drawn by hand: ink on old paper, with a little colour."""

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.labels import Label
from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.looks.colours import flat, mix, pixels
from transfer.synthesis.looks.grids import Stretched, blurred, coarse, strips
from transfer.synthesis.looks.ink import Coast
from transfer.synthesis.looks.placing import placed
from transfer.synthesis.looks.signs import drawn
from transfer.synthesis.looks.strokes import rivers
from transfer.synthesis.looks.texture import Sheet
from transfer.synthesis.terrain import Terrain

INK, RED = flat((64, 44, 30)), flat((168, 60, 38))
RIVER = flat((62, 84, 98))
SEA, OPEN_SEA = flat((140, 180, 190)), flat((190, 209, 208))
WASHES = (  # of watercolour over land: label, colour, strength
    (Label.FOREST, flat((146, 166, 104)), 0.42),
    (Label.DESERT, flat((232, 196, 120)), 0.45),
    (Label.MOUNTAIN, flat((190, 160, 124)), 0.42),
    (Label.ICE, flat((246, 248, 248)), 0.8),
    (Label.PLAIN, flat((222, 216, 160)), 0.3),
)
WASHED = 256  # cells of the grid that washes are laid on, along the long side
PEN = 1 / 820  # width of the pen that draws signs, as a share of the long side
CLEAR = 1 / 110  # how far signs stay from the water, likewise
BYTE = numpy.float32(1 / 255)


def draw(terrain: Terrain, seed: int) -> Image.Image:
    """The map by hand."""
    height, width = terrain.height.shape
    long_side, wraps = max(width, height), terrain.wraps
    size = (width, height)
    coast, sheet = Coast(terrain, seed), Sheet(size, seed, wraps)
    ink, red, water = _signs(terrain, seed, coast, rivers(size, terrain.rivers, wraps, long_side / 420, 0.8))
    washes = _washes(terrain)
    shallow = Stretched(blurred(coarse(terrain.height >= 0), long_side / coast.cell / 26, wraps), size, wraps)
    picture = numpy.empty((height, width, 3), numpy.uint8)
    for strip in strips(width, height, 2):
        rows = strip.rows
        land = coast.land[rows] * BYTE
        colours = sheet.at(rows)
        sea = mix(OPEN_SEA, SEA, eased(shallow.at(rows), 0.0, 0.55)) * (colours * (BYTE * numpy.float32(1.05)))
        colours = mix(colours, sea, (1 - land) * numpy.float32(0.85))
        colours = _washed(colours, [(wash.at(rows) * land, colour) for wash, colour in washes])
        colours = mix(colours, RIVER, water[rows] * (BYTE * numpy.float32(0.85)) * land)
        colours = mix(colours, RED, red[rows] * (BYTE * numpy.float32(0.75)))
        colours = mix(colours, INK, coast.waterlines(rows) * numpy.float32(0.8))
        line = numpy.maximum(coast.line(strip), ink[rows] * BYTE)
        picture[rows] = pixels(mix(colours, INK, line * numpy.float32(0.9)))
    return Image.fromarray(picture)


def _washes(terrain: Terrain) -> list[tuple[Stretched, Field]]:
    """How strong each wash is over the picture, and its colour: soft at its edges, as a wet brush leaves it."""
    height, width = terrain.height.shape
    found = []
    for label, colour, strength in WASHES:
        mask = terrain.labels.values == label
        if mask.any():
            shares = coarse(mask, WASHED)
            soft = blurred(shares, max(shares.shape) / 170, terrain.wraps) * numpy.float32(strength)
            found.append((Stretched(soft, (width, height), terrain.wraps), colour))
    return found


def _washed(colours: Field, washes: list[tuple[Field, Field]]) -> Field:
    """Washes let the paper shine through: they multiply, except for white, which covers."""
    for share, colour in washes:
        covering = float(colour.min()) > 240
        over = colour if covering else colours * colour * numpy.float32(1.08 / 255)
        colours = mix(colours, over, share)
    return colours


def _signs(terrain: Terrain, seed: int, coast: Coast, water: NDArray[numpy.uint8]) -> tuple[NDArray[numpy.uint8], ...]:
    """Black ink and red ink of all signs, and what of the rivers' `water` they leave to be seen: (H, W), 0 to 255."""
    height, width = terrain.height.shape
    long_side = max(width, height)
    free = coast.free(long_side * CLEAR) & (coarse(water > 60) < 0.3)
    none = Image.new("L", (width, height))
    canvas = Image.merge("RGB", [none, none, Image.fromarray(water)])
    for each in placed(terrain, seed, free):
        sign = drawn(each.kind, each.variant, each.side, long_side * PEN)
        x, y = round(each.x - each.side / 2), round(each.y - each.side)
        for left in (x - width, x, x + width) if terrain.wraps else (x,):
            if -each.side < left < width:
                canvas.paste(sign.inks, (left, y), sign.mask)
    return tuple(numpy.asarray(band) for band in canvas.split())
