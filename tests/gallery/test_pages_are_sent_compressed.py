"""Pages and JSON are compressed for browsers that accept it; pictures are not."""

from collections.abc import Callable

from django.test import Client

from gallery.models import Render

ACCEPTS = {"Accept-Encoding": "gzip, br"}


def test_pages_and_status(client: Client, make_finished: Callable[..., Render]) -> None:
    render = make_finished()

    for address in ("/", f"/renders/{render.pk}/status.json"):
        assert client.get(address, headers=ACCEPTS).headers["Content-Encoding"] == "gzip"
        assert "Content-Encoding" not in client.get(address).headers


def test_pictures_are_not(client: Client, make_finished: Callable[..., Render]) -> None:
    response = client.get(make_finished().thumbnail.url, headers=ACCEPTS)

    assert "Content-Encoding" not in response.headers
    assert response.headers["Content-Length"]
