"""People can retry failed and cancelled renders, one by one or all that failed."""

from collections.abc import Callable

import django_rq
import pytest
import redis
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Render, Status
from gallery.queueing import queue
from gallery.queueing.notes import HALVED, HALVED_BEFORE

pytestmark = pytest.mark.django_db(transaction=True)  # tokens are issued on commit

Make = Callable[..., Render]


@pytest.mark.parametrize("status", [Status.FAILED, Status.CANCELED])
def test_a_render_that_is_over_without_a_picture_waits_again_with_a_token(
    status: Status, alice: User, alices_browser: Client, make_finished: Make, clean_queue: redis.Redis
) -> None:
    render = make_finished(alice, status=status, error="bad luck", crashes=5, output="")
    recipe = render.recipe_json

    assert alices_browser.post(f"/renders/{render.id}/retry/").headers["Location"] == f"/renders/{render.id}/"

    row = Render.objects.get()
    assert (row.status, row.error, row.crashes, row.finished) == (Status.PENDING, "", 0, None)
    assert row.recipe_json == recipe
    assert django_rq.get_queue(queue.QUEUE).count == 1


@pytest.mark.parametrize("said", [HALVED, *HALVED_BEFORE])
def test_it_has_all_of_its_memory_again_and_no_note_says_otherwise(
    said: str, alice: User, alices_browser: Client, make_finished: Make, clean_queue: redis.Redis
) -> None:
    notes = ["Kept.", said]
    render = make_finished(alice, status=Status.FAILED, memory_halvings=3, notes=notes, output="")
    other = make_finished(alice, status=Status.FAILED, notes=["Something else."], output="")

    alices_browser.post("/queue/retry-failed/")

    row = Render.objects.get(pk=render.pk)
    assert (row.status, row.memory_halvings, row.notes) == (Status.PENDING, 0, ["Kept."])
    assert Render.objects.get(pk=other.pk).notes == ["Something else."]


@pytest.mark.parametrize("status", [Status.PENDING, Status.IN_PROGRESS, Status.COMPLETED])
def test_nothing_else_is_touched(status: Status, alice: User, alices_browser: Client, make_finished: Make) -> None:
    render = make_finished(alice, status=status)
    before = Render.objects.values().get()

    assert alices_browser.post(f"/renders/{render.id}/retry/").status_code == 302

    assert Render.objects.values().get() == before


def failed(make_finished: Make, owner: User) -> Render:
    return make_finished(owner, status=Status.FAILED, output="")


def test_all_of_ones_own_that_failed_are_tried_again_together(
    alice: User, bob: User, alices_browser: Client, make_finished: Make, clean_queue: redis.Redis
) -> None:
    alices, bobs = [failed(make_finished, alice) for _ in range(2)], failed(make_finished, bob)
    cancelled = make_finished(alice, status=Status.CANCELED)

    page = alices_browser.post("/queue/retry-failed/", follow=True)

    assert "2 renders wait again." in page.content.decode()
    assert {Render.objects.get(pk=row.pk).status for row in alices} == {Status.PENDING}
    assert Render.objects.get(pk=bobs.pk).status == Status.FAILED
    assert Render.objects.get(pk=cancelled.pk).status == Status.CANCELED
    assert django_rq.get_queue(queue.QUEUE).count == 2


def test_staff_try_everybodys_again(
    alice: User, bob: User, charlies_browser: Client, make_finished: Make, clean_queue: redis.Redis
) -> None:
    for person in (alice, bob, None):
        failed(make_finished, person)

    charlies_browser.post("/queue/retry-failed/")

    assert Render.objects.claimable().count() == 3


def test_strangers_try_nothing_again(client: Client, make_finished: Make) -> None:
    failed(make_finished, None)

    assert client.post("/queue/retry-failed/").status_code == 302
    assert Render.objects.get().status == Status.FAILED
