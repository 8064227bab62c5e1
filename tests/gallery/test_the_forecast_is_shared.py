"""One forecast of the queue serves everybody for a moment; whoever changes the queue gets a new one."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from gallery.accounts.person import Person
from gallery.models import Render, Status, Worker
from gallery.queueing import answers, forecast
from gallery.queueing.forecast import Forecast, Newcomer, shared_forecast
from gallery.queueing.workers import live_workers
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]
MakeWorker = Callable[..., Worker]
pytestmark = pytest.mark.usefixtures("clean_queue")


@pytest.fixture
def plays(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows with each time that the queue is played through; the first answer is remembered for the whole test."""
    monkeypatch.setattr(forecast, "LIFETIME", 60.0)
    found: list[int] = []
    play = forecast.forecast
    monkeypatch.setattr(forecast, "forecast", lambda *given: found.append(1) or play(*given))
    return found


@pytest.fixture
def wait(make_finished: Make) -> Make:
    """A waiting render of 1024 px."""
    recipe = StyleRecipe(image_size=1024, num_iterations=200).model_dump(mode="json")

    def make(*owner: User, **fields: object) -> Render:
        return make_finished(*owner, **{"status": Status.PENDING, "recipe_json": recipe, **fields})

    return make


def test_many_viewers_and_plans_cost_one_play(
    plays: list[int],
    client: Client,
    alices_browser: Client,
    bobs_browser: Client,
    make_worker: MakeWorker,
    wait: Make,
) -> None:
    make_worker()
    for _ in range(3):
        wait()

    for browser in (client, alices_browser, bobs_browser):
        assert "All done" in browser.get("/queue/").content.decode()
        sizes = {"content_size": "300x200", "style_size": "300x200", "image_size": 600}
        assert "Finished in" in browser.get("/new/plan/", sizes).content.decode()

    assert len(plays) == 1


def test_what_is_shared_is_what_everybody_would_find_alone(
    make_worker: MakeWorker, wait: Make, alice: User, bob: User
) -> None:
    make_worker("a")
    make_worker("b", faster=3)
    wait(alice, status=Status.IN_PROGRESS, worker="a")
    for owner in (alice, bob, alice):
        wait(owner)
    workers = live_workers()

    for newcomer in (None, Newcomer(256), Newcomer(1024, Person(alice, "")), Newcomer(1024, Person(bob, ""))):
        assert shared_forecast(workers, newcomer) == forecast.forecast(workers, newcomer)


def test_what_cannot_be_told_stays_untold(make_worker: MakeWorker, wait: Make) -> None:
    make_worker(facts={})
    first, _ = wait(), wait()

    found = shared_forecast(live_workers(), Newcomer(1024))

    assert (found.starts, found.newcomer, found.done) == ({first.pk: 0}, None, None)
    answers.forget(forecast.NAME)
    assert shared_forecast([], Newcomer(256)) == Forecast()


@pytest.mark.parametrize("action", ["pause", "cancel", "up"])
def test_who_changes_the_queue_is_told_what_follows_from_it(
    action: str, plays: list[int], alice: User, alices_browser: Client, make_worker: MakeWorker, wait: Make
) -> None:
    make_worker()
    first, second = wait(alice), wait(alice)
    alices_browser.get("/queue/")
    changed = second if action == "up" else first

    alices_browser.post(f"/renders/{changed.pk}/{action}/", {"next": "queue"})

    waiting = alices_browser.get("/queue/").context["waiting"]
    assert waiting[0].render.pk == second.pk
    assert waiting[0].wait == 0
    assert len(plays) == 2
