import numpy
import pytest
from scipy import ndimage

from transfer.pausing import finish
from transfer.synthesis.generators import generator_of
from transfer.synthesis.starters import STARTERS


@pytest.mark.parametrize("title", STARTERS)
def test_a_starter_is_calm_somewhere_at_every_brightness_that_it_has(title):
    """So that a painting may be as calm where its content is."""
    recipe = STARTERS[title].with_changes(image_size=512)
    grey = numpy.asarray(finish(generator_of(recipe).make(recipe)).picture.convert("L"), dtype=float)
    fine = grey - ndimage.gaussian_filter(grey, 4)
    light = ndimage.uniform_filter(grey, 32)[16:-16:4, 16:-16:4]
    rough = numpy.sqrt(ndimage.uniform_filter(fine * fine, 32))[16:-16:4, 16:-16:4]
    low, high = numpy.percentile(light, (15, 85))
    for middle in numpy.linspace(low, high, 5):
        near = numpy.abs(light - middle) < 16
        assert numpy.percentile(rough[near], 1) < 0.6 * numpy.median(rough)
