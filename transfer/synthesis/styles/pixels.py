"""Pixel art: a game's map from above, in few colours, with dithered shades and little sprites."""

from collections.abc import Sequence
from random import Random

import numpy
from numpy.typing import NDArray
from PIL import Image

from transfer.labels import Label, LabelMap
from transfer.synthesis.fields.chance import chance
from transfer.synthesis.fields.noise import Field as Levels
from transfer.synthesis.fields.noise import hashed
from transfer.synthesis.fields.sampled import moved
from transfer.synthesis.fields.sheet import fractal_sheet, sheet
from transfer.synthesis.fields.tones import rgb
from transfer.synthesis.made import Made, Making
from transfer.synthesis.recipes.pixels import PixelsRecipe
from transfer.synthesis.styles.sprites import SPRITES, sprite

Cells = NDArray[numpy.uint8]
BAYER = numpy.array([[0, 8, 2, 10], [12, 4, 14, 6], [3, 11, 1, 9], [15, 7, 13, 5]], numpy.float32)
# From the deepest sea to the highest peak; each letter is a colour of every palette.
HEIGHTS = "aabbcdefghhiijjkkllmno"
PLACES = {
    "ab": Label.DEEP_WATER, "cde": Label.WATER, "fg": Label.DESERT, "hi": Label.PLAIN, "jk": Label.FOREST,
    "lmn": Label.MOUNTAIN, "o": Label.ICE,
}  # fmt: skip
PALETTES = {
    "island": {
        "a": "1d2b6b", "b": "24509c", "c": "3484d0", "d": "5cc0ea", "e": "b8ecf4", "f": "f2dc9c", "g": "e0b868",
        "h": "a4d050", "i": "68b040", "j": "3c8c3c", "k": "286838", "l": "7c6a5c", "m": "9c8c7c", "n": "c4bcb0",
        "o": "fcfcf4", "p": "181426", "q": "d83c3c", "r": "902840", "s": "f0e8d0", "t": "8c5430", "u": "5c3424",
        "v": "f8d040", "w": "e878a8", "x": "484060", "y": "204c34", "z": "88c848",
    },
    "dusk": {
        "a": "1a1238", "b": "2c2060", "c": "4a3a98", "d": "7c64c8", "e": "c8a8e8", "f": "f4c890", "g": "d8946c",
        "h": "c88c50", "i": "a06848", "j": "744858", "k": "503454", "l": "5c4470", "m": "84648c", "n": "b890a8",
        "o": "fce8d8", "p": "120c20", "q": "f06848", "r": "a83850", "s": "fce0b0", "t": "804038", "u": "502838",
        "v": "fcd060", "w": "f088a0", "x": "382c58", "y": "342450", "z": "d8a858",
    },
    "handheld": {
        "a": "081820", "b": "102830", "c": "1c3c40", "d": "346856", "e": "88c070", "f": "e0f8d0", "g": "b8dca0",
        "h": "a0d080", "i": "88c070", "j": "5c9860", "k": "346856", "l": "285448", "m": "5c9860", "n": "a0d080",
        "o": "e0f8d0", "p": "081820", "q": "346856", "r": "183430", "s": "e0f8d0", "t": "346856", "u": "183430",
        "v": "e0f8d0", "w": "b8dca0", "x": "183430", "y": "183430", "z": "88c070",
    },
}  # fmt: skip


