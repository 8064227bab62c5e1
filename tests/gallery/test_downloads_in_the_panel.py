"""What was made is downloaded where it was made, with all that is known of its places."""

import re

import pytest
from django.test import Client

from gallery.models import Picture, Render
from gallery.painting.claiming import work_on_next

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clean_queue", "stripes")]


def offered(page: str) -> list[str]:
    return re.findall(r'href="([^"]+)" download=', page)


def test_the_page_with_the_same_values_offers_them(client: Client) -> None:
    response = client.post("/make/stripes/", {"seed": "5", "image_size": "96", "keep": "1"}, follow=True)
    picture = Picture.objects.get()

    assert response.redirect_chain[-1][0].startswith("/make/stripes/?version=2&image_size=96&seed=5")
    found = offered(response.content.decode())
    assert {picture.file.url, picture.elevation.url, picture.labels.url} <= set(found)
    assert {address.rsplit("/", 1)[1] for address in found} >= {"relief.glb", "maps.zip", "height-513.raw"}
    assert all(client.get(address).status_code == 200 for address in found)


def test_a_finished_render_has_them_too(client: Client) -> None:
    client.post("/make/stripes/", {"seed": "5", "image_size": "640"})
    work_on_next()
    row = Render.objects.get()
    page = client.get(f"/make/stripes/?made={row.pk}").content.decode()

    assert row.output.url in offered(page)
    assert f"/renders/{row.pk}/relief/maps.zip" in offered(page)


@pytest.mark.parametrize("named", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_is_not_here_is_not_offered(named: str, client: Client) -> None:
    assert offered(client.get(f"/make/stripes/?made={named}").content.decode()) == []
