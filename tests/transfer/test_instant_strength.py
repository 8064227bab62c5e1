"""The strength of an instant picture is even: none is a hint, half is the style, and more is rougher."""

from itertools import pairwise

from PIL import Image

from tests.transfer.instant import apart, painted


def test_a_greater_strength_is_farther_from_the_content(content, style):
    found = [apart(painted(content, style, image_size=96, strength=each), content) for each in (0, 0.1, 0.25, 0.5)]
    assert all(less < more for less, more in pairwise(found))
    assert found[0] < 0.5 * found[-1]


def test_more_than_half_paints_more_where_the_content_is_flat(style):
    flat = Image.new("RGB", (96, 72), "#6080a0")
    found = [painted(flat, style, image_size=96, strength=each).std(dim=(2, 3)).mean() for each in (0.5, 0.75, 1)]
    assert all(less < more for less, more in pairwise(map(float, found)))
