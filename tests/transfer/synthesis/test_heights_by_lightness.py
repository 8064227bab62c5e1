"""The height of a picture that has none is its lightness: without steps, and without a seam where the picture wraps."""

import numpy
from PIL import Image

from transfer.synthesis.exports.surface import lightness
from transfer.tiling.wrap import Wrap


def test_what_8_bits_of_grey_cannot_tell_apart_has_heights_of_its_own() -> None:
    slope = numpy.zeros((64, 64, 3), numpy.uint8)
    slope[..., 2] = numpy.arange(64)  # of which grey has 8 levels
    row = lightness(Image.fromarray(slope))[32].astype(int)
    steps = numpy.diff(row)[2:-2]
    assert (row.argmax(), steps.min() > 0, numpy.ptp(steps) <= 2) == (63, True, True)


def test_where_a_picture_wraps_its_border_is_as_smooth_as_its_inside() -> None:
    pixels = numpy.random.default_rng(0).integers(0, 256, (48, 48, 3), numpy.uint8)
    height = lightness(Image.fromarray(pixels), Wrap(True, True))
    moved = lightness(Image.fromarray(numpy.roll(pixels, (20, 30), (0, 1))), Wrap(True, True))
    assert numpy.array_equal(numpy.roll(height, (20, 30), (0, 1)), moved)
