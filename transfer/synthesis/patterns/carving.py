"""Valleys that running water carves into land, on a small grid.

Depressions spill over the lowest path to the edge of the map: a minimum spanning tree of the heights (Barnes 2014
finds the same paths by priority flood). Water then carves with the stream power law, in implicit steps that are stable
however long they are (Braun and Willett 2013). Heights become unique integers first, so that ties never depend on a
processor.

`transfer.synthesis.land` carves by the same law, but along the steepest ways and in metres. To carve by that here would
give another heightmap for every recipe that is stored or linked to.
"""

import numpy
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import breadth_first_order, minimum_spanning_tree

Heights = NDArray[numpy.float64]
Nodes = NDArray[numpy.int64]
FINENESS = 2**30  # steps of height that are told apart
STEPS = ((0, 1), (1, 0), (1, 1), (1, -1))  # to four of the eight neighbours


def carved(height: Heights, uplift: Heights, outlets: NDArray[numpy.bool_], strength: float) -> Heights:
    """The land (H, W) after it rose by `uplift` while water ran off to the `outlets` and to the map's edges.

    `strength` is how much water carves beside what rises, from 0 (nothing) to some 300 (every slope is a valley's).
    Outlets and edges stay as they were.
    """
    order, receiver, levels = _flow(height, outlets)
    area = numpy.ones(height.size + 1, numpy.int64)
    for begin, end in reversed(levels[1:]):
        nodes = order[begin:end]
        numpy.add.at(area, receiver[nodes], area[nodes])
    force = strength / max(height.shape) * numpy.sqrt(area.astype(numpy.float64))
    land = numpy.append(height.ravel(), 0.0)
    risen = numpy.append((height + uplift).ravel(), 0.0)
    for begin, end in levels[2:]:
        nodes = order[begin:end]
        land[nodes] = (risen[nodes] + force[nodes] * land[receiver[nodes]]) / (1 + force[nodes])
    return land[:-1].reshape(height.shape)


def _flow(height: Heights, outlets: NDArray[numpy.bool_]) -> tuple[Nodes, Nodes, list[tuple[int, int]]]:
    """Nodes from the outlet up, where each one's water goes, and where each distance begins and ends."""
    count = height.size
    unique = (height.ravel() * FINENESS).astype(numpy.int64) * count + numpy.arange(count)
    rank = numpy.empty(count + 1, numpy.int64)
    rank[numpy.argsort(unique)] = numpy.arange(1, count + 1)
    rank[count] = 0  # what the edge and all outlets drain to
    first, second = _edges(height.shape, outlets)
    higher, lower = numpy.maximum(rank[first], rank[second]), numpy.minimum(rank[first], rank[second])
    weights = (higher * (count + 1) + lower).astype(numpy.float64)
    tree = minimum_spanning_tree(coo_array((weights, (first, second)), shape=(count + 1, count + 1)).tocsr())
    order, receiver = breadth_first_order(tree, count, directed=False)
    order = order.astype(numpy.int64)
    position = numpy.empty(count + 1, numpy.int64)
    position[order] = numpy.arange(count + 1)
    parents = position[receiver[order[1:]]]
    levels = [(0, 1)]
    while levels[-1][1] <= count:
        levels.append((levels[-1][1], 1 + int(numpy.searchsorted(parents, levels[-1][1]))))
    return order, receiver.astype(numpy.int64), levels


def _edges(shape: tuple[int, ...], outlets: NDArray[numpy.bool_]) -> tuple[Nodes, Nodes]:
    """Pairs of neighbours, and of the outlets with what they drain to."""
    nodes = numpy.arange(shape[0] * shape[1]).reshape(shape)
    first, second = [], []
    for down, right in STEPS:
        upper, lower = nodes[: shape[0] - down], nodes[down:]
        first.append(upper[:, max(0, -right) : shape[1] - max(0, right)].ravel())
        second.append(lower[:, max(0, right) : shape[1] + min(0, right)].ravel())
    drained = outlets.copy()
    drained[[0, -1]] = drained[:, [0, -1]] = True
    rim = nodes[drained]
    return numpy.concatenate([*first, rim]), numpy.concatenate([*second, numpy.full(rim.size, nodes.size)])
