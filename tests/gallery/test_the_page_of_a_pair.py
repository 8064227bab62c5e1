"""A pair's page shows its two pictures and all renders of them."""

import uuid
from collections.abc import Callable

from django.test import Client

from gallery.models import Picture, Render, Status


def test_all_renders_of_the_pair_and_no_others(
    client: Client, make_finished: Callable[..., Render], make_picture: Callable[..., Picture]
) -> None:
    one, two = make_finished(seed=1), make_finished(seed=2)
    failed = make_finished(status=Status.FAILED)
    waiting = make_finished(status=Status.PENDING)
    other = make_finished(style=make_picture(seed=5))
    pair = one.pair

    response = client.get(f"/pairs/{pair.id}/")

    page = response.content.decode()
    assert response.context["page"].renders == [two, one]
    assert f'href="/renders/{waiting.id}/"' in page
    assert str(failed.id) not in page
    assert str(other.id) not in page
    for picture in (pair.content, pair.style):
        assert f'href="{picture.file.url}"' in page
    assert f"/new/?content={pair.content_id}&amp;style={pair.style_id}" in page


def test_it_pages_as_the_gallery_does(client: Client, make_finished: Callable[..., Render]) -> None:
    renders = [make_finished() for _ in range(30)]
    address = f"/pairs/{renders[0].pair_id}/"
    first = client.get(address).context["page"]

    rest = client.get(address, {"after": first.next}, headers={"HX-Request": "true"})

    assert "<html" not in rest.content.decode()
    found = [*first.renders, *rest.context["page"].renders]
    assert [render.pk for render in found] == [render.pk for render in renders[::-1]]


def test_a_pair_without_a_finished_render_says_so(client: Client, make_finished: Callable[..., Render]) -> None:
    render = make_finished(status=Status.FAILED)

    assert "No finished render of these two yet" in client.get(f"/pairs/{render.pair_id}/").content.decode()


def test_an_unknown_pair_is_not_found(client: Client, db: None) -> None:
    assert client.get(f"/pairs/{uuid.uuid4()}/").status_code == 404
