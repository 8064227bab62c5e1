"""The plan of a city: wards, a river, a ring, streets and blocks. Lengths are in the picture's long side."""

import math
from dataclasses import dataclass, field
from enum import Enum
from random import Random

import numpy
from numpy.typing import NDArray

from transfer.synthesis import polygons
from transfer.synthesis.fields.chance import chance
from transfer.synthesis.polygons import Point, Polygon, Segment, sides

BEYOND = 0.08  # how far the plan reaches over each edge of the picture
WARDS = 60  # at which number lengths are as written here


class Use(Enum):
    """What a block is for."""

    OLD = "old"
    INNER = "inner"
    OUTER = "outer"
    PARK = "park"
    FIELD = "field"
    WOOD = "wood"


@dataclass(frozen=True)
class Manner:
    """How a ward is cut into blocks: up to an area, with streets of a width between, that lean as a share of a right
    angle."""

    area: float
    street: float
    slant: float


MANNERS = {
    Use.OLD: Manner(0.0011, 0.0030, 0.30),
    Use.INNER: Manner(0.0021, 0.0045, 0.10),
    Use.OUTER: Manner(0.0034, 0.0045, 0.07),
    Use.FIELD: Manner(0.0050, 0.0012, 0.12),
}
MAIN_STREET, RING = 0.0075, 0.016


@dataclass(frozen=True)
class River:
    """Its middle as points (N, 2) with unit normals (N, 2), and half its width."""

    points: NDArray[numpy.float64]
    normals: NDArray[numpy.float64]
    half: float

    def nearest(self, point: Point) -> tuple[int, float]:
        """The number of the nearest point of its middle, and how far away that is."""
        away = self.points - point
        squares = away[:, 0] * away[:, 0] + away[:, 1] * away[:, 1]
        best = int(numpy.argmin(squares))
        return best, math.sqrt(squares[best])


@dataclass
class Plan:
    """A city. `scale` is how long things are beside those of a city of 60 wards; `bridges` are numbers of the river's
    points."""

    box: Point
    scale: float
    centre: Point
    wards: list[tuple[Use, Polygon]] = field(default_factory=list)
    streets: list[Segment] = field(default_factory=list)
    ring: list[Segment] = field(default_factory=list)
    blocks: list[tuple[Use, Polygon]] = field(default_factory=list)
    river: River | None = None
    bridges: list[int] = field(default_factory=list)
    quay: float = 0.0


def plan(box: Point, wards: int, river: bool, ring: bool, sprawl: float, parks: float, seed: int) -> Plan:
    """The plan of a city in a box from (0, 0)."""
    random = chance(seed)
    centre = (box[0] * random.uniform(0.42, 0.58), box[1] * random.uniform(0.42, 0.58))
    scale = math.sqrt(WARDS / wards)
    made = Plan(box, scale, centre, quay=0.006 * scale)
    if river:
        made.river = _river(box, centre, 0.014 * math.sqrt(scale), random)
    cells = _cells(box, centre, wards, random)
    uses = [_use(polygons.middle(cell), made, sprawl, random) for cell in cells]
    _lay_parks(uses, parks, random)
    made.wards = list(zip(uses, cells, strict=True))
    built = {_key(edge): edge for use, cell in made.wards if use not in (Use.FIELD, Use.WOOD) for edge in sides(cell)}
    made.streets = list(built.values())
    if ring:
        made.ring = _outline([cell for use, cell in made.wards if use is Use.OLD])
    ringed = {_key(edge) for edge in made.ring}
    for use, cell in made.wards:
        _cut_into_blocks(made, use, cell, ringed, random)
    _lay_bridges(made)
    return made


def _cells(box: Point, centre: Point, wards: int, random: Random) -> list[Polygon]:
    """Wards, smaller towards the centre."""
    wide, high = box[0] + 2 * BEYOND, box[1] + 2 * BEYOND
    count = round(wards * wide * high / (box[0] * box[1]))
    points: list[Point] = []
    while len(points) < count:
        x, y = wide * random.random(), high * random.random()
        away = (x - BEYOND - centre[0]) ** 2 + (y - BEYOND - centre[1]) ** 2
        if random.random() < 0.25 + 0.75 / (1 + 14 * away):
            points.append((x, y))
    return [[(x - BEYOND, y - BEYOND) for x, y in cell] for cell in polygons.cells(points, (wide, high), 1)]


def _use(at: Point, made: Plan, sprawl: float, random: Random) -> Use:
    away = math.hypot(at[0] - made.centre[0], at[1] - made.centre[1]) + random.uniform(-0.03, 0.03)
    if away < 0.19:
        return Use.OLD
    if away < 0.19 + 0.32 * sprawl:
        return Use.INNER
    if away < 0.24 + 0.75 * sprawl:
        return Use.OUTER
    return Use.WOOD if random.random() < 0.25 else Use.FIELD


