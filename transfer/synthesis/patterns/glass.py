"""Stained glass: coloured pieces between lines of lead, with light behind them."""

import math
from collections.abc import Sequence
from random import Random

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.synthesis import polygons
from transfer.synthesis.fields.chance import chance
from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field as Levels
from transfer.synthesis.fields.sampled import enlarged
from transfer.synthesis.fields.sheet import fractal_sheet, sheet
from transfer.synthesis.fields.tones import picture, rgb
from transfer.synthesis.made import Made, Making
from transfer.synthesis.patterns.leading import Piece, Setting
from transfer.synthesis.polygons import Polygon
from transfer.synthesis.recipes.glass import GlassRecipe

PALETTES = {
    "cathedral": "8f1022 c41e3a 14318c 1d5fc4 6fb3c9 0b6e4f 2fa06a 86c48c e0a020 f4d35e 5a2a83 e9e2c8 12807f d9621e",
    "sunset": "7a0f3c c2243f e8552d f58a2b fbc04a fde7a1 a23b72 5b2a6e 2d2a6b f2a07b",
    "sea": "04304f 0a5c7f 1389a6 3bb3b8 8fd6c4 e6f0d8 1f4fa3 5f8fd0 c9e4ee 0f6e5c",
    "garden": "1f5b34 3c8a3f 7fb241 c9d46a f3e9b0 d9485f e98aa0 7b3f8c 2b6f8f f0b23a",
}
CLEAR = 1.8  # times the mean piece: larger ones are of even glass
BEYOND = 0.06  # of the long side: how far pieces reach over the edge, so that bent ones leave none free
BUMPY = (1.3, 1.0, 0.7, 0.05)  # how uneven each glass is that pieces are cut from


def make(recipe: GlassRecipe) -> Making[Made]:
    """A window that fills the picture."""
    yield 0.0
    long_side = max(recipe.size)
    pieces = _pieces(recipe)
    x, y, bending = _bent(recipe)
    textures = []
    for number in range(len(BUMPY)):
        textures.append(_texture(recipe, number))
        yield 0.07 * (number + 1)
    lead = max(1.1, 0.0045 * recipe.lead * math.sqrt(160 / recipe.pieces) * long_side)
    window = numpy.zeros((recipe.size[1], recipe.size[0], 3), numpy.float32)
    setting = Setting(window, x, y, numpy.stack(textures), numpy.float32(lead))
    colours, size = _colours(recipe, pieces), recipe.size
    for number, piece in enumerate(pieces):
        box = _box(piece, size, bending)
        if box is not None:
            calm = polygons.area(piece) > CLEAR / len(pieces)
            kind = len(BUMPY) - 1 if calm else number % len(BUMPY)
            scaled = [(long_side * u, long_side * v) for u, v in piece]
            if setting.takes(Piece(box, polygons.edges(scaled), kind, colours[number])):
                yield 0.3 + 0.5 * number / len(pieces)
    setting.sets()
    yield 0.85
    return Made(picture=picture(_lit(window, recipe)))


def _pieces(recipe: GlassRecipe) -> list[Polygon]:
    """Convex pieces that fill more than the picture, whose long side is 1."""
    random = chance(recipe.seed)
    wide, high = (side / max(recipe.size) + 2 * BEYOND for side in recipe.size)
    count = max(4, round(recipe.pieces * wide * high * max(recipe.size) ** 2 / math.prod(recipe.size)))
    if recipe.leading == "cells":
        found = polygons.cells(_middles(count, (wide, high), recipe.seed, random), (wide, high), 2)
    else:
        mean, whole = wide * high / count, [(0.0, 0.0), (wide, 0.0), (wide, high), (0.0, high)]
        found = polygons.split(
            whole, random, lambda piece: polygons.area(piece) < mean * 4 ** random.uniform(-0.6, 1.2), slant=0.7
        )
    return [[(x - BEYOND, y - BEYOND) for x, y in piece] for piece in found]


def _middles(count: int, box: tuple[float, float], seed: int, random: Random) -> list[polygons.Point]:
    """Places in a box, closer to each other in some parts than in others."""
    crowded = eased(sheet((64, 64), 3.4, seed + 3), -0.35, 0.1)
    found: list[polygons.Point] = []
    while len(found) < count:
        x, y = random.random(), random.random()
        if random.random() < 0.06 + 0.94 * float(crowded[int(64 * y), int(64 * x)]):
            found.append((box[0] * x, box[1] * y))
    return found


