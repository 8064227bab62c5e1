"""Where the signs of a map stand: scattered evenly, never in the water nor on each other, drawn from north to south."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from transfer.labels import Label
from transfer.synthesis.fields.noise import hashed
from transfer.synthesis.looks.signs import VARIANTS
from transfer.synthesis.terrain import Terrain

MOUNTAINS, TREES, SPARSE = 1 / 46, 1 / 92, 1 / 30  # distances between signs, as shares of the long side
TOWN = 1 / 30  # side of a town's sign
HILLY = 500.0  # metres from which on open land has hills
HIGH = 3500.0  # metres at which mountains are drawn largest
FLATTER = 0.72  # how much closer rows are than columns
APART = 0.22  # of its width: what a sign keeps free around its foot
ROCKS: Mapping[int, str] = {Label.MOUNTAIN: "mountain", Label.ICE: "mountain", Label.PLAIN: "hill"}
PLANTS: Mapping[int, str] = {Label.FOREST: "tree"}
GROUND: Mapping[int, str] = {Label.DESERT: "dune", Label.PLAIN: "grass", Label.ICE: "ice"}
SPREAD = 0.32  # how far a sign is from its cell's middle at most, in cells


@dataclass(frozen=True)
class Placed:
    """A sign whose foot is at (x, y), in pixels; `side` is its width."""

    x: float
    y: float
    kind: str
    variant: int
    side: int


def placed(terrain: Terrain, seed: int, free: NDArray[numpy.bool_]) -> list[Placed]:
    """All signs, northernmost first; `free` (h, w), on a coarser grid, says where the land is wide enough for one."""
    room = _Room(terrain, free)
    long_side = max(terrain.height.shape)
    found: list[Placed] = []
    for number, (x, y) in enumerate(terrain.cities):
        side = max(2, round(TOWN * long_side))
        room.take(x, y, side * 0.6)
        found.append(Placed(x, y + side * 0.35, "town", number % VARIANTS, side))
    for spacing, signs in ((MOUNTAINS * long_side, ROCKS), (TREES * long_side, PLANTS), (SPARSE * long_side, GROUND)):
        for place in _scattered(terrain, spacing, seed, signs, free):
            sign = _sign_at(place, signs)
            if sign is None:
                continue
            kind, size = sign
            side = max(2, round(size * spacing))
            if room.has(place.x, place.y, side * APART):
                room.take(place.x, place.y, side * APART)
                found.append(Placed(place.x, place.y + side * 0.3, kind, place.chance % VARIANTS, side))
    return sorted(found, key=lambda each: (each.y, each.x))


@dataclass(frozen=True)
class _Place:
    """A point in pixels, a chance from 0 to 255, and the land there: metres, degrees Celsius."""

    x: float
    y: float
    chance: int
    label: int
    metres: float
    degrees: float


def _sign_at(place: _Place, signs: Mapping[int, str]) -> tuple[str, float] | None:
    """The kind of sign that belongs to a place, of those given, and its size in distances between signs."""
    kind = signs[place.label]
    if signs is ROCKS:
        if kind == "hill":
            return ("hill", 0.9) if place.metres > HILLY and place.chance & 3 else None
        grows = round(4 * min(1.0, max(0.0, place.metres / HIGH))) / 4  # in steps: few sizes are drawn quickly
        return ("mountain", 1.15 + 0.75 * grows) if place.label == Label.MOUNTAIN or grows >= 0.5 else None
    if kind == "tree":
        return ("conifer" if place.degrees < 9 else "leafy"), 1.4
    return None if kind == "grass" and not place.chance & 3 else (kind, 0.5)


def _scattered(
    terrain: Terrain, spacing: float, seed: int, labels: Collection[int], free: NDArray[numpy.bool_]
) -> Iterator[_Place]:
    """A point in each cell of a grid whose every other row is shifted, where the land is free and has such a label."""
    height, width = terrain.height.shape
    columns, rows = max(1, round(width / spacing)), max(1, round(height / (spacing * FLATTER)))
    column, row = numpy.arange(columns, dtype=numpy.int64)[None, :], numpy.arange(rows, dtype=numpy.int64)[:, None]
    bits = hashed(column, row, seed + columns)
    aside, below = (((bits >> numpy.uint32(shift)) & numpy.uint32(255)) / 255.0 - 0.5 for shift in (8, 16))
    x = (column + 0.25 + 0.5 * (row % 2) + aside * 2 * SPREAD) * (width / columns)
    y = numpy.clip((row + 0.5 + below * 2 * SPREAD) * (height / rows), 0, height - 1e-3)
    x = x % width if terrain.wraps else numpy.clip(x, 0, width - 1e-3)
    at = (y.astype(numpy.intp), numpy.minimum(x.astype(numpy.intp), width - 1))
    scale = free.shape[1] / width
    cell = tuple(
        numpy.minimum((each * scale).astype(numpy.intp), most - 1)
        for each, most in zip((y, x), free.shape, strict=True)
    )
    here = terrain.labels.values[at]
    chosen = numpy.nonzero(numpy.isin(here, list(labels)) & free[cell])
    at = (at[0][chosen], at[1][chosen])
    values = (x[chosen], y[chosen], bits[chosen] & numpy.uint32(255), here[chosen])
    for each in zip(*values, terrain.height[at], terrain.temperature[at], strict=True):
        yield _Place(float(each[0]), float(each[1]), int(each[2]), int(each[3]), float(each[4]), float(each[5]))


class _Room:
    """Which places are taken, on the grid of `free`."""

    def __init__(self, terrain: Terrain, free: NDArray[numpy.bool_]) -> None:
        self.free = free.copy()
        self.scale = free.shape[1] / terrain.height.shape[1]

    def _around(self, x: float, y: float, reach: float) -> tuple[slice, slice]:
        left, top, around = x * self.scale, y * self.scale, reach * self.scale
        return (
            slice(max(0, int(top - around)), int(top + around) + 1),
            slice(max(0, int(left - around)), int(left + around) + 1),
        )

    def has(self, x: float, y: float, reach: float) -> bool:
        """Whether there is room for a sign around (x, y)."""
        return bool(self.free[self._around(x, y, reach)].all())

    def take(self, x: float, y: float, reach: float) -> None:
        """Keeps other signs away."""
        self.free[self._around(x, y, reach)] = False
