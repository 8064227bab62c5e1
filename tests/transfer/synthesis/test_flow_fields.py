import itertools

import numpy

from transfer.pausing import finish
from transfer.synthesis.patterns.flow import REACH, make, strokes
from transfer.synthesis.recipes.flow import FlowRecipe


def test_strokes_keep_clear_of_each_other():
    found = finish(strokes(FlowRecipe(seed=2)))
    assert len(found) > 100
    wide = [(points, half) for points, half in found if half > 0.008]
    for (one, first), (other, second) in itertools.combinations(wide, 2):
        away = numpy.sqrt(((one[::3, None] - other[None, ::3]) ** 2).sum(axis=2)).min()
        assert away > 0.8 * (first + second)


def test_no_bend_is_so_tight_that_its_inner_side_would_fold():
    for points, half in finish(strokes(FlowRecipe(seed=2))):
        ahead = (points[8:] - points[:-8])[::8]
        turns = numpy.abs(ahead[1:, 0] * ahead[:-1, 1] - ahead[1:, 1] * ahead[:-1, 0]) / (8 * REACH) ** 2
        assert turns.max(initial=0) < 8 * REACH / half


def test_wider_strokes_are_fewer():
    counts = [len(finish(strokes(FlowRecipe(seed=1, width=width)))) for width in (0.7, 1.5, 3)]
    assert counts == sorted(counts, reverse=True)


def test_no_large_place_is_left_empty():
    picture = finish(make(FlowRecipe(image_size=256, seed=3, palette="ember"))).picture
    ground = numpy.abs(numpy.asarray(picture, dtype=float) - (0x17, 0x12, 0x1C)).max(axis=2) < 16
    windows = numpy.lib.stride_tricks.sliding_window_view(ground, (32, 32)).mean(axis=(2, 3))
    assert windows.max() < 0.9
