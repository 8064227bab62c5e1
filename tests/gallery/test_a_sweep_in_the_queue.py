"""Workers take a sweep row by row, and after everything else that its owner submits; a real worker paints one."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError
from django.test import Client

from gallery.accounts.person import Person
from gallery.models import Pair, Picture, Render, Sweep, Worker
from gallery.queueing import queue
from gallery.queueing.forecast import Newcomer, forecast
from gallery.queueing.order import Order
from gallery.queueing.workers import live_workers
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]


def submit(make_picture: Callable[..., Picture], owner: User, count: int) -> Sweep:
    recipes = [StyleRecipe(image_size=64, num_iterations=number) for number in range(1, count + 1)]
    pictures = make_picture(seed=1), make_picture(seed=2)
    axes = [{"field": "num_iterations", "values": list(range(1, count + 1))}]
    return queue.submit_sweep(axes, [Order.in_style(recipe, *pictures) for recipe in recipes], Person(owner, ""))


def test_ones_next_preview_goes_before_ones_sweep(
    alice: User, bob: User, make_picture: Callable[..., Picture], make_render: Make, clean_queue: object
) -> None:
    cells = list(submit(make_picture, alice, 9).renders.order_by("sweep_place"))
    later = submit(make_picture, alice, 2).renders.order_by("sweep_place")
    preview, large = make_render(alice), make_render(alice, image_size=724)

    assert list(Render.objects.waiting()) == [preview, *cells, *later, large]

    bobs = make_render(bob)
    Render.objects.filter(pk=preview.pk).update(status="in_progress", last_painted=bobs.created, painted_seconds=1)
    assert Render.objects.waiting().first() == bobs


def test_ones_sweep_is_not_foretold_to_be_before_ones_next_preview(
    alice: User,
    make_picture: Callable[..., Picture],
    make_render: Make,
    make_worker: Callable[..., Worker],
    clean_queue: object,
) -> None:
    make_worker()
    newcomer = Newcomer(64, Person(alice, ""))

    submit(make_picture, alice, 3)
    assert forecast(live_workers(), newcomer).newcomer == 0

    make_render(alice)
    assert forecast(live_workers(), newcomer).newcomer > 0


def test_a_batch_that_fails_halfway_leaves_nothing(
    alice: User, make_picture: Callable[..., Picture], clean_queue: object
) -> None:
    content, style, recipe = make_picture(seed=1), make_picture(seed=2), StyleRecipe(image_size=64)
    orders = [Order.in_style(recipe, content, *styles) for styles in ((style,), (style, None))]

    with pytest.raises(IntegrityError):
        queue.submit_sweep([{"field": "strength", "values": [0, 1]}], orders, Person(alice, ""))

    assert not any(kind.objects.exists() for kind in (Sweep, Render, Pair))
    assert queue.django_rq.get_queue(queue.QUEUE).count == 0


def test_a_cell_can_be_moved_to_the_front(
    alice: User, make_picture: Callable[..., Picture], make_render: Make, clean_queue: object
) -> None:
    cells = list(submit(make_picture, alice, 3).renders.order_by("sweep_place"))
    preview = make_render(alice)

    assert queue.move(cells[2], "front")

    assert list(Render.objects.waiting()) == [cells[2], preview, *cells[:2]]


def test_a_worker_paints_all_cells(
    client: Client, worker: object, make_finished: Make, until: Callable[..., None]
) -> None:
    fields = {"axis_1": "strength", "values_1": "0, 1", "axis_2": "original_colors", "sweep_size": "64"}

    response = client.post("/sweeps/new/", {"from": make_finished().id, **fields})

    sweep = Sweep.objects.get()
    until(lambda: not sweep.renders.exclude(status="completed").exists(), "all cells are painted")
    assert sweep.renders.values("output_sha256").distinct().count() == 4
    assert "All 4 are painted" in client.get(response.headers["Location"]).content.decode()
