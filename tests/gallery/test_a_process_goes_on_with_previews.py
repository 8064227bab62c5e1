"""A painting process that has painted a preview waits for the next one, while there is nothing else to do."""

import time
from collections.abc import Callable
from functools import partial

import django_rq
import pytest
from django.contrib.auth.models import User

from gallery.accounts.person import Person
from gallery.models import Render, Status
from gallery.painting import lingering
from gallery.painting.claiming import claim
from gallery.painting.heartbeat import Reason
from gallery.painting.lingering import Lingering
from gallery.queueing import previews, queue
from gallery.queueing.order import Order

Make = Callable[..., Render]


@pytest.fixture
def follow(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Render | None]:
    """What the process goes on with, after at most two seconds."""
    monkeypatch.setattr(lingering, "LINGERS", 2.0)
    monkeypatch.setattr(lingering, "LINGERS_BESIDE_OTHERS", 0.2)
    return lambda row, reason=None: Lingering("m", partial(claim, "m")).next_one(row, reason)


@pytest.fixture
def make_preview(make_render: Make, alice: User) -> Callable[[str], Render]:
    """A waiting preview of a tab."""

    def make(tab: str) -> Render:
        render = make_render(alice)
        order = Order.of(render)
        Render.objects.filter(pk=render.pk).delete()
        return previews.begin(order, Person(alice), tab)

    return make


def tokens() -> int:
    return int(django_rq.get_queue(queue.QUEUE).count)


def test_it_takes_the_next_preview(make_preview: Callable[[str], Render], follow: Callable) -> None:
    first = make_preview("one")
    taken = claim("m")
    assert taken == first
    second = make_preview("two")

    assert follow(taken) == second
    assert Render.objects.get(pk=second.pk).status == Status.IN_PROGRESS


@pytest.mark.django_db(transaction=True)
def test_it_ends_after_a_while_and_leaves_no_token_too_many(
    make_preview: Callable[[str], Render], follow: Callable
) -> None:
    taken = make_preview("one")
    queue.issue_token()
    Render.objects.all().delete()

    assert follow(taken) is None
    assert tokens() == 0


def test_it_ends_at_once_where_a_render_waits_and_soon_where_one_has_made_room(
    make_preview: Callable[[str], Render], follow: Callable, make_render: Make
) -> None:
    taken = make_preview("one")
    previews.finish(claim("m"))
    waiting = make_render()
    waited = {}
    for yielded in (False, True):
        Render.objects.filter(pk=waiting.pk).update(yielded=yielded)
        began = time.monotonic()
        assert follow(taken) is None
        waited[yielded] = time.monotonic() - began

    assert waited[False] < lingering.LINGERS
    assert lingering.LINGERS_BESIDE_OTHERS <= waited[True] < lingering.LINGERS


def test_after_a_render_it_goes_on_only_with_what_that_made_room_for(
    make_preview: Callable[[str], Render], follow: Callable, make_render: Make
) -> None:
    render = make_render()
    preview = make_preview("one")

    assert follow(render) is None
    assert follow(render, Reason.LOST) is None
    assert follow(render, Reason.YIELDING) == preview
