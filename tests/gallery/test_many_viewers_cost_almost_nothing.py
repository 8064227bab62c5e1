"""Asking again for something unchanged gives a 304, and all viewers share one query of the database."""

import time
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gallery.models import Render, Status
from gallery.queueing import answers, progress
from gallery.views.renders.watching import name_of
from tests.gallery.test_the_last_picture_of_a_cancelled_render import HALFWAY
from tests.pictures import as_bytes, painting

Make = Callable[..., Render]
pytestmark = pytest.mark.usefixtures("clean_queue")


@pytest.fixture
def running(make_finished: Make) -> Render:
    """A render with a live frame."""
    render = make_finished(status=Status.IN_PROGRESS, output="")
    progress.publish(render.id, HALFWAY, as_bytes(painting((64, 48)), "JPEG"))
    return render


@pytest.mark.parametrize("what", ["status.json", "frame.jpg"])
def test_what_did_not_change_is_not_sent_again(what: str, client: Client, running: Render) -> None:
    address = f"/renders/{running.id}/{what}"
    first = client.get(address)
    assert first.status_code == 200

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Cache-Control"] == first.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("what", ["status.json", "frame.jpg"])
def test_what_did_change_is_sent(what: str, client: Client, running: Render) -> None:
    address = f"/renders/{running.id}/{what}"
    first = client.get(address, {"n": 1})
    progress.publish(running.id, replace(HALFWAY, frame=2), as_bytes(painting((64, 48), seed=3), "JPEG"))
    answers.forget(name_of(running.id))

    again = client.get(address, {"n": 2}, headers={"If-None-Match": first.headers["ETag"]})

    assert again.status_code == 200
    assert again.content != first.content


@pytest.mark.parametrize("status", [Status.PENDING, Status.IN_PROGRESS, Status.COMPLETED])
def test_a_hundred_viewers_cost_one_look_at_the_database(status: str, make_finished: Make) -> None:
    render = make_finished(status=status)
    browser = Client()
    answers.forget(name_of(render.id), "order")

    began = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        found = {browser.get(f"/renders/{render.id}/status.json").content for _ in range(100)}

    assert len(found) == 1
    looks = 1 + (time.monotonic() - began) / answers.LIFETIME
    assert len(queries) <= 3 * looks  # the row; for a waiting one the order, and people's recent painting


def test_viewers_of_many_waiting_renders_share_the_order(make_finished: Make) -> None:
    renders = [make_finished(status=Status.PENDING) for _ in range(10)]
    browser = Client()

    began = time.monotonic()
    with CaptureQueriesContext(connection) as queries:
        places = [browser.get(f"/renders/{render.id}/status.json").json()["position"] for render in renders]

    assert places == list(range(1, 11))
    looks = 1 + (time.monotonic() - began) / answers.LIFETIME
    assert len(queries) <= 10 + 2 * looks


def test_a_viewer_is_given_no_session(client: Client, running: Render) -> None:
    response = client.get(f"/renders/{running.id}/status.json")

    assert not response.cookies
    assert "Cookie" not in response.headers.get("Vary", "")


def test_what_the_page_says_is_what_the_status_says_next(client: Client, running: Render) -> None:
    address = f"/renders/{running.id}/status.json"
    assert client.get(address).json()["paused"] is False
    Render.objects.update(paused=True)

    client.get(f"/renders/{running.id}/")

    assert client.get(address).json()["paused"] is True


def test_a_compressed_status_is_not_sent_again_either(client: Client, running: Render) -> None:
    address, packed = f"/renders/{running.id}/status.json", {"Accept-Encoding": "gzip"}
    first = client.get(address, headers=packed)

    assert client.get(address, headers={**packed, "If-None-Match": first.headers["ETag"]}).status_code == 304
