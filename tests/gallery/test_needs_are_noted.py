"""A render's row says what it needs, from its submission on; the needs follow from its recipe and pictures."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gallery.models import Render, Status, Worker
from gallery.painting.claiming import claim
from gallery.queueing import reconcile
from transfer.planning.planner import least_memory

Make = Callable[..., Render]


def test_a_larger_render_needs_more_and_each_needs_its_network(make_render: Make) -> None:
    small, large, classic = (
        make_render(image_size=256),
        make_render(image_size=2048),
        make_render(image_size=256, backbone="vgg19"),
    )

    assert 0 < small.needs_memory < large.needs_memory < large.needs_memory_in_float32
    assert small.needs_memory < classic.needs_memory
    assert [row.needs_network for row in (small, large, classic)] == ["vgg19-lite", "vgg19-lite", "vgg19"]
    assert {row.needs_device for row in (small, large, classic)} == {""}


def test_a_worker_that_just_has_the_memory_claims_it_and_one_with_less_does_not(
    make_render: Make, make_worker: Callable[..., Worker]
) -> None:
    render = make_render(image_size=1024)
    size = render.pair.content.width, render.pair.content.height
    needed = least_memory(render.recipe, size, 2)
    assert render.needs_memory == needed
    make_worker("less", memory=needed - 1)
    make_worker("enough", memory=needed)

    assert claim("less") is None
    assert claim("enough").pk == render.pk


def test_a_worker_reports_its_memory_and_the_weights_that_it_has(
    db: None, settings: object, monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    weights = tmp_path / "vgg19.safetensors"
    monkeypatch.setenv("STYLESITE_VGG19_WEIGHTS", str(weights))
    settings.MEMORY = 3 * 2**30
    reconcile.register("w")
    row = Worker.objects.get()
    assert (row.memory, row.networks) == (3 * 2**30, ["vgg16-lite", "vgg19-lite"])

    weights.touch()
    settings.MEMORY = 2**30
    reconcile.register("w")

    row = Worker.objects.get()
    assert (row.memory, row.networks) == (2**30, ["vgg16-lite", "vgg19", "vgg19-lite"])


@pytest.mark.django_db(transaction=True)
def test_renders_from_before_need_their_network_and_no_more(make_finished: Make) -> None:
    classic = {"recipe_json": {"image_size": 64, "backbone": "vgg19"}}
    waiting = make_finished(status=Status.PENDING, **classic)
    failed = make_finished(status=Status.FAILED)
    odd = make_finished(status=Status.PENDING, recipe_json={"image_size": 64, "backbone": "of tomorrow"})
    finished = make_finished(**classic)
    executor = MigrationExecutor(connection)
    latest = executor.loader.graph.leaf_nodes("gallery")
    try:
        executor.migrate([before_needs(executor)])
    finally:
        MigrationExecutor(connection).migrate(latest)

    networks = {row.pk: row.needs_network for row in Render.objects.all()}

    assert networks == {waiting.pk: "vgg19", failed.pk: "vgg19-lite", odd.pk: "", finished.pk: ""}
    assert set(Render.objects.values_list("needs_memory", flat=True)) == {0}


def before_needs(executor: MigrationExecutor) -> tuple[str, str]:
    """The migration before the one that adds needs, whichever that is."""
    (parent,) = executor.loader.get_migration("gallery", "0008_needs_of_renders").dependencies
    return parent[0], parent[1]
