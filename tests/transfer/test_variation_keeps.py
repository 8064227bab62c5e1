"""What must stay does, pixel by pixel, and what is around it fits."""

import numpy
from PIL import Image, ImageDraw

from tests.transfer.variations import QUICK, islands, varied


def mask(size: tuple[int, int], box: tuple[int, int, int, int]) -> Image.Image:
    drawn = Image.new("RGB", size)
    ImageDraw.Draw(drawn).rectangle(box, fill="white")
    return drawn


def test_what_is_white_in_the_mask_stays_where_it_is_and_the_rest_does_not() -> None:
    picture = islands((64, 48))
    made = varied(QUICK, picture, mask((64, 48), (16, 12, 39, 35))).astype(float)
    away = numpy.abs(made - numpy.asarray(picture)).max(2)
    assert away[14:34, 18:38].max() <= 1
    assert away[:, 44:].mean() > 15


def test_in_another_shape_it_stays_in_the_middle() -> None:
    picture = islands((64, 64))
    made = varied(QUICK.with_changes(shape="2:1", extent=2.0), picture, mask((64, 64), (0, 0, 63, 63)))
    scaled = numpy.asarray(picture.resize((32, 32), Image.Resampling.LANCZOS)).astype(float)
    assert made.shape == (32, 64, 3)
    assert numpy.abs(made[:, 16:48] - scaled).mean() < 2
