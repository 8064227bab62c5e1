"""The owner of a collection orders its renders, and staff show collections on the first page."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Collection, CollectionEntry, Render, Status

Make = Callable[..., Render]


@pytest.fixture
def renders(make_finished: Make) -> list[Render]:
    return [make_finished(seed=seed) for seed in range(4)]


@pytest.fixture
def wall(alice: User, renders: list[Render]) -> Collection:
    """A collection of alice's with four renders: the last one is its first."""
    wall = Collection.objects.create(owner=alice, title="A wall")
    for render in renders:
        CollectionEntry.objects.create(collection=wall, render=render)
    return wall


def numbers(browser: Client, wall: Collection, renders: list[Render]) -> list[int]:
    """What its page shows, by the numbers of the renders."""
    return [renders.index(each) for each in browser.get(wall.get_absolute_url()).context["page"].renders]


@pytest.mark.parametrize(
    ("number", "to", "order"),
    [
        (1, "first", [1, 3, 2, 0]),
        (1, "earlier", [3, 1, 2, 0]),
        (1, "later", [3, 2, 0, 1]),
        (3, "last", [2, 1, 0, 3]),
        (3, "earlier", [3, 2, 1, 0]),
        (0, "later", [3, 2, 1, 0]),
        (2, "nowhere", [3, 2, 1, 0]),
    ],
)
def test_renders_are_moved(
    number: int, to: str, order: list[int], alices_browser: Client, wall: Collection, renders: list[Render]
) -> None:
    alices_browser.post(f"/collections/{wall.pk}/move/", {"render": renders[number].pk, "to": to})

    assert numbers(alices_browser, wall, renders) == order


@pytest.mark.parametrize(("moved", "before", "order"), [(0, 2, [3, 0, 2, 1]), (3, 1, [2, 1, 3, 0])])
def test_renders_are_dragged_onto_others(
    moved: int, before: int, order: list[int], alices_browser: Client, wall: Collection, renders: list[Render]
) -> None:
    sent = {"render": renders[moved].pk, "before": renders[before].pk}
    alices_browser.post(f"/collections/{wall.pk}/move/", sent)

    assert numbers(alices_browser, wall, renders) == order


def test_what_is_added_afterwards_goes_first(
    alices_browser: Client, wall: Collection, renders: list[Render], make_finished: Make
) -> None:
    alices_browser.post(f"/collections/{wall.pk}/move/", {"render": renders[0].pk, "to": "first"})
    new = make_finished(seed=9)

    alices_browser.post(f"/renders/{new.pk}/collections/", {"collection": wall.pk})

    assert numbers(alices_browser, wall, [*renders, new]) == [4, 0, 3, 2, 1]


def test_nobody_else_orders_it(bobs_browser: Client, wall: Collection, renders: list[Render]) -> None:
    answer = bobs_browser.post(f"/collections/{wall.pk}/move/", {"render": renders[0].pk, "to": "first"})

    assert answer.status_code == 403
    assert "Move earlier" not in bobs_browser.get(wall.get_absolute_url()).content.decode()


def test_staff_feature_it_on_the_first_page(
    charlies_browser: Client, alices_browser: Client, client: Client, wall: Collection
) -> None:
    address = f"/collections/{wall.pk}/feature/"
    assert alices_browser.post(address).status_code == 403
    assert not client.get("/").context["featured"]

    charlies_browser.post(address)
    assert client.get("/").context["featured"] == [wall]
    assert "A wall" in client.get("/").content.decode()
    assert not client.get("/?size=small").context["featured"]

    charlies_browser.post(address, {"out": "1"})
    assert not client.get("/").context["featured"]


def test_those_with_the_lowest_place_go_first(client: Client, alice: User, make_finished: Make) -> None:
    make_finished(status=Status.COMPLETED)
    places = {title: Collection.objects.create(title=title, featured=True, place=n) for n, title in enumerate("cab")}

    assert client.get("/").context["featured"] == [places[title] for title in "cab"]
