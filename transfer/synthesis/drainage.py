"""Where water runs: each place's way to the sea, over the lowest pass out of every hollow.

The ways are the minimum spanning tree of the grid, where a step costs the rank of the higher of its two places: the
same ways as those of priority flood (Barnes et al. 2014). Ranks are whole numbers and all different, so that the tree
is the same on every processor.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

from transfer.synthesis.noise import Field
from transfer.synthesis.ranks import ranks

Whole = NDArray[numpy.int64]
STEPS = ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, -1), (1, -1), (-1, 1))  # down, right
DIAGONAL = 1.4142135623730951
STEEPEST = (1 << 20) - 1


@dataclass(frozen=True)
class Drainage:
    """Land as a tree whose root, node 0, is the sea. Nodes are numbered by their steps from it.

    `places` (N,) are the flat indices of the nodes' cells, -1 for the sea. `receivers` (N,) is the node that each runs
    to, and `distances` (N,) how far that is, in cells. `starts` says where each level of the tree begins, with N at
    its end. `mouths` (N,) is the flat index of the water that a node of the first level runs into, else -1.
    """

    shape: tuple[int, int]
    places: Whole
    receivers: Whole
    distances: Field
    starts: Whole
    mouths: Whole

    def levels(self) -> list[slice]:
        """The nodes level by level, from the coast inland; without the sea."""
        return [slice(int(a), int(b)) for a, b in zip(self.starts[1:-1], self.starts[2:], strict=True)]

    def gathered(self, weights: Whole) -> Whole:
        """What runs through each node (N,), where each adds its weight (N,), a whole number."""
        total = weights.copy()
        for level in reversed(self.levels()):
            numpy.add.at(total, self.receivers[level], total[level])
        return total

    def on_grid(self, values: NDArray, fill: float = 0) -> NDArray:
        """Values of the nodes (N,) as a field (H, W), with `fill` in the sea."""
        found = numpy.full(self.shape[0] * self.shape[1], fill, values.dtype)
        found[self.places[1:]] = values[1:]
        return found.reshape(self.shape)


def neighbours(shape: tuple[int, int], wraps: bool) -> Whole:
    """The flat index (8, H * W) of the neighbour of each cell in each of STEPS; -1 beyond the edge."""
    height, width = shape
    row, column = numpy.arange(height)[:, None], numpy.arange(width)[None, :]
    found = numpy.empty((8, height * width), numpy.int64)
    for direction, (down, right) in enumerate(STEPS):
        y, x = row + down, column + right
        inside = (y >= 0) & (y < height) & (wraps | ((x >= 0) & (x < width)))
        found[direction] = numpy.where(inside, y * width + x % width, -1).ravel()
    return found


def drained(height: Field, wraps: bool = False, outlets: NDArray[numpy.bool_] | None = None) -> Drainage:
    """How water runs off land (H, W), given in metres above the sea.

    The sea is what lies below 0. `outlets` (H, W) are further places that water leaves the map by. Where there is
    neither, the lowest place is the sea.
    """
    sea = (height < 0).ravel() if outlets is None else ((height < 0) | outlets).ravel()
    if not sea.any():
        sea = numpy.arange(height.size) == int(height.argmin())
    land = numpy.flatnonzero(~sea)
    levels = height.ravel()
    node = numpy.zeros(height.size, numpy.int64)
    node[land] = numpy.arange(1, len(land) + 1)
    rank = numpy.zeros(height.size, numpy.int64)
    rank[land] = ranks(levels[land]) + 1
    upper, lower, cost, mouths = _edges(levels, land, node, rank, neighbours(height.shape, wraps), height.shape)
    count = len(land) + 1
    tree = minimum_spanning_tree(coo_array((cost, (upper, lower)), shape=(count, count)).tocsr())
    order, before = breadth_first_order(tree, 0, directed=False)
    return _numbered(height.shape, numpy.concatenate([[-1], land]), order.astype(numpy.int64), before, mouths)


def _edges(
    levels: Field, land: Whole, node: Whole, rank: Whole, near: Whole, shape: tuple[int, int]
) -> tuple[Whole, Whole, NDArray[numpy.float64], Whole]:
    uppers, lowers, costs = [], [], []
    mouths = numpy.full(len(land) + 1, -1, numpy.int64)
    least = numpy.full(len(land) + 1, numpy.inf)
    for direction, (down, right) in enumerate(STEPS):
        there = near[direction, land]
        place, there = land[there >= 0], there[there >= 0]
        falls = rank[there] < rank[place]
        place, there = place[falls], there[falls]
        drop = levels[place].astype(numpy.float64) - numpy.maximum(levels[there], numpy.float32(0))
        if down and right:
            drop /= DIAGONAL
        steep = numpy.clip(numpy.floor(drop * 256), 0, STEEPEST).astype(numpy.int64)
        cost = ((((rank[place] << 20) | (STEEPEST - steep)) << 3) | direction).astype(numpy.float64)
        upper, lower = node[place], node[there]
        ashore = lower == 0
        better = cost[ashore] < least[upper[ashore]]
        least[upper[ashore][better]] = cost[ashore][better]
        mouths[upper[ashore][better]] = there[ashore][better]
        uppers.append(upper[~ashore])
        lowers.append(lower[~ashore])
        costs.append(cost[~ashore])
    coast = numpy.flatnonzero(mouths >= 0)
    uppers.append(coast)
    lowers.append(numpy.zeros(len(coast), numpy.int64))
    costs.append(least[coast])
    return numpy.concatenate(uppers), numpy.concatenate(lowers), numpy.concatenate(costs), mouths


def _numbered(shape: tuple[int, int], places: Whole, order: Whole, before: NDArray, mouths: Whole) -> Drainage:
    number = numpy.empty(len(order), numpy.int64)
    number[order] = numpy.arange(len(order))
    receivers = number[numpy.maximum(before[order], 0)]
    receivers[0] = 0
    depth = (numpy.arange(len(order)) > 0).astype(numpy.int64)
    jump = receivers
    while jump.any():
        depth = depth + depth[jump]
        jump = jump[jump]
    starts = numpy.concatenate([[0], numpy.cumsum(numpy.bincount(depth))])
    places, mouths = places[order], numpy.where(receivers == 0, mouths[order], -1)
    to = numpy.where(receivers > 0, places[receivers], mouths)
    width = shape[1]
    slanted = (places // width != to // width) & (places % width != to % width)
    distances = numpy.where(slanted, numpy.float32(DIAGONAL), numpy.float32(1))
    return Drainage(shape, places, receivers, distances, starts, mouths)
