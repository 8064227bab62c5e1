"""A contact sheet shows a sweep's cells under headings, with actions for them."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from gallery.models import Render, Status, Sweep, Worker
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


@pytest.fixture
def make_sweep(make_finished: Make) -> Callable[..., Sweep]:
    """A sweep of 3 x 2 whose cells have these statuses; None stands for a deleted cell."""

    def make(*statuses: str | None, owner: User | None = None) -> Sweep:
        axes = [{"field": "strength", "values": [0, 0.5, 1]}, {"field": "match_colors", "values": [False, True]}]
        sweep = Sweep.objects.create(axes=axes, owner=owner)
        for place, status in enumerate(statuses):
            if status is not None:
                over = {} if status in ("completed", "failed", "canceled") else {"finished": None}
                make_finished(owner, status=status, sweep=sweep, sweep_place=place, seed=place, **over)
        return sweep

    return make


def test_headings_cells_and_their_states(client: Client, make_sweep: Callable[..., Sweep]) -> None:
    sweep = make_sweep("completed", "in_progress", "pending", "failed", "canceled", None)

    page = client.get(f"/sweeps/{sweep.id}/").content.decode()

    assert "Strength × Recolour the style first" in page
    for heading in ('scope="col">0.5\n<', 'scope="row">yes\n<', 'colspan="3"'):
        assert heading in page
    assert 'alt="Strength 0, Recolour the style first no"' in page
    assert page.count('type="radio"') == 1
    for state in ("Strength 0.5, Recolour the style first no: painting", ": waiting", ": failed", ": cancelled"):
        assert state in page
    assert "deleted" in page
    assert "1 of 5 painted" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert "data-over" not in page


def test_a_sweep_that_is_over_is_asked_about_no_more(client: Client, make_sweep: Callable[..., Sweep]) -> None:
    page = client.get(f"/sweeps/{make_sweep('completed', 'completed').id}/").content.decode()

    assert "All 2 are painted" in page
    assert "data-over" in page
    assert "http-equiv" not in page


def test_a_sheet_without_a_render_is_still_a_page(client: Client, make_sweep: Callable[..., Sweep]) -> None:
    assert client.get(f"/sweeps/{make_sweep(None).id}/").status_code == 200


def test_only_cells_that_may_have_changed_come_again(client: Client, make_sweep: Callable[..., Sweep]) -> None:
    sweep = make_sweep("completed", "completed", "pending")
    sweep.renders.filter(sweep_place=0).update(finished=timezone.now() - timedelta(minutes=5))

    def cells(since: str) -> set[int]:
        page = client.get(f"/sweeps/{sweep.id}/cells/", {"since": since}).content.decode()
        return {place for place in range(6) if f'id="cell-{place}"' in page}

    assert cells(timezone.now().isoformat()) == {1, 2}
    for nothing in ("", "yesterday", "0001-01-01T00:00:00+00:00", "9999-12-31T23:59:59-23:59"):
        assert {2} <= cells(nothing)
    assert cells("") == {0, 1, 2}


def test_the_number_of_queries_does_not_grow_with_the_cells(
    client: Client, make_sweep: Callable[..., Sweep], django_assert_max_num_queries: Callable
) -> None:
    sweep = make_sweep(*["completed"] * 3, *["pending"] * 3)

    with django_assert_max_num_queries(8):
        client.get(f"/sweeps/{sweep.id}/")


def test_one_cell_is_rendered_larger_as_its_child(
    alice: User, bob: User, bobs_browser: Client, make_sweep: Callable[..., Sweep], clean_queue: object
) -> None:
    sweep = make_sweep("completed", "completed", owner=alice)
    cell = sweep.renders.get(sweep_place=1)

    response = bobs_browser.post(f"/sweeps/{sweep.id}/pick/", {"cell": cell.id, "size": "1024", "action": "render"})

    larger = cell.children.get()
    assert response.headers["Location"] == f"/renders/{larger.id}/"
    assert (larger.owner, larger.sweep, larger.pair) == (bob, None, cell.pair)
    assert larger.recipe_json == cell.recipe_json | {"image_size": 1024}


@pytest.mark.parametrize(
    ("action", "address"), [("open", "/renders/{}/"), ("remix", "/new/?from={}"), ("sweep", "/sweeps/new/?from={}")]
)
def test_one_cell_leads_elsewhere(action: str, address: str, client: Client, make_sweep: Callable[..., Sweep]) -> None:
    sweep = make_sweep("completed")
    cell = sweep.renders.get()

    response = client.post(f"/sweeps/{sweep.id}/pick/", {"cell": cell.id, "size": "1024", "action": action})

    assert response.headers["Location"] == address.format(cell.id)


def test_what_is_no_cell_of_this_sweep_is_not_picked(
    client: Client, make_sweep: Callable[..., Sweep], make_finished: Make
) -> None:
    sweep, other = make_sweep("completed"), make_finished()
    here = sweep.renders.get().id
    wrong = [{"cell": other.id}, {"cell": "x"}, {}, {"cell": here, "size": "9"}, {"cell": here, "action": "delete"}]

    for fields in wrong:
        response = client.post(f"/sweeps/{sweep.id}/pick/", {"size": "1024", "action": "render", **fields})
        assert response.headers["Location"] == f"/sweeps/{sweep.id}/"

    assert Render.objects.count() == 2


def test_a_sweep_is_cancelled_as_a_whole_and_tried_again(
    alice: User, alices_browser: Client, make_sweep: Callable[..., Sweep], make_finished: Make, clean_queue: object
) -> None:
    sweep = make_sweep("completed", "in_progress", "pending", "pending", "failed", owner=alice)
    sweep.renders.filter(sweep_place=3).update(paused=True)
    alone = make_finished(alice, status=Status.PENDING)

    alices_browser.post(f"/sweeps/{sweep.id}/cancel/")

    def statuses() -> list[str]:
        return list(sweep.renders.order_by("sweep_place").values_list("status", flat=True))

    assert statuses() == ["completed", "canceled", "canceled", "canceled", "failed"]
    alone.refresh_from_db()
    assert alone.status == Status.PENDING

    alices_browser.post(f"/sweeps/{sweep.id}/retry/")

    assert statuses() == ["completed", "pending", "pending", "pending", "pending"]
    assert not sweep.renders.filter(paused=True).exists()


def test_a_sweep_is_deleted_but_for_what_somebody_made_something_of(
    alice: User, alices_browser: Client, make_sweep: Callable[..., Sweep], make_finished: Make
) -> None:
    sweep = make_sweep("completed", "completed", "completed", "completed", "pending", "failed", owner=alice)
    sweep.renders.filter(sweep_place=0).update(title="The one")
    sweep.renders.filter(sweep_place=1).update(likes=1)
    make_finished(parent=sweep.renders.get(sweep_place=2))
    kept = set(sweep.renders.filter(sweep_place__lt=3).values_list("pk", flat=True))

    response = alices_browser.post(f"/sweeps/{sweep.id}/delete/", follow=True)

    assert "3 renders stay" in response.content.decode()
    assert not Sweep.objects.exists()
    assert set(Render.objects.filter(owner=alice).values_list("pk", flat=True)) == kept


@pytest.mark.parametrize("action", ["cancel", "retry", "delete"])
def test_only_its_owner_and_staff_may_change_it(
    action: str,
    alice: User,
    alices_browser: Client,
    bobs_browser: Client,
    charlies_browser: Client,
    client: Client,
    make_sweep: Callable[..., Sweep],
) -> None:
    sweep = make_sweep("pending", "failed", owner=alice)
    for browser in (client, bobs_browser):
        assert browser.post(f"/sweeps/{sweep.id}/{action}/").status_code == 403
        assert f"/sweeps/{sweep.id}/cancel/" not in browser.get(f"/sweeps/{sweep.id}/").content.decode()
    assert set(sweep.renders.values_list("status", flat=True)) == {"pending", "failed"}

    assert f"/sweeps/{sweep.id}/cancel/" in alices_browser.get(f"/sweeps/{sweep.id}/").content.decode()
    assert charlies_browser.post(f"/sweeps/{sweep.id}/{action}/").status_code == 302


def test_ones_own_sweeps_are_listed(
    alice: User, alices_browser: Client, bobs_browser: Client, make_sweep: Callable[..., Sweep], client: Client
) -> None:
    sweep = make_sweep("completed", "pending", owner=alice)

    page = alices_browser.get("/sweeps/").content.decode()

    assert f"/sweeps/{sweep.id}/" in page
    assert "1 of 2 painted" in page
    for browser in (bobs_browser, client):
        assert str(sweep.id) not in browser.get("/sweeps/").content.decode()


def test_the_gallery_shows_of_a_sweep_what_somebody_liked_or_named(
    client: Client, make_sweep: Callable[..., Sweep], make_finished: Make
) -> None:
    sweep, alone = make_sweep("completed", "completed", "completed"), make_finished()
    liked, named, other = sweep.renders.order_by("sweep_place")
    Render.objects.filter(pk=liked.pk).update(likes=1)
    Render.objects.filter(pk=named.pk).update(title="The one")

    page = client.get("/").content.decode()

    for shown in (liked, named, alone):
        assert str(shown.id) in page
    assert str(other.id) not in page


def test_the_queue_says_what_belongs_to_a_sweep(client: Client, make_sweep: Callable[..., Sweep]) -> None:
    sweep = make_sweep("pending")

    assert f'href="/sweeps/{sweep.id}/"' in client.get("/queue/").content.decode()


def test_the_time_left_is_what_cells_took_or_else_what_is_planned(
    client: Client, make_sweep: Callable[..., Sweep], make_worker: Callable[..., Worker]
) -> None:
    painted, planned = make_sweep("completed", "pending", "pending"), make_sweep("pending")
    painted.renders.filter(status=Status.COMPLETED).update(painted_seconds=40)
    planned.renders.update(recipe_json=StyleRecipe(image_size=512).model_dump(mode="json"))

    assert "1 of 3 painted, about 1 min 20 s left" in client.get(f"/sweeps/{painted.id}/").content.decode()
    assert " left" not in client.get(f"/sweeps/{planned.id}/").content.decode()

    make_worker()
    make_worker("other")
    assert "1 of 3 painted, about 40 s left" in client.get(f"/sweeps/{painted.id}/").content.decode()
    assert re.search(r"0 of 1 painted, about [1-9][0-9]* s left", client.get(f"/sweeps/{planned.id}/").content.decode())
