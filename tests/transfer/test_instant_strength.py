"""The strength of an instant picture is even: more of it is farther from the content, and none is the content."""

from itertools import pairwise

from tests.transfer.instant import apart, painted


def test_a_greater_strength_is_farther_from_the_content(content, style):
    found = [apart(painted(content, style, image_size=96, strength=each), content) for each in (0, 0.25, 0.5, 1)]
    assert all(less < more for less, more in pairwise(found))
    assert found[0] < 0.25 * found[2]
