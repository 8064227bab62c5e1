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


def test_only_those_who_may_have_a_button_to_cancel(
    client: Client,
    alice: User,
    alices_browser: Client,
    bobs_browser: Client,
    charlies_browser: Client,
    make_finished: Make,
) -> None:
    waiting = make_finished(alice, status=Status.PENDING)
    running = make_finished(alice, status=Status.IN_PROGRESS)

    def buttons(browser: Client) -> int:
        page = browser.get("/queue/").content.decode()
        return sum(f"/renders/{render.id}/cancel/" in page for render in (waiting, running))

    assert buttons(alices_browser) == 2
    assert buttons(charlies_browser) == 2
    assert buttons(bobs_browser) == 0
    assert buttons(client) == 0


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
