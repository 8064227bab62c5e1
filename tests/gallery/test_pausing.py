"""A paused render waits until somebody resumes it, whether it was waiting or being painted."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Render, Status
from gallery.painting.claiming import claim
from gallery.processes.parts import Part

Make = Callable[..., Render]


def test_a_running_render_is_handed_back_and_goes_on_when_it_is_resumed(
    worker: Part,
    alice: User,
    alices_browser: Client,
    make_render: Make,
    make_small: Callable[[Render], None],
    wait_for: Callable[..., Render],
    status_of: Callable[..., dict],
    until: Callable[..., None],
    wait_for_preview: Callable[..., None],
) -> None:
    render = make_render(alice, image_size=181, num_iterations=2000)
    wait_for_preview(render.id)

    assert alices_browser.post(f"/renders/{render.id}/pause/").headers["Location"] == f"/renders/{render.id}/"

    until(lambda: status_of(render.id)["status"] == "pending", "the worker hands it back", seconds=10)
    state = status_of(render.id)
    assert (state["paused"], state["position"]) == (True, None)
    other = make_render()
    assert wait_for(other.id, "completed", "failed").status == Status.COMPLETED
    row = Render.objects.get(pk=render.pk)
    assert (row.status, row.attempt, row.crashes) == (Status.PENDING, 1, 0)
    assert row.painted_seconds > 0

    make_small(render)
    alices_browser.post(f"/renders/{render.id}/resume/")
    row = wait_for(render.id, "completed", "failed")
    assert (row.status, row.paused, row.attempt) == (Status.COMPLETED, False, 2)


def test_a_waiting_render_that_is_paused_is_not_taken(
    alice: User, alices_browser: Client, make_finished: Make, client: Client
) -> None:
    render = make_finished(alice, status=Status.PENDING)

    alices_browser.post(f"/renders/{render.id}/pause/", {"next": "queue"})

    assert claim("worker") is None
    assert "paused" in client.get("/queue/").content.decode()
    assert "Paused" in client.get(f"/renders/{render.id}/").content.decode()


@pytest.mark.parametrize("action", ["pause", "resume", "retry"])
def test_only_owners_and_staff_may(
    action: str, bob: User, alices_browser: Client, client: Client, make_finished: Make
) -> None:
    render = make_finished(bob, status=Status.PENDING, paused=action == "resume")

    for browser in (alices_browser, client):
        assert browser.post(f"/renders/{render.id}/{action}/").status_code == 403

    assert Render.objects.get().paused == (action == "resume")


@pytest.mark.parametrize("action", ["pause", "resume"])
def test_what_is_over_can_be_neither_paused_nor_resumed(
    action: str, alice: User, alices_browser: Client, make_finished: Make
) -> None:
    render = make_finished(alice)

    assert alices_browser.post(f"/renders/{render.id}/{action}/").status_code == 302
    assert not Render.objects.get().paused


def test_a_paused_render_can_be_cancelled(alice: User, alices_browser: Client, make_finished: Make) -> None:
    render = make_finished(alice, status=Status.PENDING, paused=True)

    alices_browser.post(f"/renders/{render.id}/cancel/")

    row = Render.objects.get()
    assert (row.status, row.paused) == (Status.CANCELED, False)
