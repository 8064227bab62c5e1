"""A map of hexagons, as board games have them."""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.labels import Label, LabelMap
from transfer.synthesis.boards.ground import share_of_land, terrain_of
from transfer.synthesis.boards.honeycomb import AXES, Honeycomb, Inside
from transfer.synthesis.boards.tokens import planted
from transfer.synthesis.fields.noise import Field, hashed
from transfer.synthesis.looks.biomes import COLOURS, NAMES, biomes
from transfer.synthesis.looks.colours import flat, looked_up, mix, pixels
from transfer.synthesis.looks.grids import strips
from transfer.synthesis.looks.strokes import rivers
from transfer.synthesis.made import Made, Making, River
from transfer.synthesis.recipes.boards import HexagonsRecipe
from transfer.synthesis.terrain import Terrain

FINER, SKETCHED = 6, 3  # cells of the land to a hexagon's width, and to one of a sketch
MOST = 384  # cells of the land along the long side
DARK, SURF, RIVER = flat((38, 40, 44)), flat((156, 208, 226)), flat((70, 136, 190))
MOUTH = 3.5  # sides of a hexagon that a river goes on at most, where its mouth became land
STEP = 1200.0  # metres above a neighbour at which a hexagon is lit as much as can be


@dataclass(frozen=True)
class Hexagons:
    """What each hexagon (N,) is: its label, its place in `looks.biomes.NAMES`, its height in metres."""

    labels: NDArray[numpy.uint8]
    kinds: NDArray[numpy.uint8]
    height: Field


def make(recipe: HexagonsRecipe) -> Making[Made]:
    """A map of hexagons; labels and height are the same all over a hexagon."""
    return (yield from _made(recipe, FINER))


def sketch(recipe: HexagonsRecipe) -> Making[Made]:
    """The same on coarser land."""
    return (yield from _made(recipe, SKETCHED))


def _made(recipe: HexagonsRecipe, finer: int) -> Making[Made]:
    yield 0.0
    terrain = yield from terrain_of(recipe, min(MOST, finer * recipe.across))
    return (yield from drawn(recipe, terrain))


def drawn(recipe: HexagonsRecipe, terrain: Terrain) -> Making[Made]:
    """Any land as a map of hexagons."""
    width, height = recipe.size
    comb = Honeycomb.across(recipe.size, recipe.across, recipe.stand == "flat")
    cells = sampled(terrain, comb)
    lowest, span = float(cells.height.min()), float(cells.height.max() - cells.height.min())
    levels = ((cells.height - numpy.float32(lowest)) * numpy.float32(65535 / max(span, 1e-6)) + 0.5).astype(
        numpy.uint16
    )
    water = tuple(_to_water(each, terrain, comb, cells) for each in terrain.rivers)
    picture = numpy.empty((height, width, 3), numpy.uint8)
    labels, elevation = numpy.empty((height, width), numpy.uint8), numpy.empty((height, width), numpy.uint16)
    lines = rivers(recipe.size, water, False, max(width, height) / 260)
    for strip in strips(width, height, 0):
        rows = strip.rows
        x = (numpy.arange(width, dtype=numpy.float32) + numpy.float32(0.5))[None, :]
        y = (numpy.arange(rows.start, rows.stop, dtype=numpy.float32) + numpy.float32(0.5))[:, None]
        inside = comb.inside(x, y)
        labels[rows], elevation[rows] = cells.labels[inside.number], levels[inside.number]
        picture[rows] = pixels(_coloured(recipe, comb, cells, inside, lines[rows]))
        yield 0.5 + 0.4 * rows.stop / height
    image = Image.fromarray(picture)
    if recipe.signs:
        planted(image, comb, cells.labels, cells.kinds, cells.height, recipe.seed)
    return Made(
        picture=image,
        height=elevation,
        sea=round(min(max(-lowest / max(span, 1e-6), 0), 1) * 65535),
        labels=LabelMap.of(labels),
        rivers=water,
        facts=(share_of_land(terrain), f"{recipe.across} hexagons along the long side"),
    )


def sampled(terrain: Terrain, comb: Honeycomb) -> Hexagons:
    """Each hexagon is what most of its land is, and as high as its mean; one with a city is a city."""
    rows, columns = terrain.height.shape
    scale = comb.width / columns
    x, y = ((numpy.arange(count) + 0.5) * scale for count in (columns, rows))
    number = comb.inside(x[None, :], y[:, None]).number
    middle_x, middle_y = comb.middles()
    at = (
        numpy.clip(middle_y / scale, 0, rows - 1).astype(numpy.intp),
        numpy.clip(middle_x / scale, 0, columns - 1).astype(numpy.intp),
    )
    labels = _most(number, terrain.labels.values, terrain.labels.values[at], comb.count)
    for town_x, town_y in terrain.cities:
        labels[comb.inside(numpy.array([[town_x * scale]]), numpy.array([[town_y * scale]])).number] = Label.CITY
    finer = biomes(terrain)
    kinds = _most(number, finer, finer[at], comb.count)
    # Metres are added up in whole centimetres, so that their order does not matter.
    whole = numpy.floor(terrain.height * numpy.float32(100)).astype(numpy.int64).ravel()
    counts = numpy.bincount(number.ravel(), minlength=comb.count)
    sums = numpy.bincount(number.ravel(), whole, comb.count)
    means = numpy.where(counts > 0, sums / numpy.maximum(counts, 1) / 100, terrain.height[at])
    dry = ~numpy.isin(labels, (Label.WATER, Label.DEEP_WATER))
    height = numpy.where(dry, numpy.maximum(means, 1), means).astype(numpy.float32)
    return Hexagons(labels, _agreeing(kinds, labels), height)


