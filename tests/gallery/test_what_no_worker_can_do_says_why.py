"""A render that no running worker can do waits, says why on every page, and does not count for the others."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from gallery import doctor
from gallery.doctor.findings import Verdict
from gallery.models import Render, Status, Worker

Make = Callable[..., Render]
MakeWorker = Callable[..., Worker]
StatusOf = Callable[..., dict]
GIB = 2**30
pytestmark = pytest.mark.usefixtures("clean_queue")
NO_VGG19 = "No worker that is running has VGG-19."


@pytest.fixture
def wait(make_finished: Make) -> Make:
    """A waiting render."""

    def make(**fields: object) -> Render:
        return make_finished(status=Status.PENDING, **fields)

    return make


@pytest.fixture
def small(make_worker: MakeWorker) -> Worker:
    """The only worker: 2 GiB, and no VGG-19."""
    return make_worker("small", memory=2 * GIB, networks=["vgg19-lite"])


def words(browser: Client, address: str) -> str:
    """What a page says, without its tags."""
    return " ".join(re.sub(r"<[^>]*>", "", browser.get(address).content.decode()).split())


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"needs_network": "vgg19"}, NO_VGG19),
        ({"needs_network": "of tomorrow"}, "No worker that is running has of tomorrow."),
        (
            {"needs_memory": 3 * GIB + 1, "needs_network": "vgg19-lite"},
            "It needs 3.1 GiB of memory, and the largest worker may use 2.0 GiB.",
        ),
        (
            {"needs_memory": 3 * GIB // 2, "memory_halvings": 1},
            "It needs 3.0 GiB of memory, and the largest worker may use 2.0 GiB.",
        ),
        ({"needs_device": "cuda"}, "No worker that is running has a device of type cuda."),
        (
            {"needs_device": "cuda", "needs_network": "vgg19-lite"},
            "No worker that is running has VGG-19 lite and a device of type cuda.",
        ),
    ],
)
@pytest.mark.usefixtures("small")
def test_it_says_what_is_missing(fields: dict, sentence: str, wait: Make, status_of: StatusOf) -> None:
    state = status_of(wait(**fields).pk)

    assert state["waits_for"] == sentence
    assert state["position"] is None


@pytest.mark.usefixtures("small")
def test_the_memory_that_counts_is_that_of_workers_with_the_network(
    wait: Make, make_worker: MakeWorker, status_of: StatusOf
) -> None:
    make_worker("classic", memory=GIB, networks=["vgg19"])
    render = wait(needs_network="vgg19", needs_memory=3 * GIB // 2)

    assert status_of(render.pk)["waits_for"] == (
        "It needs 1.5 GiB of memory, and the largest worker with VGG-19 may use 1.0 GiB."
    )


@pytest.mark.usefixtures("small")
def test_its_page_says_so(client: Client, wait: Make) -> None:
    page = words(client, f"/renders/{wait(needs_network='vgg19').pk}/")

    assert f"Waiting for another worker {NO_VGG19}" in page


@pytest.mark.usefixtures("small")
def test_the_queue_says_so_and_does_not_count_it(client: Client, wait: Make) -> None:
    first = wait()
    wait(needs_network="vgg19")
    third = wait()

    page = words(client, "/queue/")
    rows = client.get("/queue/").context["waiting"]

    assert f"Waiting for another worker. {NO_VGG19}" in page
    assert "2 waiting." in page
    assert "but for 1 that waits for another worker." in page
    assert [(row.number, row.render.pk) for row in rows if row.number] == [(1, first.pk), (2, third.pk)]
    assert "number 2 of 2 waiting" in page


@pytest.mark.usefixtures("small")
def test_others_have_their_positions_without_it(wait: Make, status_of: StatusOf) -> None:
    wait(needs_network="vgg19", priority=1)
    first, second = wait(), wait()

    assert [status_of(render.pk)["position"] for render in (first, second)] == [1, 2]
    assert [status_of(render.pk)["waits_for"] for render in (first, second)] == [None, None]


@pytest.mark.usefixtures("small")
def test_once_a_worker_that_can_is_there_it_waits_like_any_other(
    wait: Make, make_worker: MakeWorker, status_of: StatusOf
) -> None:
    render = wait(needs_network="vgg19")
    assert status_of(render.pk)["waits_for"]

    make_worker("large", networks=["vgg19"])

    state = status_of(render.pk)
    assert (state["waits_for"], state["position"]) == (None, 1)


def test_without_any_worker_that_is_why_and_all_keep_their_positions(wait: Make, status_of: StatusOf) -> None:
    wait()
    render = wait(needs_network="vgg19")

    state = status_of(render.pk)

    assert (state["waits_for"], state["position"]) == (
        "No worker is running: the queue's page says how to start one.",
        2,
    )


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("fields", [{"paused": True}, {"status": Status.FAILED}, {"status": Status.IN_PROGRESS}])
def test_what_does_not_wait_for_a_worker_does_not_say_so(
    fields: dict, make_finished: Make, status_of: StatusOf
) -> None:
    render = make_finished(**{"status": Status.PENDING, "needs_network": "vgg19", **fields})

    assert status_of(render.pk)["waits_for"] is None


def test_the_doctor_names_it_and_what_would_help(small: Worker, wait: Make) -> None:
    wait()
    assert doctor.examine()["waiting renders"].verdict == Verdict.OK
    wait(needs_network="vgg19")
    wait(needs_memory=4 * GIB)

    finding = doctor.examine()["waiting renders"]

    assert finding.verdict == Verdict.WARNING
    assert finding.sentence == f"2 renders that no worker can do: {NO_VGG19}"
    assert "weights fetch vgg19" in finding.remedy
    small.delete()
    assert doctor.examine()["waiting renders"].verdict == Verdict.OK
