"""Land as a block game builds it: what each block is made of, and how high it lies."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from scipy import ndimage

from transfer.labels import Label
from transfer.synthesis.fields.noise import hashed
from transfer.synthesis.looks.colours import Colour
from transfer.synthesis.looks.strokes import rivers
from transfer.synthesis.terrain import Terrain

MATERIALS: Mapping[str, Colour] = {
    "water": (64, 108, 216),
    "ice": (160, 188, 250),
    "grass": (120, 172, 72),
    "dry grass": (174, 176, 86),
    "cold grass": (128, 156, 112),
    "sand": (232, 218, 164),
    "red sand": (206, 142, 84),
    "stone": (128, 128, 128),
    "gravel": (146, 138, 134),
    "snow": (248, 252, 252),
    "oak leaves": (56, 118, 40),
    "spruce leaves": (48, 92, 68),
    "jungle leaves": (38, 132, 34),
    "snowy leaves": (202, 218, 216),
    "cactus": (66, 124, 44),
    "flowers": (226, 86, 74),
    "path": (170, 142, 94),
    "wheat": (216, 184, 82),
    "carrots": (104, 150, 50),
    "brick": (172, 86, 68),
    "dark planks": (106, 72, 44),
    "slate": (92, 98, 112),
    "cobble": (150, 146, 142),
}
NAMES = tuple(MATERIALS)
STEPS = 36  # levels between the sea and the highest place, fewer where that is low
LEAST_STEP = 25  # metres
DEPTHS = 10  # levels of water
TREES = 4  # blocks between two trees in a forest
CROWN = tuple((x, y) for y in range(-2, 3) for x in range(-2, 3) if abs(x) + abs(y) < 4)
BY_LABEL = ((Label.DESERT, "sand"), (Label.MOUNTAIN, "stone"), (Label.ICE, "snow"), (Label.CITY, "grass"))


@dataclass(frozen=True)
class Blocks:
    """`material` (H, W) are places in `NAMES`, `level` (H, W) heights in blocks, negative under water, `labels` (H, W)
    what places are."""

    material: NDArray[numpy.uint8]
    level: NDArray[numpy.int32]
    labels: NDArray[numpy.uint8]

    def put(self, rows: NDArray, columns: NDArray, name: str, level: NDArray | int) -> None:
        """Puts blocks there, where the map has such places; two of one call at one place must be alike."""
        height, width = self.material.shape
        inside = (rows >= 0) & (rows < height) & (columns >= 0) & (columns < width)
        at = (rows[inside], columns[inside])
        self.material[at] = NAMES.index(name)
        numpy.maximum.at(self.level, at, numpy.broadcast_to(level, rows.shape)[inside].astype(numpy.int32))


def built(terrain: Terrain, seed: int) -> Blocks:
    """The ground, its water and its plants; a block for each cell of the land."""
    blocks = _ground(terrain, seed)
    ground = blocks.level.copy()
    bare = blocks.labels.copy()
    for name, chosen, density in _woods(terrain, blocks):
        _plant(blocks, ground, bare, name, chosen, density, seed)
    return blocks


def _ground(terrain: Terrain, seed: int) -> Blocks:
    height, width = terrain.height.shape
    labels = terrain.labels.values.copy()
    stream = rivers((width, height), terrain.rivers, terrain.wraps, 1.1) > 100
    labels[stream & (labels > Label.WATER)] = Label.WATER
    water = labels <= Label.WATER
    step = max(LEAST_STEP, int(terrain.height.max()) // STEPS)
    level = numpy.floor(numpy.maximum(terrain.height, 0) * numpy.float32(1 / step)).astype(numpy.int32) + 1
    deepest = max(1, -int(terrain.height.min()))
    depth = numpy.floor(numpy.minimum(terrain.height, 0) * numpy.float32(DEPTHS / deepest)).astype(numpy.int32)
    level = numpy.where(water, numpy.minimum(depth, -1), level)
    material = numpy.full(labels.shape, NAMES.index("grass"), numpy.uint8)
    warm, dry = terrain.temperature, terrain.moisture < 0.45
    material[(warm > 20) & dry] = NAMES.index("dry grass")
    material[warm < 6] = NAMES.index("cold grass")
    for label, name in BY_LABEL:
        material[labels == label] = NAMES.index(name)
    chance = _chance(labels.shape, seed)
    material[(labels == Label.MOUNTAIN) & (chance < 34)] = NAMES.index("gravel")
    material[(labels == Label.MOUNTAIN) & (warm < -1)] = NAMES.index("snow")
    material[(labels == Label.DESERT) & (terrain.height > 700)] = NAMES.index("red sand")
    shores = ndimage.binary_dilation(terrain.height < 0, iterations=max(1, max(labels.shape) // 128))
    material[shores & (level < 3) & (warm > 0) & (labels != Label.CITY)] = NAMES.index("sand")
    material[water] = NAMES.index("water")
    material[water & (warm < -10 + chance / numpy.float32(100))] = NAMES.index("ice")
    return Blocks(material, level, labels)


def _woods(terrain: Terrain, blocks: Blocks) -> list[tuple[str, NDArray[numpy.bool_], int]]:
    """What grows where, and how many of 256 places of trees have one."""
    warm, wood, open_land = terrain.temperature, blocks.labels == Label.FOREST, blocks.labels == Label.PLAIN
    cold, hot = warm < 7, (warm > 22) & (terrain.moisture > 0.6)
    return [
        ("cactus", blocks.material == NAMES.index("sand"), 0),
        ("oak leaves", wood & ~cold & ~hot, 214),
        ("spruce leaves", wood & cold, 214),
        ("jungle leaves", wood & hot, 240),
        ("oak leaves", open_land & ~cold, 16),
        ("spruce leaves", open_land & cold, 14),
        ("snowy leaves", (blocks.labels == Label.ICE) & (terrain.height >= 0), 14),
    ]


def _plant(
    blocks: Blocks, ground: NDArray, bare: NDArray, name: str, chosen: NDArray[numpy.bool_], density: int, seed: int
) -> None:
    """Trees, one in most cells of a grid and never in its middle; single plants for what has no crown."""
    if name == "cactus":
        chance = _chance(chosen.shape, seed + 3)
        rows, columns = numpy.nonzero(chosen & (chance < 3) & (blocks.labels == Label.DESERT))
        blocks.put(rows, columns, "cactus", ground[rows, columns] + 2)
        rows, columns = numpy.nonzero((blocks.material == NAMES.index("grass")) & (chance > 251))
        blocks.put(rows, columns, "flowers", ground[rows, columns])
        return
    height, width = chosen.shape
    row, column = numpy.arange(-(-height // TREES))[:, None], numpy.arange(-(-width // TREES))[None, :]
    bits = hashed(column, row, seed + 7)
    rows = (row * TREES + (bits >> numpy.uint32(8)) % numpy.uint32(TREES)).astype(numpy.intp)
    columns = (column * TREES + (bits >> numpy.uint32(12)) % numpy.uint32(TREES)).astype(numpy.intp)
    rows, columns = numpy.minimum(rows, height - 1), numpy.minimum(columns, width - 1)
    standing = chosen[rows, columns] & ((bits & numpy.uint32(255)) < density)
    rows, columns, bits = rows[standing], columns[standing], bits[standing]
    tall = ground[rows, columns] + 4 + ((bits >> numpy.uint32(16)) % numpy.uint32(3)).astype(numpy.int32)
    small = (bits >> numpy.uint32(20)) % numpy.uint32(3) == 0
    for right, down in CROWN:
        here = ~small if max(abs(right), abs(down)) > 1 else numpy.ones(small.shape, bool)
        at = (numpy.clip(rows[here] + down, 0, height - 1), numpy.clip(columns[here] + right, 0, width - 1))
        dry = bare[at] > Label.WATER
        blocks.put(at[0][dry], at[1][dry], name, (tall[here] - (abs(right) + abs(down) + 1) // 2)[dry])


def _chance(shape: tuple[int, ...], seed: int) -> NDArray[numpy.uint32]:
    """A number from 0 to 255 for each block."""
    bits = hashed(numpy.arange(shape[1])[None, :], numpy.arange(shape[0])[:, None], seed)
    return numpy.asarray(bits >> numpy.uint32(24))
