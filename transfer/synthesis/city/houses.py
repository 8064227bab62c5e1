"""What stands on the blocks of a city: rows of houses around courtyards, houses in gardens, trees, furrows."""

import math
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from random import Random
from typing import NamedTuple

from transfer.synthesis import polygons
from transfer.synthesis.city.plan import Plan, Use
from transfer.synthesis.fields.chance import chance
from transfer.synthesis.polygons import Point, Polygon, Segment, band, between, sides

SUN = (-0.62, -0.78)  # towards it: the north-west
SLOPE = 0.2  # how much lighter a roof is that faces the sun


class Layer(IntEnum):
    """What is drawn over what."""

    GROUND = 0
    BLOCK = 1
    SHADOW = 2
    HOUSE = 3
    COURT = 4
    TREE_SHADOW = 5
    TREE = 6


class Shape(NamedTuple):
    """A polygon, or a disc where `radius` is given, of a `material` lit by `light` (1: as flat ground is)."""

    layer: Layer
    polygon: Polygon
    material: str
    light: float = 1.0
    radius: float = 0.0


@dataclass(frozen=True)
class _Site:
    """How long things are beside those of a city of 60 wards, and how long a pixel is: what it would hide is left
    out. Each block has its own `random`, so that this changes nothing on the next one."""

    scale: float
    pixel: float
    random: Random


def standing(made: Plan, seed: int, pixel: float = 0.0) -> Iterator[Shape]:
    """All that stands on the blocks of a plan and can be seen where a pixel is so long, in the picture's long side."""
    for number, (use, block) in enumerate(made.blocks):
        if not _seen(block, made.box):
            continue
        site = _Site(made.scale, pixel, chance(1000 * seed + number))
        if use in (Use.OLD, Use.INNER):
            yield from _rows(block, use, site)
        elif use is Use.OUTER:
            yield from _villas(block, site)
        elif use is Use.FIELD:
            yield from _field(block, site)
        else:
            yield from _wood(block, use, site)


def _seen(block: Polygon, box: Point) -> bool:
    """Whether it or its shadow reaches into the picture."""
    return all(
        max(point[axis] for point in block) > -0.01 and min(point[axis] for point in block) < box[axis] + 0.01
        for axis in (0, 1)
    )


def _rows(block: Polygon, use: Use, site: _Site) -> Iterator[Shape]:
    """Houses wall to wall along the streets; a courtyard where there is room for one."""
    yield Shape(Layer.BLOCK, block, "pavement")
    front = polygons.inset(block, (0.0006 if use is Use.OLD else 0.0012) * site.scale)
    deep = (0.0075 if use is Use.OLD else 0.0095) * site.scale * site.random.uniform(0.85, 1.1)
    if not front:
        return
    back, ridge = polygons.inset(front, deep), polygons.inset(front, deep / 2)
    yield Shape(Layer.SHADOW, _shifted(front, 0.0034 * site.scale), "shadow")
    material = _roof(use, site.random)
    if len(back) != len(front) or len(ridge) != len(front):
        yield from _heap(front, use, site)
        return
    for edges in zip(sides(front), sides(ridge), sides(back), strict=True):
        material = yield from _row(edges, front, material, use, site)
    green = site.random.random() < (0.3 if use is Use.OLD else 0.75)
    yield from _court(back, green, site)


def _row(edges: Sequence[Segment], front: Polygon, material: str, use: Use, site: _Site) -> Generator[Shape, None, str]:
    """The houses of one street, between its front, its ridge and its back: the first of this material; gives the
    next one's."""
    (a, b), (c, d), (e, f) = edges
    facing = _light(a, b, front)
    width = (0.0058 if use is Use.OLD else 0.0085) * site.scale
    count = max(1, round(math.hypot(b[0] - a[0], b[1] - a[1]) / width))
    first = 0
    for number in range(count):
        worn = site.random.uniform(0.93, 1.07)
        following = _roof(use, site.random) if site.random.random() < 0.35 else material
        if width < 2 * site.pixel and following == material and number < count - 1:
            continue  # a pixel hides where one house ends and the next of the same kind begins
        left, right = first / count, (number + 1) / count
        outer = [between(a, b, left), between(a, b, right), between(c, d, right), between(c, d, left)]
        inner = [between(c, d, left), between(c, d, right), between(e, f, right), between(e, f, left)]
        yield Shape(Layer.HOUSE, outer, material, worn * (1 + SLOPE * facing))
        yield Shape(Layer.HOUSE, inner, material, worn * (1 - SLOPE * facing))
        first, material = number + 1, following
    return material


