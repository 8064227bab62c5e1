"""Villages of a block map: crossing paths, houses with roofs and fields around each city of the land."""

import numpy

from transfer.labels import Label
from transfer.synthesis.boards.building import Blocks
from transfer.synthesis.fields.noise import hashed
from transfer.synthesis.terrain import Terrain

ROOFS = ("brick", "dark planks", "slate", "brick")
LARGE = 192  # blocks along the long side from which on villages have sixteen plots, not four
PLOT = 7  # blocks from one plot to the next
FIELDS = ("wheat", "carrots", "wheat")


def settle(blocks: Blocks, terrain: Terrain, seed: int) -> None:
    """Builds the villages; what they cover is labelled a city."""
    ground = blocks.level.copy()
    wet = blocks.labels <= Label.WATER
    for number, (x, y) in enumerate(terrain.cities):
        _Village(blocks, ground, wet, int(x), int(y), seed + 100 * number).build()


class _Village:
    def __init__(self, blocks: Blocks, ground: numpy.ndarray, wet: numpy.ndarray, x: int, y: int, seed: int) -> None:
        self.blocks, self.ground, self.wet = blocks, ground, wet
        self.x, self.y, self.seed = x, y, seed

    def chance(self, number: int, shift: int) -> int:
        """From 0 to 15, for a plot."""
        return int(hashed(numpy.array([number]), numpy.array([shift]), self.seed)[0] >> 28)

    def build(self) -> None:
        """Paths first, then a house or a field on each plot."""
        half = 1 if max(self.ground.shape) < LARGE else 2
        size = half * PLOT + self.chance(0, 9) % 3
        self.fill(-size, -1, 2 * size, 2, "path", 0)
        self.fill(-1, -size, 2, 2 * size, "path", 0)
        number = 0
        for down in range(-half, half):
            for right in range(-half, half):
                number += 1
                left, top = right * PLOT + (2 if right >= 0 else 0), down * PLOT + (2 if down >= 0 else 0)
                outer = (right in (-half, half - 1)) + (down in (-half, half - 1))
                if self.chance(number, 1) < 3 * outer:
                    if self.chance(number, 2) < 11:
                        self.field(left, top, number)
                else:
                    self.house(left, top, number)

    def house(self, left: int, top: int, number: int) -> None:
        """A roof with a ridge; it slopes down to both sides."""
        wide, deep = 4 + self.chance(number, 3) % 3, 4 + self.chance(number, 4) % 2
        roof = ROOFS[self.chance(number, 5) % len(ROOFS)]
        if not self.dry(left, top, wide, deep):
            return
        base = self.highest(left, top, wide, deep) + 2
        for row in range(deep):
            self.fill(left, top + row, wide, 1, roof, base + min(row, deep - 1 - row) - self.lowest(left, top + row))
        if self.chance(number, 6) & 1:
            self.fill(left + 1, top + deep // 2, 1, 1, "cobble", 4)

    def field(self, left: int, top: int, number: int) -> None:
        """Rows of a crop with a ditch between them."""
        if not self.dry(left, top, 6, 5):
            return
        crop = FIELDS[self.chance(number, 7) % len(FIELDS)]
        self.fill(left, top, 6, 5, crop, 0)
        self.fill(left, top + 2, 6, 1, "path", 0)

    def _area(self, left: int, top: int, wide: int, deep: int) -> tuple[slice, slice]:
        first, start = self.y + top, self.x + left
        return slice(max(0, first), max(0, first + deep)), slice(max(0, start), max(0, start + wide))

    def dry(self, left: int, top: int, wide: int, deep: int) -> bool:
        """Whether all of it is land of the map."""
        found = self.wet[self._area(left, top, wide, deep)]
        return found.size == wide * deep and not found.any()

    def highest(self, left: int, top: int, wide: int, deep: int) -> int:
        """The ground's highest level there."""
        return int(self.ground[self._area(left, top, wide, deep)].max())

    def lowest(self, left: int, top: int) -> int:
        """The ground's level at one block."""
        return int(self.ground[self._area(left, top, 1, 1)].max())

    def fill(self, left: int, top: int, wide: int, deep: int, name: str, above: int) -> None:
        """Replaces what is there by a material, so much above the ground; not the water."""
        area = self._area(left, top, wide, deep)
        rows, columns = numpy.nonzero(~self.wet[area])
        rows, columns = rows + area[0].start, columns + area[1].start
        self.blocks.level[rows, columns] = 0
        self.blocks.put(rows, columns, name, self.ground[rows, columns] + above)
        self.blocks.labels[rows, columns] = Label.CITY