def make(recipe: PixelsRecipe) -> Making[Made]:
    """Land and sea in whole pixels of the art, and which place each is; its own size may be any."""
    yield 0.0
    long_side = max(recipe.size)
    size = (max(8, recipe.pixels * recipe.size[0] // long_side), max(8, recipe.pixels * recipe.size[1] // long_side))
    height = _height(recipe, size)
    cells = _ground(height, recipe.seed)
    yield 0.3
    _place(cells, height, chance(recipe.seed), recipe.seed)
    palette = PALETTES[recipe.palette]
    table = numpy.zeros((256, 3), numpy.uint8)
    for letter, colour in palette.items():
        table[ord(letter)] = rgb(colour)
    yield 0.6
    rows, columns = (numpy.arange(new) * old // new for new, old in zip(recipe.size[::-1], size[::-1], strict=True))
    art, places = (each[rows[:, None], columns[None, :]] for each in (table[cells], _places(height)))
    return Made(picture=Image.fromarray(art), labels=LabelMap.of(places))


def _height(recipe: PixelsRecipe, size: tuple[int, int]) -> Levels:
    """About 0 to 1."""
    noise = fractal_sheet(size, recipe.scale, recipe.seed, 6, 0.5)
    far = numpy.float32(0.12 * max(size) / recipe.scale)
    bends = [sheet(size, 2 * recipe.scale, recipe.seed + 60 + 9 * axis) * far for axis in (0, 1)]
    found: Levels = numpy.clip(numpy.float32(0.5) + numpy.float32(0.95) * moved(noise, *bends), 0, 1)
    return found


def _ground(height: Levels, seed: int) -> Cells:
    """The letter of each pixel's colour: shades by height, dithered; light on slopes; marks on grass, sand and sea."""
    rows, columns = height.shape
    dither = numpy.tile(BAYER, (rows // 4 + 1, columns // 4 + 1))[:rows, :columns] / 16 - numpy.float32(0.47)
    slope = numpy.zeros_like(height)
    slope[1:, 1:] = height[:-1, :-1] - height[1:, 1:]
    steps = height * len(HEIGHTS) + numpy.float32(0.55) * dither
    steps += numpy.where(height > 0.42, numpy.clip(slope * 28, -1.2, 1.2), 0)
    letters = numpy.frombuffer(HEIGHTS.encode(), numpy.uint8)
    cells = letters[numpy.clip(steps, 0, len(HEIGHTS) - 1).astype(numpy.int64)]
    bits = hashed(numpy.arange(columns)[None, :], numpy.arange(rows)[:, None], seed + 4)
    calm = fractal_sheet((columns, rows), 6.0, seed + 8, 3, 0.5) > 0.06
    marks = numpy.where(calm, 0, bits % numpy.uint32(23))
    for ground, mark, number in (
        ("h", "z", 1),
        ("i", "h", 2),
        ("j", "k", 3),
        ("f", "g", 4),
        ("i", "k", 5),
        ("m", "n", 6),
    ):
        cells[(cells == ord(ground)) & (marks == number)] = ord(mark)
    return cells


def _places(height: Levels) -> Cells:
    """The label of each pixel, by its height alone: a house stands on the plain, and a boat on the water."""
    labels = numpy.array([label for letter in HEIGHTS for many, label in PLACES.items() if letter in many], numpy.uint8)
    found: Cells = labels[numpy.clip(height * len(HEIGHTS), 0, len(HEIGHTS) - 1).astype(numpy.int64)]
    return found


def _place(cells: Cells, height: Levels, random: Random, seed: int) -> None:
    """Puts sprites where they belong, those behind first."""
    rows, columns = cells.shape
    woods = fractal_sheet((columns, rows), 5.0, seed + 21, 3, 0.5)
    for row in range(2, rows, 5):
        for column in range(random.randrange(5), columns, 6):
            y, x = row + random.randrange(3), column + random.randrange(3)
            if y < rows and x < columns:
                name = _sprite_for(float(height[y, x]), float(woods[y, x]), random)
                if name:
                    sprite(cells, SPRITES[name], y, x)


def _sprite_for(height: float, wood: float, random: Random) -> str | None:
    """What stands at this height, if anything; `wood` is above 0 in woods."""
    draw = random.random()
    return next((name for name, below in _sprites_at(height, wood > 0.05) if draw < below), None)


def _sprites_at(height: float, is_wood: bool) -> Sequence[tuple[str, float]]:
    """What may stand there, each below what a number drawn from 0 to 1 has to be."""
    if height < 0.2:
        return (("wave", 0.35),)
    if height < 0.3:
        return ("boat", 0.02), ("crest", 0.3)
    if 0.34 < height < 0.42:
        return ("palm", 0.16), ("shell", 0.24)
    if 0.44 < height < 0.6:
        if is_wood:
            return ("tree", 0.7), ("bush", 1.0)
        return ("house", 0.045), ("tower", 0.06), ("flowers", 0.3), ("bush", 0.38)
    if 0.6 <= height < 0.72:
        return ("pine", 0.75), ("rock", 0.85)
    if 0.72 <= height < 0.92:
        return ("rock", 0.4), ("pine", 0.5), ("peak", 0.6)
    return (("peak", 0.4),) if height >= 0.92 else ()