def _court(court: Polygon, green: bool, site: _Site) -> Iterator[Shape]:
    yield Shape(Layer.COURT, court, "court green" if green else "court", 0.62)
    lit = court
    for normal, limit in polygons.edges(_shifted(court, 0.003 * site.scale)):
        lit = polygons.clipped(lit, normal, limit)
    if lit:
        yield Shape(Layer.COURT, lit, "court green" if green else "court")
        if green:
            for _ in range(int(polygons.area(lit) / (0.00007 * site.scale**2)) + 1):
                yield from _tree(_inside(lit, site.random), site.scale * site.random.uniform(0.0013, 0.0022), site)
        elif polygons.area(lit) > 0.0003 * site.scale**2:
            shed = polygons.inset(lit, 0.004 * site.scale)
            if shed:
                yield Shape(Layer.COURT, shed, "slate", site.random.uniform(0.9, 1.1))


def _heap(front: Polygon, use: Use, site: _Site) -> Iterator[Shape]:
    """A block too narrow for a courtyard: houses cut from it, each with a ridge."""
    pieces = polygons.split(front, site.random, lambda piece: polygons.area(piece) < 0.00009 * site.scale**2, 0.05)
    for piece in pieces:
        yield from _gabled(piece, _roof(use, site.random), site.random)


def _gabled(piece: Polygon, material: str, random: Random) -> Iterator[Shape]:
    """A roof with its ridge along the longer side."""
    (x, y), _ = polygons.longest_axis(piece)
    across, worn = (-y, x), random.uniform(0.93, 1.07)
    facing = across[0] * SUN[0] + across[1] * SUN[1]
    one, other = polygons.halves(piece, polygons.middle(piece), across)
    for half, sign in ((one, 1), (other, -1)):
        if half:
            yield Shape(Layer.HOUSE, half, material, worn * (1 - SLOPE * sign * facing))


def _villas(block: Polygon, site: _Site) -> Iterator[Shape]:
    """Houses that stand alone along the streets, and gardens behind."""
    yield Shape(Layer.BLOCK, block, "verge")
    garden = polygons.inset(block, 0.0014 * site.scale)
    if garden:
        yield Shape(Layer.BLOCK, garden, "garden", site.random.uniform(0.92, 1.06))
    front, deep = polygons.inset(block, 0.004 * site.scale), 0.0068 * site.scale
    back = polygons.inset(front, deep * 1.3) if front else []
    if not back:
        yield from _cottages(front, site)
        return
    yield from _detached(front, deep, site)
    for _ in range(int(polygons.area(back) / (0.00016 * site.scale**2))):
        yield from _tree(_inside(back, site.random), site.scale * site.random.uniform(0.0016, 0.0032), site)
    yield from _street_trees(block, site)


def _detached(front: Polygon, deep: float, site: _Site) -> Iterator[Shape]:
    """Houses apart from each other along the streets, about so deep."""
    for (a, b), (normal, _) in zip(sides(front), polygons.edges(front), strict=False):
        long = math.hypot(b[0] - a[0], b[1] - a[1])
        count = int((long - deep) / (0.0115 * site.scale))
        for number in range(count):
            middle = (deep / 2 + (number + site.random.uniform(0.42, 0.58)) * (long - deep) / count) / long
            half = site.scale * site.random.uniform(0.0034, 0.0046) / long
            near, far = deep * site.random.uniform(0.0, 0.12), deep * site.random.uniform(0.85, 1.05)
            ends = between(a, b, middle - half), between(a, b, middle + half)
            corners = [_along(end, normal, -near) for end in ends] + [_along(end, normal, -far) for end in ends[::-1]]
            yield from _house(corners, site)


