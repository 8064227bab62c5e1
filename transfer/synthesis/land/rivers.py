"""Rivers: where enough water runs together, as smooth curves from spring to mouth."""

import math
from dataclasses import dataclass

import numpy
from numpy.typing import NDArray

from transfer.synthesis.land.drainage import Drainage, Whole

SPRING = ((0.0, 0.1, 0.5, 1.0), (0.02, 0.008, 0.0014, 0.0004))  # by density: the part of a square map that feeds one
WIDE, GROWS = 0.015, 0.45  # of the long side, for the water of a whole square map; the power of area
EASINGS = 5  # how often corners are taken off
SHORTEST, SHORTEST_TO_SEA = 5, 10  # cells; of rivers without tributaries that end in another river, and in the sea


@dataclass(frozen=True)
class Courses:
    """Rivers on the grid, one after another, each from its spring to its mouth.

    `nodes` are those of the drainage; the last of each river is where it ends: in another river, or in the sea (the
    coast's node a second time). `starts` says where each begins, with the count of nodes at the end. `orders` are
    Strahler's at the mouths. `reaches_water` says which end in the sea.
    """

    nodes: Whole
    starts: Whole
    orders: Whole
    reaches_water: NDArray[numpy.bool_]


def strahler(drainage: Drainage, chosen: NDArray[numpy.bool_]) -> Whole:
    """Strahler's order (N,) of each chosen node (N,); 0 elsewhere."""
    order = numpy.zeros(len(chosen), numpy.int64)
    most, twice = numpy.zeros_like(order), numpy.zeros_like(order)
    for level in reversed(drainage.levels()):
        here = numpy.arange(level.start, level.stop)[chosen[level]]
        order[here] = numpy.where(twice[here] > 1, most[here] + 1, numpy.maximum(most[here], 1))
        to = drainage.receivers[here]
        numpy.maximum.at(most, to, order[here])
        equal = order[here] == most[to]
        numpy.add.at(twice, to[equal], 1)
    return order


def main_branch(drainage: Drainage, flow: Whole, chosen: NDArray[numpy.bool_]) -> Whole:
    """The chosen node that most water comes from, for each node (N,); -1 at springs."""
    nodes = numpy.flatnonzero(chosen[1:]) + 1
    by_flow = nodes[numpy.lexsort((-nodes, flow[nodes]))]
    found = numpy.full(len(flow), -1, numpy.int64)
    found[drainage.receivers[by_flow]] = by_flow  # the last written is the largest
    return found


def courses(drainage: Drainage, flow: Whole, density: float) -> Courses:
    """The rivers where more than a part of the map's water flows; `density`, 0 to 1, says how many there are.

    `flow` (N,) is the drained area of each node in cells, weighed by rain.
    """
    chosen = flow > max(numpy.interp(density, *SPRING) * max(drainage.shape) ** 2, 4)
    chosen[0] = False
    if density == 0:
        chosen[:] = False
    branch, order = main_branch(drainage, flow, chosen), strahler(drainage, chosen)
    parts = _parts(drainage, branch, chosen)
    for part in parts:
        least = SHORTEST if drainage.receivers[part[-1]] else SHORTEST_TO_SEA
        if len(part) < least and order[part[-1]] == 1:
            chosen[part] = False
    parts = [part for part in parts if chosen[part[-1]]]
    order = strahler(drainage, chosen)
    ends = [int(drainage.receivers[part[-1]]) for part in parts]
    ended = [numpy.append(part, end or part[-1]) for part, end in zip(parts, ends, strict=True)]
    return Courses(
        nodes=numpy.concatenate([numpy.zeros(0, numpy.int64), *ended]),
        starts=numpy.concatenate([[0], numpy.cumsum([len(each) for each in ended])]).astype(numpy.int64),
        orders=numpy.array([order[part[-1]] for part in parts], numpy.int64),
        reaches_water=numpy.array([end == 0 for end in ends], numpy.bool_),
    )


def _parts(drainage: Drainage, branch: Whole, chosen: NDArray[numpy.bool_]) -> list[Whole]:
    """The chosen nodes by river, each from its spring to the last node before another river or the sea."""
    name = numpy.arange(len(branch))
    for level in reversed(drainage.levels()):
        here = numpy.arange(level.start, level.stop)[branch[level] >= 0]
        name[here] = name[branch[here]]
    nodes = numpy.flatnonzero(chosen)
    if not len(nodes):
        return []
    nodes = nodes[numpy.lexsort((-nodes, name[nodes]))]  # a node's number grows with its distance from the sea
    return numpy.split(nodes, numpy.flatnonzero(numpy.diff(name[nodes])) + 1)


def curve(points: NDArray[numpy.float64], values: NDArray[numpy.float64], step: float) -> tuple[NDArray, NDArray]:
    """A curve through the points (N, 2) by Catmull and Rom, with a value (N,) at each, at most about `step` apart."""
    ends = numpy.concatenate([points[:1], points, points[-1:]])
    p = [ends[:-3, None], ends[1:-2, None], ends[2:-1, None], ends[3:, None]]
    lengths = numpy.abs(points[1:] - points[:-1]).max(axis=1)
    pieces = max(1, int(numpy.ceil(lengths.max() / step)))
    t = (numpy.arange(pieces) / pieces)[None, :, None]
    along = (
        2 * p[1]
        + (p[2] - p[0]) * t
        + (2 * p[0] - 5 * p[1] + 4 * p[2] - p[3]) * (t * t)
        + (3 * (p[1] - p[2]) + p[3] - p[0]) * (t * t * t)
    ) / 2
    between = values[:-1, None] + (values[1:] - values[:-1])[:, None] * t[..., 0]
    return (
        numpy.concatenate([along.reshape(-1, 2), points[-1:]]),
        numpy.concatenate([between.ravel(), values[-1:]]),
    )


def smoothed(points: NDArray[numpy.float64], starts: Whole) -> NDArray[numpy.float64]:
    """The points (N, 2) of several lines with corners taken off; the ends of each line stay."""
    is_inner = numpy.ones(len(points), numpy.bool_)
    is_inner[starts[:-1]] = False
    is_inner[starts[1:] - 1] = False
    inner = numpy.flatnonzero(is_inner)
    found = points.copy()
    for _ in range(EASINGS):
        found[inner] = (found[inner - 1] + 2 * found[inner] + found[inner + 1]) / 4
    return found


def width(flow: int, cells: int, long_side: int) -> float:
    """How wide a river is in pixels, where the water of `flow` of the `cells` of a square map runs through it."""
    return max(WIDE * long_side * math.pow(flow / cells, GROWS), 0.35)