def _bent(recipe: GlassRecipe) -> tuple[Levels, Levels, float]:
    """Where each pixel looks, in pixels, and how far away that is at most."""
    size = recipe.size
    cells = 1 + 0.35 * math.sqrt(recipe.pieces)
    far = 0.24 * recipe.bend * max(size) / cells
    right, down = (sheet(size, cells, recipe.seed + 500 + 50 * axis) * numpy.float32(far) for axis in (0, 1))
    x = numpy.arange(size[0], dtype=numpy.float32)[None, :] + numpy.float32(0.5) + right
    y = numpy.arange(size[1], dtype=numpy.float32)[:, None] + numpy.float32(0.5) + down
    return x, y, far


def _box(piece: Polygon, size: tuple[int, int], bending: float) -> tuple[int, int, int, int] | None:
    """The pixels that a piece may cover: the first column and row, and how many there are of each."""
    margin, long_side = bending + 2, max(size)
    left, right = (pick(u for u, _ in piece) * long_side for pick in (min, max))
    top, bottom = (pick(v for _, v in piece) * long_side for pick in (min, max))
    column, row = max(0, math.floor(left - margin)), max(0, math.floor(top - margin))
    columns = min(size[0], math.ceil(right + margin)) - column
    rows = min(size[1], math.ceil(bottom + margin)) - row
    return (column, row, columns, rows) if columns > 0 and rows > 0 else None


def _texture(recipe: GlassRecipe, number: int) -> Levels:
    """Streaks of one direction, ripples and clouds (H, W), about -1 to 1."""
    size, seed = recipe.size, recipe.seed + 900 + 200 * number
    tall = (0.16, 6.0, 0.3, 3.0)[number]
    streaks = fractal_sheet(size, 7.0 if tall < 1 else 7.0 * math.sqrt(tall), seed, 4, 0.6, tall)
    ripples = sheet(size, 40, seed + 61)
    clouds = sheet(size, 4, seed + 71)
    uneven = numpy.float32(0.95) * streaks + numpy.float32(0.3) * ripples
    return numpy.asarray(numpy.float32(BUMPY[number]) * uneven + numpy.float32(0.5) * clouds)


def _colours(recipe: GlassRecipe, pieces: Sequence[Polygon]) -> list[NDArray[numpy.float32]]:
    """Dark, body and bright (3, 3) of each piece: neighbours are often alike, and never all."""
    random = chance(recipe.seed + 1)
    palette = [rgb(each) for each in PALETTES[recipe.palette].split()]
    small = sheet((64, 64), 3.0, recipe.seed + 5)
    found = []
    for piece in pieces:
        x, y = (min(63, int(64 * each)) for each in polygons.middle(piece))
        x, y = max(x, 0), max(y, 0)
        at = 0.5 + 0.9 * float(small[y, x]) + random.uniform(-0.28, 0.28)
        body = numpy.array(palette[int(at * len(palette)) % len(palette)], numpy.float32)
        body *= numpy.float32(random.uniform(0.85, 1.1))
        found.append(numpy.stack([body * numpy.float32(0.3), body, body + (255 - body) * numpy.float32(0.5)]))
    return found


def _lit(window: Levels, recipe: GlassRecipe) -> Levels:
    """The window with light behind it, brightest above its middle, that also spills over the lead."""
    width, height = recipe.size
    x = (numpy.arange(width, dtype=numpy.float32)[None, :] + numpy.float32(0.5)) / width - numpy.float32(0.45)
    y = (numpy.arange(height, dtype=numpy.float32)[:, None] + numpy.float32(0.5)) / height - numpy.float32(0.35)
    sun = numpy.float32(1.1) - numpy.float32(0.6) * (x * x + y * y)
    lit: Levels = window * sun[..., None].astype(numpy.float32)
    step = max(1, max(recipe.size) // 128)
    small = lit[step // 2 :: step, step // 2 :: step]
    for channel in range(3):
        glow: Levels = small[..., channel]
        for _ in range(3):
            glow = numpy.asarray(ndimage.uniform_filter(glow, 5), dtype=numpy.float32)
        lit[..., channel] += numpy.float32(0.14) * enlarged(glow, recipe.size)
    return lit
