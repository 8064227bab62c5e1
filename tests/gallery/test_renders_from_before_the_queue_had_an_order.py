"""Renders from before the database had leases, places and sizes keep waiting in their order."""

from collections.abc import Iterator

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gallery.models import Render, Status
from gallery.queueing import reconcile
from transfer.recipes.style import StyleRecipe


@pytest.fixture
def before(transactional_db: None) -> Iterator[Apps]:
    """The old models on the old tables; afterwards the tables are today's again."""
    executor = MigrationExecutor(connection)
    executor.migrate([("gallery", "0001_initial")])
    yield executor.loader.project_state([("gallery", "0001_initial")]).apps
    call_command("migrate", verbosity=0)


@pytest.mark.usefixtures("clean_queue")
def test_they_have_their_size_their_place_by_age_and_what_was_running_waits_again(before: Apps) -> None:
    picture = before.get_model("gallery", "Picture").objects.create(sha256="0" * 64, file="a.png", width=1, height=1)
    pair = before.get_model("gallery", "Pair").objects.create(content=picture, style=picture)
    renders = before.get_model("gallery", "Render").objects
    recipe = StyleRecipe(image_size=724).model_dump(mode="json")
    first, second = (renders.create(pair=pair, recipe_json=recipe) for _ in range(2))
    running = renders.create(pair=pair, recipe_json=recipe, status="in_progress", attempt=1, worker="gone")

    call_command("migrate", verbosity=0)

    assert [row.pk for row in Render.objects.waiting()] == [first.pk, second.pk]
    assert Render.objects.get(pk=first.pk).place == first.created.timestamp()
    assert set(Render.objects.values_list("image_size", flat=True)) == {724}
    assert reconcile.hand_back_stale() == 1
    assert Render.objects.get(pk=running.pk).status == Status.PENDING
