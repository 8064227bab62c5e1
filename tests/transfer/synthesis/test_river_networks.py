"""River networks branch as those of the Earth do (Horton 1945, Strahler 1953, Hack 1957)."""

import functools

import numpy

from transfer.pausing import finish
from transfer.synthesis.land.continents import continents
from transfer.synthesis.land.rivers import courses, main_branch, strahler
from transfer.synthesis.land.valleys import grids, raised, shaped
from transfer.synthesis.recipes.land import WorldRecipe

SEEDS = range(10)


@functools.cache
def shaped_land(seed):
    recipe = WorldRecipe(image_size=1024, seed=seed)
    shapes = grids(recipe.size)
    start = continents(shapes[0], recipe.continents, recipe.land, recipe.gain, 0.6, seed, False)
    height = finish(raised(start, recipe.cuts, recipe.peak, False))
    return finish(shaped(height, shapes[1:], recipe.cuts, recipe.ruggedness, seed, False))


def streams(seed):
    """How many streams of each of Strahler's orders there are."""
    land = shaped_land(seed)
    drainage, found = land.drainage, courses(land.drainage, land.areas, 1.0)
    chosen = numpy.zeros(len(drainage.places), bool)
    chosen[numpy.delete(found.nodes, found.starts[1:] - 1)] = True
    order = strahler(drainage, chosen)
    counts = []
    for number in range(1, 8):
        nodes = numpy.flatnonzero(order == number)
        to = drainage.receivers[nodes]
        counts.append(len(nodes) - len(numpy.unique(to[order[to] == number])))
    return numpy.array(counts)


def bifurcation(counts):
    """The mean of the ratios of each order's streams to the next one's, weighed by their number (Strahler 1953)."""
    counts = counts[counts > 0]
    weights = counts[:-1] + counts[1:]
    return (counts[:-1] / counts[1:] * weights).sum() / weights.sum()


def test_each_order_has_three_to_five_times_the_streams_of_the_next():
    assert 3 <= bifurcation(sum(streams(seed) for seed in SEEDS)) <= 5


def test_the_main_river_grows_with_the_area_as_hack_found():
    for seed in SEEDS:
        land = shaped_land(seed)
        drainage = land.drainage
        branch = main_branch(drainage, land.areas, numpy.arange(len(land.areas)) > 0)
        length = numpy.zeros(len(branch))
        for level in reversed(drainage.levels()):
            here = numpy.arange(level.start, level.stop)[branch[level] >= 0]
            length[here] = length[branch[here]] + drainage.distances[branch[here]]
        large = (land.areas > 40) & (numpy.arange(len(branch)) > 0)
        exponent = numpy.polyfit(numpy.log(land.areas[large]), numpy.log(length[large]), 1)[0]
        assert 0.5 <= exponent <= 0.65
