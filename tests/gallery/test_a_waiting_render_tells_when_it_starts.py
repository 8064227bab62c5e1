"""The page of a waiting render and its status say when it starts, as the page of the queue does."""

from collections.abc import Callable

from django.test import Client

from gallery.models import Render, Status, Worker
from gallery.queueing import answers
from gallery.queueing.forecast import NAME, forecast
from gallery.queueing.workers import live_workers

Make = Callable[..., Render]


def test_page_and_status_have_the_forecast_of_the_queue(
    client: Client, make_finished: Make, make_worker: Callable[..., Worker]
) -> None:
    make_worker()
    make_finished(status=Status.PENDING)
    render = make_finished(status=Status.PENDING)
    answers.forget(NAME)

    page = client.get(f"/renders/{render.id}/").content.decode()
    state = client.get(f"/renders/{render.id}/status.json").json()

    assert state["starts_in"] == round(forecast(live_workers()).starts[render.pk]) > 0
    assert '<dt data-live="when">Starts</dt>' in page


def test_without_a_worker_nothing_is_foretold(client: Client, make_finished: Make) -> None:
    render = make_finished(status=Status.PENDING)
    answers.forget(NAME)

    assert client.get(f"/renders/{render.id}/status.json").json()["starts_in"] is None
    assert '<dt data-live="when">Time left</dt>' in client.get(f"/renders/{render.id}/").content.decode()
