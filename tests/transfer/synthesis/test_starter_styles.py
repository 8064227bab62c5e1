import numpy
import pytest

from transfer.pausing import finish
from transfer.synthesis.generators import generator_of
from transfer.synthesis.starters import STARTERS


@pytest.fixture(scope="module", params=STARTERS)
def colours(request):
    recipe = STARTERS[request.param].with_changes(image_size=256)
    return numpy.asarray(finish(generator_of(recipe).make(recipe)).picture, dtype=float)


def test_there_are_five():
    assert len(STARTERS) == 5


def test_a_starter_has_texture_from_edge_to_edge(colours):
    grey = colours.mean(axis=2)
    parts = grey.reshape(8, 32, 8, 32).swapaxes(1, 2).reshape(64, -1)
    assert parts.std(axis=1).min() > 4


def test_a_starter_has_strokes_at_several_scales(colours):
    """Halving the picture again and again, no step loses nothing."""
    grey, lost = colours.mean(axis=2), []
    for _ in range(4):
        half = grey.reshape(len(grey) // 2, 2, -1, 2).mean(axis=(1, 3))
        lost.append((grey - half.repeat(2, 0).repeat(2, 1)).std())
        grey = half
    assert min(lost) > 3


def test_a_starter_has_strong_colours(colours):
    assert numpy.mean(colours.max(axis=2) - colours.min(axis=2)) > 40
    assert colours.mean(axis=2).std() > 25
