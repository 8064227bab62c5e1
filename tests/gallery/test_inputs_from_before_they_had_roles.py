"""The pictures that were in pairs, further styles and masks all become inputs, by role and place."""

from collections.abc import Iterator

import pytest
from django.apps.registry import Apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from gallery.models import Render
from gallery.queueing.order import Order
from transfer.recipes.style import StyleRecipe

BEFORE = [("gallery", "0005_workers_and_crashes")]


@pytest.fixture
def before(transactional_db: None) -> Iterator[Apps]:
    """The old models on the old tables; afterwards the tables are today's again."""
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    yield executor.loader.project_state(BEFORE).apps
    call_command("migrate", verbosity=0)


def made(before: Apps) -> tuple[str, str]:
    """A plain render and one with everything; the second's pictures are named by role and place."""
    picture = before.get_model("gallery", "Picture").objects
    names = ("content", "style1", "style2", "style3")
    content, first, second, third = (
        picture.create(sha256=f"{number:064}", file=f"{name}.png", name=name, width=8, height=6)
        for number, name in enumerate(names)
    )
    pair = before.get_model("gallery", "Pair").objects.create(content=content, style=first)
    recipe = StyleRecipe(regions="masks").model_dump(mode="json")
    renders = before.get_model("gallery", "Render").objects
    plain, full = (renders.create(pair=pair, recipe_json=recipe) for _ in range(2))
    further = before.get_model("gallery", "FurtherStyle").objects
    for place, style in ((3, third), (2, second)):
        further.create(render=full, place=place, picture=style)
    for place in (0, 1, 2, 3):
        before.get_model("gallery", "Mask").objects.create(render=full, place=place, file=f"masks/{place}.png")
    return plain.pk, full.pk


def rows(render: Render) -> list[tuple[str, int, str]]:
    return [(each.role, each.place, str(each.picture or each.file)) for each in render.inputs.all()]


def test_each_picture_and_mask_has_its_role_and_its_place(before: Apps) -> None:
    plain, full = made(before)

    call_command("migrate", verbosity=0)

    assert rows(Render.objects.get(pk=plain)) == [("content", 0, "content"), ("style", 1, "style1")]
    render = Render.objects.get(pk=full)
    assert rows(render) == [
        ("content", 0, "content"),
        *(("mask", place, f"masks/{place}.png") for place in (0, 1, 2, 3)),
        *(("style", place, f"style{place}") for place in (1, 2, 3)),
    ]
    order = Order.of(render)
    assert [picture.name for picture in (order.content, *order.styles)] == ["content", "style1", "style2", "style3"]
    assert render.pair is not None
    assert Render.objects.get(pk=plain).pair == render.pair


def test_the_way_back_leads_to_the_same_rows(before: Apps) -> None:
    _, full = made(before)
    call_command("migrate", verbosity=0)

    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)

    further = before.get_model("gallery", "FurtherStyle").objects.filter(render_id=full)
    assert [(each.place, each.picture.name) for each in further] == [(2, "style2"), (3, "style3")]
    masks = before.get_model("gallery", "Mask").objects.filter(render_id=full)
    assert [(each.place, str(each.file)) for each in masks] == [(place, f"masks/{place}.png") for place in range(4)]