def _to_water(river: River, terrain: Terrain, comb: Honeycomb, cells: Hexagons) -> River:
    """A river in the picture's pixels; one that ends in water goes on until it reaches a hexagon of water."""
    rows, columns = terrain.height.shape
    scale = comb.width / columns
    points, widths = river.points * scale, river.widths * scale
    x, y = points[-1]
    column, row = (
        min(max(int(each), 0), most - 1) for each, most in zip(river.points[-1], (columns, rows), strict=True)
    )
    ends_in_water = terrain.is_water[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2].any()
    if ends_in_water and cells.labels[comb.inside(points[-1:, :1], points[-1:, 1:]).number] > Label.WATER:
        middle_x, middle_y = comb.middles()
        away = (middle_x - x) ** 2 + (middle_y - y) ** 2
        away[cells.labels > Label.WATER] = numpy.inf
        nearest = int(away.argmin())
        if away[nearest] < (MOUTH * comb.side) ** 2:
            points = numpy.concatenate([points, [[middle_x[nearest], middle_y[nearest]]]])
            widths = numpy.concatenate([widths, widths[-1:]])
    return River(points, widths, river.order)


def _most(number: NDArray, values: NDArray[numpy.uint8], at_middle: NDArray, count: int) -> NDArray[numpy.uint8]:
    """The value that most cells of each hexagon have; where it has none, that at its middle."""
    votes = numpy.bincount((number * 16 + values).ravel(), minlength=count * 16).reshape(count, 16)
    return numpy.where(votes.any(axis=1), votes.argmax(axis=1), at_middle).astype(numpy.uint8)


def _agreeing(kinds: NDArray[numpy.uint8], labels: NDArray[numpy.uint8]) -> NDArray[numpy.uint8]:
    """Kinds that say the same as the labels: where they do not, the plainest kind of the label."""
    plainest = {
        Label.DEEP_WATER: ("deep water",),
        Label.WATER: ("water", "lake"),
        Label.PLAIN: ("grassland", "savanna", "tundra"),
        Label.DESERT: ("desert", "steppe"),
        Label.FOREST: ("forest", "taiga", "rainforest"),
        Label.MOUNTAIN: ("mountain", "high mountain"),
        Label.ICE: ("ice",),
        Label.CITY: ("city",),
    }
    found = kinds.copy()
    for label, names in plainest.items():
        allowed = [NAMES.index(name) for name in names]
        found[(labels == label) & ~numpy.isin(kinds, allowed)] = allowed[0]
    return found


def _coloured(
    recipe: HexagonsRecipe, comb: Honeycomb, cells: Hexagons, inside: Inside, lines: NDArray[numpy.uint8]
) -> Field:
    """The colours (3, H, W) of some rows."""
    palette = numpy.array([COLOURS[name] for name in NAMES], dtype=numpy.float32).T
    palette[:, NAMES.index("city")] = (206, 190, 152)  # fields; the houses are signs
    light = _light(comb, cells, recipe.seed)
    tilt = (inside.right + inside.down) * numpy.float32(-0.045)  # each is a little domed, and lit from the upper left
    colours = looked_up(palette, cells.kinds[inside.number].astype(numpy.intp)) * (light[inside.number] + tilt)
    wet = cells.labels <= Label.WATER
    is_wet, meets_wet = wet[inside.number], wet[inside.neighbour]
    edge = inside.edge * numpy.float32(comb.side)  # in pixels
    shore = numpy.clip(1 - inside.edge * numpy.float32(3.2), 0, 1) * (is_wet & ~meets_wet)
    colours = mix(colours, SURF, shore * numpy.float32(0.8))
    colours = mix(colours, RIVER, lines * numpy.float32(0.95 / 255) * ~is_wet)
    coast = is_wet != meets_wet
    width = numpy.where(coast, numpy.float32(0.075), numpy.float32(0.035)) * numpy.float32(comb.side)
    covers = numpy.clip(numpy.maximum(width, 0.5) + numpy.float32(0.5) - edge, 0, 1) * numpy.minimum(width * 2, 1)
    strength = numpy.where(coast, numpy.float32(0.85), numpy.where(is_wet, numpy.float32(0.3), numpy.float32(0.55)))
    return mix(colours, DARK, covers * strength * numpy.float32(min(1, 2 * recipe.outlines)))


def _light(comb: Honeycomb, cells: Hexagons, seed: int) -> Field:
    """How bright each hexagon (N,) is: brighter if it rises above its upper left neighbours, and a little by chance."""
    every = numpy.arange(comb.count)
    height, dry = numpy.maximum(cells.height, 0), cells.labels > Label.WATER
    backwards = [(-steps, -rows) for steps, rows in AXES[:2]]
    first, second = (height - height[comb.around(every, steps)] for steps in backwards)
    rise = (first + second) * numpy.float32(0.5 / STEP) * dry
    chance = (hashed(every, every // comb.columns, seed) >> numpy.uint32(24)).astype(numpy.float32) / 255
    return numpy.asarray(0.97 + 0.06 * chance + numpy.clip(rise, -1, 1) * numpy.float32(0.2), dtype=numpy.float32)
