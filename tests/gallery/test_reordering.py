"""People move their own waiting renders among one another, and nobody else's."""

import uuid
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Render, Status
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


@pytest.fixture
def alices(alice: User, make_finished: Make) -> list[Render]:
    """Three waiting renders of alice's."""
    return [make_finished(alice, status=Status.PENDING) for _ in range(3)]


def order() -> list:
    return list(Render.objects.waiting().values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("number", "to", "after"),
    [
        (1, "up", [1, 0, 2]),
        (1, "down", [0, 2, 1]),
        (2, "front", [2, 0, 1]),
        (0, "up", [0, 1, 2]),
        (2, "down", [0, 1, 2]),
    ],
)
def test_up_down_and_to_the_front(
    number: int, to: str, after: list[int], alices: list[Render], alices_browser: Client
) -> None:
    response = alices_browser.post(f"/renders/{alices[number].pk}/{to}/")

    assert response.headers["Location"] == "/queue/"
    assert order() == [alices[each].pk for each in after]


@pytest.mark.parametrize(("number", "other", "after"), [(2, 0, [2, 0, 1]), (0, 2, [1, 2, 0]), (1, 1, [0, 1, 2])])
def test_to_where_another_one_is(
    number: int, other: int, after: list[int], alices: list[Render], alices_browser: Client
) -> None:
    alices_browser.post(f"/renders/{alices[number].pk}/to/{alices[other].pk}/")

    assert order() == [alices[each].pk for each in after]


def test_not_to_where_somebody_elses_is(
    alices: list[Render], bob: User, alices_browser: Client, bobs_browser: Client, make_finished: Make
) -> None:
    bobs = make_finished(bob, status=Status.PENDING)
    before = order()

    alices_browser.post(f"/renders/{alices[1].pk}/to/{bobs.pk}/")
    assert bobs_browser.post(f"/renders/{alices[1].pk}/to/{alices[0].pk}/").status_code == 403
    assert alices_browser.post(f"/renders/{alices[1].pk}/to/{uuid.uuid4()}/").status_code == 404

    assert order() == before


def test_renders_of_the_same_moment_can_be_moved_too(alices: list[Render], alices_browser: Client) -> None:
    Render.objects.update(place=1000.0)
    before = order()

    alices_browser.post(f"/renders/{before[2]}/up/")

    assert order() == [before[0], before[2], before[1]]


def test_nobody_elses_place_changes(
    alices: list[Render], bob: User, alices_browser: Client, make_finished: Make
) -> None:
    bobs = make_finished(bob, status=Status.PENDING)
    Render.objects.filter(pk=bobs.pk).update(place=alices[0].place)

    alices_browser.post(f"/renders/{alices[2].pk}/front/")

    bobs.refresh_from_db()
    assert bobs.place == alices[0].place


def test_only_ones_own_and_staff_all(
    alices: list[Render], client: Client, bobs_browser: Client, charlies_browser: Client
) -> None:
    for browser in (client, bobs_browser):
        for to in ("up", "down", "front"):
            assert browser.post(f"/renders/{alices[2].pk}/{to}/").status_code == 403
    assert order() == [row.pk for row in alices]

    charlies_browser.post(f"/renders/{alices[2].pk}/front/")
    assert order()[0] == alices[2].pk


def test_a_large_render_moves_among_large_ones(alice: User, alices_browser: Client, make_finished: Make) -> None:
    large = {"recipe_json": StyleRecipe(image_size=1024).model_dump(mode="json")}
    small = make_finished(alice, status=Status.PENDING)
    one, two = (make_finished(alice, status=Status.PENDING, **large) for _ in range(2))

    alices_browser.post(f"/renders/{two.pk}/up/")

    assert order() == [small.pk, two.pk, one.pk]


def test_what_runs_cannot_be_moved(alice: User, alices_browser: Client, make_finished: Make) -> None:
    running = make_finished(alice, status=Status.IN_PROGRESS)
    before = running.place

    assert alices_browser.post(f"/renders/{running.pk}/front/").status_code == 302
    assert Render.objects.get().place == before
