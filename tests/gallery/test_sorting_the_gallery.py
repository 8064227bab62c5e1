"""The gallery in any order, page by page: it shows each render once, and deep pages cost no more."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gallery.browsing.paging import PAGE
from gallery.models import Render

Make = Callable[..., Render]
KEYS = {
    "newest": lambda render: (render.created, render.id),
    "oldest": lambda render: (render.created, render.id),
    "liked": lambda render: (render.likes, render.created, render.id),
    "largest": lambda render: (render.area, render.created, render.id),
}


@pytest.fixture
def many(make_finished: Make) -> list[Render]:
    """More than two pages, with many equals."""
    first = make_finished()
    moments = [timezone.now() - timedelta(days=number // 5) for number in range(2 * PAGE + 5)]
    rows = [
        Render(pair=first.pair, recipe_json=first.recipe_json, status="completed", likes=number % 3, width=64,
               height=40 + number % 2, thumbnail=first.thumbnail.name, output=first.output.name)
        for number, _ in enumerate(moments)
    ]  # fmt: skip
    Render.objects.bulk_create(rows)
    for row, moment in zip(rows, moments, strict=True):
        Render.objects.filter(pk=row.pk).update(created=moment)
    return list(Render.objects.all())


@pytest.mark.parametrize("sort", KEYS)
def test_every_render_comes_once_and_in_order(client: Client, many: list[Render], sort: str) -> None:
    address, found = "/" if sort == "newest" else f"/?sort={sort}", []
    while address:
        response = client.get(address)
        found += [render.pk for render in response.context["page"].renders]
        address = f"/{response.context['more']}" if response.context["page"].next else ""

    assert found == [each.pk for each in sorted(many, key=KEYS[sort], reverse=sort != "oldest")]


def test_the_link_to_more_keeps_what_is_filtered_by(client: Client, many: list[Render]) -> None:
    page = client.get("/?sort=liked&likes=1").content.decode()

    link = page.split('class="more button" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/{link}")
    assert link.startswith("?sort=liked&likes=1&after=")
    assert second.status_code == 200
    assert all(render.likes >= 1 for render in second.context["page"].renders)


@pytest.mark.parametrize("cursor", ["x", "1_x_y", "-1_2026-01-01T00:00:00+00:00_7b1f6c0e-8a54-4a6e-9a3d-1f5d2f9f8a10"])
@pytest.mark.parametrize("sort", ["liked", "largest"])
def test_a_cursor_of_another_order_is_not_found(client: Client, make_finished: Make, sort: str, cursor: str) -> None:
    newest = f"{make_finished().created.isoformat()}_{make_finished().id}"

    assert client.get("/", {"sort": sort, "after": cursor}).status_code == 404
    assert client.get("/", {"sort": sort, "after": newest}).status_code == 404


def test_numbers_beyond_all_bounds_are_not_found(client: Client, make_finished: Make) -> None:
    render = make_finished()

    cursor = f"{'9' * 30}_{render.created.isoformat()}_{render.id}"
    assert client.get("/", {"sort": "liked", "after": cursor}).status_code == 404


def test_few_queries_whatever_is_asked_for(
    client: Client, make_finished: Make, django_assert_max_num_queries: Callable[..., object]
) -> None:
    render = make_finished(title="sea")

    with django_assert_max_num_queries(12):
        client.get(
            f"/?q=sea&sort=liked&by=alice&size=small&style={render.pair.style_id}&content={render.pair.content_id}"
        )
