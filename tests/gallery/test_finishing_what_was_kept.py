"""A render that somebody stopped and kept can be finished: painted on to the size that was asked for."""

import itertools
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Render, Status
from gallery.painting import paint
from gallery.painting.claiming import claim, publish
from gallery.painting.heartbeat import Reason
from tests.gallery.test_keeping_what_is_good_enough import stop_at

Make = Callable[..., Render]


@pytest.mark.usefixtures("clean_queue")
def test_it_goes_on_from_where_it_was_stopped(alice: User, alices_browser: Client, make_render: Make) -> None:
    render = make_render(alice, image_size=181, num_iterations=6)
    row = claim("one")
    publish(row, paint.paint(row, stop_at(8, Reason.KEPT)))
    assert "Finish it" in alices_browser.get(f"/renders/{render.id}/").content.decode()

    alices_browser.post(f"/renders/{render.id}/bigger/", {"image_size": 181})

    further = claim("one")
    assert further.parent_id == render.pk
    looks = itertools.count()

    def go_on() -> None:
        next(looks)

    painted = paint.paint(further, go_on)
    assert painted.provenance.kept is None
    assert painted.picture.size == (181, 151)
    assert next(looks) < 8  # of twelve, of which eight were painted before


def test_one_that_is_finished_offers_no_such_thing(client: Client, make_finished: Make) -> None:
    render = make_finished()

    assert "Finish it" not in client.get(f"/renders/{render.id}/").content.decode()
    client.post(f"/renders/{render.id}/bigger/", {"image_size": render.image_size})
    assert Render.objects.count() == 1
    assert Render.objects.filter(status=Status.PENDING).count() == 0