def _lay_parks(uses: list[Use], share: float, random: Random) -> None:
    candidates = [number for number, use in enumerate(uses) if use in (Use.INNER, Use.OUTER)]
    for number in random.sample(candidates, round(share * len(candidates))):
        uses[number] = Use.PARK


def _river(box: Point, centre: Point, half: float, random: Random) -> River:
    """A winding line from one edge of the box to the other, past the centre."""
    offset = random.choice((-1, 1)) * random.uniform(0.05, 0.11)
    waves = [(random.uniform(0.05, 0.09), 0.9, random.random()), (random.uniform(0.01, 0.025), 2.3, random.random())]
    upright = random.random() < 0.5
    long, middle = (box[1], centre[0]) if upright else (box[0], centre[1])
    points = []
    for step in range(401):
        along = -BEYOND + (long + 2 * BEYOND) * step / 400
        lean = 0.25 * (along - long / 2)
        aside = middle + offset + lean + math.fsum(a * math.sin(math.tau * (f * along + p)) for a, f, p in waves)
        points.append((aside, along) if upright else (along, aside))
    line = numpy.array(points)
    ahead = numpy.gradient(line, axis=0)
    long_ = numpy.sqrt(ahead[:, :1] ** 2 + ahead[:, 1:] ** 2)
    return River(line, numpy.stack([-ahead[:, 1], ahead[:, 0]], axis=1) / long_, half)


def _outline(cells: list[Polygon]) -> list[Segment]:
    """The edges that belong to one of the cells only."""
    found: dict[tuple[Point, ...], list[Segment]] = {}
    for cell in cells:
        for edge in sides(cell):
            found.setdefault(_key(edge), []).append(edge)
    return [edges[0] for edges in found.values() if len(edges) == 1]


def _key(edge: Segment) -> tuple[Point, ...]:
    """The same for both directions of an edge, and for the rounding of two cells that share it."""
    return tuple(sorted((round(x, 6), round(y, 6)) for x, y in edge))


def _cut_into_blocks(made: Plan, use: Use, cell: Polygon, ringed: set[tuple[Point, ...]], random: Random) -> None:
    rural = use in (Use.FIELD, Use.WOOD)
    ward = cell
    for (normal, limit), edge in zip(polygons.edges(cell), _long_sides(cell), strict=True):
        width = RING if _key(edge) in ringed else 0.002 if rural else MAIN_STREET
        ward = polygons.clipped(ward, normal, limit - width * made.scale / 2)
    pieces = [ward] if len(ward) > 2 else []
    manner = MANNERS.get(use)
    if manner is not None and pieces:
        most = manner.area * made.scale**2
        pieces = polygons.split(
            ward,
            random,
            lambda piece: polygons.area(piece) < most * random.uniform(0.7, 1.5),
            manner.slant,
            manner.street * made.scale,
        )
    for piece in pieces:
        for part in _beside_river(piece, made):
            if polygons.area(part) > 0.00008 * made.scale**2:
                made.blocks.append((use, part))


def _long_sides(polygon: Polygon) -> list[Segment]:
    return [(a, b) for a, b in sides(polygon) if math.hypot(b[0] - a[0], b[1] - a[1]) > 1e-9]


def _beside_river(piece: Polygon, made: Plan) -> list[Polygon]:
    """What a river leaves of a block, on both banks."""
    if made.river is None:
        return [piece]
    at = polygons.middle(piece)
    number, away = made.river.nearest(at)
    reach = max(math.hypot(x - at[0], y - at[1]) for x, y in piece)
    margin = made.river.half + made.quay
    if away > reach + margin:
        return [piece]
    x, y = made.river.points[number].tolist()
    u, v = made.river.normals[number].tolist()
    return [part for part in polygons.halves(piece, (x, y), (u, v), 2 * margin) if part]


def _lay_bridges(made: Plan) -> None:
    """Where main streets cross the river, but not too near each other."""
    if made.river is None:
        return
    crossings = []
    for a, b in made.streets:
        first, second = (made.river.nearest(point) for point in (a, b))
        sides_ = [_side(made.river, number, point) for (number, _), point in ((first, a), (second, b))]
        if sides_[0] * sides_[1] < 0:
            part = abs(sides_[0]) / (abs(sides_[0]) + abs(sides_[1]))
            crossings.append(made.river.nearest((a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])))[0])
    for number in sorted(crossings):
        if not made.bridges or number - made.bridges[-1] > 24:
            made.bridges.append(number)


def _side(river: River, number: int, point: Point) -> float:
    (x, y), (u, v) = river.points[number].tolist(), river.normals[number].tolist()
    return float(u * (point[0] - x) + v * (point[1] - y))
