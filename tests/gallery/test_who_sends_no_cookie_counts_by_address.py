"""In the queue's order a session is a person. Requests without a session count together if they share an address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from gallery.accounts.taking_over import take_over
from gallery.models import Render, Status
from gallery.queueing import queue
from tests.gallery.test_the_order_of_the_queue import taken_in_order

Make = Callable[..., Render]
Post = Callable[..., HttpResponse]
pytestmark = pytest.mark.usefixtures("clean_queue")


@pytest.fixture
def ask(post_pair: Post) -> Callable[[Client], Render]:
    """Submits a render from a browser, or from one that has never been here."""

    def ask_for_one(browser: Client | None = None) -> Render:
        address = post_pair(browser or Client()).headers["Location"]
        return Render.objects.get(pk=address.split("/")[2])

    return ask_for_one


def paint(render: Render, seconds: float = 60.0) -> None:
    """Makes a worker paint a render."""
    Render.objects.filter(pk=render.pk).update(
        status=Status.COMPLETED, painted_seconds=seconds, last_painted=timezone.now() - timedelta(minutes=1)
    )


def test_a_script_without_cookies_is_one_person(ask: Callable, make_finished: Make, alice: User) -> None:
    scripts = [ask() for _ in range(3)]
    alices = [make_finished(alice, status=Status.PENDING) for _ in range(2)]
    paint(scripts[0])

    assert taken_in_order() == [row.pk for row in (*alices, *scripts[1:])]


def test_two_browsers_behind_one_address_are_two_persons(ask: Callable) -> None:
    one, other = Client(), Client()
    ones, others = [ask(one) for _ in range(3)], [ask(other) for _ in range(3)]
    paint(ones[0])

    assert [queue.position(row) for row in (*others, *ones[1:])] == [1, 2, 3, 4, 5]


def test_a_script_goes_behind_browsers_at_its_own_address(ask: Callable) -> None:
    scripts, browser = [ask() for _ in range(3)], Client()
    browsers = [ask(browser) for _ in range(2)]
    paint(scripts[0])

    assert [queue.position(row) for row in (*browsers, *scripts[1:])] == [1, 2, 3, 4]


def test_what_was_asked_for_before_the_cookie_came_back_counts_as_the_sessions_then(ask: Callable) -> None:
    browser = Client()
    paint(ask(browser))
    second, script = ask(browser), ask()

    assert (queue.position(script), queue.position(second)) == (1, 2)


def test_another_address_is_another_person(ask: Callable) -> None:
    paint(ask(Client(REMOTE_ADDR="192.0.2.1")))
    same, other = ask(Client(REMOTE_ADDR="192.0.2.1")), ask(Client(REMOTE_ADDR="192.0.2.2"))

    assert (queue.position(other), queue.position(same)) == (1, 2)


def test_a_network_of_ipv6_is_one_address(ask: Callable) -> None:
    paint(ask(Client(REMOTE_ADDR="2001:db8:0:1::1")))
    same, other = ask(Client(REMOTE_ADDR="2001:db8:0:1:ffff::2")), ask(Client(REMOTE_ADDR="2001:db8:0:2::1"))

    assert (queue.position(other), queue.position(same)) == (1, 2)


def test_an_address_that_the_client_states_counts_for_nothing(ask: Callable) -> None:
    paint(ask(Client(headers={"X-Forwarded-For": "192.0.2.1"})))
    same = ask(Client(headers={"X-Forwarded-For": "192.0.2.2"}))
    other = ask(Client(REMOTE_ADDR="192.0.2.3"))

    assert (queue.position(other), queue.position(same)) == (1, 2)


def test_an_address_that_our_own_proxy_states_counts(ask: Callable, settings: Any) -> None:
    settings.PROXIES = 1
    paint(ask(Client(headers={"X-Forwarded-For": "10.0.0.1, 192.0.2.1"})))
    same = ask(Client(headers={"X-Forwarded-For": "10.0.0.2, 192.0.2.1"}))
    other = ask(Client(headers={"X-Forwarded-For": "10.0.0.1, 192.0.2.2"}))

    assert (queue.position(other), queue.position(same)) == (1, 2)


def test_no_address_is_kept(ask: Callable, alice: User) -> None:
    render = ask(Client(REMOTE_ADDR="192.0.2.1"))

    assert len(render.counted_as) == 32
    assert not any("192.0.2.1" in str(value) for value in Render.objects.values().get().values())
    take_over(render.visitor, alice)
    assert Render.objects.get().counted_as == ""


def test_ones_own_can_be_moved_whenever_they_were_asked_for(ask: Callable) -> None:
    browser = Client()
    first, second = ask(browser), ask(browser)

    browser.post(f"/renders/{second.pk}/up/")

    assert (queue.position(second), queue.position(first)) == (1, 2)
