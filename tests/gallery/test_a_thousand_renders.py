"""With a thousand renders, each is on exactly one page, and a page takes no more queries than usual."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from gallery.models import Pair, Picture, Render, Status
from tests.gallery.files import only_named
from transfer.recipes.style import StyleRecipe

COUNT = 1000


@pytest.fixture
def thousand(alice: User, bob: User) -> list[Render]:
    """Finished renders of many pairs by several people."""
    small = {"thumbnail_width": 64, "thumbnail_height": 48, "placeholder": "data:,"}
    only_named(*(f"pictures/{number}.png" for number in range(50)))
    only_named(*(f"thumbnails/{number}.webp" for number in range(50)))
    only_named(*(name for number in range(COUNT) for name in (f"renders/{number}.png", f"thumbnails/r{number}.webp")))
    pictures = Picture.objects.bulk_create(
        Picture(sha256=f"{number:064}", file=f"pictures/{number}.png", thumbnail=f"thumbnails/{number}.webp",
                width=640, height=480, name=f"{number}.png", owner=alice, **small)
        for number in range(50)
    )  # fmt: skip
    pairs = Pair.objects.bulk_create(
        Pair(content=pictures[number], style=pictures[49 - number]) for number in range(50)
    )
    recipe, people = StyleRecipe().model_dump(mode="json"), (alice, bob, None)
    return Render.objects.bulk_create(
        Render(pair=pairs[number % 50], recipe_json=recipe, status=Status.COMPLETED, owner=people[number % 3],
               output=f"renders/{number}.png", thumbnail=f"thumbnails/r{number}.webp", width=512, height=384,
               started=timezone.now(), finished=timezone.now(), **small)
        for number in range(COUNT)
    )  # fmt: skip


def pages(client: Client) -> list[list]:
    """The ids on each page, from the first to the last."""
    found, cursor = [], None
    while cursor != "":
        page = client.get("/", {"after": cursor} if cursor else {}).context["page"]
        found.append([render.pk for render in page.renders])
        cursor = page.next
    return found


def test_every_render_is_on_one_page(client: Client, thousand: list[Render]) -> None:
    found = [pk for page in pages(client) for pk in page]

    assert len(found) == COUNT
    assert set(found) == {render.pk for render in thousand}


def test_renders_of_the_same_moment_are_each_on_one_page(client: Client, thousand: list[Render]) -> None:
    now = timezone.now()
    for start in range(0, COUNT, 100):
        group = [render.pk for render in thousand[start : start + 100]]
        Render.objects.filter(pk__in=group).update(created=now - timezone.timedelta(seconds=start))

    found = [pk for page in pages(client) for pk in page]

    assert len(found) == COUNT
    assert set(found) == {render.pk for render in thousand}


@pytest.mark.usefixtures("thousand")
@pytest.mark.parametrize("who", ["anonymous", "alice", "charlie"])
def test_ten_pages_cost_at_most_eight_queries_each(
    who: str, client: Client, alices_browser: Client, charlies_browser: Client, django_assert_max_num_queries: Callable
) -> None:
    browser = {"anonymous": client, "alice": alices_browser, "charlie": charlies_browser}[who]
    cursor = None
    for number in range(10):
        headers = {"HX-Request": "true"} if number % 2 else {}
        with django_assert_max_num_queries(8):
            response = browser.get("/", {"after": cursor} if cursor else {}, headers=headers)
        assert len(response.context["page"].renders) == 24
        cursor = response.context["page"].next


@pytest.mark.usefixtures("thousand")
def test_other_pages_cost_few_queries_too(
    alices_browser: Client, thousand: list[Render], django_assert_max_num_queries: Callable
) -> None:
    Render.objects.filter(pk__in=[render.pk for render in thousand[:200]]).update(status=Status.PENDING)
    last = thousand[-1]
    shown = {"/queue/": 12, "/pictures/": 10, f"/pairs/{last.pair_id}/": 10, f"/renders/{last.pk}/": 15, "/new/": 10}
    for address, queries in shown.items():
        with django_assert_max_num_queries(queries):
            assert alices_browser.get(address).status_code == 200
