"""A result says how large it is on paper, and which size to render for a page."""

from collections.abc import Callable

import pytest
from django.test import Client

from gallery.browsing.printing import prints
from gallery.models import Render

Make = Callable[..., Render]


@pytest.mark.parametrize(
    ("size", "density", "width", "height"),
    [((2400, 1348), 300, 20.3, 11.4), ((2400, 1348), 150, 40.6, 22.8), ((720, 720), 72, 25.4, 25.4)],
)
def test_it_measures_centimetres(size: tuple[int, int], density: int, width: float, height: float) -> None:
    (found,) = [each for each in prints(size) if each.density == density]

    assert (round(found.width, 1), round(found.height, 1)) == (width, height)


@pytest.mark.parametrize("size", [(1000, 700), (700, 1000), (640, 480), (500, 500), (2000, 100)])
def test_the_size_for_a_page_fills_it_and_no_more(size: tuple[int, int]) -> None:
    (usual,) = [each for each in prints(size) if each.is_usual]
    for page, (length, breadth) in zip(usual.pages, [(29.7, 21.0), (42.0, 29.7)], strict=True):
        centimetres = sorted((side * page.side / max(size) / 300 * 2.54 for side in size), reverse=True)
        assert centimetres[0] <= length + 0.01
        assert centimetres[1] <= breadth + 0.01
        assert centimetres[0] > length - 0.02 or centimetres[1] > breadth - 0.02


def test_the_page_offers_the_size_for_a_page(client: Client, make_finished: Make) -> None:
    page = client.get(f"/renders/{make_finished(width=2000, height=1414).id}/").content.decode()

    assert "16.9 × 12.0 cm at 300 dpi" in page
    assert "A4: render at 3508 px" in page
    assert "A4: large enough" in page  # at 150 dpi
