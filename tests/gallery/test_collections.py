"""People group renders in collections: everybody may look, and only the owner changes one."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Collection, CollectionEntry, Render

Make = Callable[..., Render]


@pytest.fixture
def wall(alice: User) -> Collection:
    """A collection of alice's."""
    return Collection.objects.create(owner=alice, title="A wall")


def shown(browser: Client, collection: Collection) -> list[Render]:
    """What a collection's page shows."""
    return browser.get(collection.get_absolute_url()).context["page"].renders


def test_making_one(client: Client, alices_browser: Client, alice: User) -> None:
    for browser in (client, alices_browser):
        response = browser.post("/collections/", {"title": "Seas", "description": "All blue"})
        collection = Collection.objects.first()
        assert response.headers["Location"] == collection.get_absolute_url()
        assert "All blue" in client.get(collection.get_absolute_url()).content.decode()
    assert collection.owner == alice


@pytest.mark.parametrize("title", ["", "   ", "x" * 121])
def test_one_without_a_proper_name_is_not_made(client: Client, db: None, title: str) -> None:
    assert client.post("/collections/", {"title": title}).status_code == 422
    assert not Collection.objects.exists()


def test_putting_in_and_taking_out(alices_browser: Client, wall: Collection, make_finished: Make) -> None:
    first, second = make_finished(seed=1), make_finished(seed=2)
    for render in (first, second, second):
        response = alices_browser.post(f"/renders/{render.pk}/collections/", {"collection": wall.pk})
        assert response.headers["Location"] == render.get_absolute_url()

    assert shown(alices_browser, wall) == [second, first]
    alices_browser.post(f"/renders/{second.pk}/collections/", {"collection": wall.pk, "out": "1"})
    assert shown(alices_browser, wall) == [first]


def test_making_one_of_a_render(alices_browser: Client, alice: User, make_finished: Make) -> None:
    render = make_finished()

    page = alices_browser.post(
        f"/renders/{render.pk}/collections/", {"title": "Seas"}, headers={"HX-Request": "true"}
    ).content.decode()

    assert Collection.objects.get().renders.get() == render
    assert "Remove from Seas" in page
    assert "<html" not in page


def test_another_name_and_the_end(alices_browser: Client, wall: Collection, make_finished: Make) -> None:
    render = make_finished()
    CollectionEntry.objects.create(collection=wall, render=render)

    alices_browser.post(f"/collections/{wall.pk}/edit/", {"title": "Another wall"})
    assert "Another wall" in alices_browser.get("/collections/").content.decode()
    alices_browser.post(f"/collections/{wall.pk}/edit/", {"title": ""})
    assert Collection.objects.get().title == "Another wall"
    alices_browser.post(f"/collections/{wall.pk}/delete/")
    assert not Collection.objects.exists()
    assert Render.objects.get() == render


def test_nobody_else_changes_it(client: Client, bobs_browser: Client, wall: Collection, make_finished: Make) -> None:
    render = make_finished()

    for browser in (client, bobs_browser):
        assert browser.get(wall.get_absolute_url()).status_code == 200
        assert "Edit" not in browser.get(wall.get_absolute_url()).content.decode()
        assert browser.post(f"/collections/{wall.pk}/edit/", {"title": "Mine"}).status_code == 403
        assert browser.post(f"/collections/{wall.pk}/delete/").status_code == 403
        assert browser.post(f"/renders/{render.pk}/collections/", {"collection": wall.pk}).status_code == 403
        assert browser.post(f"/renders/{render.pk}/collections/", {"collection": "x"}).status_code == 403
    assert not CollectionEntry.objects.exists()


def test_a_render_that_is_deleted_leaves_its_collections(
    alices_browser: Client, alice: User, wall: Collection, make_finished: Make
) -> None:
    render = make_finished(alice)
    CollectionEntry.objects.create(collection=wall, render=render)

    alices_browser.post(f"/renders/{render.pk}/delete/")

    assert shown(alices_browser, wall) == []


def test_the_list_costs_the_same_however_long_it_is(
    alices_browser: Client, alice: User, make_finished: Make, django_assert_max_num_queries: Callable[..., object]
) -> None:
    render = make_finished()
    for number in range(6):
        collection = Collection.objects.create(owner=alice if number % 2 else None, title=f"Wall {number}")
        CollectionEntry.objects.create(collection=collection, render=render)

    with django_assert_max_num_queries(8):
        page = alices_browser.get("/collections/").content.decode()
    assert page.count("1 render<") == 6
    assert page.count("<picture>") == 6


@pytest.mark.parametrize(
    "cursor", ["x", "1_x", "nan_2", "2026-01-01T00:00:00+00:00_7b1f6c0e-8a54-4a6e-9a3d-1f5d2f9f8a10"]
)
def test_a_cursor_that_is_none_is_not_found(client: Client, wall: Collection, cursor: str) -> None:
    assert client.get(wall.get_absolute_url(), {"after": cursor}).status_code == 404
