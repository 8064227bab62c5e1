"""Ink: a map drawn with a pen on old paper, with hills, woods, waves and a hatched coast, tinted by hand."""

import math
from random import Random

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.labels import Label, LabelMap
from transfer.synthesis.fields.chance import chance
from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field as Levels
from transfer.synthesis.fields.sampled import enlarged, moved
from transfer.synthesis.fields.sheet import fractal_sheet, ridged_sheet, sheet
from transfer.synthesis.fields.tones import grain, picture, rgb
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.ink import InkRecipe
from transfer.synthesis.styles.pen import Pen

GRID = 512  # cells along the long side, on which the coast is known
PAPER, STAIN, INK = "ead7ac", "b98d4f", "2e1d12"
DEEP, SEA, SHORE, MEADOW, WOOD, HILL = "2a5266", "7fa6a0", "4f8486", "c9c07a", "8f9f58", "b98a52"
DEEP_FROM, WOODED, HILLY = 0.055, 0.06, 0.56  # how far from the coast, and from where on there are trees and hills
LINES = (0.0045, 0.0105, 0.0175, 0.0255)  # of the long side: how far from the coast a line follows it


def make(recipe: InkRecipe) -> Making[Made]:
    """A map full of signs."""
    return (yield from _made(recipe, with_signs=True))


def sketch(recipe: InkRecipe) -> Making[Made]:
    """The same without its signs, which take most of the time."""
    return (yield from _made(recipe, with_signs=False))


def _made(recipe: InkRecipe, with_signs: bool) -> Making[Made]:
    yield 0.0
    size, long_side = recipe.size, max(recipe.size)
    land = _land(recipe)
    far = numpy.asarray(ndimage.distance_transform_edt(land < 0), dtype=numpy.float32) / numpy.float32(GRID)
    within = numpy.asarray(ndimage.distance_transform_edt(land >= 0), dtype=numpy.float32) / numpy.float32(GRID)
    coast: Levels = far - within  # signed, in the long side: positive in the sea
    for _ in range(2):
        coast = numpy.asarray(ndimage.uniform_filter(coast, 3), dtype=numpy.float32)  # takes the grid's steps off
    yield 0.15
    hills = ridged_sheet((GRID, GRID), 1.6 * recipe.scale, recipe.seed + 5, 4, 0.5)
    woods = fractal_sheet((GRID, GRID), 2.2 * recipe.scale, recipe.seed + 6, 5, 0.5)
    wide = _wide(coast, size, long_side)
    ink = _coast_lines(recipe, wide)
    if with_signs:
        signs = Pen(size, 0.0011 * recipe.pen)
        _draw_signs(signs, recipe, coast, hills, woods)
        yield 0.4
        signs.dries()
        drawn = numpy.asarray(signs.image.reduce(signs.times), numpy.float32) * numpy.float32(1 / 255)
        ink = numpy.maximum(drawn, ink)
    yield 0.5
    wobble = [sheet(size, 70, recipe.seed + 800 + 9 * axis) * numpy.float32(0.0016 * long_side) for axis in (0, 1)]
    ink = moved(ink, *wobble)
    ink *= numpy.float32(0.86) + numpy.float32(0.35) * fractal_sheet(size, 60, recipe.seed + 811, 4, 0.7)
    yield 0.75
    tinted = _tinted(recipe, wide, hills, woods)
    colour = numpy.array(rgb(INK), numpy.float32)
    ink = numpy.clip(ink, 0, 1)[..., None]
    labels = LabelMap.of(_labels(wide, *(_wide(each, size, long_side) for each in (hills, woods))))
    return Made(picture=picture(tinted + ink * (colour - tinted)), labels=labels)


def _land(recipe: InkRecipe) -> Levels:
    """Heights (GRID, GRID), about -1 to 1; land is above 0."""
    side = (GRID, GRID)
    height = fractal_sheet(side, recipe.scale, recipe.seed, 9, 0.52)
    far = numpy.float32(0.1 * GRID / recipe.scale)
    bends = [sheet(side, 2.5 * recipe.scale, recipe.seed + 70 + 9 * axis) * far for axis in (0, 1)]
    return moved(height, *bends) + numpy.float32(0.06)


def _wide(field: Levels, size: tuple[int, int], long_side: int) -> Levels:
    return enlarged(field, (long_side, long_side))[: size[1], : size[0]]


def _coast_lines(recipe: InkRecipe, coast: Levels) -> Levels:
    """The coast, lines that follow it in the sea, and hatching where the sea begins; coverage (H, W), 0 to 1."""
    long_side = max(recipe.size)
    pen = 0.0011 * recipe.pen
    broken = fractal_sheet(recipe.size, 30, recipe.seed + 33, 3, 0.6)
    ink = numpy.clip(
        (numpy.float32(1.25 * pen) - numpy.abs(coast)) * numpy.float32(long_side) + numpy.float32(0.5), 0, 1
    )
    for number, distance in enumerate(LINES):
        half = pen * (0.62 - 0.1 * number)
        away = numpy.abs(coast - numpy.float32(distance) + numpy.float32(0.0008) * broken)
        line = numpy.clip((numpy.float32(half) - away) * numpy.float32(long_side) + numpy.float32(0.5), 0, 1)
        ink = numpy.maximum(ink, line * eased(broken, -0.75 + 0.24 * number, -0.45 + 0.24 * number))
    rows = (numpy.arange(recipe.size[1], dtype=numpy.float32)[:, None] + numpy.float32(0.5)) / numpy.float32(long_side)
    place = (rows + numpy.float32(0.0008) * broken) * numpy.float32(1 / 0.0052)
    stripe = numpy.abs(place - numpy.floor(place) - numpy.float32(0.5)) * numpy.float32(0.0052)
    hatch = numpy.clip((numpy.float32(0.4 * pen) - stripe) * numpy.float32(long_side) + numpy.float32(0.5), 0, 1)
    reach = numpy.float32(0.011) + numpy.float32(0.008) * broken
    near = ((coast > 0) & (coast < reach)).astype(numpy.float32)
    return numpy.asarray(numpy.maximum(ink, numpy.float32(0.8) * hatch * near))


