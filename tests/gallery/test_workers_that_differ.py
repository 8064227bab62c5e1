"""A worker claims what it can do: it must have the memory, network and device that a render needs."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gallery.models import Render, Status, Worker
from gallery.painting.claiming import claim
from gallery.queueing.needs import Needs, can_do, doable_by
from gallery.queueing.workers import LiveWorker, live_workers

Make = Callable[..., Render]
MakeWorker = Callable[..., Worker]
GIB = 2**30
LITE = ["vgg19-lite"]
WITH_VGG19 = ["vgg19", "vgg19-lite"]


@pytest.fixture
def wait(make_finished: Make) -> Make:
    """A waiting render with these needs."""

    def make(**needs: object) -> Render:
        columns = {f"needs_{name}": value for name, value in needs.items() if name != "memory_halvings"}
        halvings = {"memory_halvings": needs["memory_halvings"]} if "memory_halvings" in needs else {}
        return make_finished(status=Status.PENDING, **columns, **halvings)

    return make


def test_each_takes_the_next_one_that_it_can_do(wait: Make, make_worker: MakeWorker) -> None:
    make_worker("small", memory=2 * GIB, networks=LITE)
    make_worker("large", memory=8 * GIB, networks=WITH_VGG19)
    large = wait(memory=4 * GIB, network="vgg19-lite")
    classic = wait(memory=1 * GIB, network="vgg19")
    first, second = (wait(memory=1 * GIB, network="vgg19-lite") for _ in range(2))

    assert claim("small").pk == first.pk
    assert [claim("large").pk for _ in range(3)] == [large.pk, classic.pk, second.pk]
    assert claim("small") is None


def test_halved_memory_counts(wait: Make, make_worker: MakeWorker) -> None:
    make_worker("small", memory=2 * GIB, networks=LITE)
    make_worker("large", memory=8 * GIB, networks=LITE)
    render = wait(memory=1 * GIB + 1, memory_halvings=1)

    assert claim("small") is None
    assert claim("large").pk == render.pk


def test_where_the_network_computes_in_wide_numbers_more_memory_is_needed(wait: Make, make_worker: MakeWorker) -> None:
    facts = {"width": 4, "speeds": {}}
    make_worker("wide", memory=2 * GIB, device="cpu: 2 threads, AVX2, float32", facts=facts)
    make_worker("narrow", memory=2 * GIB)
    render = wait(memory=2 * GIB, memory_in_float32=3 * GIB)

    assert claim("wide") is None
    assert claim("narrow").pk == render.pk


def test_a_device_is_asked_for_by_its_type(wait: Make, make_worker: MakeWorker) -> None:
    make_worker("cpu")
    make_worker("unknown", device="")
    make_worker("gpu", device="cuda: H200, bfloat16")
    render = wait(device="cuda")

    assert claim("cpu") is None
    assert claim("unknown") is None
    assert claim("gpu").pk == render.pk


def test_a_worker_that_has_not_said_what_it_has_does_what_it_could_do_before(
    wait: Make, make_worker: MakeWorker
) -> None:
    make_worker("old", memory=0)
    render = wait(memory=64 * GIB, network="vgg19")

    assert claim("old").pk == render.pk


def test_a_render_from_before_needs_were_noted_asks_for_nothing(wait: Make, make_worker: MakeWorker) -> None:
    make_worker("small", memory=1, networks=[])
    render = wait()

    assert claim("small").pk == render.pk


amounts = st.sampled_from([0, 1, 2, 3, 4, 2**40])
networks = st.sampled_from(["", "vgg19", "vgg19-lite"])
devices = st.sampled_from(["", "cpu", "cuda"])
workers = st.builds(
    LiveWorker,
    name=st.just("w"),
    device=devices.map(lambda name: name and f"{name}: something"),
    memory=amounts,
    width=st.sampled_from([2, 4]),
    speeds=st.just({}),
    networks=st.none() | st.frozensets(networks.filter(bool)),
)


@pytest.fixture
def one_row(make_finished: Make) -> Render:
    """A render whose needs do not matter yet."""
    return make_finished(status=Status.PENDING)


@given(
    memory=amounts,
    wide=amounts,
    network=networks,
    device=devices,
    halvings=st.integers(0, 3),
    alive=st.lists(workers, max_size=3),
)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_database_and_python_agree_on_who_can_do_what(
    memory: int, wide: int, network: str, device: str, halvings: int, alive: list[LiveWorker], one_row: Render
) -> None:
    needs = {"needs_memory": memory, "needs_memory_in_float32": wide, "needs_network": network, "needs_device": device}
    Render.objects.filter(pk=one_row.pk).update(memory_halvings=halvings, **needs)

    found = Render.objects.filter(doable_by(*alive)).exists()

    asked = Needs.of(Render.objects.get(pk=one_row.pk))
    assert found == any(can_do(worker, asked) for worker in alive)


def test_what_was_reported_is_what_lives_as_plans_see_it(make_worker: MakeWorker) -> None:
    make_worker("small", memory=2 * GIB, networks=LITE)
    make_worker("odd", networks={"not": "a list"})
    make_worker("old")

    seen = {worker.name: worker.networks for worker in live_workers()}

    assert seen == {"small": frozenset(LITE), "odd": None, "old": None}


def test_a_network_that_only_a_worker_has_may_be_asked_for(
    post_pair: Callable, client: Client, make_worker: MakeWorker
) -> None:
    assert post_pair(backbone="vgg19").status_code == 422
    assert "VGG-19 (slow, the classic look): not installed" in client.get("/new/").content.decode()

    make_worker("large", networks=WITH_VGG19)

    assert "VGG-19 (slow, the classic look): not installed" not in client.get("/new/").content.decode()
    assert post_pair(backbone="vgg19").status_code == 302
    assert Render.objects.get().needs_network == "vgg19"
