"""On a GPU, a painting process goes on with whatever is next in the queue, as long as nothing unforeseen has happened.

No GPU is needed: what asks whether there is one is told so, and the processor paints.
"""

from collections.abc import Callable
from functools import partial
from typing import Never

import django_rq
import pytest
from django.contrib.auth.models import User

from gallery.accounts.person import Person
from gallery.models import Render, Status, Worker
from gallery.painting import claiming, heartbeat, lingering
from gallery.painting.claiming import claim, see_through
from gallery.painting.heartbeat import Reason
from gallery.painting.lingering import Lingering
from gallery.queueing import previews, queue
from gallery.queueing.order import Order
from transfer.errors import DeviceError, PlanError

Make = Callable[..., Render]
Follow = Callable[..., Render | None]
pytestmark = pytest.mark.usefixtures("gpu")


@pytest.fixture
def gpu(monkeypatch: pytest.MonkeyPatch, make_worker: Callable[..., Worker]) -> None:
    """Stands in for a GPU of a worker called m, whose painting process waits for a moment only."""
    make_worker(device="cuda: pretended, bfloat16")
    monkeypatch.setattr(lingering, "is_accelerated", lambda: True)
    monkeypatch.setattr(lingering, "LINGERS_ON_AN_ACCELERATOR", 0.5)


@pytest.fixture
def follow() -> Follow:
    """What the process goes on with."""
    return lambda row, reason=None: Lingering("m", partial(claim, "m")).next_one(row, reason)


def make_preview(render: Render, person: User) -> Render:
    order = Order.of(render)
    Render.objects.filter(pk=render.pk).delete()
    return previews.begin(order, Person(person), "one")


def tokens() -> int:
    return int(django_rq.get_queue(queue.QUEUE).count)


def test_it_takes_what_is_next_in_the_one_order(follow: Follow, make_render: Make, alice: User) -> None:
    row = claim("m") if make_render() else None
    large = make_render(image_size=1024)
    small = make_render()
    preview = make_preview(make_render(alice), alice)

    taken = []
    while (row := follow(row)) is not None:
        taken.append(row.pk)

    assert taken == [preview.pk, small.pk, large.pk]
    assert set(Render.objects.values_list("worker", "attempt")) == {("m", 1)}


@pytest.mark.parametrize("reason", [None, *sorted(set(Reason) - {Reason.BROKEN, Reason.TOLD_TO_STOP})])
def test_whatever_became_of_the_one_before(reason: Reason | None, follow: Follow, make_render: Make) -> None:
    before, following = make_render(), make_render()
    assert claim("m") == before

    assert follow(before, reason) == following


@pytest.mark.django_db(transaction=True)
def test_what_it_takes_leaves_no_token_too_many(follow: Follow, make_render: Make) -> None:
    row = make_render()
    for _ in range(2):
        make_render()
    assert tokens() == 3
    row = claim("m")

    assert follow(row) is not None

    assert (tokens(), Render.objects.claimable().count()) == (1, 1)


def test_a_render_that_has_made_room_waits_a_moment_for_the_next_preview(
    follow: Follow, make_render: Make, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lingering, "LINGERS_BESIDE_OTHERS", 60.0)
    monkeypatch.setattr(lingering, "LOOK_EVERY", 0.0)
    preview = make_preview(make_render(alice), alice)
    assert claim("m") == preview
    waiting = make_render()
    Render.objects.filter(pk=waiting.pk).update(yielded=True)
    assert follow(preview) is None

    monkeypatch.setattr(lingering, "LINGERS_BESIDE_OTHERS", 0.1)
    assert follow(preview) == waiting


def test_what_needs_the_processor_is_left_to_a_worker_that_paints_on_it(follow: Follow, make_render: Make) -> None:
    before, elsewhere, here = make_render(), make_render(), make_render()
    assert claim("m") == before
    Render.objects.filter(pk=elsewhere.pk).update(needs_device="cpu")

    assert follow(before) == here
    assert follow(here) is None
    assert Render.objects.get(pk=elsewhere.pk).status == Status.PENDING


def test_it_takes_nothing_once_its_gpu_answers_no_more(
    follow: Follow, make_render: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, waiting = make_render(), make_render()
    assert claim("m") == before
    answers = iter([True, False])
    monkeypatch.setattr(lingering, "is_accelerated", lambda: next(answers))

    assert follow(before) is None
    assert Render.objects.get(pk=waiting.pk).status == Status.PENDING


def test_it_takes_nothing_once_it_is_told_to_stop(
    follow: Follow, make_render: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, _ = make_render(), make_render()
    assert claim("m") == before
    monkeypatch.setattr(heartbeat, "_told_to_stop", True)

    assert follow(before) is None


def test_while_nothing_waits_it_helps_with_films(
    follow: Follow, make_render: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    helps = []
    monkeypatch.setattr(lingering, "help_with_films", helps.append)
    before = make_render()
    assert claim("m") == before

    assert follow(before) is None
    assert helps == ["m"]


def test_after_an_hour_another_process_follows(
    follow: Follow, make_render: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, _ = make_render(), make_render()
    assert claim("m") == before
    monkeypatch.setattr(lingering, "LASTS", 0.0)

    assert follow(before) is None


@pytest.mark.parametrize(
    ("error", "goes_on", "status"),
    [
        (PlanError("It does not fit."), True, Status.FAILED),
        (DeviceError("cuda failed at 512 px."), False, Status.PENDING),
        (RuntimeError("CUDA error: unspecified launch failure"), False, Status.PENDING),
        (RuntimeError("Nobody has thought of this."), False, Status.FAILED),
        (MemoryError(), False, Status.FAILED),
    ],
)
def test_it_goes_on_only_after_what_was_foreseen(
    error: Exception,
    goes_on: bool,
    status: str,
    follow: Follow,
    make_render: Make,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def paint(*words: object) -> Never:
        raise error

    monkeypatch.setattr(claiming, "paint", paint)
    monkeypatch.setattr(claiming, "_tell_device", lambda worker: None)
    make_render()
    row = claim("m")
    make_render()

    reason = see_through(row)

    assert (follow(row, reason) is not None) == goes_on
    assert Render.objects.get(pk=row.pk).status == status
