"""The gallery shows everybody's finished renders, newest first, a page at a time."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from gallery.browsing.paging import PAGE
from gallery.models import Render, Status

Make = Callable[..., Render]


def test_an_empty_gallery_invites(client: Client, db: None) -> None:
    page = client.get("/").content.decode()

    assert "Paint your first picture" in page
    assert 'href="/new/"' in page


def test_the_newest_goes_first(client: Client, make_finished: Make) -> None:
    renders = [make_finished(seed=seed) for seed in range(3)]

    assert [render.pk for render in client.get("/").context["page"].renders] == [each.pk for each in renders[::-1]]


def test_only_finished_renders_appear(client: Client, make_finished: Make) -> None:
    finished = make_finished()
    others = [make_finished(status=status) for status in Status if status != Status.COMPLETED]

    page = client.get("/").content.decode()

    assert f"/renders/{finished.id}/" in page
    assert not any(str(other.id) in page for other in others)


def test_pictures_have_sizes_words_and_placeholders(client: Client, make_finished: Make) -> None:
    render = make_finished()

    images = re.findall(
        r"<img [^>]+>", client.get("/").content.decode().split('<div class="rows">')[1].split("<section")[0]
    )

    assert len(images) == 3
    for image in images:
        assert re.search(r' width="\d+" height="\d+"', image)
        assert ' alt="' in image
    assert f'src="{render.thumbnail.url}"' in images[0]
    assert ' width="64" height="48"' in images[0]
    assert "background-image: url(data:image/webp;base64," in images[0]


def test_htmx_gets_only_cards(client: Client, make_finished: Make) -> None:
    render = make_finished()

    response = client.get("/", headers={"HX-Request": "true"})

    page = response.content.decode()
    assert "<html" not in page
    assert page.lstrip().startswith("<article")
    assert f"/renders/{render.id}/" in page
    assert "HX-Request" in response.headers["Vary"]
    assert "HX-Request" in client.get("/").headers["Vary"]


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "2026-01-01_x",
        "2026-01-01T00:00:00+00:00_",
        "2026-01-01T00:00:00_7b1f6c0e-8a54-4a6e-9a3d-1f5d2f9f8a10",
        "_7b1f6c0e-8a54-4a6e-9a3d-1f5d2f9f8a10",
        "2026-13-01T00:00:00+00:00_7b1f6c0e-8a54-4a6e-9a3d-1f5d2f9f8a10",
        "0001-01-01T00:00:00+14:00_7b1f6c0e-8a54-4a6e-9a3d-1f5d2f9f8a10",
        "9999-12-31T23:59:59-14:00_7b1f6c0e-8a54-4a6e-9a3d-1f5d2f9f8a10",
        "'; DROP TABLE gallery_render; --",
        "\0",
    ],
)
def test_a_cursor_that_is_none_is_not_found(client: Client, make_finished: Make, cursor: str) -> None:
    make_finished()

    assert client.get("/", {"after": cursor}).status_code == 404


def test_after_the_last_page_there_is_a_way_back(client: Client, make_finished: Make) -> None:
    render = make_finished()

    page = client.get("/", {"after": f"{render.created.isoformat()}_{render.id}"}).content.decode()

    assert "That was all" in page
    assert "Paint your first picture" not in page


def test_a_render_that_comes_while_one_pages_moves_nothing(client: Client, make_finished: Make) -> None:
    renders = [make_finished() for _ in range(PAGE + 3)]
    first = client.get("/").context["page"]
    make_finished()

    second = client.get("/", {"after": first.next}).context["page"]

    found = [render.pk for page in (first, second) for render in page.renders]
    assert found == [render.pk for render in renders[::-1]]
    assert second.next == ""


def test_there_is_no_link_to_a_page_that_would_be_empty(client: Client, make_finished: Make) -> None:
    for _ in range(PAGE):
        make_finished()

    assert "Show more" not in client.get("/").content.decode()
    make_finished(created=timezone.now())
    assert "Show more" in client.get("/").content.decode()
