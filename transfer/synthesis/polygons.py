"""Convex polygons: lists of (x, y), in order, that are cut, inset and made around points."""

import math
from collections.abc import Callable, Sequence
from random import Random

import numpy
from scipy.spatial import Voronoi

Point = tuple[float, float]
Segment = tuple[Point, Point]
Polygon = list[Point]


def sides(polygon: Polygon) -> list[Segment]:
    """From each corner to the next, and from the last one to the first."""
    return list(zip(polygon, polygon[1:] + polygon[:1], strict=True))


def between(a: Point, b: Point, part: float) -> Point:
    """a where `part` is 0, b where it is 1."""
    return a[0] + part * (b[0] - a[0]), a[1] + part * (b[1] - a[1])


def band(a: Point, b: Point, half: float) -> Polygon:
    """The rectangle that reaches `half` to both sides of the line from a to b."""
    long = max(1e-9, math.hypot(b[0] - a[0], b[1] - a[1]))
    u, v = half * (a[1] - b[1]) / long, half * (b[0] - a[0]) / long
    return [(a[0] + u, a[1] + v), (b[0] + u, b[1] + v), (b[0] - u, b[1] - v), (a[0] - u, a[1] - v)]


def area(polygon: Polygon) -> float:
    """Not negative, whichever way round it goes."""
    return abs(math.fsum(x * v - u * y for (x, y), (u, v) in sides(polygon))) / 2


def middle(polygon: Polygon) -> Point:
    """The mean of the corners."""
    return math.fsum(x for x, _ in polygon) / len(polygon), math.fsum(y for _, y in polygon) / len(polygon)


def clipped(polygon: Polygon, across: Point, limit: float) -> Polygon:
    """What lies where across · point <= limit (Sutherland and Hodgman 1974); empty where nothing does."""
    found: Polygon = []
    if not polygon:
        return found
    x, y = polygon[-1]
    before = across[0] * x + across[1] * y - limit
    for u, v in polygon:
        here = across[0] * u + across[1] * v - limit
        if (before < 0 < here) or (here < 0 < before):
            part = before / (before - here)
            found.append((x + part * (u - x), y + part * (v - y)))
        if here <= 0:
            found.append((u, v))
        x, y, before = u, v, here
    return found if len(found) > 2 else []


def halves(polygon: Polygon, through: Point, across: Point, gap: float = 0.0) -> tuple[Polygon, Polygon]:
    """Both sides of the line through a point with this unit normal, `gap` apart."""
    limit = across[0] * through[0] + across[1] * through[1]
    back = (-across[0], -across[1])
    return clipped(polygon, across, limit - gap / 2), clipped(polygon, back, -limit - gap / 2)


def edges(polygon: Polygon) -> list[tuple[Point, float]]:
    """Each edge as (unit normal that points outwards, its product with any point of the edge)."""
    turn = math.fsum(x * v - u * y for (x, y), (u, v) in sides(polygon))
    sign = 1 if turn > 0 else -1
    found = []
    for (x, y), (u, v) in sides(polygon):
        long = math.sqrt((u - x) * (u - x) + (v - y) * (v - y))
        if long > 1e-9:
            normal = (sign * (v - y) / long, sign * (x - u) / long)
            found.append((normal, normal[0] * x + normal[1] * y))
    return found


def inset(polygon: Polygon, margin: float) -> Polygon:
    """What is further than `margin` from all edges; empty where nothing is."""
    found = polygon
    for normal, limit in edges(polygon):
        found = clipped(found, normal, limit - margin)
    return found


def longest_axis(polygon: Polygon) -> tuple[Point, float]:
    """The direction of the longest edge, as a unit vector, and how long the polygon is along it."""
    best, direction = 0.0, (1.0, 0.0)
    for (x, y), (u, v) in sides(polygon):
        long = math.sqrt((u - x) * (u - x) + (v - y) * (v - y))
        if long > best:
            best, direction = long, ((u - x) / long, (v - y) / long)
    along = [direction[0] * x + direction[1] * y for x, y in polygon]
    return direction, max(along) - min(along)


def split(
    polygon: Polygon, random: Random, stops: Callable[[Polygon], bool], slant: float = 0.0, gap: float = 0.0
) -> list[Polygon]:
    """Cuts across the longer side until `stops` says so of a piece.

    `slant` is how far cuts lean at most, as a share of a right angle; pieces are `gap` apart.
    """
    if len(polygon) < 3 or stops(polygon):
        return [polygon] if len(polygon) > 2 else []
    direction, long = longest_axis(polygon)
    across = (-direction[1], direction[0])
    wide = [across[0] * x + across[1] * y for x, y in polygon]
    if max(wide) - min(wide) > long:
        direction = across
    lean = random.uniform(-slant, slant)
    tilted = (direction[0] - lean * direction[1], direction[1] + lean * direction[0])
    long = math.sqrt(tilted[0] * tilted[0] + tilted[1] * tilted[1])
    normal = (tilted[0] / long, tilted[1] / long)
    along = [normal[0] * x + normal[1] * y for x, y in polygon]
    part = random.uniform(0.38, 0.62)
    place = min(along) + part * (max(along) - min(along))
    one, other = halves(polygon, (normal[0] * place, normal[1] * place), normal, gap)
    return split(one, random, stops, slant, gap) + split(other, random, stops, slant, gap)


def cells(points: Sequence[Point], box: tuple[float, float], evened: int = 0) -> list[Polygon]:
    """The Voronoi cell of each point in a box from (0, 0), in their order; `evened` times points go to the middle of
    their cells (Lloyd)."""
    found = _cells(points, box)
    for _ in range(evened):
        found = _cells([middle(cell) for cell in found], box)
    return found


def _cells(points: Sequence[Point], box: tuple[float, float]) -> list[Polygon]:
    """Mirrored points outside of the box make its edges edges of cells."""
    inside = numpy.array(points, dtype=numpy.float64)
    mirrored = [inside]
    for axis in (0, 1):
        for edge in (0.0, box[axis]):
            image = inside.copy()
            image[:, axis] = 2 * edge - image[:, axis]
            mirrored.append(image)
    diagram = Voronoi(numpy.concatenate(mirrored))
    corners = diagram.vertices
    found = []
    for region in diagram.point_region[: len(points)]:
        polygon = [(float(x), float(y)) for x, y in corners[diagram.regions[region]]]
        found.append([(min(max(x, 0.0), box[0]), min(max(y, 0.0), box[1])) for x, y in polygon])
    return found
