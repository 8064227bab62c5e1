"""Flat colours with soft edges, as the map of a game."""

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.labels import Label
from transfer.synthesis.fields.easing import eased
from transfer.synthesis.fields.noise import Field
from transfer.synthesis.looks.built_up import built_up
from transfer.synthesis.looks.colours import Colour, flat, mix, pixels
from transfer.synthesis.looks.grids import Stretched, blurred, coarse, smudged, strips
from transfer.synthesis.looks.shading import gradients
from transfer.synthesis.looks.shore import Shore
from transfer.synthesis.looks.strokes import rivers
from transfer.synthesis.terrain import Terrain

COLOURS: dict[str, Colour] = {
    "deep water": (46, 104, 160),
    "water": (70, 136, 190),
    "lake": (98, 166, 212),
    "tundra": (176, 184, 152),
    "grassland": (150, 190, 92),
    "savanna": (194, 190, 92),
    "taiga": (74, 122, 92),
    "forest": (78, 142, 66),
    "rainforest": (38, 116, 62),
    "steppe": (206, 192, 142),
    "desert": (236, 208, 136),
    "mountain": (142, 130, 122),
    "high mountain": (174, 166, 162),
    "ice": (240, 246, 250),
    "city": (196, 78, 60),
}
NAMES = tuple(COLOURS)
SURF, OUTLINE, ROOFS = flat((134, 196, 226)), flat((40, 78, 108)), flat((232, 150, 122))
SHARPER = (numpy.arange(256, dtype=numpy.float32) / 255) ** 2 * (numpy.arange(256, dtype=numpy.float32) / 255) ** 2
BYTE = numpy.float32(1 / 255)
PEN = 1 / 1600  # half the width of the coast's outline, as a share of the long side


def biomes(terrain: Terrain) -> NDArray[numpy.uint8]:
    """The place in `NAMES` of each pixel's biome (H, W): its label, told apart by temperature, moisture and height."""
    labels, cold = terrain.labels.values, terrain.temperature
    found = numpy.full(labels.shape, NAMES.index("grassland"), numpy.uint8)
    for label, name in (
        (Label.DEEP_WATER, "deep water"),
        (Label.WATER, "water"),
        (Label.FOREST, "forest"),
        (Label.DESERT, "desert"),
        (Label.MOUNTAIN, "mountain"),
        (Label.ICE, "ice"),
        (Label.CITY, "city"),
    ):
        found[labels == label] = NAMES.index(name)
    plain, forest, desert = (labels == label for label in (Label.PLAIN, Label.FOREST, Label.DESERT))
    found[plain & (cold > 20) & (terrain.moisture < 0.5)] = NAMES.index("savanna")
    found[plain & (cold < 2)] = NAMES.index("tundra")
    found[forest & (cold < 7)] = NAMES.index("taiga")
    found[forest & (cold > 22) & (terrain.moisture > 0.6)] = NAMES.index("rainforest")
    found[desert & (cold < 12)] = NAMES.index("steppe")
    found[(labels == Label.MOUNTAIN) & (terrain.height > 2800)] = NAMES.index("high mountain")
    found[terrain.lakes] = NAMES.index("lake")
    return found


def draw(terrain: Terrain, seed: int) -> Image.Image:
    """The map in flat colours."""
    height, width = terrain.height.shape
    long_side = max(width, height)
    kinds = biomes(terrain)
    present = numpy.flatnonzero(numpy.bincount(kinds.ravel(), minlength=len(NAMES)))
    radius = max(0.5, long_side / 700)
    shares = [(flat(COLOURS[NAMES[kind]]), smudged(kinds == kind, radius, terrain.wraps, 1)) for kind in present]
    land = coarse(terrain.height >= 0)
    near = Stretched(blurred(land, max(land.shape) / 130, terrain.wraps), (width, height), terrain.wraps)
    lines = rivers((width, height), terrain.rivers, terrain.wraps, long_side / 420)
    towns = built_up(terrain, seed)
    shore, pen = Shore(terrain), numpy.float32(long_side * PEN)
    picture = numpy.empty((height, width, 3), numpy.uint8)
    for strip in strips(width, height, 2):
        rows = strip.rows
        across, down = (each[strip.inner] for each in gradients(terrain.height[strip.outer], terrain.wraps))
        away = shore.away(rows, terrain.height[rows], across, down)
        above = numpy.clip(away + numpy.float32(0.5), 0, 1)
        outline = numpy.clip(pen + numpy.float32(0.5) - numpy.abs(away), 0, min(1.0, float(pen)))
        colours = _blended([(colour, share[rows]) for colour, share in shares])
        shallow = near.at(rows)
        ring = 0.45 * eased(shallow, 0.02, 0.07) + 0.4 * eased(shallow, 0.2, 0.27)
        colours = mix(colours, SURF, ring.astype(numpy.float32) * (1 - above))
        colours = mix(colours, flat(COLOURS["lake"]), lines[rows] * BYTE * above)
        if towns is not None:
            colours = mix(colours, ROOFS, towns.cover[rows] * (BYTE * BYTE) * towns.blocks[rows])
        picture[rows] = pixels(mix(colours, OUTLINE, outline))
    return Image.fromarray(picture)


def _blended(shares: list[tuple[Field, NDArray[numpy.uint8]]]) -> Field:
    """The colours mixed by the fourth power of their shares: edges stay soft, and narrow."""
    total: Field = numpy.full(shares[0][1].shape, 1e-6, numpy.float32)
    colours: Field = numpy.zeros((3, *total.shape), numpy.float32)
    for colour, share in shares:
        if share.any():
            weight = SHARPER[share]
            total += weight
            colours += colour * weight
    colours /= total
    return colours
