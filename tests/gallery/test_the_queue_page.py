"""The queue page shows what is painted and what waits, in the order in which workers will take it."""

import html
import re
import shlex
import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from gallery.models import Render, Status, Sweep, Worker
from gallery.queueing import progress
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


def words(browser: Client, **headers: str) -> str:
    """What the page says, without its tags."""
    page = browser.get("/queue/", headers=headers).content.decode()
    return " ".join(re.sub(r"<[^>]*>", "", page).split())


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
        assert f"number {number} of 3 waiting" in words(client)


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
    assert 'formaction="/queue/retry-failed/"' in page
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
    assert "number 1 of 1 waiting" in words(client, **{"HX-Request": "true"})


def test_an_empty_queue_says_so_and_a_browser_without_scripts_is_served(client: Client, db: None) -> None:
    page = client.get("/queue/").content.decode()

    assert "The queue is empty." in page
    assert '<noscript><meta http-equiv="refresh"' in page


def test_it_tells_when_each_render_starts_and_when_all_are_done(
    client: Client, make_finished: Make, make_worker: Callable[..., Worker]
) -> None:
    make_worker()
    recipe = StyleRecipe(image_size=1024, num_iterations=2000).model_dump(mode="json")
    for _ in range(2):
        make_finished(status=Status.PENDING, recipe_json=recipe)

    page = words(client)

    assert "0 painting, 2 waiting. All done at about" in page
    first, second = page.split("number ")[1:]
    assert "starts in a moment" in first
    assert re.search(r"about \d\d:\d\d, in \d+ min", second)


def test_each_worker_is_shown_with_what_it_paints(
    client: Client,
    admin_client: Client,
    alice: User,
    make_finished: Make,
    make_worker: Callable[..., Worker],
    clean_queue: object,
) -> None:
    make_worker("busy")
    make_worker("idle", device="cuda: H200, bfloat16")
    make_worker("gone", device="cpu: 64 threads", seen=timezone.now() - timedelta(minutes=5))
    render = make_finished(alice, status=Status.IN_PROGRESS, worker="busy")
    state = progress.Progress(0.41, 45, 3, 1, 12, 60, 0.3, {}, 65.0, 7)
    progress.publish(render.pk, state, b"")

    page = words(admin_client)

    assert "cpu" not in words(client)
    assert "41%, at 45 px, 1 min left" in page
    assert "cpu (2 threads) · busy.example" in page
    assert "Idle: cuda (H200) · idle.example" in page
    assert "64 threads" not in page
    assert f"/renders/{render.id}/frame.jpg?n=7" in client.get("/queue/").content.decode()


def test_a_render_whose_worker_is_not_heard_of_is_shown_all_the_same(client: Client, make_finished: Make) -> None:
    make_finished(status=Status.IN_PROGRESS, worker="gone")

    assert "No word from its worker lately" in words(client)


def test_without_a_worker_it_says_how_to_start_one(
    client: Client, make_worker: Callable[..., Worker], tmp_path: Path
) -> None:
    assert "No worker is running" in words(client)
    command = re.search(r"<code[^>]*>(.+?)</code>", client.get("/queue/").content.decode())
    assert command is not None
    asked = subprocess.run(
        [*shlex.split(f"env {html.unescape(command[1])}"), "--help"], cwd=tmp_path, text=True, capture_output=True
    )
    assert (asked.returncode, "worker" in asked.stdout) == (0, True), asked.stderr

    make_worker()

    assert "No worker is running" not in words(client)


@pytest.mark.parametrize("elsewhere", [{"REMOTE_ADDR": "203.0.113.5"}, {"HTTP_X_FORWARDED_FOR": "203.0.113.5"}])
def test_only_who_sits_at_the_machine_or_runs_the_site_is_told_where_it_is(
    elsewhere: dict[str, str], client: Client, alice: User
) -> None:
    told = "The people who run this site can start one."
    page = client.get("/queue/", **elsewhere).content.decode()
    assert told in page
    assert str(settings.BASE_DIR) not in page

    User.objects.filter(pk=alice.pk).update(is_staff=True)
    client.force_login(alice)

    assert str(settings.BASE_DIR) in client.get("/queue/", **elsewhere).content.decode()


def test_whose_a_render_is_and_which_of_a_sweep(
    alice: User, alices_browser: Client, client: Client, make_finished: Make
) -> None:
    sweep = Sweep.objects.create(owner=alice, axes=[])
    for place, status in enumerate((Status.COMPLETED, Status.PENDING, Status.CANCELED)):
        make_finished(alice, status=status, sweep=sweep, sweep_place=place)
    other = make_finished(visitor="a" * 32, status=Status.PENDING)

    assert "yours · sweep, 2 of 3" in words(alices_browser)
    assert "alice · sweep, 2 of 3" in words(client)
    assert "a visitor’s" in words(client)
    assert other.visitor not in client.get("/queue/").content.decode()


def test_what_was_finished_within_the_hour(client: Client, make_finished: Make) -> None:
    now = timezone.now()
    lately = make_finished(last_painted=now - timedelta(minutes=50))
    before = make_finished(last_painted=now - timedelta(minutes=70))

    page = client.get("/queue/").content.decode()

    assert lately.get_absolute_url() in page
    assert before.get_absolute_url() not in page


def test_it_asks_the_database_little_however_much_waits(
    alice: User,
    alices_browser: Client,
    make_finished: Make,
    make_worker: Callable[..., Worker],
    django_assert_max_num_queries: Callable,
) -> None:
    make_worker()
    row = make_finished(alice, status=Status.PENDING)
    Render.objects.bulk_create(Render(pair=row.pair, owner=alice, recipe_json=row.recipe_json) for _ in range(150))

    with django_assert_max_num_queries(15):
        page = words(alices_browser)

    assert "number 100 of 151 waiting" in page
    assert "number 101" not in page
    assert "These are the first 100" in page
