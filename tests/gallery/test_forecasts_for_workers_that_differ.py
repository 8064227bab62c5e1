"""A forecast gives each waiting render only to workers that can do it, and omits renders that nobody can do."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from gallery.models import Render, Status, Worker
from gallery.queueing.forecast import Forecast, Newcomer, forecast
from gallery.queueing.needs import Needs
from gallery.queueing.workers import live_workers
from transfer.recipes.style import StyleRecipe

Make = Callable[..., Render]
MakeWorker = Callable[..., Worker]
GIB = 2**30
SIZES = {"content_size": "1024x768", "style_size": "800x600"}
SPEED = {"iteration": 0.01, "look": 2e-7, "paint": 1e-6}
CLASSIC = {"width": 2, "speeds": {"vgg19-lite": SPEED, "vgg19": SPEED}}


@pytest.fixture
def wait(make_finished: Make) -> Make:
    """A waiting render; each one takes about as long."""
    recipe = StyleRecipe(image_size=256, num_iterations=200).model_dump(mode="json")

    def make(**fields: object) -> Render:
        return make_finished(**{"status": Status.PENDING, "recipe_json": recipe, **fields})

    return make


@pytest.fixture
def small_and_large(make_worker: MakeWorker) -> None:
    """Two workers, one of them with VGG-19."""
    make_worker("small", memory=2 * GIB, networks=["vgg19-lite"])
    make_worker("large", memory=8 * GIB, networks=["vgg19", "vgg19-lite"], facts=CLASSIC)


def now(newcomer: Newcomer | None = None) -> Forecast:
    return forecast(live_workers(), newcomer)


@pytest.mark.usefixtures("small_and_large")
def test_what_only_one_can_do_waits_for_that_one(wait: Make) -> None:
    classics = [wait(needs_network="vgg19") for _ in range(3)]
    plain = wait()

    starts = now().starts

    first, second, third = (starts[row.pk] for row in classics)
    assert first == 0 < second
    assert third == pytest.approx(2 * second)
    assert starts[plain.pk] == 0


@pytest.mark.usefixtures("small_and_large")
def test_a_newcomer_waits_for_those_that_can_do_it(wait: Make) -> None:
    for _ in range(2):
        wait(needs_network="vgg19")

    assert now(Newcomer(256)).newcomer == 0
    assert (now(Newcomer(256, needs=Needs(network="vgg19"))).newcomer or 0) > 0
    assert now(Newcomer(256, needs=Needs(memory=64 * GIB))).newcomer is None


@pytest.mark.usefixtures("small_and_large")
def test_what_nobody_can_do_keeps_nobody_waiting(wait: Make) -> None:
    stuck = wait(needs_memory=64 * GIB, priority=1)
    plain = wait()

    found = now()

    assert found.starts == {plain.pk: 0}
    assert stuck.pk not in found.starts


def test_the_studio_tells_that_a_render_would_wait_for_another_worker(
    client: Client, make_worker: MakeWorker, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    weights = tmp_path / "vgg19.safetensors"
    weights.touch()
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(weights))
    make_worker("small", memory=2 * GIB, networks=["vgg19-lite"])

    page = client.get("/new/plan/", {**SIZES, "image_size": 256, "backbone": "vgg19"}).content.decode()

    said = " ".join(re.sub(r"<[^>]*>", " ", page).split())
    assert "It would wait for another worker: No worker that is running has VGG-19." in said


@pytest.mark.usefixtures("small_and_large")
def test_the_studio_plans_with_workers_that_have_the_network(
    admin_client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: object, make_worker: MakeWorker
) -> None:
    weights = tmp_path / "vgg19.safetensors"
    weights.touch()
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(weights))
    make_worker("quick", faster=50, device="cuda: H200, bfloat16", networks=["vgg19-lite"])

    def said(backbone: str) -> str:
        return admin_client.get("/new/plan/", {**SIZES, "image_size": 256, "backbone": backbone}).content.decode()

    assert "on cuda (H200)" in said("vgg19-lite")
    assert "on cpu (2 threads)" in said("vgg19")