def _street_trees(block: Polygon, site: _Site) -> Iterator[Shape]:
    """Trees along the streets, with gaps."""
    for a, b in sides(polygons.inset(block, 0.0022 * site.scale)):
        count = int(math.hypot(b[0] - a[0], b[1] - a[1]) / (0.011 * site.scale))
        for number in range(count):
            if site.random.random() < 0.5:
                at = between(a, b, (number + 0.5) / count)
                yield from _tree(at, site.scale * site.random.uniform(0.0014, 0.002), site)


def _cottages(front: Polygon, site: _Site) -> Iterator[Shape]:
    """A narrow block: a few houses with a little garden each."""
    for lot in polygons.split(front, site.random, lambda piece: polygons.area(piece) < 0.00014 * site.scale**2, 0.03):
        house = polygons.inset(lot, 0.0011 * site.scale)
        if polygons.area(house) > 0.00003 * site.scale**2:
            yield Shape(Layer.SHADOW, _shifted(house, 0.0022 * site.scale), "shadow")
            yield from _gabled(house, _roof(Use.OUTER, site.random), site.random)


def _house(corners: Polygon, site: _Site) -> Iterator[Shape]:
    """A gabled or a hipped roof over four corners."""
    yield Shape(Layer.SHADOW, _shifted(corners, 0.0022 * site.scale), "shadow")
    a, b, c, d = corners
    if 0.004 * site.scale < 1.5 * site.pixel:
        yield Shape(Layer.HOUSE, corners, _roof(Use.OUTER, site.random), site.random.uniform(0.85, 1.15))
        return
    if math.hypot(b[0] - a[0], b[1] - a[1]) < math.hypot(c[0] - b[0], c[1] - b[1]):
        a, b, c, d = b, c, d, a
    hip = site.random.choice((0.0, 0.25))
    left, right = between(a, d, 0.5), between(b, c, 0.5)
    left, right = between(left, right, hip), between(left, right, 1 - hip)
    material, worn = _roof(Use.OUTER, site.random), site.random.uniform(0.93, 1.07)
    faces = [
        ([a, b, right, left], (a, b)),
        ([c, d, left, right], (c, d)),
        ([b, c, right], (b, c)),
        ([d, a, left], (d, a)),
    ]
    for face, (start, end) in faces if hip else faces[:2]:
        yield Shape(Layer.HOUSE, face, material, worn * (1 + SLOPE * _light(start, end, corners)))


def _field(block: Polygon, site: _Site) -> Iterator[Shape]:
    """Ploughed, sown or mown, in stripes; sometimes a hedge."""
    material = site.random.choice(("wheat", "grass", "soil", "crop", "grass", "hay"))
    yield Shape(Layer.BLOCK, block, "hedge")
    rest = polygons.inset(block, 0.0009 * site.scale)
    if not rest:
        return
    yield Shape(Layer.BLOCK, rest, material)
    (x, y), _ = polygons.longest_axis(rest)
    across = (-y, x)
    places = [across[0] * u + across[1] * v for u, v in rest]
    step, at = 0.0042 * site.scale, min(places)
    while at < max(places):
        stripe = polygons.clipped(rest, across, at + step / 2)
        stripe = polygons.clipped(stripe, (-across[0], -across[1]), -at) if stripe else stripe
        if stripe:
            yield Shape(Layer.BLOCK, stripe, material, site.random.uniform(0.88, 0.97))
        at += step
    for a, b in sides(block):
        if site.random.random() < 0.4:
            long = math.hypot(b[0] - a[0], b[1] - a[1])
            for number in range(int(long / (0.005 * site.scale))):
                yield from _tree(
                    between(a, b, number * 0.005 * site.scale / long),
                    site.scale * site.random.uniform(0.001, 0.0026),
                    site,
                )


