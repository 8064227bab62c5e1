"""Where no picture has a colour, the result has none."""

import numpy
import pytest
from PIL import Image

from tests.transfer.conftest import iterations, scenery, strokes
from transfer.images import to_picture
from transfer.recipes.style import StyleRecipe
from transfer.style.inputs import StyleInputs


def grey(picture):
    return picture.convert("L").convert("RGB")


def spread(content, style, network, **settings):
    """The largest difference between the colours of a pixel of a render, in levels."""
    recipe = StyleRecipe(image_size=150, num_iterations=8, **settings)
    (*_, last) = iterations(StyleInputs(content, (style,)), recipe, network)
    return int(numpy.ptp(numpy.asarray(to_picture(last.image)), axis=2).max())


@pytest.mark.parametrize(
    "settings",
    [{}, {"init": "noise"}, {"optimizer": "lbfgs"}, {"match_colors": True}, {"original_colors": True}],
    ids=str,
)
def test_grey_stays_grey(network, settings):
    assert spread(grey(scenery(96, 72)), grey(strokes(80, 80)), network, **settings) < 2


def test_a_colour_in_either_picture_may_come_out(network):
    assert spread(grey(scenery(96, 72)), strokes(80, 80), network) > 40
    assert spread(scenery(96, 72), grey(strokes(80, 80)), network) > 2


def test_a_picture_that_was_saved_with_hardly_a_level_of_colour_is_grey(network):
    levels = numpy.asarray(grey(scenery(96, 72))).astype(int)
    tinted = Image.fromarray((levels + numpy.array([1, 0, -1])).clip(0, 255).astype(numpy.uint8), "RGB")
    assert spread(tinted, grey(strokes(80, 80)), network) < 2
