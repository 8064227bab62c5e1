"""The queue page shows what is painted and what waits, in the order in which it will be taken."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.test import Client

from gallery.models import Render, Status

Make = Callable[..., Render]


def test_running_renders_then_waiting_ones_in_their_order(client: Client, make_finished: Make) -> None:
    first, second = (make_finished(status=Status.PENDING) for _ in range(2))
    urgent = make_finished(status=Status.PENDING, priority=1)
    running = make_finished(status=Status.IN_PROGRESS)
    over = make_finished()

    page = client.get("/queue/").content.decode()

    places = [page.index(f"/renders/{render.id}/") for render in (running, urgent, first, second)]
    assert places == sorted(places)
    assert str(over.id) not in page
    for number in (1, 2, 3):
        assert f"number {number} of 3 waiting" in page


def test_those_who_may_have_buttons_and_nobody_else(
    client: Client,
    alice: User,
    alices_browser: Client,
    bobs_browser: Client,
    charlies_browser: Client,
    make_finished: Make,
) -> None:
    waiting = make_finished(alice, status=Status.PENDING)
    running = make_finished(alice, status=Status.IN_PROGRESS)

    paused = make_finished(alice, status=Status.PENDING, paused=True)
    actions = {waiting: "pause", running: "pause", paused: "resume"}

    def buttons(browser: Client) -> int:
        page = browser.get("/queue/").content.decode()
        cancel = sum(f"/renders/{render.id}/cancel/" in page for render in actions)
        return cancel + sum(f"/renders/{render.id}/{action}/" in page for render, action in actions.items())

    assert buttons(alices_browser) == 6
    assert buttons(charlies_browser) == 6
    assert buttons(bobs_browser) == 0
    assert buttons(client) == 0


def test_ones_own_can_be_moved_if_there_are_several(alice: User, alices_browser: Client, make_finished: Make) -> None:
    first = make_finished(alice, status=Status.PENDING)
    make_finished(status=Status.PENDING)
    assert f"/renders/{first.id}/up/" not in alices_browser.get("/queue/").content.decode()

    second = make_finished(alice, status=Status.PENDING)

    page = alices_browser.get("/queue/").content.decode()
    for render in (first, second):
        for to in ("up", "down", "front"):
            assert f'action="/renders/{render.id}/{to}/"' in page


def test_ones_own_that_failed_are_listed_with_the_reason(
    alice: User, alices_browser: Client, bobs_browser: Client, client: Client, make_finished: Make
) -> None:
    render = make_finished(alice, status=Status.FAILED, error="There was not enough memory.")
    assert "/queue/retry-failed/" not in alices_browser.get("/queue/").content.decode()
    make_finished(alice, status=Status.FAILED)

    page = alices_browser.get("/queue/").content.decode()

    assert "There was not enough memory." in page
    assert f'action="/renders/{render.id}/retry/"' in page
    assert 'action="/queue/retry-failed/"' in page
    for browser in (bobs_browser, client):
        assert str(render.id) not in browser.get("/queue/").content.decode()


def test_a_button_that_is_pressed_by_htmx_gets_the_rows_as_they_are_then(
    alice: User, alices_browser: Client, make_finished: Make
) -> None:
    render = make_finished(alice, status=Status.PENDING)

    response = alices_browser.post(
        f"/renders/{render.id}/pause/", {"next": "queue"}, headers={"HX-Request": "true"}, follow=True
    )

    page = response.content.decode()
    assert "<html" not in page
    assert f'id="pause-{render.id}"' in page
    assert "Resume" in page


def test_cancelling_from_the_queue_leads_back_to_it(alice: User, alices_browser: Client, make_finished: Make) -> None:
    render = make_finished(alice, status=Status.PENDING)

    response = alices_browser.post(f"/renders/{render.id}/cancel/", {"next": "queue"})

    assert response.headers["Location"] == "/queue/"
    assert Render.objects.get().status == Status.CANCELED
    assert str(render.id) not in alices_browser.get("/queue/").content.decode()


def test_htmx_gets_only_the_rows(client: Client, make_finished: Make) -> None:
    make_finished(status=Status.PENDING)

    page = client.get("/queue/", headers={"HX-Request": "true"}).content.decode()

    assert "<html" not in page
    assert "number 1 of 1 waiting" in page


def test_an_empty_queue_says_so_and_a_browser_without_scripts_is_served(client: Client, db: None) -> None:
    page = client.get("/queue/").content.decode()

    assert "Nothing waits" in page
    assert '<noscript><meta http-equiv="refresh"' in page
