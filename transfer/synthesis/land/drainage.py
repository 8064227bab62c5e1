"""Where water runs: each place's way to the sea, over the lowest pass out of every hollow.

Water runs down the steepest way until it stands in a hollow. Which hollow spills into which is the minimum spanning
tree of the hollows, where two cost the rank of the lowest pass between them (Cordonnier et al. 2019; the ways are those
of priority flood, Barnes et al. 2014). Ranks are whole numbers and all different, so that the tree is the same on every
processor.
"""

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

from transfer.synthesis.fields.noise import Field
from transfer.synthesis.fields.ranks import PLACES, ranks

Whole = NDArray[numpy.int64]
STEPS = ((0, 1), (1, 0), (1, 1), (1, -1), (0, -1), (-1, 0), (-1, -1), (-1, 1))  # down, right; the second half goes back
DIAGONAL = 1.4142135623730951


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

    def on_grid(self, values: NDArray) -> NDArray:
        """Values of the nodes (N,) as a field (H, W), with 0 in the sea."""
        found = numpy.zeros(self.shape[0] * self.shape[1], values.dtype)
        found[self.places[1:]] = values[1:]
        return found.reshape(self.shape)


def drained(height: Field, wraps: bool = False, outlets: NDArray[numpy.bool_] | None = None) -> Drainage:
    """How water runs off land (H, W), given in metres above the sea.

    The sea is what lies below 0. `outlets` (H, W) are further places that water leaves the map by. Where there is
    neither, the lowest place is the sea.
    """
    sea = height < 0 if outlets is None else (height < 0) | outlets
    if not sea.any():
        sea = numpy.arange(height.size).reshape(height.shape) == int(height.argmin())
    land = numpy.flatnonzero(~sea)
    rank: Whole = numpy.zeros(height.shape, numpy.int64)
    rank.reshape(-1)[land] = ranks(height.ravel()[land]) + 1
    to = _steepest(numpy.where(sea, numpy.float32(0), height), rank, wraps)
    hollows = land[to[land] == land]
    if len(hollows):
        _spill(to, hollows, rank, wraps)
    return _numbered(height.shape, land, to)


def around(field: NDArray, wraps: bool, beyond: float) -> NDArray:
    """The field (H, W) with a cell more on each side: `beyond`, or the other side with `wraps`."""
    found = numpy.full((field.shape[0] + 2, field.shape[1] + 2), beyond, field.dtype)
    found[1:-1, 1:-1] = field
    if wraps:
        found[1:-1, 0], found[1:-1, -1] = field[:, -1], field[:, 0]
    return found


def beside(padded: NDArray, step: tuple[int, int]) -> NDArray:
    """What lies a step, down and right, from each cell (H, W) of a field that `around` was made of."""
    down, right = step
    height, width = padded.shape
    return padded[1 + down : height - 1 + down, 1 + right : width - 1 + right]


def _steepest(level: Field, rank: Whole, wraps: bool) -> Whole:
    """The flat index (H * W) of the neighbour that each cell falls to most steeply; its own in hollows and the sea."""
    levels, ranked = around(level, wraps, 0), around(rank, wraps, 1 << 62)
    places = around(numpy.arange(rank.size).reshape(rank.shape), wraps, -1)
    found = places[1:-1, 1:-1].copy()
    most = numpy.full(rank.shape, -1, numpy.float32)
    for step in STEPS:
        drop = level - beside(levels, step)
        if step[0] and step[1]:
            drop *= numpy.float32(1 / DIAGONAL)
        better = (beside(ranked, step) < rank) & (drop > most)
        numpy.copyto(most, drop, where=better)
        numpy.copyto(found, beside(places, step), where=better)
    return found.ravel()


def _spill(to: Whole, hollows: Whole, rank: Whole, wraps: bool) -> None:
    """Turns the ways `to` (H * W) round, in hollows, so that each spills over its pass and all reach the sea."""
    number = numpy.zeros(len(to), numpy.int64)
    number[hollows] = numpy.arange(1, len(hollows) + 1)
    bottom = to
    while not numpy.array_equal(bottom, further := bottom[bottom]):
        bottom = further
    basin = number[bottom]
    cost, inner, outer = _passes(basin.reshape(rank.shape), rank, wraps)
    count = len(hollows) + 1
    graph = coo_array((cost.astype(numpy.float64), (basin[inner], basin[outer])), shape=(count, count))
    tree = minimum_spanning_tree(graph.tocsr()).tocoo()
    _, before = breadth_first_order(tree, 0, directed=False)
    place = numpy.searchsorted(cost, tree.data.astype(numpy.int64))
    here, there = inner[place], outer[place]
    turned = before[basin[here]] != basin[there]
    here, there = numpy.where(turned, there, here), numpy.where(turned, here, there)
    while len(here):
        onward = to[here]
        to[here] = there
        goes = onward != here
        here, there = onward[goes], here[goes]


def _passes(basin: Whole, rank: Whole, wraps: bool) -> tuple[Whole, Whole, Whole]:
    """The lowest pass between each two basins that touch: its cost, ascending, and the flat indices of its two cells.

    No two costs are equal: a cost is the rank of the higher cell, and the step from there to the lower one.
    """
    basins, ranked = around(basin, wraps, -1), around(rank, wraps, 0)
    places = around(numpy.arange(rank.size).reshape(rank.shape), wraps, -1)
    costs, inner, outer = [], [], []
    for number, step in enumerate(STEPS[:4]):
        other = beside(basins, step)
        meet = (other != basin) & (other >= 0)
        here, there = rank[meet], beside(ranked, step)[meet]
        costs.append((numpy.maximum(here, there) << 3) | numpy.where(here > there, number, number + 4))
        inner.append(places[1:-1, 1:-1][meet])
        outer.append(beside(places, step)[meet])
    cost, a, b = (numpy.concatenate(each) for each in (costs, inner, outer))
    order = numpy.argsort(cost)
    cost, a, b = cost[order], a[order], b[order]
    flat = basin.ravel()
    pair = numpy.minimum(flat[a], flat[b]) * (int(flat.max()) + 1) + numpy.maximum(flat[a], flat[b])
    lowest = numpy.sort(numpy.unique(pair, return_index=True)[1])
    return cost[lowest], a[lowest], b[lowest]


def _numbered(shape: tuple[int, int], land: Whole, to: Whole) -> Drainage:
    """Nodes in the order of their steps from the sea."""
    node = numpy.zeros(len(to), numpy.int64)
    node[land] = numpy.arange(1, len(land) + 1)
    depth = numpy.ones(len(land) + 1, numpy.int64)
    jump = numpy.concatenate([[0], node[to[land]]])
    depth[0] = 0
    while jump.any():
        depth += depth[jump]
        jump = jump[jump]
    keys = (depth[1:] << PLACES) | land
    keys.sort()
    places = numpy.concatenate([[-1], keys & ((1 << PLACES) - 1)])
    node[places[1:]] = numpy.arange(1, len(places))
    goes = numpy.concatenate([[-1], to[places[1:]]])
    receivers = numpy.where(goes >= 0, node[goes], 0)
    starts = numpy.concatenate([[0], numpy.cumsum(numpy.bincount(depth))])
    width = shape[1]
    slanted = (places // width != goes // width) & (places % width != goes % width)
    distances = numpy.where(slanted, numpy.float32(DIAGONAL), numpy.float32(1))
    return Drainage(shape, places, receivers, distances, starts, numpy.where(receivers == 0, goes, -1))