def _labels(coast: Levels, hills: Levels, woods: Levels) -> NDArray[numpy.uint8]:
    """Which place each pixel is."""
    found = numpy.where(coast > DEEP_FROM, numpy.uint8(Label.DEEP_WATER), numpy.uint8(Label.WATER))
    found[coast <= 0] = Label.PLAIN
    found[(coast <= 0) & (woods > WOODED)] = Label.FOREST
    found[(coast <= 0) & (hills > HILLY)] = Label.MOUNTAIN
    return found


def _draw_signs(pen: Pen, recipe: InkRecipe, coast: Levels, hills: Levels, woods: Levels) -> None:
    """Hills, trees, houses and waves, those behind first."""
    random, side = chance(recipe.seed + 1), GRID
    box = (recipe.size[0] / max(recipe.size), recipe.size[1] / max(recipe.size))
    clearings = fractal_sheet((side, side), 2.4 * recipe.scale, recipe.seed + 7, 3, 0.4)
    places = _places(0.0125, box, random)
    for x, y in sorted(places, key=lambda place: place[1]):
        row, column = (min(side - 1, max(0, int(each * side))) for each in (y, x))
        away, high, wood = float(coast[row, column]), float(hills[row, column]), float(woods[row, column])
        bare = float(clearings[row, column]) > 0.16
        if away > 0.03:
            if random.random() < (0.45 if away < 0.05 else 0.14 if away < 0.075 else 0.03):
                pen.wave((x, y), random.uniform(0.006, 0.011), random)
        elif away < -0.012 and not bare:
            _draw_on_land(pen, (x, y), high, wood, random)


def _draw_on_land(pen: Pen, at: tuple[float, float], high: float, wood: float, random: Random) -> None:
    """A hill where it is high, trees where there is wood, else a house or grass, or nothing."""
    if high > HILLY:
        if random.random() < 0.5:
            pen.hill(at, random.uniform(0.011, 0.017) * (0.6 + high), random)
    elif wood > WOODED:
        pen.tree(at, random.uniform(0.0055, 0.008), random)
        pen.tree((at[0] + 0.006, at[1] + 0.004), random.uniform(0.0045, 0.007), random)
    elif random.random() < 0.06:
        pen.house(at, random.uniform(0.006, 0.009), random)
    elif random.random() < 0.45 + 0.5 * wood:
        pen.grass(at, random.uniform(0.0035, 0.006), random)


def _places(step: float, box: tuple[float, float], random: Random) -> list[tuple[float, float]]:
    """Points about `step` apart, in rows that are shifted."""
    rows, columns = math.ceil(box[1] / step) + 2, math.ceil(box[0] / step) + 2
    return [
        ((column - 0.5 + 0.5 * (row % 2) + random.uniform(-0.3, 0.3)) * step, (row + random.uniform(-0.3, 0.3)) * step)
        for row in range(rows)
        for column in range(columns)
    ]


def _tinted(recipe: InkRecipe, coast: Levels, hills: Levels, woods: Levels) -> Levels:
    """Old paper with washes of colour (H, W, 3)."""
    size = recipe.size
    old = fractal_sheet(size, 3, recipe.seed + 900, 8, 0.6)
    fibres = fractal_sheet(size, 150, recipe.seed + 901, 2, 0.7, 0.4)
    paper, stain = (numpy.array(rgb(each), numpy.float32) for each in (PAPER, STAIN))
    found = paper + eased(old, 0.0, 0.75)[..., None] * numpy.float32(0.85) * (stain - paper)
    streaks = fractal_sheet(size, 24, recipe.seed + 902, 5, 0.6)
    hills, woods = (_wide(each, size, max(size)) for each in (hills, woods))
    uneven = numpy.float32(0.72) + numpy.float32(0.4) * streaks
    inland = eased(-coast, 0.0, 0.004)
    washes = (
        (SEA, (1 - inland) * numpy.float32(0.62)),
        (DEEP, eased(coast, 0.03, 0.085) * numpy.float32(0.95)),
        (SHORE, eased(coast, 0.0, 0.002) * (1 - eased(coast, 0.006, 0.05)) * numpy.float32(0.7)),
        (MEADOW, inland * numpy.float32(0.55)),
        (WOOD, inland * eased(woods, 0.0, 0.14) * numpy.float32(0.7)),
        (HILL, inland * eased(hills, 0.46, 0.62) * numpy.float32(0.75)),
    )
    for colour, cover in washes:
        wash = (cover * uneven * numpy.float32(recipe.tint))[..., None]
        found += numpy.clip(wash, 0, 1) * (numpy.array(rgb(colour), numpy.float32) - found)
    found *= 1 + (numpy.float32(0.05) * fibres + numpy.float32(0.02) * grain(size, recipe.seed + 903))[..., None]
    return found
