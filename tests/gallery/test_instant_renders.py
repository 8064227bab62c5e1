"""An instant picture through the studio's form and the queue: it is asked for, planned and painted like any other."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from gallery.models import Render
from gallery.painting.paint import paint
from gallery.queueing.order import Order
from gallery.queueing.planning import planned
from transfer.instant.recipe import InstantRecipe

pytestmark = pytest.mark.usefixtures("clean_queue")


def test_it_is_asked_for_and_painted(post_pair: Callable[..., HttpResponse], client: Client) -> None:
    answer = post_pair(kind="instant", image_size="140", num_iterations=None, strength="0.7")
    assert answer.status_code == 302
    row = Render.objects.get()
    assert row.recipe == InstantRecipe(image_size=140, strength=0.7)
    assert planned(row.recipe, Order.of(row).sizes).size == (140, 105)

    painted = paint(row, lambda: None)
    assert painted.picture.size == (140, 105)
    assert painted.provenance.recipe == row.recipe
    assert [frame.width for frame in painted.frames] == [128, 140]
    assert client.get(f"/renders/{row.pk}/").status_code == 200


def test_what_is_wrong_with_it_stands_by_its_field(post_pair: Callable[..., HttpResponse]) -> None:
    answer = post_pair(kind="instant", num_iterations=None, quality="best")
    assert answer.status_code == 422
    assert answer.context["form"].errors["quality"]
    assert not Render.objects.exists()
