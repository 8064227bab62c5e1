"""Matching the clusters of many styles to the content's is quick, with the same result as trying every matching."""

import itertools
import time

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from transfer.recipes.style import MOST_STYLES
from transfer.style import regions
from transfer.style.regions import GREY, LIGHTNESS_DIFFERENCE, MOST_LABELS

# Few values, so that many matchings have the same cost, or almost.
colours = st.integers(1, 5).flatmap(
    lambda count: st.tuples(
        *[arrays.arrays(float, (count, 3), elements=st.sampled_from([-30.0, 0.0, 0.1, 20.0, 50.0])) for _ in range(2)]
    )
)


def one_by_one(wanted, given):
    """The first of the cheapest matchings, after trying all."""
    costs = numpy.empty((len(given), len(wanted)))
    light = [(part[:, 0] - part[:, 0].mean()) / (part[:, 0].std() + 1.0) for part in (given, wanted)]
    for row, one in enumerate(given):
        for column, other in enumerate(wanted):
            apart = numpy.linalg.norm(one[1:] - other[1:])
            chroma = min(numpy.linalg.norm(one[1:]), numpy.linalg.norm(other[1:]))
            lightness = LIGHTNESS_DIFFERENCE * abs(light[0][row] - light[1][column])
            costs[row, column] = lightness + (apart / GREY) * (chroma / (chroma + GREY))
    rows = range(len(given))
    return min(itertools.permutations(rows), key=lambda order: sum(costs[row, order[row]] for row in rows))


@settings(deadline=None)
@given(colours)
def test_the_first_of_the_cheapest_matchings_is_found(pair):
    assert regions._partners(*pair) == one_by_one(*pair)


@pytest.mark.parametrize("grey", [False, True])
def test_as_many_styles_and_regions_as_there_can_be_take_no_time(grey):
    random = numpy.random.default_rng(0)
    pictures = random.uniform(0, 100, (1 + MOST_STYLES, MOST_LABELS, 3))
    if grey:
        pictures[..., 1:] = 0
    content, *styles = pictures
    regions._partners(content, styles[0])
    began = time.process_time()

    for style in styles:
        regions._partners(content, style)

    assert time.process_time() - began < 0.5
