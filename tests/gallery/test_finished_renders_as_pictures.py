"""A finished render's picture can go into another one, as content or as style."""

import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client

from gallery.models import Picture, Render, Status
from gallery.pictures import blobs
from tests.gallery.files import blank, only_named
from tests.pictures import as_bytes, painting

Post = Callable[..., HttpResponse]
Make = Callable[..., Render]


@pytest.mark.parametrize("name", ["content", "content_render"])
def test_the_studio_is_filled_in_with_it_and_nothing_is_stored_yet(
    name: str, client: Client, make_finished: Make
) -> None:
    render = make_finished()
    pictures = Picture.objects.count()

    page = client.get(f"/new/?{name}={render.id}").content.decode()

    assert f'name="content_id" value="{render.id}"' in page
    assert render.thumbnail.url in page
    assert Picture.objects.count() == pictures


def test_it_becomes_a_picture_of_the_person_who_uses_it_once(
    post_pair: Post, make_finished: Make, alice: User, alices_browser: Client
) -> None:
    output = blobs.store("renders", as_bytes(painting((96, 80), seed=6)), ".png")
    render = make_finished(visitor="a" * 32, title="Evening", output=output, width=96, height=80)

    for _ in range(2):
        response = post_pair(alices_browser, style=None, style_id=str(render.id))
        assert response.status_code == 302

    used = {row.pair.style for row in Render.objects.exclude(pk=render.pk)}
    (picture,) = used
    assert picture.owner == alice
    assert (picture.width, picture.height, picture.name) == (render.width, render.height, "Evening")


def test_what_it_needs_is_told(client: Client, make_finished: Make) -> None:
    render = make_finished()

    query = {"content_id": str(render.id), "style_id": str(render.id), "image_size": "128"}
    assert "at 128 × 96 px" in client.get("/new/plan/", query).content.decode()


@pytest.mark.parametrize("status", [Status.PENDING, Status.FAILED, Status.CANCELED])
def test_a_render_that_has_no_picture_is_none(
    status: str, client: Client, post_pair: Post, make_finished: Make
) -> None:
    render = make_finished(status=status)

    assert f'value="{render.id}"' not in client.get(f"/new/?content={render.id}").content.decode()
    assert post_pair(content=None, content_id=str(render.id)).status_code == 422


def test_a_render_whose_file_is_gone_or_too_large_is_refused_beside_its_place(
    post_pair: Post, make_finished: Make
) -> None:
    only_named("renders/00/gone.png")
    gone = make_finished(output="renders/00/gone.png")
    large = make_finished(output=blobs.store("renders", blank((9000, 9000)), ".png"))

    for render, why in ((gone, "cannot be read any more"), (large, "million pixels")):
        response = post_pair(content=None, content_id=str(render.id))
        assert response.status_code == 422
        assert why in response.context["form"].errors["content"][0]


def test_ones_own_pictures_renders_and_those_of_others_can_be_chosen(
    alice: User, bob: User, alices_browser: Client, make_picture: Callable[..., Picture], make_finished: Make
) -> None:
    own, other, render = make_picture(alice, seed=1), make_picture(bob, seed=2), make_finished(bob)
    content = uuid.uuid4()

    response = alices_browser.get(f"/new/choose/?for=style_2&content={content}&style_2=x&nonsense=1")

    page = response.content.decode()
    assert list(response.context["own"]) == [own]
    assert other in response.context["others"]
    assert own not in response.context["others"]
    for each in (own, other, render):
        assert f'href="/new/?content={content}&amp;style_2={each.id}"' in page


def test_a_choice_for_nothing_that_there_is_is_for_the_content(
    client: Client, make_picture: Callable[..., Picture]
) -> None:
    picture = make_picture()

    for query in ("", "?for=masks", "?for=style_99", '?for="><script>'):
        page = client.get(f"/new/choose/{query}").content.decode()
        assert f'href="/new/?content={picture.id}"' in page
        assert "<script>'" not in page


def test_content_and_style_can_be_exchanged_without_scripts(
    client: Client, make_picture: Callable[..., Picture]
) -> None:
    content, style = make_picture(seed=1), make_picture(seed=2)

    page = client.get(f"/new/?content={content.id}&style={style.id}").content.decode()

    assert f'href="/new/?style={content.id}&amp;content={style.id}&amp;styles=1"' in page
