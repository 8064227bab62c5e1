"""While there are few renders, the gallery's page has the starters and the cookbook beneath them; later it does not."""

from collections.abc import Callable

from django.test import Client

from gallery.models import Render
from gallery.views.gallery import FEW

OFFER = "From the cookbook"
STARTERS = '<form class="starters"'


def test_one_render_is_not_alone_on_the_page(client: Client, make_finished: Callable[..., Render]) -> None:
    make_finished()

    page = client.get("/").content.decode()

    assert OFFER in page
    assert page.index('class="card') < page.index("Paint another") < page.index(STARTERS)


def test_a_gallery_that_has_enough_is_left_alone(client: Client, make_finished: Callable[..., Render]) -> None:
    for _ in range(FEW):
        make_finished()

    page = client.get("/").content.decode()

    assert OFFER not in page
    assert STARTERS not in page


def test_who_looks_for_something_is_not_distracted(client: Client, make_finished: Callable[..., Render]) -> None:
    make_finished(title="a village")

    assert OFFER not in client.get("/?q=village").content.decode()
