"""Browsers and proxies may keep a file whose address has a row's id, but they must check it each time."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Render
from gallery.pictures import blobs
from tests.pictures import as_bytes, painting

WHAT = ["/renders/{}/output.webp", "/renders/{}/output.avif", "/renders/{}/timelapse.mp4", "/new/regions/{}.webp"]


@pytest.fixture
def finished(alice: User, make_finished: Callable[..., Render]) -> Render:
    """One of alice's, with two rungs for a film."""
    render = make_finished(owner=alice)
    for place in range(2):
        name = blobs.store("frames", as_bytes(painting((64, 48), seed=place), "WEBP"), ".webp")
        render.frames.create(place=place, file=name, width=64, height=48)
    return render


@pytest.mark.parametrize("what", WHAT)
def test_a_browser_that_has_it_is_told_so(client: Client, finished: Render, what: str) -> None:
    address = what.format(finished.pk)
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Cache-Control"] == again.headers["Cache-Control"] == "no-cache"
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


@pytest.mark.parametrize("what", WHAT)
@pytest.mark.django_db(transaction=True)
def test_once_it_is_deleted_a_kept_copy_is_of_no_use(alices_browser: Client, finished: Render, what: str) -> None:
    address = what.format(finished.pk)
    tag = alices_browser.get(address).headers["ETag"]
    alices_browser.post(f"/renders/{finished.pk}/delete/")

    assert alices_browser.get(address, headers={"If-None-Match": tag}).status_code == 404


def test_a_part_of_another_film_is_not_gone_on_with(client: Client, finished: Render) -> None:
    address = f"/renders/{finished.pk}/timelapse.mp4"
    whole = client.get(address)
    part = {"Range": "bytes=4-9"}

    assert client.get(address, headers={**part, "If-Range": whole.headers["ETag"]}).status_code == 206
    assert client.get(address, headers={**part, "If-Range": '"another"'}).status_code == 200