def _wood(block: Polygon, use: Use, site: _Site) -> Iterator[Shape]:
    """Trees; in a park, paths, a lawn and a pond too."""
    yield Shape(Layer.BLOCK, block, "lawn" if use is Use.PARK else "forest floor")
    room = 0.000055 if use is Use.WOOD else 0.00012
    at, reach = polygons.middle(block), math.sqrt(polygons.area(block)) / 2
    pond: Polygon = []
    if use is Use.PARK:
        for corner in block[:: max(1, len(block) // 4)]:
            yield Shape(Layer.BLOCK, band(at, corner, 0.0016 * site.scale), "path")
        ring = _disc(at, reach * 0.62, 24, site.random, 0.0)
        yield Shape(Layer.BLOCK, ring, "path")
        yield Shape(Layer.BLOCK, polygons.inset(ring, 0.0024 * site.scale), "lawn", 1.06)
        pond = _disc(at, reach * 0.3, 18, site.random, 0.25)
        yield Shape(Layer.BLOCK, pond, "pond")
    for _ in range(min(4000, int(polygons.area(block) / (room * site.scale**2)))):
        point = _inside(block, site.random)
        away = math.hypot(point[0] - at[0], point[1] - at[1]) / reach
        if use is Use.WOOD or away > 0.7 or (0.42 < away < 0.55 and site.random.random() < 0.4):
            yield from _tree(point, site.scale * site.random.uniform(0.0022, 0.0045), site)


def _tree(at: Point, radius: float, site: _Site) -> Iterator[Shape]:
    worn = site.random.uniform(0.8, 1.15)
    if radius < 1.2 * site.pixel:
        yield Shape(Layer.TREE, [at], "tree", worn, radius)
        return
    yield Shape(Layer.TREE_SHADOW, _shifted([at], radius * 0.8), "shadow", radius=radius)
    yield Shape(Layer.TREE, [at], "tree", worn, radius)
    yield Shape(Layer.TREE, _shifted([at], -radius * 0.32), "tree", worn * 1.28, radius * 0.58)


def _roof(use: Use, random: Random) -> str:
    if use is Use.OLD:
        return random.choice(("tiles", "tiles", "old tiles", "brown tiles"))
    if use is Use.INNER:
        return random.choice(("tiles", "brown tiles", "slate", "slate", "flat"))
    return random.choice(("tiles", "brown tiles", "slate", "flat", "old tiles", "tiles"))


def _along(point: Point, direction: Point, far: float) -> Point:
    return point[0] + far * direction[0], point[1] + far * direction[1]


def _shifted(polygon: Polygon, far: float) -> Polygon:
    """Away from the sun."""
    return [(x - SUN[0] * far, y - SUN[1] * far) for x, y in polygon]


def _light(a: Point, b: Point, polygon: Polygon) -> float:
    """How much a roof that slopes outwards over this edge faces the sun, -1 to 1."""
    x, y = polygons.middle(polygon)
    u, v = b[1] - a[1], a[0] - b[0]
    if u * (a[0] - x) + v * (a[1] - y) < 0:
        u, v = -u, -v
    return (u * SUN[0] + v * SUN[1]) / max(1e-12, math.hypot(u, v))


def _inside(polygon: Polygon, random: Random) -> Point:
    """Somewhere in a convex polygon, more often near its middle."""
    first, second = int(random.random() * len(polygon)), int(random.random() * len(polygon))
    edge = between(polygon[first], polygon[(first + 1) % len(polygon)], random.random())
    return between(edge, between(polygon[second], polygons.middle(polygon), 0.5), random.uniform(0.08, 0.95))


def _disc(at: Point, radius: float, corners: int, random: Random, uneven: float) -> Polygon:
    found = []
    for corner in range(corners):
        far, angle = radius * random.uniform(1 - uneven, 1), math.tau * corner / corners
        found.append((at[0] + far * math.cos(angle), at[1] + far * math.sin(angle)))
    return found
